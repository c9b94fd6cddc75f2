"""Atom and JSON feeds of any query."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from storage import Archive
from tests.storage.samples import article, start, visit
from tests.storage.web.asgi import ask, encoded
from tests.storage.web.conftest import Ask, Serve

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
Ids = Callable[[object], str]


@pytest.mark.parametrize(
    ("change", "titles"),
    [("edited", ["Harbour opens on Friday"]), ("removed", ["Removed later"])],
)
def test_an_atom_feed_has_an_entry_for_each_change(get: Ask, change: str, titles: list[str]) -> None:
    reply = get(f"/feed.atom?change={change}")

    assert reply.headers["content-type"] == "application/atom+xml"
    feed = ET.fromstring(reply.body)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == titles
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None
    for entry in feed.findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}id", "").startswith("urn:hotnews:")
        assert entry.findtext(f"{ATOM}updated", "").endswith("Z")
    updated = [entry.findtext(f"{ATOM}updated", "") for entry in feed.findall(f"{ATOM}entry")]
    assert feed.findtext(f"{ATOM}updated") == max(updated)


def test_entries_lead_to_the_archive_and_name_the_page_they_are_of(get: Ask, ids: Ids) -> None:
    (entry,) = ET.fromstring(get("/feed.atom?change=edited").body).findall(f"{ATOM}entry")
    links = {link.get("rel"): link.get("href") for link in entry.findall(f"{ATOM}link")}

    assert links["alternate"] == f"http://localhost/articles/{ids('harbour')}/differences/2"
    assert links["via"] == "http://ningbo.test/news/harbour.html"


def test_a_script_address_is_no_link_of_an_entry(get: Ask) -> None:
    assert b"javascript:" not in get("/feed.atom").body
    assert b'"external_url":"javascript:' not in get("/feed.json").body


def test_an_address_with_blanks_in_it_is_written_as_one_in_feeds(serve: Serve, sqlite_url: str) -> None:
    page = 'http://ningbo.test/宁波/a b|"c"%20.html'
    with Archive.create(sqlite_url) as archive:
        archive.record(start(archive), visit(page, article()))
    app = serve(sqlite_url)

    entry = ET.fromstring(ask(app, "/feed.atom").body).find(f"{ATOM}entry")
    (item,) = ask(app, "/feed.json").json["items"]
    assert entry is not None
    links = {link.get("rel"): link.get("href") for link in entry.findall(f"{ATOM}link")}

    assert links["via"] == item["external_url"] == "http://ningbo.test/宁波/a%20b%7C%22c%22%20.html"


def test_a_query_narrows_a_feed(get: Ask) -> None:
    feed = get(f"/feed.json?q={encoded('宁波')}").json

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == ["宁波港口开放", "宁波港口开放"]
    assert feed["title"].endswith("宁波")


def test_a_title_says_its_language(get: Ask) -> None:
    feed = ET.fromstring(get(f"/feed.atom?q={encoded('宁波')}").body)
    titles = feed.findall(f"{ATOM}entry/{ATOM}title")

    assert feed.get(LANGUAGE) == "en"
    assert {title.get(LANGUAGE) for title in titles} == {"zh"}
    assert {item["language"] for item in get(f"/feed.json?q={encoded('宁波')}").json["items"]} == {"zh"}


def test_an_entry_keeps_its_id_while_others_come(get: Ask) -> None:
    ids = [item["id"] for item in get("/feed.json").json["items"]]

    assert len(ids) == len(set(ids))
    assert ids == [item["id"] for item in get("/feed.json").json["items"]]


def test_a_long_feed_goes_on_behind_its_next_link(serve: Serve, sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        archive.record_all(start(archive), [visit(n, article(f"Article {n}")) for n in range(60)])
    app = serve(sqlite_url, public_url="https://news.example/")
    titles: list[str] = []
    target = "/feed.json"
    while target:
        feed = ask(app, target).json
        titles += [item["title"] for item in feed["items"]]
        target = feed.get("next_url", "").removeprefix("https://news.example")

    assert titles == [f"Article {n}" for n in range(59, -1, -1)]


def test_characters_that_xml_forbids_do_not_break_a_feed(serve: Serve, sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        archive.record(start(archive), visit(1, article("A \x0b title \ufffe with \x1b controls")))

    feed = ask(serve(sqlite_url), f"/feed.atom?q={encoded(chr(11) + 'title')}")

    assert feed.status == 200
    assert len(ET.fromstring(feed.body).findall(f"{ATOM}entry")) == 1
