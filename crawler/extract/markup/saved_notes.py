"""What programs note in a page that they save: where it came from, and when."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

_WITHIN = 8192  # characters from the start of a page
_BROWSER = re.compile(r"<!--\s{0,5}saved from (?:url=\(\d{1,6}\))?(https?://[^\s>]{1,2000})", re.IGNORECASE)
# SingleFile, an extension of browsers: "saved date: Wed Mar 04 2026 10:00:00 GMT+0100 (Central ...)".
_SINGLE_FILE = re.compile(
    r"saved with SingleFile\s{1,9}url:\s{1,5}(https?://\S{1,2000})"
    r"(?:\s{1,9}saved date:\s\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4}))?"
)
# HTTrack, which copies whole sites, notes no scheme.
_HTTRACK = re.compile(
    r"<!-- Mirrored from ([\w.-]{3,255}(?::\d{1,5})?(?:/\S{0,2000})?) by HTTrack"
    r"(?:[^<>]{0,80}, \w{3}, (\d\d \w{3} \d{4} \d\d:\d\d:\d\d) GMT)?"
)
# The Wayback Machine puts its own in front of every address, and a toolbar over the page.
_WAYBACK_SIGNS = ("BEGIN WAYBACK TOOLBAR INSERT", "FILE ARCHIVED ON")
_TOOLBAR = "<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->"
_REWRITTEN = re.compile(r"(?:(?:https?:)?//web\.archive\.org)?/web/\d{14}(?:[a-z]{2}_)?/(?=https?:/)")
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?://.+)")


class Note(NamedTuple):
    """The address of a saved page, and the time (UTC) when it was fetched, where the note tells it."""

    url: str
    at: datetime | None = None


def note_in(markup: str) -> Note | None:
    """Return what is noted at the start of *markup* by a browser, SingleFile or HTTrack."""
    if found := _BROWSER.search(markup, 0, _WITHIN):
        return original(found[1])
    if found := _SINGLE_FILE.search(markup, 0, _WITHIN):
        time = f"{found[2]} {found[3]}" if found[2] else ""
        return Note(original(found[1]).url, _time(time, "%b %d %Y %H:%M:%S %z"))
    if found := _HTTRACK.search(markup, 0, _WITHIN):
        return Note(f"http://{found[1]}", _time(f"{found[2] or ''} +0000", "%d %b %Y %H:%M:%S %z"))
    return None


def original(url: str) -> Note:
    """Return *url*, or of a copy in the Wayback Machine the page's own, with the time it was fetched."""
    copy = _WAYBACK.fullmatch(url)
    return Note(copy[2], _time(f"{copy[1]} +0000", "%Y%m%d%H%M%S %z")) if copy else Note(url)


def as_published(markup: str) -> str:
    """Return *markup* of a copy in the Wayback Machine as the site published it, any other as it is."""
    if "archive.org" not in markup[:_WITHIN] and _WAYBACK_SIGNS[1] not in markup[-_WITHIN:]:
        return markup  # which looking through all of it would tell at a twentieth of a parse
    if not any(sign in markup for sign in _WAYBACK_SIGNS):
        return markup
    before, begin, rest = markup.partition(_TOOLBAR[0])
    _, end, behind = rest.partition(_TOOLBAR[1])
    return _REWRITTEN.sub("", before + behind if begin and end else markup)


def _time(text: str, form: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.strptime(text, form).astimezone(UTC)
    return None
