"""Tables for a terminal, whose rows become lists of named values where their columns do not fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from storage.commands.prose import Prose

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

BETWEEN = 2  # blanks from column to column
NARROWEST = 8  # cells that a column of prose can live with


class Listing(Table):
    """A table; on a terminal that is too narrow for it, each row stands as `name: value` after the other."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table, or its rows one below the other."""
        if sum(map(_least, self.columns)) + BETWEEN * (len(self.columns) - 1) <= options.max_width:
            yield from super().__rich_console__(console, options)
            return
        names = [str(column.header) for column in self.columns]
        for cells in zip(*(column.cells for column in self.columns), strict=True):
            pairs = (f"{name}: {text}" for name, text in zip(names, map(plain, cells), strict=True) if text)
            first, _, rest = "\n".join(pairs).partition("\n")
            yield Prose(first)
            yield Padding(Prose(rest.replace("\n", "; ")), (0, 0, 0, BETWEEN), expand=False)


def table(*headings: str, numbers: Iterable[str] = (), whole: Iterable[str] = ()) -> Listing:
    """Return an empty table; *numbers* are aligned to the right, and neither they nor *whole* are broken."""
    made = Listing(box=None, pad_edge=False, header_style="bold", padding=(0, BETWEEN, 0, 0))
    right, unbroken = set(numbers), {*numbers, *whole}
    for heading in headings:
        side: Literal["left", "right"] = "right" if heading in right else "left"
        made.add_column(heading, justify=side, overflow="fold", no_wrap=heading in unbroken)
    return made


def plain(cell: RenderableType) -> str:
    """Return the text of a cell."""
    if isinstance(cell, Prose | Text):
        return cell.plain
    return str(cell)


def _least(column: Column) -> int:
    """Return how many cells a column needs at least."""
    widest = max(map(cell_len, map(plain, (column.header, *column.cells))))
    return widest if column.no_wrap else min(widest, NARROWEST)
