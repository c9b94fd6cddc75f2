"""A page without a stated length that breaks off is asked for again, until it ends as it did before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crawler.probing import Loopback, probe

HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n"
PAGE = b"<!DOCTYPE html><html><body>" + b"".join(b"<p>Line %d of the news.</p>" % n for n in range(99))
WHOLE = PAGE + b"</body></html><!-- made in 3 ms -->"


def asked(server: Loopback, *answers: bytes, tries: int = 2) -> tuple[dict[str, object], int]:
    """Return what came of a page with these answers, and how often it was asked for."""
    remaining: Iterator[bytes] = iter(answers)
    server.answers["/1"] = lambda _: next(remaining)
    (result,) = probe(server.url("/1"), RETRY_TIMES=tries).results
    return result, len(server.asked)


@pytest.mark.parametrize(
    ("answers", "size", "times"),
    [
        ((HEAD + WHOLE,), len(WHOLE), 1),
        ((HEAD + PAGE[:900], HEAD + WHOLE), len(WHOLE), 2),
        ((HEAD + PAGE, HEAD + PAGE), len(PAGE), 2),  # some close no tag
        ((HEAD + PAGE[:900], HEAD + PAGE, HEAD + PAGE), len(PAGE), 3),
        ((HEAD + b"<p>No page, a part of one.</p>",), 30, 1),
        ((HEAD + b"User-agent: *\nDisallow: /x",), 26, 1),
        ((HEAD.replace(b"1.0", b"1.1") + PAGE[:900], HEAD + WHOLE), len(WHOLE), 2),
        ((HEAD.replace(b"\r\n\r\n", b"\r\nContent-Length: 900\r\n\r\n") + PAGE[:900],), 900, 1),
    ],
    ids=["whole", "cut", "open", "cut and open", "part", "text", "of 1.1", "counted"],
)
def test_a_page_is_whole_where_it_says_so_or_ends_so_twice(
    server: Loopback, answers: tuple[bytes, ...], size: int, times: int
) -> None:
    result, requests = asked(server, *answers)

    assert (result["status"], result["size"], requests) == (200, size, times)


def test_a_page_that_ends_elsewhere_at_each_try_is_truncated(server: Loopback) -> None:
    result, requests = asked(server, *(HEAD + PAGE[:size] for size in (900, 500, 1200)))

    assert (result["cause"], requests) == ("truncated", 3)


def test_where_nothing_is_asked_for_twice_a_page_is_taken_as_it_comes(server: Loopback) -> None:
    result, requests = asked(server, HEAD + PAGE, tries=0)

    assert (result["status"], requests) == (200, 1)


def test_pages_that_end_like_one_that_is_whole_are_asked_for_once(server: Loopback) -> None:
    pages = [HEAD + b"<html><h1>%d</h1>" % number + PAGE for number in range(3)]
    server.answers |= {f"/{number}": page for number, page in enumerate(pages)}

    probe(*(server.url(f"/{number}") for number in range(3)), RETRY_TIMES=1, CONCURRENT_REQUESTS=1)

    assert len(server.asked) == 4
