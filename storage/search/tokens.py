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
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, zip_longest

from storage.patterns import lazy_pattern
from storage.search.folding import (
    ANYWHERE,
    IN_TITLE,
    IS_PAIRED,
    LONGEST_WORD,
    PAIRED,
    beyond_ascii,
    fold,
    is_pointed,
    patterns_for,
    without_marks,
)

A_WORD = "\ue002"  # stands for one while characters are paired
PAIRED_RUN = lazy_pattern(rf"[{PAIRED}]+")
RUN_OR_WORD = lazy_pattern(rf"[{PAIRED}{A_WORD}]+")
WORD = re.compile(r"[^\W_]+")
NO_WORD = re.compile(r"[\W_]+")
CODE_POINTS = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
BLANK = ord(" ")
MOST_REPLACEMENTS = 100  # cost what one look at every character does


def tokens(text: str) -> list[str]:
    """Return the tokens of *text*, in order."""
    return token_text(text).split()


def token_text(text: str) -> str:
    """Return the tokens of *text*, in order, with blanks between them."""
    folded = fold(text)
    if not IS_PAIRED.search(beyond_ascii(folded)):
        words = patterns_for(folded).word if is_pointed(folded) else WORD
        return " ".join([word[:LONGEST_WORD] for word in words.findall(folded)])
    return _mixed_tokens(folded.replace(A_WORD, " "))


def plain_tokens(text: str) -> str | None:
    """Return *text* so that a tokenizer of ASCII letters and digits finds our tokens in it, if it can be."""
    plain = without_marks(text)
    beyond = beyond_ascii(plain)
    for _ in range(MOST_REPLACEMENTS):
        if not beyond:
            return None if _has_long_word(plain) else plain
        character = beyond[0]
        replacement = _plain_character(character)
        if replacement is None:
            return None
        plain, beyond = plain.replace(character, replacement), beyond.replace(character, "")
    return None


@lru_cache(maxsize=1024)
def _plain_character(character: str) -> str | None:
    """Return what a tokenizer of ASCII has to read instead of *character*, if that is ASCII."""
    folded = fold(character)
    plain = NO_WORD.sub(" ", folded)
    return plain if plain.isascii() and not (IS_PAIRED.search(folded) or is_pointed(folded)) else None


def _has_long_word(text: str) -> bool:
    """Return whether a word of *text* is longer than a token; it is enough to look at some of its blanks."""
    blank = -1
    text = text.replace("\n", " ")
    while blank + LONGEST_WORD + 1 < len(text):
        following = text.rfind(" ", blank + 1, blank + LONGEST_WORD + 2)
        if following < 0:
            return True
        blank = following
    return False


def _mixed_tokens(folded: str) -> str:
    """Return the tokens of a text that has paired characters: all of them are paired at once."""
    lone = patterns_for(folded).word
    words = lone.findall(folded)
    outline = lone.sub(f" {A_WORD} ", folded) if words else folded
    between = _pairs(RUN_OR_WORD.findall(outline)).split(A_WORD)
    return "".join([pairs + word[:LONGEST_WORD] for pairs, word in zip_longest(between, words, fillvalue="")])


def _pairs(runs_: Sequence[str]) -> str:
    """Return every character of the runs followed by its neighbour, a blank after each pair.

    It is done on arrays of code points, which takes a tenth of the time of making each pair.
    """
    points = array("I", " ".join(runs_).encode(CODE_POINTS))
    spread = array("I", [BLANK]) * (3 * len(points) - 1)
    spread[0::3] = points
    neighbours = points[1:]
    for number, end in enumerate(accumulate(map(len, runs_[:-1]))):
        neighbours[end + number] = BLANK  # the first of the next run is no neighbour of the blank before it
    neighbours.append(BLANK)
    spread[1::3] = neighbours
    return spread.tobytes().decode(CODE_POINTS).rstrip()


def character_marks(title: str, body: str) -> str:
    """Return the paired characters of an article, each once as a mark, those of the title also apart."""
    in_title = _paired_characters(title)
    anywhere = in_title + _paired_characters(body)
    return (_marks(ANYWHERE, anywhere) + " " + _marks(IN_TITLE, in_title)).strip()


def _paired_characters(text: str) -> str:
    folded = fold(text)
    return "" if folded.isascii() else "".join(PAIRED_RUN.findall(folded))


def _marks(mark: str, characters: str) -> str:
    """Return each of *characters* once, marked; sets of numbers are made sooner, and always in one order."""
    each = map(chr, set(array("I", characters.encode(CODE_POINTS))))
    return mark + f" {mark}".join(each) if characters else ""
