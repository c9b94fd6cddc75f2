"""Plots as SVG text: drawn here, so that a page needs no script and shows them in either colour scheme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10
from typing import NamedTuple

from markupsafe import Markup

WIDTH, HEIGHT = 860, 260
LEFT, RIGHT, TOP, BOTTOM = 70, 8, 12, 36  # a phone writes larger: six digits must fit
COLOURS = 7  # classes s0 to s6 of the style sheet
MOST_LABELS = 10
TICKS = 4
ROW = 26  # of a timeline
LABEL_WIDTH = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One colour of a plot: a name and a value for each place on the axis."""

    name: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return the sum of the values."""
        return sum(self.values)


class Moment(NamedTuple):
    """A dot on a timeline."""

    label: str
    day: date
    hint: str
    address: str
    is_first: bool


def stacked_bars(title: str, labels: Sequence[str], series: Sequence[Series]) -> Markup:
    """Return bars, one a label, in which the series stand on each other."""
    totals = [sum(one.values[place] for one in series) for place in range(len(labels))]
    top = _round_top(max(totals, default=0))
    return _svg(title, HEIGHT, [*_value_axis(top), *_bars(labels, series, top), *_label_axis(labels)])


def timeline(title: str, moments: Sequence[Moment]) -> Markup:
    """Return *moments* as rows of dots over their days, linked to what they are of."""
    days = [moment.day for moment in moments]
    first, last = min(days), max(days)
    height = TOP + BOTTOM + ROW * len(moments)
    rows = [_dot(row, moment, _place_of(moment.day, first, last)) for row, moment in enumerate(moments)]
    return _svg(title, height, [*_day_axis(first, last, height), *rows])


def _svg(title: str, height: int, parts: Iterable[Markup]) -> Markup:
    """Return the drawing; it is a group of named parts for those who cannot see it."""
    return Markup(
        '<svg class="plot" role="group" viewBox="0 0 {} {}" aria-label="{}" preserveAspectRatio="xMinYMin">'
        "{}</svg>"
    ).format(WIDTH, height, title, Markup("").join(parts))


def _round_top(most: int) -> int:
    """Return the round number at the end of an axis for values up to *most*."""
    if most <= TICKS:
        return TICKS
    step = int(10 ** floor(log10(most / TICKS)))
    sizes = (factor * step // 2 for factor in (2, 4, 5, 6, 8, 10, 20) if factor * step % 2 == 0)
    return TICKS * next(size for size in sizes if size * TICKS >= most)


def _height_of(value: float, top: int) -> float:
    return (HEIGHT - TOP - BOTTOM) * value / top


def _value_axis(top: int) -> Iterator[Markup]:
    for tick in range(TICKS + 1):
        value = top * tick // TICKS
        y = HEIGHT - BOTTOM - _height_of(value, top)
        yield Markup('<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(
            LEFT, WIDTH - RIGHT, y, y
        )
        yield Markup('<text class="axis end" x="{}" y="{:.1f}">{:,}</text>').format(LEFT - 8, y + 4, value)


def _slot(count: int) -> float:
    return (WIDTH - LEFT - RIGHT) / max(1, count)


def _bars(labels: Sequence[str], series: Sequence[Series], top: int) -> Iterator[Markup]:
    """Yield one path a series, and over each place of the axis an area that tells its numbers."""
    bottoms = [float(HEIGHT - BOTTOM)] * len(labels)
    slot = _slot(len(labels))
    gap = min(4.0, slot * 0.2)
    for colour, one in enumerate(series):
        steps = []
        for place, value in enumerate(one.values):
            if value:
                height = _height_of(value, top)
                steps.append(
                    f"M{LEFT + place * slot + gap / 2:.1f} {bottoms[place]:.1f}"
                    f"h{slot - gap:.1f}v{-height:.1f}h{gap - slot:.1f}z"
                )
                bottoms[place] -= height
        yield Markup('<path class="s{}" d="{}"/>').format(colour % COLOURS, "".join(steps))
    for place, label in enumerate(labels):
        numbers = [f"{one.name} {one.values[place]:,}" for one in series if one.values[place]]
        if numbers:
            yield Markup(
                '<rect class="tell" x="{:.1f}" y="{}" width="{:.1f}" height="{}"><title>{}</title></rect>'
            ).format(LEFT + place * slot, TOP, slot, HEIGHT - TOP - BOTTOM, f"{label}: {', '.join(numbers)}")


def _label_axis(labels: Sequence[str]) -> Iterator[Markup]:
    slot, step = _slot(len(labels)), -(-len(labels) // MOST_LABELS) or 1
    for number, place in enumerate(range(0, len(labels), step)):
        x = LEFT + (place + 0.5) * slot
        kind = "axis mid second" if number % 2 else "axis mid"
        yield Markup('<text class="{}" x="{:.1f}" y="{}">{}</text>').format(
            kind, x, HEIGHT - 8, labels[place]
        )


def _place_of(day: date, first: date, last: date) -> float:
    """Return where *day* stands on the axis, from 0 to 1."""
    return (day - first).days / (last - first).days if last > first else 0.0


def _x_of(place: float) -> float:
    return LABEL_WIDTH + place * (WIDTH - RIGHT - 40 - LABEL_WIDTH) + 6


def _day_axis(first: date, last: date, height: int) -> Iterator[Markup]:
    ends = [(0.0, first)] if first == last else [(0.0, first), (1.0, last)]
    for place, day in ends:
        x = _x_of(place)
        yield Markup('<line class="grid" x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{}"/>').format(
            x, x, TOP - 6, height - BOTTOM + 4
        )
        kind = "mid" if place == 0 else "end"
        shift = 0 if place == 0 else 34
        yield Markup('<text class="axis {}" x="{:.1f}" y="{}">{}</text>').format(
            kind, x + shift, height - 6, day.isoformat()
        )


def _dot(row: int, moment: Moment, place: float) -> Markup:
    y = TOP + ROW * row + ROW / 2
    return Markup(
        '<a href="{}"><title>{}</title><text class="axis end" x="{}" y="{:.1f}">{}</text>'
        '<line class="grid" x1="{}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>'
        '<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{}"/></a>'
    ).format(
        moment.address,
        moment.hint,
        LABEL_WIDTH - 10,
        y + 4,
        moment.label,
        _x_of(0),
        _x_of(place),
        y,
        y,
        "s0" if moment.is_first else "s1",
        _x_of(place),
        y,
        6 if moment.is_first else 5,
    )
