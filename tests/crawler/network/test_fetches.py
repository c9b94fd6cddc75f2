"""What a response says, as plain values."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.extract import extract_list
from crawler.network.fetches import conditions, header, list_answer_of
from storage.records import DuePage

URL = "https://www.city.example.cn/n/1.html"
PAGE = b'<html><script>window._CONFIG = {"SID": "755004"}</script></html>'


@pytest.mark.parametrize(
    ("answered", "url"),
    [
        ("http://www.city.example.cn/gkmlpt/index", "http://www.city.example.cn/gkmlpt/index#8831"),
        ("http://www.city.example.cn/other", "http://www.city.example.cn/other"),
    ],
)
def test_a_list_page_keeps_the_fragment_that_was_asked_for(answered: str, url: str) -> None:
    response = HtmlResponse(answered, body=PAGE)

    assert list_answer_of(response, "http://www.city.example.cn/gkmlpt/index#8831").url == url


def test_a_column_in_the_fragment_is_asked_for() -> None:
    asked = "http://www.city.example.cn/gkmlpt/index#8831"
    answer = list_answer_of(HtmlResponse(asked.partition("#")[0], body=PAGE), asked)

    (following,) = extract_list(answer.body, answer.url).next

    assert following.url == "http://www.city.example.cn/gkmlpt/api/all/8831?page=1&sid=755004"


@pytest.mark.parametrize("tag", [b'"1"', b'W/"1"', '"版本"'.encode(), b'"\xe9\xff"'])
def test_a_server_gets_back_the_bytes_of_its_tag(tag: bytes) -> None:
    answered = HtmlResponse(URL, headers={"ETag": tag}, body=b"<p>News</p>")

    page = DuePage(url=URL, section="news", etag=header(answered, "ETag"))

    assert Request(URL, headers=conditions(page)).headers["If-None-Match"] == tag
