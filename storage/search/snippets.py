"""Snippets: the part of a text where the matched words stand, and the places to mark in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from storage.search.folding import IS_PAIRED, PAIRED, fold
from storage.search.query_language import Character, Phrase

LENGTH = 160
LEAD = 40  # characters shown before the first match
LONGEST_WORD = 24  # characters: a longer one is cut
IN_WORD = rf"[^\W_{PAIRED}]"  # a character beside which a word goes on: none of a script without spaces
CHARACTER = re.compile(r"(?s:.)[\uff9e\uff9f]?")  # half-width kana fold together with their sound mark
MARKED = 500  # characters of a title: no list shows more


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text with the places that matched."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def snippet_around(text: str, pattern: re.Pattern[str] | None) -> Snippet:
    """Return the piece of *text* around the first match of *pattern*, its beginning where nothing matches."""
    folded, places = _folded(text)
    first = pattern.search(folded) if pattern else None
    start = _start(text, places(first.start())) if first else 0
    piece = text[start : _end(text, start)]
    matches = pattern.finditer(folded, first.start()) if pattern and first else iter(())
    marks = _marks(matches, places, start, start + len(piece))
    head, tail = "…" if start else "", "…" if start + len(piece) < len(text) else ""
    shown = piece.replace("\n", " ")
    return Snippet(f"{head}{shown}{tail}", tuple((s + len(head), e + len(head)) for s, e in marks))


def marks_in(title: str, pattern: re.Pattern[str] | None) -> tuple[tuple[int, int], ...]:
    """Return the places of *title* that *pattern* matches, as (start, end)."""
    if pattern is None:
        return ()
    shown = title[:MARKED]
    folded, places = _folded(shown)
    return _marks(pattern.finditer(folded), places, 0, len(shown))


def pattern_of(wanted: Iterable[Phrase | Character]) -> re.Pattern[str] | None:
    """Return what finds the phrases in folded text: words whole, characters anywhere."""
    choices = [re.escape(w.character) if isinstance(w, Character) else _phrase(w) for w in wanted]
    return re.compile("|".join(choices)) if choices else None


def _phrase(phrase: Phrase) -> str:
    runs = [re.escape(run) for run in phrase.text]
    pattern = r"[\W_]*".join(runs)
    if not IS_PAIRED.match(phrase.text[0]):
        pattern = rf"(?<!{IN_WORD}){pattern}"
    if IS_PAIRED.match(phrase.text[-1]):
        return pattern
    return pattern + (rf"{IN_WORD}*" if phrase.prefix else rf"(?!{IN_WORD})")


class _Places:
    """Where a place of the folded text stands in the text itself, when folding changed lengths."""

    def __init__(self, text: str) -> None:
        characters = CHARACTER.findall(text)
        folded = [fold(character) for character in characters]
        self.folded = "".join(folded)
        self._starts = list(accumulate(map(len, folded), initial=0))
        self._places = list(accumulate(map(len, characters), initial=0))

    def __call__(self, place: int) -> int:
        return self._places[bisect_right(self._starts, place) - 1]


def _folded(text: str) -> tuple[str, _Places | type[int]]:
    """Return *text* folded, and what leads from a place in it to the place in *text*."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded, int
    places = _Places(text)
    return places.folded, places


def _start(text: str, match: int) -> int:
    """Return where the snippet begins: a little before the match, at a word, never in another paragraph."""
    start = max(0, match - LEAD, text.rfind("\n", 0, match) + 1)
    if start == 0 or text[start - 1] == "\n":
        return start
    blank = text.find(" ", start, match)
    return blank + 1 if blank >= 0 else start


def _end(text: str, start: int) -> int:
    """Return where the snippet ends: between two words, or two Han characters."""
    end = start + LENGTH
    if (
        end >= len(text)
        or IS_PAIRED.match(text[end])
        or not (text[end - 1].isalnum() and text[end].isalnum())
    ):
        return end
    blank = text.rfind(" ", end - LONGEST_WORD, end)
    return blank if blank >= 0 else end


def _marks(
    matches: Iterator[re.Match[str]], places: _Places | type[int], start: int, end: int
) -> tuple[tuple[int, int], ...]:
    marks = []
    for match in matches:
        first, last = places(match.start()), places(match.end())
        if first >= end:
            break
        if first >= start and last > first:
            marks.append((first - start, min(last, end) - start))
    return tuple(marks)
