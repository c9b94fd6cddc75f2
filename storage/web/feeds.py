"""Atom and JSON feeds of any query: what is new, edited or removed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree as ET

from storage.queries.changes import ChangeKind, ChangeRow
from storage.web import parameters
from storage.web.answers import Answer, json_answer
from storage.web.change_pages import changes_asked_for, kind_parameter
from storage.web.endpoints import Endpoint
from storage.web.questions import address
from storage.web.rendering import is_web_address, path_part

if TYPE_CHECKING:
    from storage.web.questions import Question

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
NAMESPACE = "http://www.w3.org/2005/Atom"
ENTRIES = 50
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_IN_ADDRESS = re.compile(r"""[\x00-\x20\x7f-\xa0"<>\\^`{|}]""")
HAPPENED = {ChangeKind.NEW: "New", ChangeKind.EDITED: "Edited", ChangeKind.REMOVED: "Removed"}


def atom_feed(question: Question) -> Answer:
    """Answer with an Atom feed (RFC 4287)."""
    kind, rows, following = changes_asked_for(question, ENTRIES)
    feed = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _text(feed, "id", _address(question, "/feed.atom", kind))
    _text(feed, "title", _title(question, kind))
    _text(feed, "updated", _time(max((row.at for row in rows), default=NEVER)))
    _text(ET.SubElement(feed, "author"), "name", "hotnews")
    _link(feed, "self", _address(question, "/feed.atom", kind, after=question.asked.text("after")), ATOM)
    _link(feed, "alternate", _address(question, "/changes", kind), "text/html")
    if following:
        _link(feed, "next", _address(question, "/feed.atom", kind, after=following), ATOM)
    for row in rows:
        _entry(feed, question, row)
    return Answer(body=ET.tostring(feed, "utf-8", xml_declaration=True), media_type=ATOM)


def json_feed(question: Question) -> Answer:
    """Answer with a JSON feed (version 1.1)."""
    kind, rows, following = changes_asked_for(question, ENTRIES)
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(question, kind),
        "home_page_url": _address(question, "/changes", kind),
        "feed_url": _address(question, "/feed.json", kind),
        "items": [_item(question, row) for row in rows],
    }
    if following:
        feed["next_url"] = _address(question, "/feed.json", kind, after=following)
    return json_answer(feed, media_type=JSON_FEED)


def _address(question: Question, path: str, kind: ChangeKind, *, after: str = "") -> str:
    given = {"change": kind.value, "q": question.asked.text("q"), "after": after}
    return question.base_url + address(path, given)


def _title(question: Question, kind: ChangeKind) -> str:
    words = question.asked.text("q")
    return f"{HAPPENED[kind]} in the archive{f': {words}' if words else ''}"


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _id(row: ChangeRow) -> str:
    return f"urn:hotnews:{row.kind.value}:{row.article}:{row.revision}:{_time(row.at)}"


def _page(question: Question, row: ChangeRow) -> str:
    page = f"{question.base_url}/articles/{path_part(row.article)}"
    return f"{page}/differences/{row.revision}" if row.kind is ChangeKind.EDITED else page


def _written(url: str) -> str:
    """Return *url* as an address is written: pages that link to one with blanks in it do not mind."""
    return NOT_IN_ADDRESS.sub(lambda found: quote(found[0]), url)


def _summary(row: ChangeRow) -> str:
    place = f"{row.site}, {row.section}" if row.section else row.site
    day = row.published_day.isoformat() if row.published_day else "undated"
    renamed = row.title_before is not None and row.title_before != row.title
    return f"{HAPPENED[row.kind]} in {place} ({day})" + (
        f"; its title was: {row.title_before}" if renamed else ""
    )


def _entry(feed: ET.Element, question: Question, row: ChangeRow) -> None:
    entry = ET.SubElement(feed, "entry")
    _text(entry, "id", _id(row))
    title = _text(entry, "title", row.title or "Without a title")
    if row.language:
        title.set("xml:lang", _in_xml(row.language))
    _text(entry, "updated", _time(row.at))
    _link(entry, "alternate", _page(question, row), "text/html")
    if is_web_address(row.url):
        _link(entry, "via", _written(row.url), "text/html")
    _text(entry, "summary", _summary(row))
    ET.SubElement(entry, "category", {"term": _in_xml(row.site)})


def _item(question: Question, row: ChangeRow) -> dict[str, object]:
    item: dict[str, object] = {
        "id": _id(row),
        "url": _page(question, row),
        "title": row.title or "Without a title",
        "content_text": _summary(row),
        "date_published": _time(row.at),
        "tags": [row.site],
    }
    if is_web_address(row.url):
        item["external_url"] = _written(row.url)
    if row.language:
        item["language"] = row.language
    return item


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = _in_xml(text)
    return element


def _link(parent: ET.Element, relation: str, href: str, media_type: str) -> None:
    ET.SubElement(parent, "link", {"rel": relation, "type": media_type, "href": _in_xml(href)})


def _in_xml(text: str) -> str:
    return NOT_IN_XML.sub("\ufffd", text)


_TAKEN = (kind_parameter(), parameters.query(), parameters.cursor())

ENDPOINTS = (
    Endpoint(
        path="/feed.atom",
        answer=atom_feed,
        summary="Changes as an Atom feed",
        parameters=_TAKEN,
        returns={ATOM: str},
    ),
    Endpoint(
        path="/feed.json",
        answer=json_feed,
        summary="Changes as a JSON feed",
        parameters=_TAKEN,
        returns={JSON_FEED: dict},
    ),
)
