"""`hotnews stats`: how much is archived, and what was published, edited and removed when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import click
from rich.cells import cell_len

from storage import Archive
from storage.commands.command_line import archive_option, json_option, write_json
from storage.commands.listing import BETWEEN, table
from storage.commands.rendering import console
from storage.json_values import plain
from storage.queries.periods import Scale, change_spans, label_of, published_spans
from storage.queries.statistics import ChangeCount, Delay, PublishedCount, Span

COLUMNS = 5  # of sites at most; the others are added up
TOTALS = ("published", "others", "edited", "removed")
PERIOD = 10  # cells of a day
LATE = (("same day", 0), ("1 day", 1), ("2 to 7 days", 7), ("8 to 30 days", 30), ("later", 10**9))


@click.command()
@click.option(
    "--by",
    type=click.Choice([scale.value for scale in Scale]),
    default=Scale.MONTH.value,
    show_default=True,
    help="The length of a period.",
)
@archive_option
@json_option
def stats(by: str, archive: str, **asked: bool) -> None:
    """Show how much is archived, and what was published, edited and removed when.

    Articles are counted by the day on which they were published, edits and removals by the day (UTC) on
    which they were noticed. The delay from publication to our first sight leaves out what was there before
    a section was first walked to its end. Periods in which nothing happened are left out.

    In JSON, `what` says what each line is: count, published, changes or delay.
    """
    scale = Scale(by)
    with Archive(archive) as opened:
        counts = opened.counts()
        published = opened.published_counts(published_spans(opened, scale))
        changes = [each for each in opened.change_counts(change_spans(opened, scale)) if _happened(each)]
        delays = opened.publication_delays()
    if asked["as_json"]:
        write_json(_records(counts, published, changes, delays))
    else:
        _show(scale, counts, published, changes, delays)


def _happened(count: ChangeCount) -> bool:
    return bool(count.edited or count.removed)


def _records(
    counts: Mapping[str, int],
    published: Sequence[PublishedCount],
    changes: Sequence[ChangeCount],
    delays: Sequence[Delay],
) -> Iterator[dict[str, Any]]:
    yield from ({"what": "count", "of": name, "number": number} for name, number in counts.items())
    for each in published:
        yield {"what": "published", **_period(each), "site": each.site, "articles": each.articles}
    for change in changes:
        yield {"what": "changes", **_period(change), "edited": change.edited, "removed": change.removed}
    for delay in delays:
        yield {"what": "delay", "days": delay.days, "articles": delay.articles}


def _period(count: PublishedCount | ChangeCount) -> dict[str, object]:
    return {"first": plain(count.span.first), "end": plain(count.span.end)}


def _show(
    scale: Scale,
    counts: Mapping[str, int],
    published: Sequence[PublishedCount],
    changes: Sequence[ChangeCount],
    delays: Sequence[Delay],
) -> None:
    out = console()
    names = ("articles", "revisions", "copies", "stories", "pages", "sites", "runs")
    held = table(*names, numbers=names)
    held.add_row(*(f"{counts[name]:,}" for name in names))
    out.print(held)
    if not counts["articles"]:
        return
    out.print()
    _show_periods(scale, published, changes)
    if delays:
        out.print()
        late = table("seen after publication", "articles", numbers=["articles"])
        for name, number in _late(delays):
            late.add_row(name, f"{number:,}")
        out.print(late)


def _show_periods(scale: Scale, published: Sequence[PublishedCount], changes: Sequence[ChangeCount]) -> None:
    out = console()
    largest = Counter[str]()
    for each in published:
        largest[each.site] += each.articles
    named = _fitting([site for site, _ in largest.most_common(COLUMNS)], out.width)
    totals, by_site = defaultdict[Span, Counter[str]](Counter), defaultdict[Span, Counter[str]](Counter)
    for each in published:
        totals[each.span]["published"] += each.articles
        if each.site in named:
            by_site[each.span][each.site] += each.articles
        else:
            totals[each.span]["others"] += each.articles
    for change in changes:
        totals[change.span].update(edited=change.edited, removed=change.removed)
    others = ["others"] if len(largest) > len(named) else []
    shown = table(scale.value, "published", *named, *others, "edited", "removed", numbers=[*TOTALS, *named])
    for span, total in sorted(totals.items()):
        numbers = [total["published"], *(by_site[span][site] for site in named)]
        numbers += [total[name] for name in (*others, "edited", "removed")]
        shown.add_row(label_of(span, scale), *(str(number or "-") for number in numbers))
    out.print(shown)


def _fitting(sites: Sequence[str], width: int) -> list[str]:
    """Return the first of *sites* that have room beside each other for their names."""
    room = width - PERIOD - sum(len(name) + BETWEEN for name in TOTALS)
    ends = accumulate(cell_len(site) + BETWEEN for site in sites)
    return [site for site, end in zip(sites, ends, strict=True) if end <= room]


def _late(delays: Sequence[Delay]) -> Iterator[tuple[str, int]]:
    """Yield how many articles were seen within each time."""
    least = 0
    for name, most in LATE:
        yield name, sum(each.articles for each in delays if least <= each.days <= most)
        least = most + 1
