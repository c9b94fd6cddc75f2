"""Exports as JSON lines or CSV, streamed in a stable order."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from storage.export.rows import COLUMNS

if TYPE_CHECKING:
    from storage.export.rows import Columns

# Full-width signs start formulas where spreadsheets are Chinese.
FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n'")
BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take UTF-8 for what it is only with it


def json_lines(batches: Iterable[Columns]) -> Iterator[str]:
    """Yield each row as a line of JSON, with its end of line."""
    for columns in batches:
        for values in zip(*columns.values(), strict=True):
            yield json.dumps(dict(zip(columns, values, strict=True)), ensure_ascii=False) + "\n"


def write_csv(
    batches: Iterable[Columns],
    file: TextIO,
    *,
    heading: Sequence[str] = COLUMNS,
    mark_byte_order: str = "",
) -> None:
    """Write rows as CSV under *heading*; pass `BYTE_ORDER_MARK` for spreadsheets that need it.

    Cells that a spreadsheet would run as a formula begin with an apostrophe; so do cells that begin
    with one already, so that taking one apostrophe off gives back every value. Lists are JSON.
    """
    file.write(mark_byte_order)
    writer = csv.writer(file)
    writer.writerow(heading)
    for columns in batches:
        writer.writerows(map(_cells, zip(*columns.values(), strict=True)))


def _cells(values: Iterable[object]) -> list[object]:
    return [_cell(value) for value in values]


def _cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return value
