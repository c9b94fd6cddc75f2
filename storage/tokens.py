"""Search tokens: made by us, the same for both engines.

Scripts written without spaces (Han, kana, Hangul, Thai, ...) become overlapping pairs, and the last
character of each run alone; everything else becomes folded words (case, accents, width).
The characters of an article, each once, answer one-character queries: as marks of their own, since a
prefix index would double the postings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

TOKENS_VERSION = "1"
PAIRED = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u1100-\u11ff\u3005-\u3007\u3041-\u30ff\u3105-\u312f\u3131-\u318e\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
RUN = re.compile(rf"[{PAIRED}]+|[^\W_{PAIRED}]+")
IS_PAIRED = re.compile(rf"[{PAIRED}]")
MARKS = re.compile(r"[\u0300-\u036f]+")
ASCII_WORD = re.compile(r"[a-z0-9]+")
LONGEST_WORD = 64
# Private characters, so that a mark is never taken for a token of the text.
ANYWHERE = "\ue000"
IN_TITLE = "\ue001"


def tokens(text: str) -> list[str]:
    """Return the tokens of *text*, in order."""
    found: list[str] = []
    for run in runs(text):
        if IS_PAIRED.match(run):
            found += map(str.__add__, run, run[1:])
            found.append(run[-1])
        else:
            found.append(run)
    return found


def marked_characters(title: str, body: str) -> list[str]:
    """Return the paired characters of an article, each once, those of the title marked apart as well."""
    in_title = _characters(title)
    anywhere = sorted(in_title | _characters(body))
    return [ANYWHERE + character for character in anywhere] + [IN_TITLE + c for c in sorted(in_title)]


def _characters(text: str) -> set[str]:
    return set(IS_PAIRED.findall("".join(set(fold(text)))))


def runs(text: str) -> Iterator[str]:
    """Yield the folded words and the runs of paired characters of *text*."""
    folded = fold(text)
    if folded.isascii():
        yield from (word[:LONGEST_WORD] for word in ASCII_WORD.findall(folded))
        return
    for match in RUN.finditer(folded):
        run = match[0]
        yield run if IS_PAIRED.match(run) else run[:LONGEST_WORD]


@lru_cache(maxsize=8)
def fold(text: str) -> str:
    """Return *text* in lower case, without accents, full-width letters as plain ones."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", MARKS.sub("", decomposed)).casefold()
