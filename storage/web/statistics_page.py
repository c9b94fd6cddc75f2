"""Plots: what was published when, how late it was seen, what was edited and removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from storage.queries.periods import Scale, change_spans, label_of, published_spans
from storage.queries.statistics import Span
from storage.web import parameters
from storage.web.endpoints import Endpoint
from storage.web.plots import COLOURS, Series, stacked_bars
from storage.web.rendering import page

if TYPE_CHECKING:
    from storage.archive import Archive
    from storage.queries.statistics import ChangeCount, Delay, PublishedCount
    from storage.web.answers import Answer
    from storage.web.questions import Question

OTHERS = "all others"
DELAYS = (
    ("0", 0, 0),
    ("1", 1, 1),
    ("2", 2, 2),
    ("3", 3, 3),
    ("4–7", 4, 7),
    ("8–30", 8, 30),
    ("31+", 31, 10**9),
)


def scale_parameter() -> parameters.Parameter:
    """Return the parameter that says how finely time is cut."""
    words = [scale.value for scale in Scale]
    return parameters.choice("by", "The length of a period.", words, default=Scale.MONTH.value)


def statistics_page(question: Question) -> Answer:
    """Answer with the plots."""
    archive, scale = question.archive, Scale(question.asked.text("by"))
    return page(
        "statistics.html",
        at="/statistics",
        scale=scale.value,
        scales=[word.value for word in Scale],
        plots=[
            plot
            for plot in (_published(archive, scale), _delays(archive), _changes(archive, scale))
            if plot is not None
        ],
    )


def _published(archive: Archive, scale: Scale) -> dict[str, object] | None:
    spans = published_spans(archive, scale)
    if not spans:
        return None
    series = series_by_site(archive.published_counts(spans), spans)
    title = f"Articles by the {scale.value} they were published, and by site"
    unseen = archive.published_outside(Span(spans[0].first, spans[-1].end))
    note = (
        f"{unseen:,} more {'is' if unseen == 1 else 'are'} undated, or of a time that is not drawn."
        if unseen
        else ""
    )
    return _plot(title, scale.value, [label_of(span, scale) for span in spans], series) | {"note": note}


def series_by_site(counts: Iterable[PublishedCount], spans: Sequence[Span]) -> list[Series]:
    """Return a series for each of the largest sites, and one for all others."""
    by_site: dict[str, dict[date, int]] = defaultdict(dict)
    for count in counts:
        by_site[count.site][count.span.first] = count.articles
    largest = sorted(by_site, key=lambda site: -sum(by_site[site].values()))
    named, rest = largest[: COLOURS - 1], largest[COLOURS - 1 :]
    series = [_series(site, [by_site[site]], spans) for site in named]
    return series + ([_series(OTHERS, [by_site[site] for site in rest], spans)] if rest else [])


def _series(name: str, values: Sequence[dict[date, int]], spans: Sequence[Span]) -> Series:
    return Series(name=name, values=tuple(sum(day.get(s.first, 0) for day in values) for s in spans))


def _delays(archive: Archive) -> dict[str, object] | None:
    found = archive.publication_delays()
    if not found:
        return None
    values = tuple(_between(found, least, most) for _, least, most in DELAYS)
    note = (
        "Whole days (UTC); 0 is the same day."
        " Of the newest 10,000 articles, those that were not there yet when their section was first walked."
    )
    return _plot(
        "Days from publication to our first sight",
        "days",
        [name for name, _, _ in DELAYS],
        [Series(name="articles", values=values)],
    ) | {"note": note, "has_legend": False}


def _between(delays: Iterable[Delay], least: int, most: int) -> int:
    return sum(delay.articles for delay in delays if least <= delay.days <= most)


def _changes(archive: Archive, scale: Scale) -> dict[str, object] | None:
    counts = _since_watched(archive, archive.change_counts(change_spans(archive, scale)))
    if not counts:
        return None
    series = [
        Series(name="edited", values=tuple(count.edited for count in counts)),
        Series(name="removed", values=tuple(count.removed for count in counts)),
    ]
    title = f"Edits and removals by the {scale.value} they were noticed"
    return _plot(title, scale.value, [label_of(count.span, scale) for count in counts], series)


def _since_watched(archive: Archive, counts: Sequence[ChangeCount]) -> list[ChangeCount]:
    """Return *counts* from the first run on, or the first change known: nobody could notice one earlier."""
    since = archive.watched_since()
    seen = (n for n, c in enumerate(counts) if c.edited or c.removed or (since and c.span.end > since))
    return list(counts[next(seen, len(counts)) :])


def _plot(title: str, places: str, labels: Sequence[str], series: Sequence[Series]) -> dict[str, object]:
    rows = zip(labels, *(one.values for one in series), strict=True)
    return {
        "title": title,
        "note": "",
        "places": places.capitalize(),
        "has_legend": True,
        "series": series,
        "drawing": stacked_bars(title, labels, series),
        "rows": [row for row in rows if any(row[1:])],
    }


PAGES = (
    Endpoint(
        path="/statistics",
        answer=statistics_page,
        summary="Plots over time",
        parameters=(scale_parameter(),),
    ),
)
