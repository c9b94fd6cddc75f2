"""Notes that stand amid a text and are none of it: of advertisements, players and scripts, of who is paid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.extract.catalogue import WITHIN, rule_of
from crawler.extract.text import fold

# Between a release and its notes to editors.
END_MARK = re.compile(
    r"#\s?#\s?#|\*\s?\*\s?\*|ENDS?|Ends|[-–—*]{1,3}\s?(?i:ends?|ende|fin|fim|30)\s?[-–—*]{1,3}"
)
_PHOTO = re.compile(
    r"[(（]?(?:[图圖]片?|照片|[摄攝]影)\s?[/／丨｜|]\s?[一-鿿]{2,8}(?:[ 、][一-鿿]{2,4}){0,2}[)）]?"
)  # under a picture
_LONGEST_PHOTO = 30
_STOPS = tuple('.!?。！？…”"')
# Few texts have these words at all, and to look for them is cheap.
_OF_A_NOTE = (
    "rowser",
    "limited version",
    "layback",
    "played",
    "avaScript",
    "avascript",
    "dvert",
    "nzeige",
    "erbung",
    "ublici",
    "ontinue",
    "ontinúa",
)
_OF_PAYMENT = ("ommission", "ffiliate", "rovision", "mazon")
_LONGEST_LABEL = 30
_LONGEST_WITHIN = max(rule.longest for rule in WITHIN)
# That who writes is paid for what readers buy: "We may earn a commission if you use our links."
_LONGEST_DISCLOSURE = 600
_COMMISSION = re.compile(
    r"\b(?:affiliate[- ]links?|amazon associates?|(?:earn|receive|get)s?\s(?:us\s)?(?:an?\s)?"
    r"(?:small\s|affiliate\s|referral\s)?commissions?"
    r"|(?:erhalte|bekomme|verdiene)n?\s(?:wir|ich)\s(?:eine\s)?(?:kleine\s)?provision)\b",
    re.IGNORECASE,
)
_FROM_US = re.compile(
    r"\b(?:we|our|us|i|my|this (?:post|page|article|site|story|blog)"
    r"|wir|unsere?[rmn]?|ich|diese[rm] (?:artikel|beitrag))\b",
    re.IGNORECASE,
)
_LINKED = re.compile(r"\blinks?\b|\bamazon associates?\b", re.IGNORECASE)
_DISCLOSURE = (_COMMISSION, _FROM_US, _LINKED)


def notes_amid(lines: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each of *lines* with the rule that takes it off wherever in a text it stands."""
    has_note = _any_has(lines, _LONGEST_WITHIN, _OF_A_NOTE)
    has_payment = _any_has(lines, _LONGEST_DISCLOSURE, _OF_PAYMENT)
    for line in lines:
        if END_MARK.fullmatch(line):
            yield line, "end mark"
        elif len(line) <= _LONGEST_PHOTO and _PHOTO.fullmatch(line):
            yield line, "photo credit"
        elif has_payment and len(line) <= _LONGEST_DISCLOSURE and any(map(line.__contains__, _OF_PAYMENT)):
            yield line, "disclosure" if all(part.search(line) for part in _DISCLOSURE) else None
        elif _is_short(line) or (has_note and _speaks_of_one(line)):
            yield line, rule_of(fold(line), WITHIN)
        else:
            yield line, None


def _any_has(lines: Sequence[str], longest: int, words: Sequence[str]) -> bool:
    """Return whether one of *lines*, none longer than *longest*, has one of *words*."""
    text = "\n".join([line for line in lines if len(line) <= longest])
    return any(map(text.__contains__, words))


def _is_short(line: str) -> bool:
    """Return whether *line* is as short as a label of an advertisement."""
    return len(line) <= _LONGEST_LABEL and not line.endswith(_STOPS)


def _speaks_of_one(line: str) -> bool:
    return _LONGEST_LABEL < len(line) <= _LONGEST_WITHIN and any(map(line.__contains__, _OF_A_NOTE))
