"""Plots as SVG text: drawn here, so that a page needs no script and shows them in either colour scheme.

Places along an axis are shares of the width, so that words keep their size on any screen and nothing scrolls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10
from typing import NamedTuple

from markupsafe import Markup

HEIGHT, TOP, BOTTOM = 260, 22, 36
FIELD = HEIGHT - TOP - BOTTOM
ACROSS = 1000  # units of the width that bars are drawn in
COLOURS = 7  # classes s0 to s6 of the style sheet
TICKS = 4
FEW = 12  # so many bars have room for their numbers
CHARACTER, GAP = 8.5, 8  # of a label, in pixels
APART = 1.5  # widths from label to label: those at the ends are moved in by half of one
BROAD = ACROSS / 12  # the broadest bar
WIDE, NARROW = 760, 300  # what labels share: on a desk, on a phone
ROW = 32  # of a timeline
EDGE = 2.5  # percent that a timeline leaves free at its ends, so that dots are whole


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
    parts = [*_grid(), _bars(labels, series, top), *_numbers(totals, top), *_label_axis(labels)]
    return Markup(
        '<div class="plot{}" role="img" aria-label="{}"><div aria-hidden="true">{}{}</div></div>'
    ).format(
        " few" if len(labels) <= FEW else "",
        f"{title}. {_most(labels, totals)}. The table below has every number.",
        _value_axis(top),
        _svg(HEIGHT, parts),
    )


def timeline(title: str, moments: Sequence[Moment]) -> Markup:
    """Return *moments* as rows of dots over their days, linked to what they are of."""
    days = [moment.day for moment in moments]
    first, last = min(days), max(days)
    height = ROW * len(moments) + BOTTOM
    rows = [_dot(row, moment, _x_of(moment.day, first, last)) for row, moment in enumerate(moments)]
    parts = [*_day_axis(first, last, height), *rows]
    return Markup('<div class="plot" role="group" aria-label="{}">{}</div>').format(
        title, _svg(height, parts)
    )


def _svg(height: int, parts: Sequence[Markup]) -> Markup:
    return Markup('<svg class="field" width="100%" height="{}">{}</svg>').format(
        height, Markup("").join(parts)
    )


def _most(labels: Sequence[str], totals: Sequence[int]) -> str:
    """Return in words where the plot is highest."""
    place = max(range(len(totals)), key=totals.__getitem__)
    return f"{labels[0]} to {labels[-1]}; the most, {totals[place]:,}, in {labels[place]}"


def _round_top(most: int) -> int:
    """Return the round number at the end of an axis for values up to *most*."""
    if most <= TICKS:
        return TICKS
    step = int(10 ** floor(log10(most / TICKS)))
    sizes = (factor * step // 2 for factor in (2, 4, 5, 6, 8, 10, 20) if factor * step % 2 == 0)
    return TICKS * next(size for size in sizes if size * TICKS >= most)


def _y_of(value: float, top: int) -> float:
    return TOP + FIELD * (1 - value / top)


def _value_axis(top: int) -> Markup:
    ticks = [top * tick // TICKS for tick in range(TICKS + 1)]
    width = round(len(f"{top:,}") * CHARACTER) + GAP
    texts = [
        Markup('<text class="axis end" x="{}" y="{:.1f}">{:,}</text>').format(
            width - GAP, _y_of(value, top) + 4, value
        )
        for value in ticks
    ]
    return Markup('<svg width="{}" height="{}">{}</svg>').format(width, HEIGHT, Markup("").join(texts))


def _grid() -> Iterator[Markup]:
    for tick in range(TICKS + 1):
        y = _y_of(tick, TICKS)
        yield Markup('<line class="grid" x1="0" x2="100%" y1="{:.1f}" y2="{:.1f}"/>').format(y, y)


def _bars(labels: Sequence[str], series: Sequence[Series], top: int) -> Markup:
    """Return one path a series, and over each place of the axis an area that tells its numbers."""
    bottoms = [float(FIELD)] * len(labels)
    slot = ACROSS / len(labels)
    gap = slot - min(slot * 0.8, BROAD)
    drawn = []
    for colour, one in enumerate(series):
        steps = []
        for place, value in enumerate(one.values):
            if value:
                height = FIELD * value / top
                steps.append(
                    f"M{place * slot + gap / 2:.1f} {bottoms[place]:.1f}"
                    f"h{slot - gap:.1f}v{-height:.1f}h{gap - slot:.1f}z"
                )
                bottoms[place] -= height
        drawn.append(Markup('<path class="s%d" d="%s"/>') % (colour % COLOURS, "".join(steps)))
    return Markup(
        '<svg y="{}" width="100%" height="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">{}</svg>'
    ).format(TOP, FIELD, ACROSS, FIELD, Markup("").join([*drawn, *_tellers(labels, series)]))


def _tellers(labels: Sequence[str], series: Sequence[Series]) -> Iterator[Markup]:
    slot = ACROSS / len(labels)
    # Not by `format`: of so many places it takes a fifth of the page's time.
    area = Markup('<rect class="tell" x="%.1f" width="%.1f" height="%d"><title>%s</title></rect>')
    for place, label in enumerate(labels):
        numbers = [f"{one.name} {one.values[place]:,}" for one in series if one.values[place]]
        if numbers:
            yield area % (place * slot, slot, FIELD, f"{label}: {', '.join(numbers)}")


def _numbers(totals: Sequence[int], top: int) -> Iterator[Markup]:
    """Yield the number over each bar, where few bars leave them room."""
    if len(totals) > FEW:
        return
    for place, total in enumerate(totals):
        if total:
            yield Markup('<text class="axis mid" x="{:.2f}%" y="{:.1f}">{:,}</text>').format(
                _middle(place, len(totals)), _y_of(total, top) - 5, total
            )


def _middle(place: int, count: int) -> float:
    return 100 * (place + 0.5) / count


def _label_axis(labels: Sequence[str]) -> Iterator[Markup]:
    """Yield as many labels as a desk has room for, counted back from the newest; a phone hides some."""
    width = max(map(len, labels)) * CHARACTER + GAP
    crowded = width * len(labels) > NARROW
    width *= APART if crowded else 1
    shown = range(len(labels) - 1, -1, -_every(len(labels), width, WIDE))
    kept = _every(len(shown), width, NARROW)
    for rank, place in enumerate(shown):
        x, anchor = _middle(place, len(labels)), "mid"
        if crowded and place == len(labels) - 1:
            x, anchor = 100.0, "end"
        elif crowded and x * WIDE < width * 50:
            x, anchor = 0.0, "start"
        kind = f"axis {anchor}{' second' if rank % kept else ''}"
        yield Markup('<text class="{}" x="{:.2f}%" y="{}">{}</text>').format(
            kind, x, HEIGHT - BOTTOM + 22, labels[place]
        )


def _every(count: int, width: float, room: int) -> int:
    """Return of how many labels that are so wide one is shown in that room."""
    return -(-count // max(1, int(room // width)))


def _x_of(day: date, first: date, last: date) -> float:
    """Return where *day* stands on the axis, in percent."""
    share = (day - first).days / (last - first).days if last > first else 0.0
    return EDGE + share * (100 - 2 * EDGE)


def _day_axis(first: date, last: date, height: int) -> Iterator[Markup]:
    ends = [(EDGE, 0, "start", first)]
    if last > first:
        ends.append((100 - EDGE, 100, "end", last))
    for x, at, anchor, day in ends:
        yield Markup('<line class="grid" x1="{}%" x2="{}%" y1="0" y2="{}"/>').format(x, x, height - BOTTOM)
        yield Markup('<text class="axis {}" x="{}%" y="{}">{}</text>').format(
            anchor, at, height - BOTTOM + 22, day.isoformat()
        )


def _dot(row: int, moment: Moment, x: float) -> Markup:
    """Return a row: its dot, and the label on the side that has room."""
    y = ROW * row + ROW / 2
    anchor, shift = ("start", 12) if x < 50 else ("end", -12)
    return Markup(
        '<a href="{}"><title>{}</title><rect class="tell" y="{:.0f}" width="100%" height="{}"/>'
        '<line class="grid" x1="{}%" x2="{:.2f}%" y1="{:.0f}" y2="{:.0f}"/>'
        '<circle class="{}" cx="{:.2f}%" cy="{:.0f}" r="{}"/>'
        '<text class="axis {}" x="{:.2f}%" dx="{}" y="{:.1f}">{}</text></a>'
    ).format(
        moment.address,
        moment.hint,
        y - ROW / 2,
        ROW,
        EDGE,
        x,
        y,
        y,
        "s0" if moment.is_first else "s1",
        x,
        y,
        7 if moment.is_first else 5,
        anchor,
        x,
        shift,
        y + 4,
        moment.label,
    )
