"""Texts that were printed, on pages with a head and a foot: as pdftotext and readers of scans leave them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

_PAGE_END = "\f"
_NEAR_EDGE = 3  # lines of a head or a foot
_LONGEST_EDGE = 120  # characters of one
_CONTACT = re.compile(
    r"(?:Press |Media )?(?:Contacts?|Kontakt|Contatt[oi]|Contacto)\b.{0,20}:", re.IGNORECASE
)
_GAP = re.compile(r"\s{4,}")
_LEAST_NAME = 8  # characters
_NUMBER = re.compile(r"\d{1,4}")
_STOPS = tuple('.!?。！？…:：;；"”')
# What stands before a hyphen in words that have one wherever they stand.
_PREFIXES = frozenset(
    "well long short high low self all non anti pre post co re ex semi multi inter mid cross part full"
    " half two three four five six seven eight nine ten one first second third"
    " old new north south east west".split()
)
_PREFIXES_ELSEWHERE = frozenset({"anti", "ex", "non", "vice"})  # than in English
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,40})-$")
_OPENS = re.compile(r"([^\W\d_]{1,40})")
_AND = frozenset("und oder bis sowie bzw and or to et ou y e o och eller og en of i a".split())


def without_page_edges(dump: str) -> tuple[str, Sequence[str]]:
    """Return *dump* without what stands at the edges of several of its pages, and those lines."""
    pages = [page.splitlines() for page in dump.split(_PAGE_END)]
    pages = [page for page in pages if any(line.strip() for line in page)]
    if len(pages) < 2:
        return dump.replace(_PAGE_END, "\n"), ()
    counts = Counter(key for page in pages for key in {_key(page[at]) for at in _edges(page)})
    repeated = {key for key, number in counts.items() if number > 1}
    names = _names_over(pages[0])
    removed: list[str] = []
    kept: list[str] = []
    seen: set[str] = set()
    for page in pages:
        edges = _edges(page)
        own = []
        for at, line in enumerate(page):
            key = _key(line)
            told = at in edges and (
                key in repeated
                or _CONTACT.match(line.strip()) is not None
                or (at == edges[0] and bool(kept) and _names_again(line, names))
            )
            if told and (key in seen or kept or at > edges[0] + _NEAR_EDGE):
                removed.append(line.strip())
            else:
                own.append(line)
            seen.update({key} if at in edges else ())
        kept = _below(kept, own)
    return "\n".join(kept), removed


def _names_over(page: Sequence[str]) -> Sequence[str]:
    """Return what the head of the first *page* names: an office, a kind of document."""
    parts = (part.strip() for at in _edges(page)[:_NEAR_EDGE] for part in _GAP.split(page[at].strip()))
    return [part for part in parts if len(part) >= _LEAST_NAME]


def _names_again(line: str, names: Sequence[str]) -> bool:
    """Return whether *line*, the first of a page, is its head: no sentence, with one of *names* in it."""
    return not line.rstrip().endswith(_STOPS) and any(name in line for name in names)


def _edges(page: Sequence[str]) -> Sequence[int]:
    """Return the places of the first and the last lines of a *page*."""
    said = [place for place, line in enumerate(page) if line.strip()]
    edges = sorted({*said[:_NEAR_EDGE], *said[-_NEAR_EDGE:]})
    return [place for place in edges if len(page[place].strip()) <= _LONGEST_EDGE]


def _key(line: str) -> str:
    return _NUMBER.sub("#", line.strip())


def _below(text: list[str], page: Sequence[str]) -> list[str]:
    """Return *text* with a *page* below it; a sentence that goes on there stays in one passage."""
    while text and not text[-1].strip():
        text = text[:-1]
    first = next((place for place, line in enumerate(page) if line.strip()), len(page))
    amid = text and first < len(page) and not text[-1].endswith(_STOPS)
    goes_on = amid and (page[first].strip()[:1].islower() or text[-1].endswith(","))
    return [*text, *([] if goes_on or not text else [""]), *page[first:]]


def joined_word(line: str, after: str, words: Collection[str]) -> str | None:
    """Return *line* and the line *after* it as one, if a hyphen parts a word between them, None else.

    The hyphen stays where it is the word's own; *words* are those that the text has, in small letters.
    """
    broken, opens = _BROKEN.search(line), _OPENS.match(after)
    if broken is None or opens is None or opens[1].lower() in _AND:
        return None
    one, two = broken[1].lower(), opens[1].lower()
    prefixes = _PREFIXES if "the" in words else _PREFIXES_ELSEWHERE
    is_own = not opens[1][0].islower() or one in prefixes or (one in words and two in words)
    return f"{line}{after}" if is_own and f"{one}{two}" not in words else f"{line[:-1]}{after}"
