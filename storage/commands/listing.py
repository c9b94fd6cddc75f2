"""Tables for a terminal, whose rows become lists of named values where their columns do not fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.table import Column, Table
from rich.text import Text

from storage.commands.prose import Prose

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

BETWEEN = 2  # blanks from column to column
NARROWEST = 8  # cells that a column of prose can live with
WIDEST_IN_A_PIPE = 500  # cells, where each row is one line


class Listing(Table):
    """A table; where it is too wide for its reader, each row stands as `name: value` after the other."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table, or its rows one below the other; in a pipe no row is broken."""
        room = WIDEST_IN_A_PIPE if options.no_wrap else options.max_width
        needed = sum(map(_widest if options.no_wrap else _least, self.columns))
        if needed + BETWEEN * (len(self.columns) - 1) <= room:
            yield from _without_trailing_blanks(
                super().__rich_console__(console, options.update(max_width=room))
            )
            return
        names = [str(column.header) for column in self.columns]
        for cells in zip(*(column.cells for column in self.columns), strict=True):
            texts = zip(names, map(cell_text, cells), strict=True)
            pairs = (f"{name}: {text}" for name, text in texts if text)
            first, _, rest = "\n".join(pairs).partition("\n")
            yield Prose(first)
            if rest:
                yield Prose(rest.replace("\n", "; "), indent=BETWEEN)


def table(*headings: str, numbers: Iterable[str] = (), whole: Iterable[str] = ()) -> Listing:
    """Return an empty table; *numbers* are aligned to the right, and neither they nor *whole* are broken."""
    made = Listing(box=None, pad_edge=False, header_style="bold", padding=(0, BETWEEN, 0, 0))
    right, unbroken = set(numbers), {*numbers, *whole}
    for heading in headings:
        side: Literal["left", "right"] = "right" if heading in right else "left"
        made.add_column(heading, justify=side, overflow="fold", no_wrap=heading in unbroken)
    return made


def cell_text(cell: RenderableType) -> str:
    """Return the text of a cell."""
    if isinstance(cell, Prose | Text):
        return cell.plain
    return str(cell)


def _without_trailing_blanks(pieces: RenderResult) -> RenderResult:
    """Yield the *pieces* of a table without the blanks that make its last column a rectangle."""
    for line in Segment.split_lines(piece for piece in pieces if isinstance(piece, Segment)):
        while line and not line[-1].text.rstrip(" "):
            line.pop()
        if line:
            text, style, control = line.pop()
            line.append(Segment(text.rstrip(" "), style, control))
        yield from line
        yield Segment.line()


def _widest(column: Column) -> int:
    """Return how many cells a column needs to break nothing."""
    return max(map(cell_len, map(cell_text, (column.header, *column.cells))))


def _least(column: Column) -> int:
    """Return how many cells a column needs at least."""
    return _widest(column) if column.no_wrap else min(_widest(column), NARROWEST)
