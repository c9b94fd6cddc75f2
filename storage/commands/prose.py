"""Text for a terminal whose lines break where those of its language do.

rich breaks lines at blanks alone: Chinese text, which has none, would begin anew under every blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.measure import Measurement
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

WIDE = "\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003fffd"
OPENING = "（［｛「『【〈《“‘"
CLOSING = "、。，．：；？！）］｝」』】〉》％”’…—"
# What no line ends within: blanks, a wide character with the signs at its sides, a word with those behind it.
PIECE = re.compile(rf"\s+|[{OPENING}]*[{WIDE}][{CLOSING}]*|[^\s{WIDE}]+[{CLOSING}]*")


class Prose:
    """A text that a terminal breaks between any two Chinese characters, and otherwise at blanks.

    Each of its lines begins *indent* blanks from the left.
    """

    def __init__(self, text: str | Text, style: str = "", *, indent: int = 0) -> None:
        self._text = text if isinstance(text, Text) else Text(text, style=style)
        self._indent = indent

    @property
    def plain(self) -> str:
        """Return the text alone."""
        return self._text.plain

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines; the whole text where lines are not to be broken."""
        if options.no_wrap:
            yield self._indented(self._text)
            return
        for line in self._text.divide(line_ends(self._text.plain, options.max_width - self._indent)):
            line.rstrip()
            yield self._indented(line)

    def _indented(self, line: Text) -> Text:
        return Text(" " * self._indent).append_text(line) if self._indent else line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return how wide the text must and may be."""
        return Measurement.get(console, options, self._text)


def line_ends(text: str, width: int) -> Iterator[int]:
    """Yield where the lines of *text* end, each *width* cells wide at most; only what is longer is cut."""
    used = 0
    for piece in PIECE.finditer(text):
        place, size = piece.start(), cell_len(piece[0])
        if piece[0].isspace():  # hangs over the end of a line, or is one
            used += size
            if "\n" in piece[0] and piece.end() < len(text):
                yield piece.end()
                used = 0
            continue
        if used + size > width and text[:place].strip():
            yield place
            used = 0
        while used + size > width and place < piece.end():
            fitting = _fitting(text[place : piece.end()], width - used) or (0 if used else 1)
            size -= cell_len(text[place : place + fitting])
            place += fitting
            yield place
            used = 0
        used += size


def _fitting(text: str, width: int) -> int:
    """Return how many characters of *text* fit into *width* cells."""
    ends = accumulate(map(cell_len, text))
    return sum(1 for _ in takewhile(lambda end: end <= width, ends))
