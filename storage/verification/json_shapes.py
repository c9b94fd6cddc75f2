"""What each JSON column holds, wherever it is read: names, lists and texts, nested as they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Column

from storage.models import revision, run, section_coverage, site_template

Shape = Callable[[Any], bool]


def _a(*kinds: type) -> Shape:
    # True is no number, whatever Python says
    return lambda value: isinstance(value, kinds) and not isinstance(value, bool)


def _list_of(each: Shape) -> Shape:
    return lambda value: isinstance(value, list) and all(map(each, value))


def _names_of(each: Shape) -> Shape:
    return lambda value: isinstance(value, dict) and all(map(each, value.values()))


def _record(**fields: Shape) -> Shape:
    return lambda value: (
        isinstance(value, dict)
        and value.keys() == fields.keys()
        and all(is_whole(value[name]) for name, is_whole in fields.items())
    )


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


_text, _number, _limit = _a(str), _a(int, float), _a(int, float, type(None))

JSON_SHAPES: Mapping[Column[Any], Shape] = {
    run.c.counts: _names_of(_a(int)),
    run.c.measures: _names_of(_record(value=_number, low=_limit, high=_limit)),
    run.c.warnings: _list_of(_record(kind=_text, section=_text, url=_text, text=_text)),
    run.c.options: _names_of(lambda _value: True),
    section_coverage.c.rejected: _names_of(_a(int)),
    section_coverage.c.gaps: _list_of(_text),
    revision.c.tables: _list_of(_list_of(_list_of(_text))),
    revision.c.mentions: _list_of(_record(text=_text, day=_is_day)),
    site_template.c.learned_from: _names_of(_list_of(_list_of(_text))),
    site_template.c.rules: _names_of(_list_of(_list_of(_text))),
}
