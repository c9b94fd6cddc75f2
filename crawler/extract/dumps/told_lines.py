"""The lines of a text dump, each with the rule that takes it off where it does not stand in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.extract.body.boilerplate import end_rule, heads_a_tail, top_rule
from crawler.extract.dates.date_labels import label_alone
from crawler.extract.dates.written import read_date
from crawler.extract.dumps.dump_lines import DumpLine
from crawler.extract.dumps.furniture import dump_rule
from crawler.extract.lines.han_lines import is_han

LONGEST_FACT = 60  # characters
STOP = re.compile(r"[.。…][”\"’»)）]?$")
DATED = "dated line"  # a headline only where nothing else can be one
# On a page of its own markup it stands apart from the text; a copy of the page has it above.
_COOKIES = re.compile(
    r"(?:(?:we|this (?:web)?site|our (?:web)?site|[\w.]{3,40}) uses? (?:some |essential |necessary ){0,2}"
    r"cookies\b"
    r"|(?:cookies on|about cookies)\b"
    r"|(?:accept|reject|allow|decline|manage|view) (?:all |additional |optional )?cookies\b"
    r"|(?:diese|unsere) (?:web)?(?:seite|site) (?:verwendet|nutzt) cookies\b"
    r"|(?:ce site|nous) utilis(?:e|ons) des cookies\b|(?:este sitio|utilizamos|usamos)\b.{0,20} cookies\b)"
    r".{0,250}",
    re.IGNORECASE,
)
_CALL = re.compile(r"[!?！？][”\"’»]?$")
_WITHIN = re.compile(r"[.!?。！？][”\"]?(?:\s|(?<=[。！？]))")
_LEAST_PROSE, _LEAST_CALL, _LEAST_UNSTOPPED = 40, 80, 250  # bytes: a headline may ask, or be long
_LONGEST_DATED, _BEFORE_DAY, _BESIDE_DAY_HAN = 80, 30, 12  # characters
_FACTS = frozenset({"meta line", "date line", "fact", "number", DATED})
_MOST_FURNITURE = 400  # lines at either end


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """One line of a dump, and what it is by itself: furniture by a rule, a heading, sentences of a text."""

    text: str
    size: int  # bytes
    rule: str | None  # that takes it off where it does not stand in the text
    is_title: bool
    is_prose: bool


def told_lines(dump: Sequence[DumpLine]) -> Sequence[ToldLine]:
    """Return the lines of *dump*, each with the rule by which it is furniture, if it is."""
    lines = []
    awaited = False  # the value of a label that stands alone
    for place, line in enumerate(dump):
        at_an_end = min(place, len(dump) - place) <= _MOST_FURNITURE
        rule = _rule_of(line) if at_an_end else line.rule
        if awaited and rule is None and len(line.text) <= LONGEST_FACT and not STOP.search(line.text):
            rule = "fact"
        awaited = (rule in _FACTS and line.text.endswith((":", "："))) or label_alone(line.text) is not None
        size = len(line.text.encode())
        lines.append(
            ToldLine(
                text=line.text,
                size=size,
                rule=rule or ("meta line" if awaited else None),
                is_title=line.is_title,
                is_prose=rule is None and not line.is_title and _is_prose(line.text, size),
            )
        )
    if any(line.is_prose for line in lines):
        return lines
    stopped = (line.rule is None and STOP.search(line.text) is not None for line in lines)
    return [replace(line, is_prose=prose) for line, prose in zip(lines, stopped, strict=True)]


def _rule_of(line: DumpLine) -> str | None:
    if line.is_links:
        return "link"
    rule = (
        line.rule
        or dump_rule(line.text)
        or top_rule(line.text)
        or end_rule(line.text)
        or ("related" if heads_a_tail(line.text) else None)
    )
    if rule is None and _COOKIES.fullmatch(line.text):
        return "cookies"
    return rule or (DATED if _is_dated(line.text) else None)


def _is_dated(text: str) -> bool:
    """Return whether *text* is a day with a word or two about it: "14 May 2026 Ottawa, Ontario"."""
    if len(text) > _LONGEST_DATED or STOP.search(text) or not (reading := read_date(text)):
        return False
    beside = len(text) - (reading.end - reading.start)
    return beside <= _BESIDE_DAY_HAN if is_han(text) else reading.start <= _BEFORE_DAY


def _is_prose(text: str, size: int) -> bool:
    """Return whether *text* reads as sentences of an article, which a headline may do to some length."""
    if size >= _LEAST_UNSTOPPED or (size >= _LEAST_CALL and _WITHIN.search(text)):
        return True
    return (size >= _LEAST_PROSE and STOP.search(text) is not None) or (
        size >= _LEAST_CALL and _CALL.search(text) is not None
    )


def is_fact(line: ToldLine) -> bool:
    """Return whether *line* says of a text when it was published, where and by whom."""
    return line.rule in _FACTS
