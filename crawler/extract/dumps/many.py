"""Text dumps that hold several articles, or the teasers of several: none of them is one article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from crawler.extract.dates.written import read_date
from crawler.extract.dumps.databases import holds_records
from crawler.extract.lines.han_lines import is_han

_STOPS = tuple('.。!！?？…”"')
_LEAST, _NEAR, _BESIDE = 3, range(2, 6), 2  # teasers, lines of one, characters around its day
_MOST_LINES = 1_000  # of a page of teasers
_LONGEST_DAY, _LONGEST_TITLE, _LEAST_PROSE = 60, 200, 80  # characters, the last in bytes
_HIGHEST, _FEW_WORDS = 2, 2  # lines over the first headline; words of what may be a heading within a text
_MARKS = (":", "：", ",", "，", ";", "；")
_LEAST_TEXT = 90  # bytes of sentences
_DIVIDER = re.compile(r"[=*_~#-]{4,200}|(?:[=*_~-]\s){3,60}[=*_~-]?")
_TITLE_LABEL = re.compile(r"(?:title|headline|标\s?题|標\s?題|件名)\s?[:：]\s*\S.*", re.IGNORECASE)


def lists_teasers(lines: Sequence[str]) -> bool:
    """Return whether *lines* are teasers, newest first: each with a headline and its day, alone on a line."""
    days = list(_days_alone(lines[:_MOST_LINES]))
    if len({day for _, day in days}) < _LEAST or any(one < other for (_, one), (_, other) in pairwise(days)):
        return False
    gaps = {after - at for (at, _), (after, _) in pairwise(days)}
    first, last = days[0][0], days[-1][0]
    if len(gaps) != 1 or (gap := gaps.pop()) not in _NEAR:
        return False
    headed = all(any(not line.endswith(_STOPS) for line in lines[at + 1 : at + gap]) for at, _ in days[:-1])
    return headed and not any(map(_is_prose, (*lines[: max(0, first - gap + 1)], *lines[last + gap :])))


def _days_alone(lines: Sequence[str]) -> Iterator[tuple[int, date]]:
    for place, line in enumerate(lines):
        reading = read_date(line) if len(line) <= _LONGEST_DAY and not line.endswith(_STOPS) else None
        if reading and len(line) - (reading.end - reading.start) <= _BESIDE:
            yield place, reading.day


def holds_several(dump: str) -> bool:
    """Return whether *dump* is several articles: with a title field each, or headed anew below a divider."""
    lines = [line.strip() for line in dump.splitlines()]
    if holds_records(lines):
        return True
    titles = [at for at, line in enumerate(lines) if _TITLE_LABEL.fullmatch(line)]
    if len(titles) > 1:
        return all(any(map(_is_prose, lines[at:end])) for at, end in pairwise((*titles, len(lines))))
    return sum(map(_is_headed, _divided(lines))) > 1 or _run_together(list(filter(None, lines)))


def _run_together(lines: Sequence[str]) -> bool:
    """Return whether *lines* are articles one below the other, each a headline over its day and sentences."""
    heads = [
        at - 1
        for at, _ in _days_alone(lines[:_MOST_LINES])
        if at and _is_headed(lines[at - 1 : at + _NEAR.stop]) and not lines[at - 1].endswith(_MARKS)
    ]
    return (
        len(heads) > 1
        and heads[0] <= _HIGHEST
        and all(len(lines[at].split()) > _FEW_WORDS or is_han(lines[at]) for at in heads)
    )


def _divided(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the lines that say something between dividers, which stand below a blank line."""
    part: list[str] = []
    before = ""
    for line in lines:
        if _DIVIDER.fullmatch(line) and not before:
            yield part
            part = []
        elif line:
            part.append(line)
        before = line
    yield part


def _is_headed(part: Sequence[str]) -> bool:
    """Return whether *part* is a headline, a day within the next lines, and sentences."""
    if len(part) < _LEAST or part[0].endswith(_STOPS) or len(part[0]) > _LONGEST_TITLE:
        return False
    dated = any(True for _ in _days_alone(part[1:_LEAST]))
    return dated and sum(len(line.encode()) for line in part[2:] if _is_prose(line)) >= _LEAST_TEXT


def _is_prose(line: str) -> bool:
    return line.endswith(_STOPS) and len(line.encode()) >= _LEAST_PROSE
