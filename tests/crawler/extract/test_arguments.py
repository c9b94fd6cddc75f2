"""What extraction says to who calls it with something else than a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crawler.extract import extract_article, extract_list, extract_text

URL = "https://www.example.gov/news/1.html"
PAGE = (
    b"<title>Port opens a quay</title><h1>Port opens a quay</h1>" + b"<p>The port has opened a quay.</p>" * 5
)


@pytest.mark.parametrize("read", [extract_article, extract_list])
@pytest.mark.parametrize(
    ("html", "url", "said"),
    [
        ("<h1>Port</h1>", URL, "html is of type str, bytes are wanted: encode it"),
        ("", URL, "html is of type str, bytes are wanted: encode it"),
        (None, URL, "html is None, bytes are wanted"),
        (7, URL, "html is of type int, bytes are wanted"),
        (PAGE, None, "url is None, a str is wanted"),
        (PAGE, URL.encode(), "url is of type bytes, a str is wanted"),
    ],
)
def test_a_page_that_is_none_is_named_with_what_is_wanted(
    read: Callable[..., Any], html: object, url: object, said: str
) -> None:
    with pytest.raises(TypeError) as raised:
        read(html, url)

    assert str(raised.value).startswith(said)


@pytest.mark.parametrize(
    ("dump", "url", "said"),
    [
        (b"Port opens", URL, "dump is of type bytes, a str is wanted: decode it"),
        (None, URL, "dump is None, a str is wanted"),
        ("Port opens a quay\n\nThe port has opened.", None, "url is None, a str is wanted"),
    ],
)
def test_a_dump_that_is_none_is_named_with_what_is_wanted(dump: Any, url: Any, said: str) -> None:
    with pytest.raises(TypeError) as raised:
        extract_text(dump, url)

    assert str(raised.value).startswith(said)


@pytest.mark.parametrize("url", ["", URL])
def test_pages_are_read_from_any_bytes_with_an_address_or_without(url: str) -> None:
    titles = {extract_article(kind(PAGE), url).title for kind in (bytes, bytearray)}  # type: ignore[arg-type]

    assert titles == {"Port opens a quay"}
