"""Documents as rows: JSON lines, JSON lists, tables and data packages, as scrapes and exports leave them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BufferedReader, TextIOWrapper
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.extract.dates.written import read_epoch
from crawler.extract.markup.encoding import codec_of_file, decode
from crawler.importing.compressed import DAMAGED
from crawler.importing.field_names import has_text, renamed, rows_in
from crawler.importing.json_values import NotJson, json_value, json_values
from crawler.importing.packages import package_rows
from crawler.importing.tables import BadRow, table_rows
from crawler.importing.types import GET_ANEW, LARGEST_DOCUMENT, Document, UnreadableDocument, fetch_time
from crawler.network.addresses import is_well_formed
from storage.safe_text import harmless

_TOO_MUCH = 10**15  # beyond any epoch time; infinity is, too
_LOOKED_AT = 1 << 16  # bytes of a file, to tell how it is written
# A list, or an object over several lines.
_SPREADS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[|\{\s*\n)")
_CUT = re.compile(r"\[\+\d{1,7} chars\]\s*$")  # NewsAPI and its like give the beginning of a text alone
_FIELDS_TOLD, _LONGEST_NAME = 8, 30


def rows_of(file: BufferedReader[Any], origin: str) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a row of the JSON in *file*, and what is wrong where there is none."""
    number = 0
    try:
        for number, value in _values_of(file):
            yield from _documents_of(value, f"{origin}:{number}")
    except DAMAGED as error:
        yield UnreadableDocument(_cut(origin, number, error))


def _documents_of(value: Any, origin: str) -> Iterator[Document | UnreadableDocument]:
    if isinstance(value, NotJson):
        yield UnreadableDocument(f"{origin}: {value}")
        return
    for number, row in enumerate(rows := rows_in(value), 1):
        place = origin if len(rows) == 1 else f"{origin}.{number}"
        if isinstance(row, dict):
            yield row_document(row, place)
        else:
            yield UnreadableDocument(f"{place}: a row is a JSON object with url, title and text (or html)")


def _values_of(file: BufferedReader[Any]) -> Iterator[tuple[int, Any]]:
    """Yield the values of *file*, numbered: one a line where each line is one, else as they follow."""
    head = file.peek(_LOOKED_AT)[:_LOOKED_AT]
    codec = codec_of_file(head)
    if codec == "utf-16" or _SPREADS.match(head):  # Windows PowerShell writes the first
        with TextIOWrapper(file, encoding=codec, errors="replace") as text:
            yield from enumerate(json_values(text.read), 1)
    else:
        yield from _lines_of(file)


def _lines_of(file: BufferedReader[Any]) -> Iterator[tuple[int, Any]]:
    """Yield the value of each line of *file*, each in an encoding of its own; blank ones are no row."""
    for number in count(1):
        line = file.readline(LARGEST_DOCUMENT + 1)
        if not line:
            return
        if len(line) > LARGEST_DOCUMENT:
            while line and not line.endswith(b"\n"):
                line = file.readline(LARGEST_DOCUMENT)
            yield number, NotJson(f"a row larger than {LARGEST_DOCUMENT >> 20} MB")
        elif text := decode(line, "utf-8")[0].strip().rstrip(","):
            yield number, _value_or_error(text)


def _value_or_error(text: str) -> Any:
    try:
        return json_value(text)
    except NotJson as error:
        return error


def read_json_row(line: bytes | str, origin: str) -> Document | UnreadableDocument:
    """Return one row as a document, or what is wrong with it."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return UnreadableDocument(f"{origin}: not JSON ({error})")
    if not isinstance(row, dict):
        return UnreadableDocument(f"{origin}: a row is a JSON object with url, title and text (or html)")
    return row_document(row, origin)


def read_package(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a row of the data package at *path*."""
    for number, row in enumerate(package_rows(path), 1):
        yield row_document(row, f"{path}:{number}")


def read_table(
    file: BufferedReader[Any], origin: str, suffix: str
) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a row of a CSV or Parquet file."""
    number = 0
    try:
        for number, row in enumerate(table_rows(file, origin, suffix), 1):
            if isinstance(row, BadRow):
                yield UnreadableDocument(f"{origin}:{number}: {row}")
            else:
                yield row_document(row, f"{origin}:{number}")
    except DAMAGED as error:
        yield UnreadableDocument(_cut(origin, number, error))


def _cut(origin: str, number: int, error: Exception) -> str:
    return f"{origin}: damaged or cut off behind row {number} ({error}); {GET_ANEW}"


def row_document(row: dict[str, Any], origin: str) -> Document | UnreadableDocument:
    """Return a row as a document, or what is wrong with it."""
    known = renamed(row)
    if not has_text(known):
        said = [str(name)[:_LONGEST_NAME] for name, value in row.items() if value not in (None, "", [])]
        told = ", ".join(said[:_FIELDS_TOLD]) or "nothing"
        return UnreadableDocument(f"{origin}: a row needs text, body or html; this one has {told}")
    html = known.get("html")
    url = text_or_none(known.get("url"))
    if url is not None and not (is_well_formed(url) and urlsplit(url).scheme):
        return UnreadableDocument(f"{origin}: {url[:200]} is no URL")
    if not isinstance(html, str) and _CUT.search(str(known.get("text") or known.get("body") or "")):
        return UnreadableDocument(f"{origin}: the text was cut by whoever gave it ('[+... chars]')")
    return Document(
        origin=origin,
        html=html.encode("utf-8", "surrogatepass") if isinstance(html, str) else None,
        row=None if isinstance(html, str) else known,
        url=url,
        site=text_or_none(known.get("site")),
        section=text_or_none(known.get("section")),
        http_charset="utf-8" if isinstance(html, str) else None,
        fetched_at=read_time(known.get("fetched_at") or known.get("first_seen")),
        last_seen=read_time(known.get("last_seen")),
    )


def text_or_none(value: object) -> str | None:
    """Return *value* if it is text that says something, without what would command a terminal."""
    return harmless(value).strip() or None if isinstance(value, str) else None


def read_time(value: object) -> datetime | None:
    """Return an ISO or an epoch time, in UTC where it names no zone, or None."""
    if (number := whole_number(value)) is not None:
        return fetch_time(read_epoch(str(number)))
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return fetch_time(time)


def whole_number(value: object) -> int | None:
    """Return *value* without its fraction if it is a number, None else."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _TOO_MUCH
    return int(value) if is_number and isinstance(value, int | float) else None


def read_published(value: object) -> datetime | date | None:
    """Return the ISO day or time with a zone in *value*, or None."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    try:
        if len(text) <= 10:
            return date.fromisoformat(text)
        time = datetime.fromisoformat(text)
        time.astimezone(UTC)  # the first and last day that Python knows lie beyond it in some zones
    except (ValueError, OverflowError):
        return None
    return time
