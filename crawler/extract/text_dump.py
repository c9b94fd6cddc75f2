"""A page that survives only as text: one line a paragraph, furniture above and below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby, pairwise
from operator import not_

from crawler.extract.boilerplate import without_boilerplate
from crawler.extract.credits import credits_in
from crawler.extract.dates import conventions_of, read_date
from crawler.extract.encoding import clean
from crawler.extract.language import language_of
from crawler.extract.mentions import mentions_of
from crawler.extract.publication import NO_DATE, country_of, date_in_url, known_moment
from crawler.extract.text import one_line
from crawler.extract.types import (
    Candidate,
    ExtractedArticle,
    NotAnArticle,
    PageContext,
    RemovedLine,
)
from crawler.extract.visible_dates import labelled_dates

_WRAPPED_AT = range(50, 101)  # letters a line
_SLACK = 6


def extract_text(dump: str, url: str = "", *, context: PageContext = PageContext()) -> ExtractedArticle:
    """Return the article that *dump* holds: its first line is the title, every further one a paragraph.

    Lines between blank ones that were wrapped at a width of 50 to 100 letters are one.

    :raises NotAnArticle: if nothing ('empty-body') or nothing but a title is left.
    """
    title, paragraphs, removed = _parts_of(dump, url)
    published, rule = _published(removed, url, context)
    day = published.date() if isinstance(published, datetime) else published
    language = language_of(context.language, title, paragraphs)
    credit = credits_in((line.text for line in removed), language)
    return ExtractedArticle(
        title=title,
        paragraphs=paragraphs,
        published=published,
        published_from=rule,
        source=credit.source,
        author=credit.author,
        editor=credit.editor,
        language=language,
        mentions=mentions_of(paragraphs, day),
        removed=removed,
        candidates=(
            Candidate(field="title", value=title, rule="first line of the text"),
            *credit.candidates,
            Candidate(field="body", value=f"{len(paragraphs):,} paragraphs", rule="lines of the text"),
        ),
    )


def _parts_of(dump: str, url: str) -> tuple[str, tuple[str, ...], tuple[RemovedLine, ...]]:
    """Return the title of *dump*, its paragraphs and the lines that are neither."""
    lines = _lines_of(dump)
    kept, removed = without_boilerplate(lines)
    if not kept:
        raise NotAnArticle("empty-body", url, "no line of text is left")
    title, rest = lines[kept[0]], [lines[index] for index in kept[1:]]
    below, more = without_boilerplate(rest, title)  # the day, the source, a toolbar
    if not below:
        raise NotAnArticle("empty-body", url, "a title without text")
    return title, tuple(rest[index] for index in below), (*removed, *more)


def _lines_of(dump: str) -> list[str]:
    """Return the lines of *dump* that say something; those of a passage that was wrapped are one."""
    lines = map(one_line, clean(dump).removeprefix("\ufeff").splitlines())
    passages = [list(passage) for blank, passage in groupby(lines, key=not_) if not blank]
    width = max((max(map(len, passage)) for passage in passages if _go_on(passage)), default=0)
    found: list[str] = []
    for passage in passages:
        found += [" ".join(passage)] if width in _WRAPPED_AT and _is_wrapped(passage, width) else passage
    return found


def _go_on(lines: Sequence[str]) -> bool:
    """Return whether sentences go on in the next line, with a small letter."""
    return len(lines) > 1 and sum(line[0].islower() for line in lines[1:]) * 2 >= len(lines) - 1


def _is_wrapped(lines: Sequence[str], width: int) -> bool:
    """Return whether each of *lines* ends where its next word would have made it wider than *width*.

    Other passages may be a little wider than the one that *width* was measured on.
    """
    return max(map(len, lines)) <= width + _SLACK and all(
        len(line) + 1 + len(after.split()[0]) > width for line, after in pairwise(lines)
    )


def _published(
    removed: Sequence[RemovedLine], url: str, context: PageContext
) -> tuple[datetime | date | None, str]:
    conventions = conventions_of(
        country=context.country or country_of(url, context.language or ""),
        language=context.language,
        zone=context.timezone,
        now=context.fetched_at,
    )
    for reading, label in labelled_dates([line.text for line in removed], conventions):
        return known_moment(reading.value), f"label {label}"
    for line in removed:
        if line.rule == "date line" and (alone := read_date(line.text, conventions)):
            return known_moment(alone.value), line.rule
    if (day := date_in_url(url)) is not None:
        return day, "url"
    if context.listed_date is not None:
        return context.listed_date, "list row"
    return None, NO_DATE
