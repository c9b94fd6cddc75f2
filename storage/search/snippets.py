"""Snippets: the part of a text where the matched words stand, and the places to mark in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storage.search.folded_places import FoldedText, folded_text, joins
from storage.search.folding import IS_PAIRED, patterns_for
from storage.search.query_language import Character, Phrase

LENGTH = 160
LEAD = 40  # characters shown before the first match
LONGEST_WORD = 24  # characters: a longer one is cut
MARKED = 500  # characters of a title: no list shows more


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text with the places that matched."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def snippet_around(text: str, pattern: re.Pattern[str] | None) -> Snippet:
    """Return the piece of *text* around the first match of *pattern*, its beginning where nothing matches."""
    folded = folded_text(text) if pattern else FoldedText("")
    first = pattern.search(folded.text) if pattern else None
    start = _start(text, folded.start(first.start())) if first else 0
    piece = text[start : _end(text, start)]
    matches = pattern.finditer(folded.text, first.start()) if pattern and first else iter(())
    marks = _marks(matches, folded, start, start + len(piece))
    head, tail = "…" if start else "", "…" if start + len(piece) < len(text) else ""
    shown = piece.replace("\n", " ")
    return Snippet(f"{head}{shown}{tail}", tuple((s + len(head), e + len(head)) for s, e in marks))


def marks_in(title: str, pattern: re.Pattern[str] | None) -> tuple[tuple[int, int], ...]:
    """Return the places of *title* that *pattern* matches, as (start, end)."""
    if pattern is None:
        return ()
    shown = title[:MARKED]
    folded = folded_text(shown)
    return _marks(pattern.finditer(folded.text), folded, 0, len(shown))


def pattern_of(wanted: Iterable[Phrase | Character]) -> re.Pattern[str] | None:
    """Return what finds the phrases in folded text: words whole, characters anywhere."""
    choices = [re.escape(w.character) if isinstance(w, Character) else _phrase(w) for w in wanted]
    return re.compile("|".join(choices)) if choices else None


def _phrase(phrase: Phrase) -> str:
    runs = [re.escape(run) for run in phrase.text]
    pattern = r"[\W_]*".join(runs)
    first, last = phrase.text[0], phrase.text[-1]
    if not IS_PAIRED.match(first):
        pattern = f"(?<!{patterns_for(first).inside}){pattern}"
    if IS_PAIRED.match(last):
        return pattern
    inside = patterns_for(last).inside
    return pattern + (f"{inside}*" if phrase.prefix else f"(?!{inside})")


def _start(text: str, match: int) -> int:
    """Return where the snippet begins: a little before the match, at a word, never in another paragraph."""
    start = max(0, match - LEAD, text.rfind("\n", 0, match) + 1)
    if start == 0 or text[start - 1] == "\n":
        return start
    blank = text.find(" ", start, match)
    return blank + 1 if blank >= 0 else _between_characters(text, start)


def _end(text: str, start: int) -> int:
    """Return where the snippet ends: between two words, or two Han characters."""
    end = start + LENGTH
    if end >= len(text):
        return end
    if IS_PAIRED.match(text[end]) or not (_goes_on(text[end - 1]) and _goes_on(text[end])):
        return _between_characters(text, end)
    blank = text.rfind(" ", end - LONGEST_WORD, end)
    return blank if blank >= 0 else end


def _goes_on(character: str) -> bool:
    return character.isalnum() or joins(character)


def _between_characters(text: str, place: int) -> int:
    """Return where the character begins that *place* may lie in: a letter, its accents and vowel signs."""
    for start in range(place, max(place - LONGEST_WORD, 0), -1):
        if not joins(text[start]):
            return start
    return place


def _marks(
    matches: Iterator[re.Match[str]], folded: FoldedText, start: int, end: int
) -> tuple[tuple[int, int], ...]:
    marks = []
    for match in matches:
        first, last = folded.start(match.start()), folded.end(match.end())
        if first >= end:
            break
        if first >= start and last > first:
            marks.append((first - start, min(last, end) - start))
    return tuple(marks)
