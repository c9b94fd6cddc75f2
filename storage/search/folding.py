"""Text as search compares it: without case, accents, points and width, and taken apart into runs.

A run is a word with its vowel signs, or a stretch of a script that is written without spaces (Han, kana,
Hangul, Thai, ...), whose characters are taken in pairs. Traditional Chinese is folded to simplified.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from storage.patterns import lazy_pattern
from storage.search.han_variants import FOLDED

PAIRED = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u1100-\u11ff\u3005-\u3007\u3041-\u30ff\u3105-\u312f\u3131-\u318e\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
IS_PAIRED = lazy_pattern(rf"[{PAIRED}]")
# Accents; Hebrew and Arabic points and the bar that stretches a word; the dot of Hindi that many leave out.
POINTS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u093c\u0951-\u0954\u200d"
)
MARKS = re.compile(f"[{POINTS}]+")
# Scripts whose words hold marks that are no accents, or whose letters and digits have several forms.
POINTED = lazy_pattern(
    "[\u0488\u0489\u0591-\u0dff\u0f00-\u0fff\u135d-\u135f\u1700-\u177f\u1800-\u1cff\u1dc0-\u1dff\u20d0-\u20f0"
    "\u2de0-\u2dff\ua66f-\ua6f1\ua800-\ua95f\ua980-\uabff]"
)
_ZEROES = "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0f20\u1810"
# As the normalizers of Lucene for Arabic, Persian and Hindi have it: yeh, kaf, teh marbuta, the moon's dot.
_SPELLINGS = dict(
    zip("\u0649\u06cc\u06a9\u0629\u06c1\u0901", "\u064a\u064a\u0643\u0647\u0647\u0902", strict=True)
)
_SPELLINGS |= {chr(ord(zero) + digit): str(digit) for zero in _ZEROES for digit in range(10)}
_SPELT = lazy_pattern(f"[{''.join(_SPELLINGS)}]")
_NON_JOINER = re.compile("(?<=[\u0900-\u0dff])\u200c+")  # elsewhere it parts what a reader sees as two words
LONGEST_WORD = 64
FIRST_RARE, LAST_RARE = "\U00010000", "\U0010ffff"
ASCII = bytes(range(128))
# Private characters, so that a mark is never taken for a token of the text.
ANYWHERE = "\ue000"
IN_TITLE = "\ue001"
IN_SPAN = "\ue003"
IN_FIELD = "\ue004"
HYPHEN, UPPER = "\ue005", "\ue006"  # in a mark of FTS5, of a letter behind it
COMMON_MARKS = (
    "“”‘’—–…·、。「」《》【】（），：；？！\u3000\u00a0"  # taken off first: the rest is often ASCII
)


class Patterns(NamedTuple):
    """What finds the words of a folded text, by whether its script has marks in them."""

    word: re.Pattern[str]  # of a script with spaces
    run: re.Pattern[str]  # such a word, or a stretch of a script without
    inside: str  # a character beside which such a word goes on


def patterns_for(folded: str) -> Patterns:
    """Return what finds the words of *folded*."""
    return _patterns(joining_marks() if is_pointed(folded) else "")


def is_pointed(folded: str) -> bool:
    """Return whether a text has a script whose words hold marks."""
    return POINTED.search(beyond_ascii(folded)) is not None


def runs(text: str) -> list[str]:
    """Return the folded words and the runs of paired characters of *text*."""
    folded = fold(text)
    found = patterns_for(folded).run.findall(folded)
    return [run if IS_PAIRED.match(run) else run[:LONGEST_WORD] for run in found]


@cache
def _patterns(marks: str) -> Patterns:
    letter = rf"[^\W_{PAIRED}]"
    word = f"{letter}+(?:[{marks}]+{letter}*)*" if marks else f"{letter}+"
    inside = f"(?:{letter}|[{marks}])" if marks else letter
    return Patterns(word=re.compile(word), run=re.compile(f"[{PAIRED}]+|{word}"), inside=inside)


@cache
def joining_marks() -> str:
    """Return the marks that are part of a word, for a pattern: vowel signs, and what silences letters."""
    # Those of rare scripts beyond the first plane would make each look for one a walk through a list.
    marks = (chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
    return "".join(mark for mark in marks if not (IS_PAIRED.match(mark) or MARKS.match(mark)))


@lru_cache(maxsize=8)
def fold(text: str) -> str:
    """Return *text* in lower case, without accents, full-width letters as plain ones, Chinese simplified."""
    if text.isascii():
        return text.lower()
    plain = without_marks(text)
    if plain.isascii():
        return plain.lower()
    cased = plain.casefold()
    spelt = _plainly_spelt(_without_accents(unicodedata.normalize("NFKD", cased)))
    composed = unicodedata.normalize("NFC", spelt)
    return simplified(composed if composed == cased else composed.casefold())


def _plainly_spelt(decomposed: str) -> str:
    if not is_pointed(decomposed):
        return decomposed
    for form in set(_SPELT.findall(decomposed)):
        decomposed = decomposed.replace(form, _SPELLINGS[form])
    return _NON_JOINER.sub("", decomposed) if "\u200c" in decomposed else decomposed


def _without_accents(decomposed: str) -> str:
    for mark in set("".join(MARKS.findall(beyond_ascii(decomposed)))):
        decomposed = decomposed.replace(mark, "")
    return decomposed


def simplified(text: str) -> str:
    """Return *text* with every Han character in the form that stands for its variants."""
    form = _form_to_fold()
    if not form.search(beyond_ascii(text)):
        return text
    pieces = form.split(text)  # what stands between and the forms, in turns
    pieces[1::2] = map(FOLDED.get, pieces[1::2], pieces[1::2])
    return "".join(pieces)


@cache
def _form_to_fold() -> re.Pattern[str]:
    """Return what finds the forms to fold, and all that is rare: a list of these would be gone through."""
    common = (form for form in FOLDED if form < FIRST_RARE)
    return re.compile(f"([{''.join(common)}{FIRST_RARE}-{LAST_RARE}])")


def without_marks(text: str) -> str:
    """Return *text* with blanks for the usual quotes and dashes; the rest is often ASCII."""
    if not text.isascii():
        for mark in COMMON_MARKS:
            text = text.replace(mark, " ")
    return text


def beyond_ascii(text: str) -> str:
    """Return the characters of *text* that are not ASCII: few in most languages, and soon looked through."""
    return "" if text.isascii() else _beyond_ascii(text)


@lru_cache(maxsize=8)  # a text that has nothing to fold is asked about at every step
def _beyond_ascii(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").translate(None, ASCII).decode("utf-8", "surrogatepass")
