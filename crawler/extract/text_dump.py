"""A page that survives only as text: a title, one line a paragraph, furniture above and below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from crawler.extract.arguments import require_dump
from crawler.extract.body.signatures import is_signature
from crawler.extract.credits import credits_in
from crawler.extract.dates.date_labels import SIGNING_LABELS, labelled_dates
from crawler.extract.dates.dated_addresses import date_in_url
from crawler.extract.dates.day_lines import closing_date, opening_date
from crawler.extract.dates.mentions import mentions_of
from crawler.extract.dates.months import month_named
from crawler.extract.dates.visible_dates import CHANGED, dates_near
from crawler.extract.dates.written import Conventions, DateReading, read_date
from crawler.extract.dumps.dump_layout import DumpLayout, layout_of
from crawler.extract.dumps.dump_lines import DumpLine, read_dump_lines
from crawler.extract.dumps.furniture import credited
from crawler.extract.dumps.many import holds_several, lists_teasers
from crawler.extract.kinds.challenges import challenge_sign
from crawler.extract.kinds.error_pages import message_in
from crawler.extract.kinds.page_kinds import SHORT_TEXT
from crawler.extract.language import language_of
from crawler.extract.publication import NO_DATE, conventions_at, day_of, known_moment, written
from crawler.extract.types import Candidate, ExtractedArticle, NotAnArticle, PageContext, RemovedLine

_LONGEST_ROW, _BESIDE_A_DAY = 200, 2  # characters of a row, and of brackets around its day
_LEAST_ROWS = 3
_WAYS = frozenset(
    {"previous-next", "print-close", "share", "font-size", "related", "breadcrumb", "link", "pager"}
)
_STOPS = tuple(".。!！?？")
_SENT = re.compile(r"(?P<day>\d\d)\d{4} (?P<month>[A-Z][a-zä]{2}) (?P<year>\d\d)")


def extract_text(dump: str, url: str = "", *, context: PageContext = PageContext()) -> ExtractedArticle:
    """Return the article that *dump* holds: a saved text, the copy of a whole page, or Markdown.

    Lines between blank ones that were wrapped at a width of 50 to 100 columns are one.

    :raises NotAnArticle: if nothing ('empty-body') or nothing but a title is left, or if it is the copy of a
        list, of a message that there is no such page, or of a challenge.
    """
    require_dump(dump, url)
    lines = read_dump_lines(dump)
    layout = layout_of(lines, url, context.listed_title)
    if kind := _kind_of(dump, lines, layout):
        raise NotAnArticle(kind, url, repr(layout.title[:80]))
    language = language_of(context.language, layout.title, layout.paragraphs)
    days = list(dict.fromkeys(_days_of(layout, url, replace(context, language=context.language or language))))
    published, rule = days[0] if days else (None, NO_DATE)
    credit = credits_in(_around(layout), language, layout.near)
    layout, signed = _without_signature(layout) if language == "vi" else (layout, None)
    return ExtractedArticle(
        title=layout.title,
        paragraphs=layout.paragraphs,
        published=published,
        published_from=rule,
        source=credit.source,
        author=credit.author or signed,
        editor=credit.editor,
        language=language,
        mentions=mentions_of(layout.paragraphs, day_of(published) if published else None),
        removed=layout.removed,
        candidates=(
            Candidate(field="title", value=layout.title, rule=layout.title_rule),
            *(Candidate(field="published", value=written(value), rule=rule) for value, rule in days),
            *credit.candidates,
            Candidate(field="body", value=f"{len(layout.paragraphs):,} paragraphs", rule="lines of the text"),
        ),
    )


def _without_signature(layout: DumpLayout) -> tuple[DumpLayout, str | None]:
    """Return *layout* without the name below its text with which who wrote it signs, and that name."""
    *lines, last = layout.paragraphs
    if not lines or not is_signature(last) or not lines[-1].endswith(_STOPS):
        return layout, None
    signature = RemovedLine(text=last, rule="signature", position="end")
    return replace(layout, paragraphs=tuple(lines), removed=(*layout.removed, signature)), last


def _around(layout: DumpLayout) -> Sequence[str]:
    """Return the lines around a text; where a way to elsewhere stood, no label has its value."""
    return ["|" if line.rule in _WAYS else credited(line.text, line.rule) for line in layout.removed]


def _kind_of(dump: str, lines: Sequence[DumpLine], layout: DumpLayout) -> str | None:
    """Return what a dump is, if it is no article's."""
    said = [line.text for line in lines]
    if _lists_rows(said) or lists_teasers(said) or holds_several(dump):
        return "list"
    if sum(map(len, layout.paragraphs)) >= SHORT_TEXT:
        return None
    if challenge_sign(200, {}, "\n".join((layout.title, *layout.paragraphs)).encode()):
        return "challenge"
    return message_in(layout.title)


def _lists_rows(lines: Sequence[str]) -> bool:
    """Return whether a third of *lines* at least begin or end with days of their own, as rows do.

    Dates of a text stand below its first sentence.
    """
    dated = [(place, reading.day) for place, line in enumerate(lines) if (reading := _at_an_end(line))]
    if len({day for _, day in dated}) < _LEAST_ROWS or len(dated) * 3 < len(lines):
        return False
    second = dated[1][0]
    return not any(line.endswith(_STOPS) for line in lines[:second])


def _at_an_end(line: str) -> DateReading | None:
    """Return the date with which *line*, if it is no sentence, begins or ends."""
    reading = read_date(line) if len(line) <= _LONGEST_ROW and not line.endswith(_STOPS) else None
    near = reading and min(reading.start, len(line) - reading.end) <= _BESIDE_A_DAY
    return reading if near else None


def _days_of(layout: DumpLayout, url: str, context: PageContext) -> Iterator[tuple[datetime | date, str]]:
    """Yield the days that the lines around a text, its address and its list row state, the best first."""
    conventions = conventions_at(url, context)
    for value, rule in _stated(layout, conventions):
        yield known_moment(value), rule
    for address in (url, *(line.text for line in layout.removed if line.rule == "address")):
        if day := date_in_url(address):
            yield day, "url"
    if context.listed_date is not None:
        yield context.listed_date, "list row"


def _sent_by_agency(layout: DumpLayout) -> date | None:
    """Return the day that ends a text of dpa: "261126 Nov 26" is the 26th of November 2026, 11:26."""
    for found in filter(None, (_SENT.fullmatch(line.text) for line in layout.removed)):
        if month := month_named(found["month"]):
            with suppress(ValueError):
                return date(2000 + int(found["year"]), month, int(found["day"]))
    return None


def _stated(layout: DumpLayout, conventions: Conventions) -> Iterator[tuple[datetime | date, str]]:
    later: list[tuple[datetime | date, str]] = []
    for reading, label in labelled_dates([line.text for line in layout.removed], conventions):
        if label in SIGNING_LABELS or CHANGED.search(label):
            later.append((reading.value, f"label {label}"))
        else:
            yield reading.value, f"label {label}"
    for reading, rule in dates_near(layout.near, layout.place, conventions):
        yield reading.value, rule
    yield from later
    if sent := _sent_by_agency(layout):
        yield sent, "agency's mark"
    for line in layout.removed:
        dated = line.position == "top" or line.rule in (
            "date line",
            "date of a post",
            "end mark",
            "distribution",
        )
        if dated and (alone := read_date(line.text, conventions)):
            yield alone.value, line.rule  # of a change, as a rule
    if opening := opening_date(layout.paragraphs, conventions):
        yield opening.value, "opening of the text"
    if signed := closing_date(layout.paragraphs, conventions):
        yield signed.value, "line at the end"
