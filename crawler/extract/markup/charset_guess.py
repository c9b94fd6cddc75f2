"""The encoding of a page that declares none, or a wrong one: guessed from its language and its text."""

from __future__ import annotations

import re

from crawler.extract.language import language_of

_TAGS = re.compile(rb"<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_LOOKED_AT = 1 << 20
_ENOUGH = 16_384  # bytes of text: they decide, and more would take longer
_LANGUAGE = re.compile(rb"<html\b[^<>]{0,400}?\blang\s{0,3}=\s{0,3}[\"']?([A-Za-z]{2})", re.IGNORECASE)
# What pages without a declaration are in, by the names that the guess has for it.
_CODECS = {
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "cp949": "cp949",
    "euc_kr": "cp949",
    "cp932": "cp932",
    "shift_jis": "cp932",
    "euc_jp": "euc_jp",
    "cp1251": "cp1251",
    "koi8_r": "koi8-r",
    "cp874": "cp874",
    "cp1253": "cp1253",
    "cp1255": "cp1255",
    "cp1256": "cp1256",
}
_OF_LANGUAGE = {
    "zh": ("gb18030", "big5"),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
    "th": ("cp874",),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "sr"), ("cp1251", "koi8_r")),
    "el": ("cp1253",),
    "he": ("cp1255",),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256",)),
}
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
# In cp1255, and what stands in its place for vowels and capitals of Cyrillic.
_HEBREW, _NO_HEBREW = bytes(range(0xE0, 0xFB)), bytes((*range(0xC0, 0xE0), 0xFB, 0xFC, 0xFF))
_LEAST_HEBREW = 20
_CENTRAL_EUROPE = frozenset("bs cs hr hu pl ro sk sl sq".split())


def guessed_codec(markup: bytes) -> str | None:
    """Return the codec that the text of *markup*, which is no UTF-8, is most likely in.

    None where it is some Western one, or nobody could tell.
    """
    head = markup[:_LOOKED_AT]
    named = _LANGUAGE.search(head)
    language = named[1].decode().lower() if named else ""
    if language in _CENTRAL_EUROPE:
        return _central_european(head)
    if language not in _OF_LANGUAGE and _is_latin(text := _undeclared_text(head)):
        return _latin_codec(text)
    candidates = _OF_LANGUAGE.get(language, tuple(_CODECS))
    return _CODECS[candidates[0]] if len(candidates) == 1 else _likeliest(head, candidates)


def _central_european(head: bytes) -> str:
    # Letters between 0x80 and 0x9F are those of Windows alone.
    return "cp1250" if any(0x80 <= byte < 0xA0 for byte in head) else "iso8859-2"


def _is_latin(text: bytes) -> bool:
    """Return whether letters of ASCII make up most of the words of *text* that have others, too."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    beyond = sum(len(word) - len(word.translate(None, _BEYOND_ASCII)) for word in words)
    return sum(map(len, words)) - beyond > beyond


def _latin_codec(text: bytes) -> str | None:
    """Return the codec of a *text* in Latin letters that tells its language in no other, None for cp1252."""
    if language_of(None, "", (text.decode("cp1254", "replace"),)) == "tr":
        return "cp1254"
    language = language_of(None, "", (text.decode("cp1250", "replace"),))
    return _central_european(text) if language in _CENTRAL_EUROPE else None


def _undeclared_text(head: bytes) -> bytes:
    """Return the lines of *head* that have letters beyond ASCII, without its elements."""
    text = b"\n".join(line for line in _TAGS.sub(b"\n", head).split(b"\n") if not line.isascii())
    if len(text) > _ENOUGH:  # no letter is cut in two
        text = text[: max(text.rfind(b"\n", 0, _ENOUGH), text.rfind(b" ", 0, _ENOUGH), _ENOUGH // 2)]
    return text


def _likeliest(head: bytes, candidates: tuple[str, ...]) -> str | None:
    from charset_normalizer import from_bytes  # few pages need it, and it takes a while to load

    text = _undeclared_text(head)
    if "cp1255" in candidates and _is_hebrew(text):
        return "cp1255"
    best = from_bytes(text, cp_isolation=list(candidates)).best()
    return _CODECS.get(best.encoding) if best is not None else None


def _is_hebrew(text: bytes) -> bool:
    """Return whether *text* has Hebrew letters alone; as Cyrillic it would lack capitals and vowels."""
    letters, others = (len(text) - len(text.translate(None, each)) for each in (_HEBREW, _NO_HEBREW))
    return letters >= _LEAST_HEBREW and others * 50 < letters
