"""Notes that stand amid a text and are none of it: of advertisements, players and scripts, of who is paid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.extract.body.catalogue import WITHIN, rule_of
from crawler.extract.lines.short_lines import kept_for_short_lines
from crawler.extract.text import fold

# Between a release and its notes to editors.
END_MARK = re.compile(
    r"#\s?#\s?#|\*\s?\*\s?\*|ENDS?|Ends|[-–—*]{1,3}\s?(?i:ends?|ende|fin|fim|30)\s?[-–—*]{1,3}"
)
_PHOTO = re.compile(
    r"[(（]?(?:[图圖]片?|照片|[摄攝]影)\s?[/／丨｜|]\s?[一-鿿]{2,8}(?:[ 、][一-鿿]{2,4}){0,2}[)）]?"
)  # under a picture
# The mark of a box, or stars: nothing that says anything.
_PICTURES = re.compile(
    r"[\u2190-\u21ff\u231a-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\s]{1,12}"
)
# What a plug-in that is gone would have shown: [video id="1"], [embed]https://...[/embed].
_SHORTCODE = re.compile(
    r"\[(?P<name>[a-z][a-z0-9_-]{2,40})(?:\s[a-z_-]{1,30}\s?=.{0,800}|\].{0,300}\[/(?P=name))\]"
)
_STOPS = tuple('.!?。！？…”"')
# Few texts have these words at all, and to look for them is cheap.
_OF_A_NOTE = tuple(
    (
        "rowser,limited version,layback,played,avaScript,avascript,dvert,nzeige,erbung,ublici,"
        "ontinu,ontinú,nhalt,ustimmung,personenbezogene,ookies,rovided by,ontenu,permission before,"
        "ewsletter,ponsor,artnersh,artenariat,atrocinad,ooperation,nbox,etterbox,"
        "ou agree,ou confirm,ou consent,rivac,atenschutz,artykuł,ateriał,pokračuje,"
        "родолжение,loopt door,ithout warranty,isclaimer"
    ).split(",")
)
_OF_PAYMENT = ("link", "Link", "mazon A", "mazon a")  # far fewer texts have these than a commission
_LONGEST_LABEL = 40
_LABELS = tuple(rule for rule in WITHIN if rule.name not in ("consent", "newsletter"))  # these are sentences
_GOES_ON = tuple(rule for rule in WITHIN if rule.name == "goes on below")
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
    speak_of_notes = set(_lines_with(_OF_A_NOTE, lines, _LONGEST_WITHIN))
    speak_of_payment = set(_lines_with(_OF_PAYMENT, lines, _LONGEST_DISCLOSURE))
    for line in lines:
        if line in speak_of_payment:
            yield line, "disclosure" if all(part.search(line) for part in _DISCLOSURE) else None
        elif line.startswith("[") and _SHORTCODE.fullmatch(line):
            yield line, "shortcode"
        elif len(line) <= _LONGEST_LABEL and (rule := _rule_of_label(line)):
            yield line, rule
        else:
            yield line, rule_of(fold(line), WITHIN) if line in speak_of_notes else None


def _lines_with(words: Sequence[str], lines: Sequence[str], longest: int) -> Iterator[str]:
    """Yield those of *lines*, none longer than *longest*, that have one of *words*: few texts have any."""
    short = [line for line in lines if len(line) <= longest]
    text = "\n".join(short)
    found = [word for word in words if word in text]
    return (line for line in short if any(map(line.__contains__, found))) if found else iter(())


@kept_for_short_lines
def _rule_of_label(line: str) -> str | None:
    """Return the rule for a *line* that is as short as a label of an advertisement."""
    if END_MARK.fullmatch(line):
        return "end mark"
    if _PHOTO.fullmatch(line):
        return "photo credit"
    if _PICTURES.fullmatch(line):
        return "divider"
    return rule_of(fold(line), _GOES_ON if line.endswith(_STOPS) else _LABELS)
