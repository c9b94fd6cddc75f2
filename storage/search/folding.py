"""Text as search compares it: without case, accents and width, and taken apart into runs.

A run is a word, or a stretch of a script that is written without spaces (Han, kana, Hangul, Thai, ...),
whose characters are taken in pairs. Traditional Chinese is folded to simplified.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from storage.patterns import lazy_pattern
from storage.search.han_variants import FOLDED

PAIRED = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u1100-\u11ff\u3005-\u3007\u3041-\u30ff\u3105-\u312f\u3131-\u318e\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
RUN = lazy_pattern(rf"[{PAIRED}]+|[^\W_{PAIRED}]+")
IS_PAIRED = lazy_pattern(rf"[{PAIRED}]")
MARKS = re.compile(r"[\u0300-\u036f]+")
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


def runs(text: str) -> list[str]:
    """Return the folded words and the runs of paired characters of *text*."""
    return [run if IS_PAIRED.match(run) else run[:LONGEST_WORD] for run in RUN.findall(fold(text))]


@lru_cache(maxsize=8)
def fold(text: str) -> str:
    """Return *text* in lower case, without accents, full-width letters as plain ones, Chinese simplified."""
    if text.isascii():
        return text.lower()
    plain = without_marks(text)
    if plain.isascii():
        return plain.lower()
    cased = plain.casefold()
    composed = unicodedata.normalize("NFC", _without_accents(unicodedata.normalize("NFKD", cased)))
    return _simplified(composed if composed == cased else composed.casefold())


def _without_accents(decomposed: str) -> str:
    for mark in set("".join(MARKS.findall(beyond_ascii(decomposed)))):
        decomposed = decomposed.replace(mark, "")
    return decomposed


def _simplified(text: str) -> str:
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
