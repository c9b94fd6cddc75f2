"""Documents as rows: JSON lines, JSON lists, tables and data packages, as scrapes and exports leave them."""

from __future__ import annotations

import codecs
import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.extract.dates.written import read_epoch
from crawler.importing.packages import package_rows, table_rows
from crawler.importing.types import Document, UnreadableDocument, fetch_time
from crawler.network.addresses import is_well_formed
from storage.safe_text import harmless

_TOO_MUCH = 10**15  # beyond any epoch time; infinity is, too
TEXTS_OF_A_ROW = ("text", "body", "withheld")  # the last: why there is none


def read_rows(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a line; `text`, `body` or `html` holds its content."""
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
        for number, line in enumerate(_lines_of(file), 1):
            if line.strip():
                yield read_row(line, f"{path}:{number}")


def _lines_of(file: Any) -> Iterator[bytes | str]:
    """Yield the lines of *file*; Windows PowerShell writes what a program prints as UTF-16."""
    if file.peek(2)[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield from file
        return
    with TextIOWrapper(file, encoding="utf-16", errors="replace") as lines:
        yield from lines


def read_row(line: bytes | str, origin: str) -> Document | UnreadableDocument:
    """Return one row as a document, or what is wrong with it."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return UnreadableDocument(f"{origin}: not JSON ({error})")
    if not isinstance(row, dict):
        return UnreadableDocument(f"{origin}: a row is a JSON object with url, title and text (or html)")
    return row_document(row, origin)


def read_json(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a row of the list that a JSON file is. :raises UnreadableDocument: if it is none."""
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
        try:
            rows = json.load(file)
        except (ValueError, RecursionError) as error:
            raise UnreadableDocument(f"{path}: not JSON ({error})") from error
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        if isinstance(row, dict):
            yield row_document(row, f"{path}:{number}")
        else:
            yield UnreadableDocument(
                f"{path}:{number}: a row is an object with url, title and text (or html)"
            )


def read_package(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a row of the data package at *path*."""
    for number, row in enumerate(package_rows(path), 1):
        yield row_document(row, f"{path}:{number}")


def read_table(path: Path, form: str) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a row of a CSV or Parquet file."""
    for number, row in enumerate(table_rows(path, form), 1):
        yield row_document(row, f"{path}:{number}")


def row_document(row: dict[str, Any], origin: str) -> Document | UnreadableDocument:
    """Return a row as a document, or what is wrong with it."""
    row = _with_text(row)
    html = row.get("html")
    if not isinstance(html, str) and not any(isinstance(row.get(name), str) for name in TEXTS_OF_A_ROW):
        return UnreadableDocument(f"{origin}: a row needs text, body or html")
    url = text_or_none(row.get("url"))
    if url is not None and not (is_well_formed(url) and urlsplit(url).scheme):
        return UnreadableDocument(f"{origin}: {url[:200]} is no URL")
    return Document(
        origin=origin,
        html=html.encode("utf-8", "surrogatepass") if isinstance(html, str) else None,
        row=None if isinstance(html, str) else row,
        url=url,
        site=text_or_none(row.get("site")),
        section=text_or_none(row.get("section")),
        http_charset="utf-8" if isinstance(html, str) else None,
        fetched_at=read_time(row.get("fetched_at") or row.get("first_seen")),
        last_seen=read_time(row.get("last_seen")),
    )


def _with_text(row: dict[str, Any]) -> dict[str, Any]:
    """Return *row* with each text that is a list of paragraphs as lines."""
    lists = {name: row[name] for name in ("text", "body") if _is_paragraphs(row.get(name))}
    return row | {name: "\n".join(paragraphs) for name, paragraphs in lists.items()} if lists else row


def _is_paragraphs(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)


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
