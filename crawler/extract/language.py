"""The language of a text: by its script, and among Latin ones by the commonest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

LOOKED_AT = 800  # characters: 120 words, of which the language's own make up a fifth at least
LEAST_SHARE = 0.06  # of the words; every language below reaches three times as much in prose
SURE_SHARE = 0.15  # against a page that names a language that is not below
ALIKE = 0.75  # of the words of the likeliest language: Danish and Norwegian share most of theirs

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_KANA = re.compile("[\u3040-\u30ff]+")
_HANGUL = re.compile("[\uac00-\ud7af]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_ARABIC = re.compile("[\u0600-\u06ff]+")
_GREEK = re.compile("[\u0370-\u03ff]+")
_HEBREW = re.compile("[\u0590-\u05ff]+")
_DEVANAGARI = re.compile("[\u0900-\u097f]+")
_THAI = re.compile("[\u0e00-\u0e7f]+")
_OTHER_SCRIPT = re.compile("[\u0370-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\ud7af]")
# Of several languages in one script a page's own word decides, and where it is silent or wrong the letters
# that only one of them has.
_SCRIPTS = (
    (_HANGUL, "ko", frozenset[str]()),
    (_CYRILLIC, "ru", frozenset({"uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"})),
    (_ARABIC, "ar", frozenset({"fa", "ur", "ps", "ku"})),
    (_GREEK, "el", frozenset[str]()),
    (_HEBREW, "he", frozenset({"yi"})),
    (_DEVANAGARI, "hi", frozenset({"mr", "ne", "sa"})),
    (_THAI, "th", frozenset[str]()),
)
_RUSSIAN = re.compile("[ыэё]")
_UKRAINIAN = re.compile("[іїєґ]")
_PERSIAN = re.compile("[پچژگ]")
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = {
    "en": "the of and to in for that is on with was by at as from are be this it has",
    "de": "der die und in den das von zu mit dem des für ist auf im eine ein nicht auch sich",
    "fr": "le la les de des et du en un une pour que dans est sur par au aux avec ce l d",
    "es": "el la de los y en que del las por con una para se un al es su como más a lo no",
    "pt": "o a de que e do da em os para com uma no as dos na por um mais ao",
    "it": "il di e la che in per del della un una con dei nel alla sono le gli al da l si ha",
    "nl": "de het een en van in is op dat te voor met zijn aan niet door ook bij om wordt",
    "sv": "och i att det som en på är av för med till den har de ett om inte kan från än vid efter",
    "da": "og i at det er en til på som af de med for den der har ikke et fra om end blev efter",
    "no": "og i det er på som en til av for at med de har ikke den et fra om ble enn etter",
    "fi": "ja on ei että se oli joka mutta kun myös ovat ole tai sekä kuin",
    "pl": "w i na z do się że o jest to nie za od przez dla po oraz są będą",
    "cs": "a v se na je že s z do o i jsou k pro za by jako ve od",
    "ro": "de și în la a cu pe din că o se pentru care nu este sau au va",
    "hu": "a az és hogy nem is egy volt ez de meg lesz vagy",
    "tr": "ve bir bu da de için ile olarak olan çok gibi daha en",
    "id": "dan yang di dengan untuk dari ini pada dalam akan tidak itu ke oleh",
    "vi": "và của các là trong cho có được một những với không đã người",
    "ca": "de la i el a que en les els per del un una amb al és dels no ha d l més",
}
_VIETNAMESE = re.compile("[ấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]")  # of the letters that no other language has
_LEAST_VIETNAMESE = 0.02  # of the letters of a text; prose has five times as many
# Languages without words of their own above that look like one of those: a page that names one has it.
_KIN = {
    **dict.fromkeys(("sk", "hr", "sl", "bs", "sr"), "cs"),
    "gl": "pt",
    "oc": "ca",
    "lb": "de",
    "fy": "nl",
    "af": "nl",
    "ms": "id",
    "et": "fi",
    "fo": "da",
}
_NORWEGIAN = {"nb": "no", "nn": "no"}
_SPOKEN_IN: dict[str, list[str]] = {}
for _name, _words in _WORDS.items():
    for _word in set(_words.split()):
        _SPOKEN_IN.setdefault(_word, []).append(_name)
_MARKS = "’‘“”–—…\xa0"  # all that English prose has beside ASCII
_LETTERS = bytes(code if chr(code).isalpha() and code < 128 else ord(" ") for code in range(256))


def language_of(declared: str | None, title: str, paragraphs: Sequence[str]) -> str | None:
    """Return the ISO 639-1 code of a text's language; the *declared* one where it is too short to tell."""
    text = "\n".join((title, *paragraphs))[:LOOKED_AT]
    primary = _primary(declared)
    return _by_script(text, primary) or _by_words(text, primary) or primary


def _primary(declared: str | None) -> str | None:
    primary = re.split("[-_]", (declared or "").strip().lower())[0]
    return primary if primary.isalpha() and len(primary) in {2, 3} else None


def _by_script(text: str, declared: str | None) -> str | None:
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
    for pattern, language, others in _SCRIPTS:
        if _count(pattern, text) * 2 > letters:
            return _among(language, others, declared, text.lower())
    return None


def _among(language: str, others: frozenset[str], declared: str | None, text: str) -> str:
    """Return which of *language* and the *others* of its script a text is in."""
    if language == "ru" and declared in (None, "ru", "uk"):
        likely = declared == "uk" or _UKRAINIAN.search(text)
        return "uk" if likely and not _RUSSIAN.search(text) else "ru"
    if declared in others:
        return declared or language
    return "fa" if language == "ar" and _PERSIAN.search(text) else language


def _count(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


def _by_words(text: str, declared: str | None) -> str | None:
    words = _words_of(text.lower())
    if len(words) < 10:
        return None
    if not text.isascii() and len(_VIETNAMESE.findall(text)) > _LEAST_VIETNAMESE * len(text):
        return "vi"
    hits, signs = dict.fromkeys(_WORDS, 0), dict.fromkeys(_WORDS, 0.0)
    for word, count in Counter(filter(_SPOKEN_IN.__contains__, words)).items():
        for name in _SPOKEN_IN[word]:
            hits[name] += count
            signs[name] += count / len(_SPOKEN_IN[word])  # what few languages have tells more
    best = max(signs, key=signs.__getitem__)
    stated = _NORWEGIAN.get(declared or "", declared)
    enough = (LEAST_SHARE if stated in hits or stated is None else SURE_SHARE) * len(words)
    if hits[best] < enough or _KIN.get(declared or "") == best:
        return None
    return declared if stated in hits and hits[stated] >= ALIKE * hits[best] else best


def _words_of(text: str) -> list[str]:
    for mark in () if text.isascii() else _MARKS:
        text = text.replace(mark, " ")
    if text.isascii():
        return text.encode().translate(_LETTERS).decode().split()  # the same words in a tenth of the time
    return _WORD.findall(text)
