"""Which encoding a page is in, and its text without what no text may hold."""

from __future__ import annotations

import codecs
import re

from crawler.extract.markup.charset_guess import guessed_codec

# WHATWG labels for the encodings that news sites use; anything else is ignored, because a label comes
# from outside and Python's registry also knows codecs ("unicode_escape", "idna") that are no charsets.
_CODECS = {
    label: codec
    for codec, labels in {
        "utf-8": "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8",
        "gb18030": "gb2312 gbk gb18030 x-gbk gb_2312 gb_2312-80 csgb2312 chinese cp936 iso-ir-58",
        "big5hkscs": "big5 big5-hkscs cn-big5 x-x-big5 csbig5",
        "cp1252": "iso-8859-1 iso8859-1 iso_8859-1 latin1 l1 windows-1252 cp1252 x-cp1252 ascii us-ascii",
        "iso8859-15": "iso-8859-15 iso8859-15 latin9 l9",
        "iso8859-2": "iso-8859-2 iso8859-2 latin2 l2",
        "iso8859-3": "iso-8859-3 latin3 l3",
        "iso8859-4": "iso-8859-4 latin4 l4",
        "iso8859-5": "iso-8859-5 cyrillic",
        "iso8859-6": "iso-8859-6 arabic",
        "iso8859-7": "iso-8859-7 greek",
        "iso8859-8": "iso-8859-8 iso-8859-8-i hebrew",
        "iso8859-10": "iso-8859-10 latin6 l6",
        "iso8859-13": "iso-8859-13",
        "iso8859-14": "iso-8859-14",
        "iso8859-16": "iso-8859-16",
        "cp1254": "iso-8859-9 latin5 windows-1254 cp1254",
        "cp1250": "windows-1250 cp1250 x-cp1250",
        "cp1251": "windows-1251 cp1251 x-cp1251",
        "cp1253": "windows-1253 cp1253",
        "cp1255": "windows-1255 cp1255",
        "cp1256": "windows-1256 cp1256",
        "cp1257": "windows-1257 cp1257",
        "cp1258": "windows-1258 cp1258",
        "koi8-r": "koi8-r koi8 koi",
        "koi8-u": "koi8-u koi8-ru",
        "mac-roman": "macintosh mac x-mac-roman",
        "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j cp932",
        "euc_jp": "euc-jp x-euc-jp euc_jp",
        "iso2022_jp": "iso-2022-jp csiso2022jp",
        "cp949": "euc-kr euc_kr ks_c_5601-1987 korean windows-949 cp949",
        "cp874": "windows-874 tis-620 iso-8859-11",
        "utf-16-le": "utf-16 utf-16le utf-16-le",
        "utf-16-be": "utf-16be utf-16-be",
    }.items()
    for label in (codec, *labels.split())  # libraries tell a header's charset by the name of the codec
}
_WESTERN = frozenset({"cp1252", "iso8859-15"})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ISO_2022_JP = (b"\x1b$B", b"\x1b$@")  # what begins Japanese in it; all of its bytes are ASCII
_HEAD_BYTES = 4096  # a declaration stands in the first kilobyte; broken generators put comments before it
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_META_TAG = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,400}", re.IGNORECASE)
_CHARSET = re.compile(
    rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)
_FORBIDDEN = re.compile("[\x00\x0b\x0c\ud800-\udfff\ufffe\uffff]")
# UTF-8 that was read as Latin-1 or windows-1252 and encoded again. Its first sign is looked for in the bytes,
# where no other text has it often; the letters are those as which lead and continuation bytes then appear.
_TWICE_SIGN = re.compile(rb"\xc3[\x82\x83\x90\x91\xa2\xa4-\xa9][\xc2\xc5\xc6\xcb\xe2]")
_CONTINUATION = "\x80-\xbfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_TWICE_ENCODED = re.compile(
    f"(?:[ÃÂÐÑ][{_CONTINUATION}]|[âäåæçèéã][{_CONTINUATION}]{{2}}|ð[{_CONTINUATION}]{{3}})+"
)
_LEAST_SIGNS = 3
# The same letter by letter, which is quickly searched for, and every letter that one of them could begin.
_SIGN = re.compile(
    f"[ÃÂÐÑâäåæçèéãð](?:(?<=[ÃÂÐÑ])[{_CONTINUATION}]|(?<=[âäåæçèéã])[{_CONTINUATION}]{{2}}"
    f"|(?<=ð)[{_CONTINUATION}]{{3}})"
)
_WESTERN_LETTER = re.compile("[À-ÿ]")
REPAIRED = "utf-8, encoded twice"


def decode(markup: bytes, http_charset: str | None) -> tuple[str, str]:
    """Return the text of *markup* and the codec that gave it; it never fails on any bytes."""
    for bom, codec in _BOMS:
        if markup.startswith(bom):
            return _decoded(markup[len(bom) :], codec, "replace"), codec
    declared = (_codec_of(http_charset), declared_codec(markup))
    # Letters above ASCII that happen to be whole UTF-8 are UTF-8, even on a page that claims a Western codec.
    likely = ("utf-8" if codec in _WESTERN else codec for codec in declared if codec)
    for codec in (*likely, *filter(None, declared), "utf-8"):
        try:
            text = _decoded(markup, codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8" and b"\x1b" in markup and any(sign in markup for sign in _ISO_2022_JP):
            return _decoded(markup, "iso2022_jp", "replace"), "iso2022_jp"
        if codec == "utf-8" and b"\xc3" in markup and _TWICE_SIGN.search(markup):
            return _decoded_once_more(text)
        return text, codec
    codec = _least_damaged(markup, declared)
    return _decoded(markup, codec, "replace"), codec


def codec_of_file(head: bytes) -> str:
    """Return the codec for a file of text that begins with *head*, which may end within a letter."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        guessed = decode(head[: head.rfind(b"\n") + 1] or head, None)[1].partition(",")[0]
        return "utf-8-sig" if guessed == "utf-8" else guessed
    return "utf-8-sig"


def clean(text: str) -> str:
    """Return *text* without NUL, vertical control characters and lone surrogates."""
    return _FORBIDDEN.sub("", text) if _FORBIDDEN.search(text) else text


def _decoded(markup: bytes, codec: str, errors: str = "strict") -> str:
    # No codec in the table gives surrogates; searching a whole text for the others takes half of a parse.
    text = markup.decode(codec, errors)
    return text.replace("\0", "") if b"\0" in markup else text


def _decoded_once_more(text: str) -> tuple[str, str]:
    """Return *text* with what was encoded twice read rightly, if it is more than a chance.

    "é »" is a sign by chance; a text in which most such letters stand for themselves was encoded once.
    """
    signs = len(_SIGN.findall(text))
    if signs < _LEAST_SIGNS or signs * 2 < len(_WESTERN_LETTER.findall(text)):
        return text, "utf-8"
    repaired, changes = _TWICE_ENCODED.subn(_repaired, text)
    return (repaired, REPAIRED) if changes >= _LEAST_SIGNS and repaired != text else (text, "utf-8")


def _repaired(match: re.Match[str]) -> str:
    """Return what the bytes were that *match* shows, or the letters as they are where they were none."""
    try:
        return b"".join(map(_byte_of, match[0])).decode("utf-8")
    except UnicodeError:
        return match[0]


def _byte_of(letter: str) -> bytes:
    # windows-1252 leaves five bytes undefined; browsers and databases read them as the controls they name.
    return bytes([ord(letter)]) if ord(letter) < 0x100 else letter.encode("cp1252")


def _codec_of(label: str | None) -> str | None:
    return _CODECS.get(label.strip(" \t\r\n\"'").lower()) if label else None


def declared_codec(markup: bytes) -> str | None:
    """Return the codec that the head of *markup* declares, if it is one we know."""
    for tag in _META_TAG.findall(markup[:_HEAD_BYTES]):
        if found := _CHARSET.search(tag):
            codec = _codec_of(found[1].decode("ascii", "replace"))
            if codec and not codec.startswith("utf-16"):  # it was readable as ASCII, so it is not
                return codec
    return None


def _least_damaged(markup: bytes, declared: tuple[str | None, ...]) -> str:
    """Return the codec that loses least: a declared one, UTF-8, or else the one that the text looks like."""
    sample = markup[: 1 << 20]
    candidates = list(dict.fromkeys(codec for codec in (*declared, "utf-8") if codec))
    damage = {codec: sample.decode(codec, "replace").count("\ufffd") for codec in candidates}
    best = min(candidates, key=lambda codec: damage[codec])
    beyond_ascii = len(sample) - len(sample.translate(None, _BEYOND_ASCII))
    return best if damage[best] * 10 <= max(beyond_ascii, 1) else guessed_codec(markup) or "cp1252"
