"""Text as a reader sees it: one line, single spaces, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from lxml import etree

from pipelines.blanks import single_spaced

# Soft hyphens, zero-width and directional marks, and what XML calls no character at all.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
    "\x01-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]"
)
DOTS = "….⋯‥"  # of a title that was cut short
CUTS = ("…", "..", "⋯", "‥")
# Persian and the scripts of India spell with joiners inside of words: elsewhere they are invisible, too.
_JOINER = re.compile("(?<=[\u0620-\u06ff\u0900-\u0dff\u1000-\u109f])[\u200c\u200d](?=\\w)")


_MOST_INSIDE, _LONGEST_BRIEF = (
    300,
    5_000,
)  # elements in a headline or beside a day, and characters, blanks too


def one_line(text: str) -> str:
    """Return *text* with every run of blanks as one space and without what cannot be seen."""
    return without_invisible(single_spaced(text))


def without_invisible(text: str) -> str:
    """Return *text*, whose blanks are single already, without invisible characters; line breaks stay."""
    if not _INVISIBLE.search(text):
        return text
    joiners = {joiner.start() for joiner in _JOINER.finditer(text)}
    seen = _INVISIBLE.sub(lambda mark: mark[0] if mark.start() in joiners else "", text)
    return "\n".join(" ".join(line.split()) for line in seen.split("\n"))


def text_of(node: object) -> str:
    """Return the text of an element, or of any other result of a path, on one line."""
    return one_line(raw_text_of(node) if isinstance(node, etree._Element) else str(node))


def brief_text_of(element: etree._Element) -> str:
    """Return the text of *element* on one line, or none where it is no headline and no day for its size.

    One that nobody closed holds the rest of its page; a thousand of them would be a thousand pages.
    """
    if len(element) and next(islice(element.iter(), _MOST_INSIDE, None), None) is not None:
        return ""
    raw = raw_text_of(element)
    return one_line(raw) if len(raw) <= _LONGEST_BRIEF else ""


def raw_text_of(element: etree._Element) -> str:
    """Return the text inside of *element* as it is, the blanks too."""
    if not len(element):  # as most headlines, dates and cells
        return element.text or ""
    # libxml2 puts it together in a fifth of the time that a walk in Python takes.
    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def squeeze(text: str) -> str:
    """Return *text* without any blank."""
    return "".join(text.split())


def is_cut(title: str) -> bool:
    """Return whether *title* ends in the dots of one that was cut short."""
    return title.endswith(CUTS)


def fold(line: str) -> str:
    """Return *line* as rules see it: one width, lower case, single spaces."""
    return " ".join((line if line.isascii() else unicodedata.normalize("NFKC", line)).lower().split())
