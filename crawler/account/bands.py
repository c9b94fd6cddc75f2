"""What a site's own complete runs let the next one be expected to measure.

Bands are wide on purpose: a run that leaves one ends as drifted and somebody is called. They are made of
at least three complete runs, a quiet day leaves none of them, and a declaration can forget what was learned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import NamedTuple

from crawler.account.findings import Field, Finding
from storage.measures import MEASURES
from storage.verdicts import Verdict
from storage.writing.learning import Measured

LEAST_RUNS = 3
LEAST_ROWS = 10  # that first list pages name; half of a few rows means nothing
LIST_SHARE = 0.5  # of the fewest rows
SWINGS = 3  # times as far as the rows of a list went up and down before
BURST, LEAST_BURST = 10, 50  # times the most new articles of a run, and a number that is never too many
SHARE_MARGIN = 0.4  # of five articles, three must lack what all had
LENGTH_FACTOR = 5
QUIET, LEAST_QUIET_DAYS = 2, 14  # times the longest pause; and longer than any holiday


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The least and the most that is expected of a measure, and how many runs say so."""

    low: float | None = None
    high: float | None = None
    runs: int

    def holds(self, value: float) -> bool:
        """Return whether *value* is expected."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


Limits = tuple[float | None, float | None]


class Measurement(NamedTuple):
    """By which rule one measure is learned, from what, and what shows that it broke."""

    limits: Callable[[Sequence[float]], Limits]
    field: Field | None
    is_share: bool = False
    source: str | None = None  # another measure of earlier runs, where that limits it


def rows(values: Sequence[float]) -> Limits:
    """Return the limits of a number of rows; that of a list of the last days goes up and down."""
    fewest, most = min(values), max(values)
    low = min(fewest * LIST_SHARE, fewest - SWINGS * (most - fewest))
    return (low if fewest >= LEAST_ROWS and low > 0 else None), None


def no_burst(values: Sequence[float]) -> Limits:
    """Return the limits of a number of new articles; none at all is a quiet day."""
    return None, max(LEAST_BURST, BURST * max(values))


def share(values: Sequence[float]) -> Limits:
    """Return the limits of a share."""
    low = min(values) - SHARE_MARGIN
    return (low if low > 0 else None), None


def length(values: Sequence[float]) -> Limits:
    """Return the limits of a length."""
    return min(values) / LENGTH_FACTOR, max(values) * LENGTH_FACTOR


def pause(values: Sequence[float]) -> Limits:
    """Return the limits of the days since the newest article, by the longest pauses of the past."""
    return None, max(LEAST_QUIET_DAYS, QUIET * max(values))


NEW, AGE = "new", "newest_age_days"
MEASUREMENTS: Mapping[str, Measurement] = {
    "first_listed": Measurement(rows, Field.LIST),
    NEW: Measurement(no_burst, None),
    "bodied": Measurement(share, Field.BODY, is_share=True),
    "titled": Measurement(share, Field.TITLE, is_share=True),
    "dated": Measurement(share, Field.DATE, is_share=True),
    "body_characters": Measurement(length, Field.LENGTH),
    AGE: Measurement(pause, None, source="longest_pause_days"),
}


def learn_bands(history: Sequence[Measured], *, now: datetime, since: date | None) -> dict[str, Band]:
    """Return the bands that complete runs (newest first) teach, those before the day *since* forgotten.

    A measure may be one section's: its name is then followed by a slash and the section.
    """
    runs = [run for run in history if since is None or run.started_at.astimezone(UTC).date() >= since]
    names = dict.fromkeys(name for run in runs for name in run.measures if kind_of(name) in MEASUREMENTS)
    bands = {name: band for name in names if (band := learn_band(name, runs)) is not None}
    if NEW in bands:
        band = bands[NEW]
        bands[NEW] = replace(band, high=(band.high or 0) * overdue(runs, now))
    if AGE in bands and not all(bands[AGE].holds(value) for value in values_of(AGE, runs)):
        del bands[AGE]  # it was silent already when it was first crawled: an archive of the past
    return bands


def learn_band(name: str, runs: Sequence[Measured]) -> Band | None:
    """Return the band of one measure, None where too few runs have it or nothing limits it."""
    measurement = MEASUREMENTS[kind_of(name)]
    values = values_of(measurement.source or name, runs)
    if len(values) < LEAST_RUNS:
        return None
    low, high = measurement.limits(values)
    return Band(low=low, high=high, runs=len(values)) if (low, high) != (None, None) else None


def values_of(name: str, runs: Sequence[Measured]) -> list[float]:
    """Return what those of *runs* measured that have a measure."""
    return [run.measures[name].value for run in runs if name in run.measures]


def kind_of(name: str) -> str:
    """Return what is measured, without the section it was measured in."""
    return name.partition("/")[0]


def overdue(runs: Sequence[Measured], now: datetime) -> float:
    """Return how many times the longest pause between *runs* has passed since the last, at least 1."""
    pauses = [(later.started_at - earlier.started_at).total_seconds() for later, earlier in pairwise(runs)]
    waited = (now - runs[0].started_at).total_seconds()
    return max(1.0, waited / max(1.0, *pauses))


def band_findings(values: Mapping[str, float], bands: Mapping[str, Band]) -> Iterator[Finding]:
    """Yield where *values* leave their band, with measure, band and value in the reason."""
    for name, band in bands.items():
        if name in values and not band.holds(values[name]):
            measurement = MEASUREMENTS[kind_of(name)]
            section = name.partition("/")[2]
            yield Finding(
                Verdict.DRIFTED,
                f"{section}{': ' if section else ''}{MEASURES[kind_of(name)]}:"
                f" {number(values[name], measurement)},"
                f" expected {expected(band, measurement)} after {band.runs} complete runs",
                measurement.field,
                section or None,
            )


def expected(band: Band, measurement: Measurement) -> str:
    """Return *band* in words."""
    if band.low is not None and band.high is not None:
        return f"{number(band.low, measurement)} to {number(band.high, measurement)}"
    if band.low is not None:
        return f"at least {number(band.low, measurement)}"
    return f"at most {number(band.high or 0, measurement)}"


def number(value: float, measurement: Measurement) -> str:
    """Return *value* as people write it."""
    return f"{value:.0%}" if measurement.is_share else f"{value:.0f}"
