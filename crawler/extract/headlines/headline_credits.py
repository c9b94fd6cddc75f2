"""Who the lines around a headline say that a text is from: who wrote it, and the office that sends it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from crawler.extract.dates.months import month_named
from crawler.extract.dates.written import read_date
from crawler.extract.types import Candidate

EASTERN = frozenset({"zh", "ko", "ja"})
OFFICE = re.compile(
    r"minist[eèé]r|ministr|department|d[ée]partement|\boffice\b|government|gouvernement|council|commission|agency"
    r"|authority|bureau|secretar[ií]a|gobierno|governo|ayuntamiento|gemeente|comune|\bcanada\b|behörde|bundes"
    r"|(?:部|局|厅|廳|院|署|处|處|委员会|委員會|政府|办公室|辦公室|市|县|縣|區|区|県|庁|課|부|처|청|시)$",
    re.IGNORECASE,
)
# What stands before the name of who wrote a text, by language.
_BY = {
    **dict.fromkeys(("en",), "By"), **dict.fromkeys(("es", "pt", "gl"), "Por"), "fr": "Par", "de": "Von",
    "nl": "Door", "it": "Di", "sv": "Av", "nb": "Av", "no": "Av", "da": "Af", "id": "Oleh", "ms": "Oleh",
}  # fmt: skip
_PREPOSITIONS = frozenset(_BY.values()) - {"By"}  # a rule of the catalogue takes those off
_LONGEST_OFFICE = 60  # characters
# What stands before the office that a release is from.
_FROM = {
    language: re.compile(rf"{word}\s?:?\s([^.!?;:]{{3,{_LONGEST_OFFICE}}})")
    for language, word in {"en": "From", "fr": "De"}.items()
}
NAME_WORD = r"[^\W\d_a-zà-ÿ](?:[^\W\d_]|[.’'-]){0,20}"  # with a capital, or an initial
_PERSON = (
    rf"{NAME_WORD}(?:\s(?:de|da|dos|del|di|la|van|von|der|den|bin|al|el)){{0,2}}(?:\s{NAME_WORD}){{1,3}}"
)
# Several of them, behind one preposition: "By Maria Lopez, Ed Roe and John Park".
_PERSONS = rf"{_PERSON}(?:(?:,|,?\s(?:and|und|et|y|e|en|og|och|&))\s{_PERSON}){{0,3}}"
# Who wrote a text, before what he or she is: "Carla Souza - Repórter da Agência Brasil", "김민수 기자".
_REPORTER = re.compile(
    rf"((?!.{{0,40}}(?:Researcher|Writer|Editor|Analyst|Expert|Manager|Desk|Bureau)){_PERSON})\s?[-–—|,/]\s?(?:[Rr]ep[óo]rter|[Cc]orrespond|[Cc]orresponsal|[Jj]ournalist|[Rr]edactor"
    r"|Staff [Ww]riter)[^.!?]{0,50}|([가-힣]{2,4})\s(?:선임)?(?:기자|특파원)"
)
_PRESS_DESK = re.compile(
    rf"{OFFICE.pattern}|pr(?:ensa|esse?)\b|imprensa|stampa|redac|redak|r[ée]dac|comm?unica|humas|gabinete|team\b",
    re.IGNORECASE,
)
_SHORTEST_NAME = 2  # words
_LONGEST_DATED, _AROUND_A_NAME = 50, " |｜·,，:：-–—/()（）[]【】"
_EASTERN_NAME = re.compile("[一-鿿가-힣]{2,15}")
_BELOW, _ABOVE = 8, 3  # lines around a headline


def lines_at(title: str, lines: Sequence[str]) -> Sequence[str]:
    """Return the few of *lines* around the one that is *title*; none where no line is."""
    place = next((index for index, line in enumerate(lines) if line == title), None)
    return (
        () if place is None else (*lines[place + 1 : place + _BELOW], *lines[max(0, place - _ABOVE) : place])
    )


def offices_near(lines: Iterable[str], language: str | None) -> Iterator[Candidate]:
    """Yield the offices that *lines* at a headline are from."""
    if language in EASTERN:
        yield from _beside_a_day(lines)
    yield from _between_strokes(lines)
    pattern = _FROM.get(language or "")
    for line in lines if pattern else ():
        found = pattern.fullmatch(line) if pattern else None
        if found and OFFICE.search(found[1]):
            yield Candidate(field="source", value=" ".join(found[1].split()), rule="line at the headline")


def _beside_a_day(lines: Iterable[str]) -> Iterator[Candidate]:
    """Yield the office that stands without a label beside the day in one of *lines*, and nothing else."""
    for line in lines:
        day = read_date(line) if len(line) <= _LONGEST_DATED else None
        name = f"{line[: day.start]} {line[day.end :]}".strip(_AROUND_A_NAME) if day else ""
        if _EASTERN_NAME.fullmatch(name) and OFFICE.search(name):
            yield Candidate(field="source", value=name, rule="beside the day")


def _between_strokes(lines: Iterable[str]) -> Iterator[Candidate]:
    """Yield the office that stands beside the day with a stroke between them: "Ministry | 3 May 2026"."""
    for line in lines:
        name, stroke, behind = line.partition(" | ") if len(line) <= 2 * _LONGEST_OFFICE else ("", "", "")
        dated = any(map(read_date, behind.split(" | "))) if stroke and len(name) <= _LONGEST_OFFICE else False
        if dated and "," not in name and OFFICE.search(name) and not read_date(name):
            yield Candidate(field="source", value=name, rule="beside the day")


def authors_near(lines: Iterable[str], language: str | None) -> Iterator[Candidate]:
    """Yield who wrote a text, as *lines* at its headline say: "By Maria Lopez"."""
    preposition = _BY.get(language or "", "")
    for line in lines:
        if (found := _REPORTER.fullmatch(line)) is not None:
            yield Candidate(field="author", value=found[1] or found[2], rule="line at the headline")
    for line in lines if preposition else ():
        found = _byline(preposition).fullmatch(line) if preposition[1:] in line else None
        if found and not _PRESS_DESK.search(found[1]):
            yield Candidate(
                field="author", value=_without_month(found[1].split()), rule="line at the headline"
            )


def names_who_wrote(line: str) -> bool:
    """Return whether *line* is a name behind "von", "par" or "di", or before "reporter", and little else."""
    if _REPORTER.fullmatch(line):
        return True
    first, _, behind = line.partition(" ")
    said = first.rstrip(":").capitalize()
    found = _byline(said).fullmatch(line) if behind and said in _PREPOSITIONS else None
    return found is not None and not _PRESS_DESK.search(found[1])


def _without_month(words: Sequence[str]) -> str:
    """Return a name of *words*, the last of which may begin a date: "By Maria Lopez Feb 5, 2026"."""
    return " ".join(
        words[:-1] if len(words) > _SHORTEST_NAME and month_named(words[-1].rstrip(".")) else words
    )


@lru_cache(maxsize=32)
def _byline(preposition: str) -> re.Pattern[str]:
    """Return the pattern of a line that is a name behind *preposition*, at most between a day and a mark."""
    return re.compile(
        rf"(?:[^.!?]{{1,50}}[|·•,–-]\s)?(?:{preposition}|{preposition.lower()}):?\s({_PERSONS})\s?"
        r"(?:[|·•,–-].{0,50}|\d[\d.,:/ ]{0,24}[^.!?]{0,40})?"
    )
