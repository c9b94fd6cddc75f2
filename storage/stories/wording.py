"""A text as the tokens that all its publishers share, however they spell it.

Words for alphabetic text, single characters where a script has no blanks, numbers by their value
("1.5 million", "1,500,000", "150万" and "一百五十万" are one token). Case, width, punctuation,
spacing, invisible characters, simplified and traditional Chinese make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from threading import Lock

from storage.patterns import lazy_pattern
from storage.search.folding import beyond_ascii, simplified, without_marks
from storage.stories.numerals import POINT, with_digits_by_value, with_words_by_value

FEWEST_TOKENS = 16  # a shorter text says too little to be recognised in another wording
LONGEST_KEPT = 20_000  # characters of a text whose tokens are kept in memory
MOST_KEPT = 256  # texts
MAX_CHARACTERS = 400_000  # of a text; 5 MB is no press release, and the work must stay bounded

# What no reader sees: soft hyphens, zero-width and bidirectional marks, variation selectors.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+"
)
# Scripts written without blanks: Han with its extensions, kana, Thai, Lao, Burmese, Khmer.
UNSPACED = (
    "\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
RUN = lazy_pattern(rf"[{UNSPACED}]+|[^\W{UNSPACED}]+")
UNSPACED_RUN = lazy_pattern(f"[{UNSPACED}]")
FIRST_UNSPACED = "\u0e00"  # no token of a script with blanks sorts after it, but for Hangul and the like
HAN_FROM, HAN_TO = "\u4e00", "\u9fff"
FEW_SIGNS = 50  # so many replacements cost what one look at every character does
PUNCTUATION = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) != POINT)
BLANKS = bytes.maketrans(PUNCTUATION, b" " * len(PUNCTUATION))


def tokenise(text: str) -> list[str]:
    """Return the tokens of *text* in order; a number is a token of digits."""
    return token_line(text).split()


def token_line(text: str) -> str:
    """Return the tokens of *text* in order, with one blank between them."""
    # It is asked for when a text is fingerprinted, and whenever that is compared.
    line = _kept.get(text)
    if line is None:
        line = _line(text)
        if len(text) < LONGEST_KEPT:
            _keep(text, line)
    return line


def says_enough(line: str) -> bool:
    """Return whether a token line has enough tokens to be compared with others."""
    return len(line.split(" ", FEWEST_TOKENS - 1)) == FEWEST_TOKENS


def _keep(text: str, line: str) -> None:
    with _keeping:
        if len(_kept) >= MOST_KEPT:
            del _kept[next(iter(_kept))]
        _kept[text] = line


_kept: dict[str, str] = {}  # the earliest first
_keeping = Lock()


def _line(text: str) -> str:
    folded = with_digits_by_value(fold(text[:MAX_CHARACTERS]))
    beyond = beyond_ascii(folded)
    tokens = _split_scripts(folded) if UNSPACED_RUN.search(beyond) else _split_words(folded, set(beyond))
    return " ".join(with_words_by_value(tokens))


def fold(text: str) -> str:
    """Return *text* without differences of case, width and script of Chinese, percent spelt out."""
    text = without_marks(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if INVISIBLE.search(beyond_ascii(text)):
            text = INVISIBLE.sub("", text)
        text = simplified(text)
    text = text.lower() if text.isascii() else text.casefold()
    return text.replace(POINT, " ").replace("%", " percent ").replace("per cent", "percent")


def _split_words(text: str, beyond: Collection[str]) -> list[str]:
    """Return the words of *text*, which is written with blanks; *beyond* are its characters beyond ASCII."""
    signs = [character for character in beyond if not character.isalnum()]
    if len(signs) > FEW_SIGNS:
        return RUN.findall(text)
    for sign in signs:
        text = text.replace(sign, " ")
    # As bytes, because only those are translated by a table.
    data = text.encode("utf-8", "surrogatepass").translate(BLANKS)
    return data.decode("utf-8", "surrogatepass").split()


def _split_scripts(text: str) -> list[str]:
    tokens: list[str] = []
    for run in RUN.findall(text):
        if HAN_FROM <= run[0] <= HAN_TO or UNSPACED_RUN.match(run):
            tokens.extend(run)
        else:
            tokens.append(run)
    return tokens
