"""A folded text with the way back: where what was found in it stands in the text itself.

Most characters fold to one. Those that do not (½, ß, ﷺ), and those that join the one before them (accents,
vowel signs, the parts of a syllable of Hangul), are taken together with it: it folds as a whole, and what
is found in a part of it is found in all of it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from storage.search.folding import fold, without_marks

JOINING_LETTERS = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\uffa0-\uffdc]")  # later parts of a syllable
JOINERS = "\u200c\u200d"  # which fold to nothing behind some letters
SOME_WIDTHS = 4096
# The letters and marks beside which most texts have few others: each folds to one, and joins no other.
EVEN = (
    "\x00-\x7f\u00e0-\u00f6\u00f8-\u00ff\u0400-\u0482\u048a-\u052f\u2010-\u2024\u3001-\u3029"
    "\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e"
)
UNSURE = re.compile(f"[^{EVEN}]+")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text; pieces of odd numbers fold as a whole, the others each character by itself."""

    text: str
    folded_starts: tuple[int, ...] = (0,)
    starts: tuple[int, ...] = (0,)

    def start(self, place: int) -> int:
        """Return where the character begins that folds to what stands at *place*."""
        piece = bisect_right(self.folded_starts, place) - 1
        if piece % 2:
            return self.starts[piece]
        return self.starts[piece] + place - self.folded_starts[piece]

    def end(self, place: int) -> int:
        """Return where the character ends that folds to what stands before *place*."""
        piece = max(bisect_left(self.folded_starts, place) - 1, 0)
        if piece % 2:
            return self.starts[piece + 1]
        return self.starts[piece] + place - self.folded_starts[piece]


def folded_text(text: str) -> FoldedText:
    """Return *text* folded, with what leads from its places to those of *text*."""
    plain = without_marks(text)
    folded = fold(plain)
    if plain.isascii():
        return FoldedText(folded)
    joining, uneven = _not_by_themselves(plain)
    if not joining and not uneven:
        return FoldedText(folded)
    pieces = _finds(joining, uneven).split(plain)
    widths = list(map(len, pieces))
    folded_widths = widths.copy()
    folded_widths[1::2] = map(_folded_width, pieces[1::2])
    return FoldedText(
        folded, tuple(accumulate(folded_widths, initial=0)), tuple(accumulate(widths, initial=0))
    )


def _not_by_themselves(text: str) -> tuple[str, str]:
    """Return which characters of *text* join the one before them, and which others do not fold to one."""
    others = sorted(set("".join(UNSURE.findall(text))))
    joining = "".join(filter(joins, others))
    uneven = (each for each in others if each not in joining and _folded_width(each) != 1)
    return joining, "".join(uneven)


@lru_cache(maxsize=SOME_WIDTHS)
def joins(character: str) -> bool:
    """Return whether *character* is part of what a reader takes for the character before it."""
    if JOINING_LETTERS.match(character) or character in JOINERS:
        return True
    if unicodedata.category(character).startswith("M"):
        return True
    return unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) != 0


@lru_cache(maxsize=SOME_WIDTHS)
def _folded_width(characters: str) -> int:
    return len(fold(characters))


def _finds(joining: str, uneven: str) -> re.Pattern[str]:
    """Return what finds a character with those that join it, and one that does not fold to one."""
    choices = [f"[{re.escape(uneven)}]"] if uneven else []
    if joining:
        joined = re.escape(joining)
        choices.insert(0, f"[^{joined}]?[{joined}]+")
    return re.compile(f"({'|'.join(choices)})", re.DOTALL)
