"""Articles as databases of the press export them: facts in a fixed order over a text, its record below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crawler.extract.dates.written import read_date

_HEAD = 30  # lines that say something, among which the facts stand
_MOST_BELOW = 60  # lines of the record of Nexis
_LONGEST_DAY = 60
_WORDS = re.compile(r"[\d,.]{1,7} (?:words|mots|Wörter|palabras|palavras|parole)")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?: GMT)?")
_BY = re.compile(r"(?:By|Por|Par|Von|Di)\s+(\S.{2,80})")
_RIGHTS = re.compile(r"(?:\(c\)|©|Copyright)\s.{3,200}", re.IGNORECASE)
_ACCESSION = re.compile(r"Document [A-Z0-9]{5,12}0{3,5}20\d{6}[a-z0-9]{6,14}")  # Factiva
_FIELD = re.compile(r"(Section|Length|Byline|Dateline|Highlight|Series):\s*(\S.*)")  # Nexis
_PAGE = re.compile(r"[A-Z]{0,2}\d{1,3}\s?[|｜]\s?(?:.{1,20}[|｜]\s?)?(\d{4}-\d\d-\d\d)")  # Wisers
_NUMBERED = re.compile(r"文章[编編][号號]\s?[:：]\s?\d{6,24}")
_BODY = "Body"
_BELOW = re.compile(r"Classification|Load-Date:.*|End of Document|Notes|Graphic|Correction-Date:.*")
_LOADED = re.compile(r"Load-Date:.*|End of Document")


class Exported(NamedTuple):
    """The fields over an exported text, a line each, the lines of the text, and those below it."""

    fields: Sequence[str]
    text: Sequence[str]
    below: Sequence[str]


def exported(raw: Sequence[str]) -> Exported | None:
    """Return the article that *raw* is, as Factiva, Nexis or Wisers export it, None for another text."""
    said = [place for place, line in enumerate(raw) if line.strip()]
    return _from_factiva(raw, said) or _from_nexis(raw, said) or _from_wisers(raw, said)


def holds_exports(lines: Sequence[str]) -> bool:
    """Return whether *lines* are several articles that one of the databases exported together."""
    ends = [line for line in lines if _ACCESSION.fullmatch(line) or line == "End of Document"]
    return len(ends) > 1


def _from_factiva(raw: Sequence[str], said: Sequence[int]) -> Exported | None:
    end = next((place for place in reversed(said) if _ACCESSION.fullmatch(raw[place].strip())), None)
    words = next((place for place in said[1:_HEAD] if _WORDS.fullmatch(raw[place].strip())), None)
    if end is None or words is None or words > end:
        return None
    start = next(
        (place for place in range(words, end) if not raw[place].strip()), end
    )  # the facts are one block
    over, facts = _lines(raw[:words]), _lines(raw[words + 1 : start])
    dated = next((at for at, fact in enumerate(facts) if _is_day(fact)), None)
    if not over or dated is None:
        return None
    named = [
        fact for fact in facts[dated + 1 :] if not _CLOCK.fullmatch(fact) and not _RIGHTS.fullmatch(fact)
    ]
    fields = [f"Title: {over[0]}", *_authors(over[1:]), f"Date: {facts[dated]}"]
    fields += [f"Source: {name}" for name in named[:1]]
    rest = [*over[1:], *facts[:dated], *facts[dated + 1 :]]
    return Exported(fields, raw[start:end], [*rest, *raw[end:]])


def _from_nexis(raw: Sequence[str], said: Sequence[int]) -> Exported | None:
    body = next((place for place in said[2:_HEAD] if raw[place].strip() == _BODY), None)
    if body is None or not any(map(_LOADED.fullmatch, _lines(raw[-_MOST_BELOW:]))):
        return None
    over = _lines(raw[:body])
    dated = next((at for at, line in enumerate(over) if _is_day(line)), None)
    if not dated:
        return None
    ends = (place for place in said if place > body and _BELOW.fullmatch(raw[place].strip()))
    end = next(ends, len(raw))
    facts = {found[1]: found[2] for line in over if (found := _FIELD.fullmatch(line))}
    fields = [f"Title: {over[0]}", f"Date: {over[dated]}"]
    fields += [f"Source: {_without_place(name)}" for name in over[1:dated][-1:]]
    fields += [f"Author: {facts['Byline']}"] if "Byline" in facts else []
    rest = [line for at, line in enumerate(over) if at not in (0, dated)]
    return Exported(fields, raw[body + 1 : end], [*rest, *raw[end:]])


def _from_wisers(raw: Sequence[str], said: Sequence[int]) -> Exported | None:
    end = next((place for place in reversed(said) if _NUMBERED.fullmatch(raw[place].strip())), None)
    page = _PAGE.fullmatch(raw[said[1]].strip()) if len(said) > 1 else None
    if end is None or page is None:
        return None
    fields = [f"来源：{raw[said[0]].strip()}", f"日期：{page[1]}"]
    return Exported(fields, raw[said[1] + 1 : end], raw[end:])


def _lines(raw: Sequence[str]) -> list[str]:
    return [line.strip() for line in raw if line.strip()]


def _is_day(line: str) -> bool:
    return len(line) <= _LONGEST_DAY and read_date(line) is not None


def _authors(lines: Sequence[str]) -> Iterator[str]:
    return (f"Author: {found[1]}" for line in lines if (found := _BY.fullmatch(line)))


def _without_place(name: str) -> str:
    """Return the *name* of a paper without where it appears: "The Valley Tribune (Oregon)"."""
    return re.sub(r"\s\([^()]{2,40}\)$", "", name)
