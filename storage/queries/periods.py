"""Periods cut into days, weeks or months."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from storage.queries.statistics import Span

if TYPE_CHECKING:
    from storage.archive import Archive

DAYS, WEEKS, MONTHS = 90, 104, 120


class Scale(StrEnum):
    """How finely time is cut; each looks as far back as it stays readable."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def published_spans(archive: Archive, scale: Scale) -> list[Span]:
    """Return the spans up to the last dated article, none where there is none."""
    between = archive.published_between()
    return spans_until(between.end, scale, between.first) if between else []


def change_spans(archive: Archive, scale: Scale) -> list[Span]:
    """Return the spans up to the latest run, none where there is none."""
    runs = archive.runs(limit=1)
    return spans_until(runs[0].started_at.date(), scale) if runs else []


def spans_until(last: date, scale: Scale, first: date | None = None) -> list[Span]:
    """Return the spans that end with the one of *last*; none of them ends before *first*."""
    match scale:
        case Scale.DAY:
            spans = _steps(last, 1, DAYS)
        case Scale.WEEK:
            spans = _steps(last - timedelta(days=last.weekday()), 7, WEEKS)
        case Scale.MONTH:
            spans = _months(last)
    return [span for span in spans if first is None or span.end > first] or spans[-1:]


def label_of(span: Span, scale: Scale) -> str:
    """Return what a span is called on an axis."""
    return f"{span.first:%Y-%m}" if scale is Scale.MONTH else span.first.isoformat()


def _steps(start: date, days: int, count: int) -> list[Span]:
    """Return spans of so many *days*; those before the calendar begins are left out."""
    room = min(count, (start - date.min).days // days + 1, (date.max - start).days // days + count)
    begins = [start - timedelta(days=days * back) for back in range(room - 1, -1, -1)]
    return [Span(begin, _later(begin, days)) for begin in begins]


def _later(day: date, days: int) -> date:
    return date.max if (date.max - day).days < days else day + timedelta(days=days)


def _months(last: date) -> list[Span]:
    number = last.year * 12 + last.month - 1
    return [Span(_month(n), _month(n + 1)) for n in range(number - MONTHS + 1, number + 1) if n >= 12]


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1) if number // 12 <= date.max.year else date.max
