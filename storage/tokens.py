"""Search tokens: made by us, the same for both engines.

Scripts written without spaces (Han, kana, Hangul, Thai, ...) become overlapping pairs, and the last
character of each run alone; everything else becomes folded words (case, accents, width).
Traditional Chinese is folded to simplified. The characters of an article, each once, answer
one-character queries: as marks of their own, since a prefix index would double the postings.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Collection

from storage.folding import ANYWHERE, IN_TITLE, IS_PAIRED, LONGEST_WORD, PAIRED, fold, without_marks

BETWEEN = rf"(?:[^\w{PAIRED}]|_)+"
# Neighbouring runs of paired characters are taken together: one look at all of them is cheap.
SEGMENT = re.compile(rf"[{PAIRED}]+(?:{BETWEEN}[{PAIRED}]+)*|[^\W_{PAIRED}]+")
GAP = re.compile(BETWEEN)
PAIRED_RUN = re.compile(rf"[{PAIRED}]+")
WORD = re.compile(r"[^\W_]+")
CODE_POINTS = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
BLANK = ord(" ")


def tokens(text: str) -> list[str]:
    """Return the tokens of *text*, in order."""
    return token_text(text).split()


def token_text(text: str) -> str:
    """Return the tokens of *text*, in order, with blanks between them."""
    folded = fold(text)
    if not IS_PAIRED.search(folded):
        return " ".join([word[:LONGEST_WORD] for word in WORD.findall(folded)])
    return " ".join([_segment_tokens(segment) for segment in SEGMENT.findall(folded)])


def plain_tokens(text: str) -> str | None:
    """Return *text* so that a tokenizer of ASCII letters and digits finds our tokens in it, if it can be."""
    plain = without_marks(text)
    return plain if plain.isascii() and max(map(len, plain.split()), default=0) <= LONGEST_WORD else None


def _segment_tokens(segment: str) -> str:
    if not IS_PAIRED.match(segment):
        return segment[:LONGEST_WORD]
    if len(segment) == 1:
        return segment
    return _pairs(GAP.sub(" ", segment))


def _pairs(runs_: str) -> str:
    """Return every character followed by its neighbour in the run, a blank after each pair.

    It is done on arrays of code points, which takes a tenth of the time of making each pair.
    """
    points = array("I", runs_.encode(CODE_POINTS))
    spread = array("I", [BLANK]) * (3 * len(points) - 1)
    spread[0::3] = points
    neighbours = points[1:]
    place = runs_.find(" ")
    while place >= 0:  # the first of the next run is no neighbour of the blank before it
        neighbours[place] = BLANK
        place = runs_.find(" ", place + 1)
    neighbours.append(BLANK)
    spread[1::3] = neighbours
    return spread.tobytes().decode(CODE_POINTS).rstrip()


def character_marks(title: str, body: str) -> str:
    """Return the paired characters of an article, each once as a mark, those of the title also apart."""
    in_title = _paired_characters(title)
    anywhere = dict.fromkeys(in_title + _paired_characters(body))
    return (_marks(ANYWHERE, anywhere) + " " + _marks(IN_TITLE, dict.fromkeys(in_title))).strip()


def _paired_characters(text: str) -> str:
    folded = fold(text)
    return "" if folded.isascii() else "".join(PAIRED_RUN.findall(folded))


def _marks(mark: str, characters: Collection[str]) -> str:
    return mark + f" {mark}".join(characters) if characters else ""
