"""The text that dates a row from outside of its element: next to it, or in a heading over several rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from crawler.platforms.lists.listed_dates import is_a_day, is_a_period, month_and_day, states_a_day
from crawler.platforms.lists.text import text_of, tidy

_FACTS = ("ul", "dl")  # a line each: "Posted: ...", "Kind: ..."
_MOST_FACTS = 9
_SHORT = 60  # characters: a longer text beside a row is its summary
_SIDE = 4  # siblings beside a row that may belong to it
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "caption", "summary"))
_LABELS = frozenset(("p", "div", "strong", "b", "span"))  # headings where all of their text is a day
_SPANNING = etree.XPath("self::tr/td[@rowspan > 1]")
_TIMES = etree.XPath("descendant-or-self::time/@datetime")


def texts_beside(rows: Sequence[etree._Element]) -> list[tuple[str, ...]]:
    """Return for each of *rows* the short texts that date it from before it, or from after it."""
    dated = sum(_are_dated(_short(text_of(row))) for row in rows)
    if dated * 2 > len(rows):
        if dated == len(rows):
            return [()] * len(rows)
        return _under_headings(rows) if any(_SPANNING(row) for row in rows) else _of_their_groups(rows)
    taken = set(rows)
    before = [tuple(_before(row, taken)) for row in rows]
    after = [tuple(_after(row, taken)) for row in rows]
    dated_before, dated_after = (sum(map(_are_dated, side)) for side in (before, after))
    most = max(dated_before, dated_after)
    if most < len(rows):  # the first row below each heading has it beside, too
        headed = _under_headings(rows)
        if sum(map(bool, headed)) > most or not most:
            return headed
    return before if dated_before > dated_after else after


def _before(row: etree._Element, taken: set[etree._Element]) -> Iterator[str]:
    element = row
    for _ in range(_SIDE):
        sibling = element.getprevious()
        if sibling is None:
            parent = element.getparent()
            yield from _short(parent.text if parent is not None else None)
            return
        yield from _short(sibling.tail)
        if sibling in taken or sibling.tag == "hr":
            return
        yield from _texts(sibling)
        element = sibling


def _after(row: etree._Element, taken: set[etree._Element]) -> Iterator[str]:
    yield from _short(row.tail)
    for _, sibling in zip(range(_SIDE), row.itersiblings(), strict=False):
        if sibling in taken or sibling.tag == "hr":
            return
        yield from _texts(sibling)
        yield from _short(sibling.tail)


def _texts(element: etree._Element) -> Iterator[str]:
    if isinstance(element.tag, str):
        facts = (
            islice(element.iterchildren("li", "dd"), _MOST_FACTS) if _states_facts(element) else (element,)
        )
        for fact in facts:
            yield from _short(text_of(fact))
        yield from (str(stamp) for stamp in _TIMES(element))


def _states_facts(element: etree._Element) -> bool:
    """Tell whether *element* lists facts of its row: a list with links is a menu."""
    return element.tag in _FACTS and next(element.iter("a"), None) is None


def _short(text: str | None) -> list[str]:
    shown = tidy(text or "")
    return [shown] if shown and len(shown) <= _SHORT else []


def _are_dated(texts: Sequence[str]) -> bool:
    return any(map(states_a_day, texts))


def _under_headings(rows: Sequence[etree._Element]) -> list[tuple[str, ...]]:
    """Return for each of *rows* the last heading above it that is a day, or the period of its day."""
    taken = set(rows)
    above = _common(rows)
    day = _heading_before(above) if above is not None else ()
    found: dict[etree._Element, tuple[str, ...]] = {}
    inside: set[etree._Element] = set()
    for element in above.iter() if above is not None else ():
        if element in taken:
            row, found[element] = element, day
            inside.update(element.iter())
        elif element in inside:  # it dates its own row, a cell over several rows also those below
            if element.get("rowspan"):
                day = _day_of(element) or day
            elif element.tag in _HEADINGS and is_a_period(text_of(element)):  # the first row holds it
                found[row], day = (), (text_of(element),)
        elif element.tag in _HEADINGS:  # the header of a column heads no rows of a period
            day = _day_of(element, day) or (day if element.tag == "th" else ())
        elif element.tag in _LABELS and len(element) == 0:
            day = _day_of(element, day) or day
    return [found.get(row, ()) for row in rows]


def _of_their_groups(rows: Sequence[etree._Element]) -> list[tuple[str, ...]]:
    """Return for each of *rows*, most of which state their day, the heading of its group among them.

    A group of one row is that row, heading and all; in one of several the day stands over them.
    """
    whole = _common(rows)
    return [() if _are_dated(_short(text_of(row))) else _heading_of_group(row, whole) for row in rows]


def _heading_of_group(row: etree._Element, whole: etree._Element | None) -> tuple[str, ...]:
    """Return the day in the heading over *row* inside of *whole*, which holds all rows."""
    element = row
    for _ in range(_SIDE):
        parent = element.getparent()
        if parent is None or parent is whole:
            break
        if day := _heading_before(element):
            return day
        element = parent
    return ()


def _heading_before(element: etree._Element) -> tuple[str, ...]:
    """Return the day or period of the heading right before *element*, none where it states neither."""
    for sibling, _ in zip(element.itersiblings(preceding=True), range(_SIDE), strict=False):
        if sibling.tag in _HEADINGS or (sibling.tag in _LABELS and len(sibling) == 0):
            return _day_of(sibling)
    return ()


def _day_of(element: etree._Element, above: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the day or period that *element* states, a day without its year with its period *above*."""
    text = text_of(element)
    if len(text) > _SHORT:
        return ()
    if is_a_day(text) or is_a_period(text):
        return (text,)
    period = tuple(filter(is_a_period, above))
    day = month_and_day(text) if period else ""
    return (day, *period) if day else ()


def _common(rows: Sequence[etree._Element]) -> etree._Element | None:
    """Return the nearest element that holds all *rows*."""
    if len(rows) < 2:
        return None
    last = set(rows[-1].iterancestors())
    return next((element for element in rows[0].iterancestors() if element in last), None)
