"""Notices the page that a site shows in the place of its articles: one text under rows that name others.

A firewall's challenge is known by its marks; what asks for consent, for JavaScript or for patience in words
nobody foresaw is known by this alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from crawler.extract import ExtractionError, PageContext
from crawler.extract.lines.han_lines import is_han
from crawler.extract.markup.page import read_page
from pipelines.items import ScrapedArticle
from storage.records import Failed, FailureCause, Visit

LEAST_ROWS = 3  # under which one text stands before it is no article's
LEAST_SHARE = 0.5  # of a title's words, on the page that it is the title of
LONGEST_TITLE = 300  # characters of it that are looked for
FIRST_CHARACTERS = 12  # of a title: no two rows share them by chance
ENCODINGS = ("utf-8", "gb18030")

SEEN = "a text that stands under the titles of other articles, too"
_MARK = re.compile(rf"{SEEN} \(([0-9a-f]{{16}})\)")
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(slots=True)
class Echoes:
    """Holds back a text that may be no article's until the next one tells; never more than two visits."""

    _known: set[str] = field(default_factory=set)  # marks of texts that are no article's
    _held: dict[str, Visit[Any]] = field(default_factory=dict)  # by the title that led to each
    _text: str = ""  # the mark of theirs

    def take(self, visit: Visit[Any], title: str) -> list[Visit[Any]]:
        """Return what can be stored now that *visit* found an article which names *title* nowhere."""
        found = visit.result
        text = mark_of((*((found.title,) if found.title != title else ()), *found.paragraphs))
        if text in self._known:
            return [echo(visit, text)]
        earlier = [] if text == self._text else self.release()
        if title in self._held:
            return [visit]
        self._text = text
        self._held[title] = visit
        if len(self._held) < LEAST_ROWS:
            return earlier
        self._known.add(text)
        return [*earlier, *(echo(each, text) for each in self.release())]

    def release(self) -> list[Visit[Any]]:
        """Return the visits that were held back, for good."""
        held = list(self._held.values())
        self._held.clear()
        return held


def echo(visit: Visit[Any], mark: str) -> Visit[Any]:
    """Return *visit* as of a page shown in the place of an article; *mark* tells the next run which."""
    return replace(visit, result=Failed(cause=FailureCause.CHALLENGE, detail=f"{SEEN} ({mark})"))


def mark_of(lines: Iterable[str]) -> str:
    """Return what tells the text of *lines* from others, in every run."""
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def marks_in(errors: Iterable[str]) -> set[str]:
    """Return the marks in the *errors* of pages that an earlier run lost to such a text."""
    return {mark for error in errors for mark in _MARK.findall(error)}


def may_echo(result: object, title: str | None, markup: bytes, url: str) -> bool:
    """Return whether *result* is an article with a text, of a page that does not name its listed *title*."""
    if not (isinstance(result, ScrapedArticle) and result.paragraphs and title):
        return False
    return not names(markup, url, title)


def names(markup: bytes, url: str, title: str) -> bool:
    """Return whether a page shows *title*, or most of its words: rows cut titles, and label them."""
    first = title[:FIRST_CHARACTERS].rstrip(".…")
    if any(first.encode(encoding) in markup for encoding in ENCODINGS):
        return True
    wanted = _words(title[:LONGEST_TITLE])
    try:
        page = read_page(markup, url, PageContext())
    except ExtractionError:
        return True
    shown = "".join(page.tree.itertext(with_tail=True)).casefold()
    return sum(word in shown for word in wanted) >= LEAST_SHARE * len(wanted)


def _words(title: str) -> set[str]:
    if is_han(title):
        return {title[place : place + 2] for place in range(len(title) - 1)}
    return {word.casefold() for word in _WORD.findall(title)}
