"""When two URLs are one page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.url_keys import ID_CHARACTERS, lasting_url, public_id, url_key


@pytest.mark.parametrize(
    "spelling",
    [
        "http://www.ningbo.test/art/1.html",
        "https://www.ningbo.test/art/1.html",
        "HTTP://WWW.Ningbo.test:80/art/1.html",
        "https://www.ningbo.test:443/art/1.html",
        "http://www.ningbo.test./art/1.html",
        "http://www.ningbo.test/art/1.html#top",
        "http://www.ningbo.test/art/1.html?",
        "http://www.ningbo.test/art/1.html?utm_source=wx&gclid=1",
        "http://www.ningbo.test/art/1_wap.html",
        "http://www.ningbo.test/art/1.html;jsessionid=AB12",
        "http://www.ningbo.test/%61rt/1.html",
        " http://www.ningbo.test/art/1.html\n",
    ],
)
def test_spellings_of_one_page_have_one_key(spelling: str) -> None:
    assert url_key(spelling) == "www.ningbo.test/art/1.html"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://a.test", "a.test/"),
        ("http://a.test/index.html", "a.test/"),
        ("http://a.test/news/Default.aspx", "a.test/news/"),
        ("http://a.test/col/col49/index.html?uid=1&pageNum=2", "a.test/col/col49/?pageNum=2&uid=1"),
        ("http://a.test/?b=2&a=1", "a.test/?a=1&b=2"),
        ("http://a.test/?scene=1", "a.test/?scene=1"),
        (
            "https://mp.weixin.qq.com/s?__biz=M&mid=1&sn=2&scene=58&chksm=c",
            "mp.weixin.qq.com/s?__biz=M&mid=1&sn=2",
        ),
        ("http://a.test/x?a=1+2", "a.test/x?a=1+2"),
        ("http://a.test/x?a=1%2B2", "a.test/x?a=1%2B2"),
        ("http://a.test/x?a=%2f", "a.test/x?a=%2F"),
        ("http://a.test/宁波", "a.test/%E5%AE%81%E6%B3%A2"),
        ("http://a.test/%e5%ae%81%E6%B3%A2", "a.test/%E5%AE%81%E6%B3%A2"),
        ("http://宁波.test/", "xn--w9s671b.test/"),
        ("http://a.test:8080/x", "a.test:8080/x"),
        ("urn:sha256:abc", "urn:sha256:abc"),
        ("http://[::1", "http://[::1"),
        ("http://a.test:port/", "http://a.test:port/"),
        ("", ""),
    ],
)
def test_what_means_something_stays_in_the_key(url: str, key: str) -> None:
    assert url_key(url) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.test/x?a=1", "http://a.test/x?a=2"),
        ("http://a.test/x?a", "http://a.test/x?a="),
        ("http://a.test/x", "http://a.test/X"),
        ("http://a.test/x", "http://a.test/x/"),
        ("http://a.test/x?id=1%262", "http://a.test/x?id=1&2"),
        ("http://a.test/x%2Fy", "http://a.test/x/y"),
        ("http://a.test/", "http://www.a.test/"),
    ],
)
def test_pages_that_may_differ_have_different_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@given(st.text())
def test_any_text_has_a_key_and_an_id(text: str) -> None:
    assert len(public_id(url_key(text))) == ID_CHARACTERS


@given(st.text(alphabet="abz/?&=%+#;._~-:@ 1宁é", max_size=40))
def test_the_key_of_a_key_is_itself(path: str) -> None:
    key = url_key(f"http://a.test/{path}")

    assert url_key(f"http://{key}") == key


@pytest.mark.parametrize(
    ("url", "lasting"),
    [
        ("https://a.example/plan.pdf?token=4f2c", "https://a.example/plan.pdf"),
        ("https://a.example/plan.pdf;jsessionid=AB12?x=1", "https://a.example/plan.pdf?x=1"),
        ("https://a.example/down.jsp?id=3&token=4f2c&t=1732870000#2", "https://a.example/down.jsp?id=3#2"),
        ("https://a.example/plan.pdf?4f2c81b0a9d3e7f64f2c81b0", "https://a.example/plan.pdf"),
        ("https://a.example/down.jsp?id=3&sid=4f2c81b0a9d3e7f6", "https://a.example/down.jsp?id=3"),
        ("https://a.example/plan.pdf?t=17", "https://a.example/plan.pdf"),
        ("https://a.example/plan.pdf?t=0.7362840113&v=3", "https://a.example/plan.pdf?v=3"),
        ("https://a.example/plan.pdf?X-Amz-Date=1&X-Amz-Signature=3", "https://a.example/plan.pdf"),
    ],
)
def test_the_address_of_a_document_loses_what_is_another_at_every_visit(url: str, lasting: str) -> None:
    assert lasting_url(url) == lasting


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/down?token=4f2c",  # nothing else says which document it is
        "https://a.example/download.aspx?sign=12",
        "https://a.example/down.jsp?sid=4f2c81b0a9d3e7f6",
        "https://a.example/down.jsp?sid=755004&id=1",
        "https://a.example/plan.pdf?v=3",
        "https://a.example/plan.pdf?r=2",
        "https://a.example/down.jsp?t=17",
        "https://a.example/down.jsp?time=2026&id=1",
    ],
)
def test_the_address_of_a_document_keeps_what_names_it(url: str) -> None:
    assert lasting_url(url) == url
