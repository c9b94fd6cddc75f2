"""A text as the tokens that all its publishers share, however they spell it.

Words for alphabetic text, single characters where a script has no blanks, numbers by their value
("1.5 million", "1,500,000", "150万" and "一百五十万" are one token). Case, width, punctuation,
spacing and invisible characters make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from threading import Lock

from storage.folding import without_marks
from storage.numerals import ENGLISH_NUMERALS, POINT, with_digits_by_value, with_words_by_value

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
RUN = re.compile(rf"[{UNSPACED}]+|[^\W{UNSPACED}]+")
UNSPACED_RUN = re.compile(f"[{UNSPACED}]")
FIRST_UNSPACED = "\u0e00"  # no token of a script with blanks sorts after it, but for Hangul and the like
HAN_FROM, HAN_TO = "\u4e00", "\u9fff"
BLANKS = str.maketrans({mark: " " for mark in map(chr, range(128)) if not mark.isalnum() and mark != POINT})


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


def _keep(text: str, line: str) -> None:
    with _keeping:
        if len(_kept) >= MOST_KEPT:
            del _kept[next(iter(_kept))]
        _kept[text] = line


_kept: dict[str, str] = {}  # the earliest first
_keeping = Lock()


def _line(text: str) -> str:
    folded = with_digits_by_value(fold(text[:MAX_CHARACTERS]))
    tokens = folded.translate(BLANKS).split() if folded.isascii() else _split_scripts(folded)
    if not ENGLISH_NUMERALS.isdisjoint(tokens):
        tokens = with_words_by_value(tokens)
    return " ".join(tokens)


def fold(text: str) -> str:
    """Return *text* without differences of case, width and invisible characters, percent spelt out."""
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFKC", without_marks(text)))
    text = text.lower() if text.isascii() else text.casefold()
    return text.replace(POINT, " ").replace("%", " percent ").replace("per cent", "percent")


def _split_scripts(text: str) -> list[str]:
    tokens: list[str] = []
    for run in RUN.findall(text):
        if HAN_FROM <= run[0] <= HAN_TO or UNSPACED_RUN.match(run):
            tokens.extend(run)
        else:
            tokens.append(run)
    return tokens
