"""Tables: Parquet files, and CSV files as programs and spreadsheets of any country write them."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from io import BufferedReader, TextIOWrapper
from typing import Any

from crawler.extract.markup.encoding import codec_of_file, decode
from crawler.importing.field_names import has_text, renamed
from crawler.importing.packages import LARGEST_CELL, PackageDamaged, parquet_rows, plain_cell, value_of

_LOOKED_AT = 1 << 16  # bytes of a file, to tell how it is written
_PARQUET = ".parquet"
_DELIMITERS = ",;\t|"
_TELLS_DELIMITER = re.compile(r"\"?sep=(.)\"?\r?\n?", re.IGNORECASE)  # Excel's
_QUOTED = re.compile(r'"[^"]*"')
_UNDECODED = re.compile("[\udc80-\udcff]")
_COLUMNS_TOLD = 12


class BadRow(ValueError):
    """A row that cannot be read as what the head of its table says."""


def table_rows(file: BufferedReader[Any], origin: str, suffix: str) -> Iterator[dict[str, Any] | BadRow]:
    """Yield the rows of a table, with the columns of an export, of another tool, or some of them.

    :raises PackageDamaged: if it is none, or has no column of texts
    """
    rows = _parquet(file, origin) if suffix == _PARQUET else csv_rows(file)
    for number, row in enumerate(rows):
        if number == 0 and not isinstance(row, BadRow) and not _may_have_text(row):
            told = ", ".join(list(row)[:_COLUMNS_TOLD])
            raise PackageDamaged(f"{origin}: no column is called text, body or html, but {told}")
        yield row


def _may_have_text(row: dict[str, Any]) -> bool:
    return has_text(renamed(dict.fromkeys(row, "x")))


def _parquet(file: BufferedReader[Any], origin: str) -> Iterator[dict[str, Any]]:
    try:
        yield from parquet_rows(file)
    except ValueError as error:
        raise PackageDamaged(f"{origin}: no parquet file ({error})") from error


def csv_rows(file: BufferedReader[Any]) -> Iterator[dict[str, Any] | BadRow]:
    """Yield the rows of a CSV file, whatever its encoding and its delimiter are."""
    csv.field_size_limit(LARGEST_CELL)
    codec = codec_of_file(file.peek(_LOOKED_AT)[:_LOOKED_AT])
    errors = "surrogateescape" if codec.startswith("utf-8") else "replace"
    with TextIOWrapper(file, encoding=codec, errors=errors, newline="") as text:
        first = text.readline(LARGEST_CELL)
        told = _TELLS_DELIMITER.fullmatch(first)
        first = text.readline(LARGEST_CELL) if told else first
        delimiter = told[1] if told else max(_DELIMITERS, key=_QUOTED.sub("", first).count)
        names = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
        for cells in _records(text, delimiter):
            yield cells if isinstance(cells, BadRow) else _row(names, cells)


def _records(text: Iterator[str], delimiter: str) -> Iterator[list[str] | BadRow]:
    """Yield the cells of each record of *text*, but for blank ones.

    A quotation mark that nothing closes would take the rows below into its cell: only its own line is lost.
    """
    lines = _Lines(text)
    while True:
        lines.begin_record()
        try:
            cells = next(csv.reader(lines, delimiter=delimiter), None)
        except csv.Error as error:
            yield BadRow(f"no row of a table ({error})")
            continue
        if cells is None:
            return
        if len(lines.record) > 1 and (
            _is_open(lines.record, delimiter) or _takes_a_row(lines.record, delimiter)
        ):
            lines.give_back()
            yield BadRow("a quotation mark opens a cell and nothing closes it")
        elif cells:
            yield cells


class _Lines:
    """Lines of a text, of which those of a record but its first can be given back."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self._back: deque[str] = deque()
        self.record: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._text)
        self.record.append(line)
        return line

    def begin_record(self) -> None:
        """Forget the lines of the record before."""
        self.record.clear()

    def give_back(self) -> None:
        """Let the next record begin with the second line of this one."""
        self._back.extendleft(reversed(self.record[1:]))


def _takes_a_row(record: Sequence[str], delimiter: str) -> bool:
    """Return whether a cell of *record* holds a line that begins as the record does: with an address."""
    address = re.compile(rf"https?://[^\s\"{re.escape(delimiter)}]+{re.escape(delimiter)}")
    return address.match(record[0]) is not None and any(map(address.match, record[1:]))


def _is_open(record: Sequence[str], delimiter: str) -> bool:
    """Return whether *record* ends inside of a cell in quotation marks."""
    try:
        list(csv.reader(record, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _row(names: Sequence[str], cells: Sequence[str]) -> dict[str, Any] | BadRow:
    """Return *cells* under their *names*; a row with more of them was cut in the wrong places."""
    if any(cells[len(names) :]):
        return BadRow(
            f"{len(cells)} cells under {len(names)} names; one that holds the delimiter needs quotation marks"
        )
    return {
        name: _value(name, plain_cell(_repaired(cell)))
        for name, cell in zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=False)
        if name
    }


def _repaired(cell: str) -> str:
    """Return *cell* with bytes that are no UTF-8 read as what they are most likely."""
    return decode(cell.encode("utf-8", "surrogateescape"), None)[0] if _UNDECODED.search(cell) else cell


def _value(name: str, cell: str | None) -> Any:
    """Return *cell* as an export has it; what is none of ours stays as it is."""
    try:
        return value_of(name, cell)
    except (ValueError, RecursionError):
        return cell
