"""The language of a text: by its script, and among Latin ones by the commonest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

LOOKED_AT = 800  # characters: 120 words, of which the language's own make up a fifth at least
LEAST_SHARE = 0.06  # of the words; every language below reaches three times as much in prose

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_KANA = re.compile("[\u3040-\u30ff]+")
_HANGUL = re.compile("[\uac00-\ud7af]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_ARABIC = re.compile("[\u0600-\u06ff]+")
_OTHER_SCRIPT = re.compile("[\u0400-\u06ff\u3040-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = {
    "en": "the of and to in for that is on with was by at as from are be this it has",
    "de": "der die und in den das von zu mit dem des für ist auf im eine ein nicht auch sich",
    "fr": "le la les de des et du en un une pour que dans est sur par au aux avec ce",
    "es": "el la de los y en que del las por con una para se un al es su como más",
    "pt": "o a de que e do da em os para com uma no as dos na por um mais ao",
    "it": "il di e la che in per del della un una con dei nel alla sono le gli al da",
    "nl": "de het een en van in is op dat te voor met zijn aan niet door ook bij om wordt",
}
_COMMON = {name: frozenset(words.split()) for name, words in _WORDS.items()}
_COMMON_OF_ANY = frozenset().union(*_COMMON.values())
_MARKS = "’‘“”–—…\xa0"  # all that English prose has beside ASCII
_LETTERS = bytes(code if chr(code).isalpha() and code < 128 else ord(" ") for code in range(256))


def language_of(declared: str | None, title: str, paragraphs: Sequence[str]) -> str | None:
    """Return the ISO 639-1 code of a text's language; the *declared* one where it is too short to tell."""
    text = "\n".join((title, *paragraphs))[:LOOKED_AT]
    return _by_script(text) or _by_words(text) or _primary(declared)


def _primary(declared: str | None) -> str | None:
    primary = re.split("[-_]", (declared or "").strip().lower())[0]
    return primary if primary.isalpha() and len(primary) in {2, 3} else None


def _by_script(text: str) -> str | None:
    if text.isascii() or not _OTHER_SCRIPT.search(text):
        return None
    han, kana = _count(_HAN, text), _count(_KANA, text)
    if kana * 8 > han + kana and kana > 4:
        return "ja"
    if han * 4 > len(text):
        return "zh"
    letters = max(1, sum(map(str.isalpha, text)))
    if han * 4 > letters:
        return "zh"
    for pattern, language in ((_HANGUL, "ko"), (_CYRILLIC, "ru"), (_ARABIC, "ar")):
        if _count(pattern, text) * 2 > letters:
            return language
    return None


def _count(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


def _by_words(text: str) -> str | None:
    words = _words_of(text.lower())
    if len(words) < 10:
        return None
    counts = Counter(filter(_COMMON_OF_ANY.__contains__, words))
    hits = {
        name: sum(map(counts.__getitem__, common.intersection(counts))) for name, common in _COMMON.items()
    }
    best = max(_COMMON, key=hits.__getitem__)
    return best if hits[best] >= LEAST_SHARE * len(words) else None


def _words_of(text: str) -> list[str]:
    for mark in () if text.isascii() else _MARKS:
        text = text.replace(mark, " ")
    if text.isascii():
        return text.encode().translate(_LETTERS).decode().split()  # the same words in a tenth of the time
    return _WORD.findall(text)
