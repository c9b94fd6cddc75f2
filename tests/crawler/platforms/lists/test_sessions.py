"""A session in the addresses of a list makes no other articles; what tells articles apart stays."""

from __future__ import annotations

import pytest

from crawler.extract import extract_list
from crawler.platforms.lists.sessions import is_same_page, without_session
from storage.url_keys import url_key

URL = "https://www.example.gov/news/"
GUIDS = [f"{number}c9f0f895fb98ab9159f51fd0297e23{number}" for number in range(1, 6)]


def entries(*hrefs: str) -> list[tuple[str, str]]:
    rows = "".join(
        f"<li><a href='{href}'>The harbour office opens counter number {n}</a> 2026-05-1{n}</li>"
        for n, href in enumerate(hrefs)
    )
    found = extract_list(f"<html><body><ul class='list'>{rows}</ul></body></html>".encode(), URL).entries
    return [(entry.url.removeprefix("https://www.example.gov"), entry.asked) for entry in found]


@pytest.mark.parametrize(
    ("form", "known"),
    [
        ("/show.jsp?id={n}&sid={session}", "/show.jsp?id={n}"),
        ("/show.jsp?sid={session}&id={n}", "/show.jsp?id={n}"),
        ("/show.jsp?id={n}&access_token={session}", "/show.jsp?id={n}"),
        ("/show.jsp?_csrf={session}&id={n}", "/show.jsp?id={n}"),
        ("/show.jsp?id={n}&nonce={session}", "/show.jsp?id={n}"),
        ("/news/{n}.html?SessionID={session}", "/news/{n}.html"),
        ("/(S({session}))/show.aspx?id={n}", "/show.aspx?id={n}"),
        ("/news/{n}.html?t=1764526620", "/news/{n}.html"),
        ("/show.jsp?id={n}&_=1764526620123", "/show.jsp?id={n}"),
        ("/news/{n}.html?rnd=0.{n}37219004417", "/news/{n}.html"),
    ],
)
def test_an_article_is_known_without_the_session_and_asked_for_with_it(form: str, known: str) -> None:
    hrefs = [form.format(n=n, session=GUIDS[0]) for n in range(5)]

    assert entries(*hrefs) == [
        (known.format(n=n), f"https://www.example.gov{href}") for n, href in enumerate(hrefs)
    ]


@pytest.mark.parametrize(
    "hrefs",
    [
        [f"/show.jsp?sid={guid}" for guid in GUIDS],  # the article's own number
        [f"/show.jsp?cid=12&sid={guid}" for guid in GUIDS],
        [f"/show.jsp?token={guid}" for guid in GUIDS],
        [f"/show.jsp?token=harbour-office-and-port&id={n}" for n in range(5)],
        [f"/show.jsp?sid=755004&id={n}" for n in range(5)],  # the site's number
        [f"/show.jsp?sid=harbour-office-and-port&id={n}" for n in range(5)],
        [f"/show.jsp?t=176452662{n}" for n in range(5)],  # articles that are known by their time
        [f"/show.jsp?c={n}&t=176452662{n}" for n in range(5)],
    ],
)
def test_what_tells_articles_apart_or_is_no_session_stays(hrefs: list[str]) -> None:
    assert entries(*hrefs) == [(href, "") for href in hrefs]


def test_a_redirect_into_a_session_leads_to_the_same_page() -> None:
    page, session = "https://www.example.gov/show.jsp?id=5", f"sid={GUIDS[0]}"

    assert is_same_page(f"{page}&{session}", page)
    assert not is_same_page(f"https://www.example.gov/show.jsp?id=6&{session}", page)
    assert not is_same_page(*(f"https://www.example.gov/show.jsp?sid={guid}" for guid in GUIDS[:2]))


@pytest.mark.parametrize("url", [URL, f"{URL}?", f"{URL}?a=1#b?c", f"{URL}?sid=7#top"])
def test_an_address_without_a_session_is_left_as_it_is(url: str) -> None:
    assert without_session(url) == url


def test_what_is_left_of_an_address_leads_to_its_page() -> None:
    assert url_key(without_session(f"{URL}1.html?sid={GUIDS[0]}#top")) == url_key(f"{URL}1.html#top")
