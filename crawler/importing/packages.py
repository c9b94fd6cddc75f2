"""Data packages as `hotnews export --format package` writes them: folders or zip files, read row by row."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import file_digest
from io import TextIOWrapper
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from storage.errors import MissingExtra
from storage.export.data_dictionary import FIELDS

DESCRIPTOR = "datapackage.json"
LARGEST_DESCRIPTOR = 10 * 1024 * 1024
LARGEST_CELL = 50 * 1024 * 1024
_OF_A_TEXT = (
    *("title", "body", "published", "published_precision", "published_from", "source", "author", "editor"),
    *("digest", "text_digest", "extractor_version", "template_version"),
)
_LISTS = ("tables", "attachments", "images", "mentions")  # of revisions only since packages hold them
READ: dict[str, Callable[[str], Any]] = {"integer": int, "number": float, "array": json.loads}


class PackageDamaged(Exception):
    """A data package that is none, or whose data are not those that it was made of."""


class Resource(NamedTuple):
    """Where the rows of a package lie, and what they must be."""

    path: str
    form: str
    digest: str


def package_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of the package at *path*, its zip file or its descriptor.

    Of an article with several revisions the earlier ones come first, each a row of its own that was
    fetched when it was seen.

    :raises PackageDamaged: before the first row, if the data are not what the descriptor says
    """
    try:
        described = _described(path)
        articles, revisions = _resource_of("articles", described), _resource_of("revisions", described)
        if articles is None:
            raise PackageDamaged(f"{path}: {DESCRIPTOR} names no file of articles beside it")
        for resource in filter(None, (articles, revisions)):
            _check(path, resource)
        histories = _histories(_rows(path, revisions)) if revisions else {}
        for row in _rows(path, articles):
            yield from _with_history(row, histories.get(str(row.get("id"))))
    except (zipfile.BadZipFile, KeyError, ValueError, RecursionError, csv.Error) as error:
        raise PackageDamaged(f"{path}: not a data package of hotnews ({error})") from error


def _described(path: Path) -> list[Mapping[str, Any]]:
    with _opened(path, DESCRIPTOR) as file:
        descriptor = json.loads(file.read(LARGEST_DESCRIPTOR))
    resources = descriptor.get("resources") if isinstance(descriptor, Mapping) else None
    return [each for each in resources if isinstance(each, Mapping)] if isinstance(resources, list) else []


def _resource_of(name: str, described: Iterable[Mapping[str, Any]]) -> Resource | None:
    for each in described:
        if each.get("name") == name and each.get("format") in ROWS_OF:
            resource = Resource(str(each.get("path")), each["format"], str(each.get("hash")))
            if resource.path == f"{name}.{resource.form}":  # beside the descriptor, nowhere else
                return resource
    return None


def _check(path: Path, resource: Resource) -> None:
    with _opened(path, resource.path) as data:
        found = file_digest(data, "sha256").hexdigest()  # type: ignore[arg-type]
    if f"sha256:{found}" != resource.digest:
        raise PackageDamaged(f"{path}: {resource.path} is not the file that the package was made with")


def _rows(path: Path, resource: Resource) -> Iterator[dict[str, Any]]:
    with _opened(path, resource.path) as data:
        yield from ROWS_OF[resource.form](data)


def _histories(revisions: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the revisions of each article that has several, the first first."""
    groups = ((article, list(rows)) for article, rows in groupby(revisions, itemgetter("article")))
    return {article: rows for article, rows in groups if len(rows) > 1}


def _with_history(
    article: dict[str, Any], history: Sequence[dict[str, Any]] | None
) -> Iterator[dict[str, Any]]:
    """Yield the row of an *article* after one for each earlier text."""
    if not history:
        yield article
        return
    for earlier in history[:-1]:
        if earlier["cause"] != "reextracted":  # another reading of ours, not another text
            text = {name: earlier[name] for name in _OF_A_TEXT}
            text |= {name: earlier.get(name, ()) for name in _LISTS}
            text["body_kind"] = earlier.get("body_kind", article["body_kind"])
            yield article | text | {"fetched_at": earlier["seen_at"]}
    yield article | {"fetched_at": history[-1]["seen_at"]}


@contextmanager
def _opened(path: Path, name: str) -> Iterator[IO[bytes]]:
    """Open a file of the package; nothing of a zip file is written to the disk."""
    if path.name == DESCRIPTOR:
        with path.with_name(name).open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as packed, packed.open(name) as member:
        yield member


def _lines(data: IO[bytes]) -> Iterator[dict[str, Any]]:
    for line in data:
        row = json.loads(line)
        if isinstance(row, dict):
            yield row


def _csv(data: IO[bytes]) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(LARGEST_CELL)
    with TextIOWrapper(data, encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            yield {name: value_of(name, plain_cell(cell)) for name, cell in row.items()}


def plain_cell(cell: str | None) -> str | None:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell.removeprefix("'") or None if cell else None


def parquet_rows(data: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file. :raises MissingExtra: if what reads it is not installed."""
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow: pip install 'hotnews[parquet]'") from error
    for batch in parquet.ParquetFile(data).iter_batches(batch_size=1_000):
        for row in cast("list[dict[str, Any]]", batch.to_pylist()):
            yield {name: value_of(name, cell) for name, cell in row.items()}


def value_of(name: str, cell: Any) -> Any:
    """Return a cell as JSON lines have it."""
    kind = FIELDS[name].kind if name in FIELDS else "string"
    if cell is None:
        return [] if kind == "array" else None
    if isinstance(cell, datetime):  # Parquet's
        return cell.astimezone(UTC).isoformat()
    return READ[kind](cell) if kind in READ and isinstance(cell, str) else cell


ROWS_OF = {"jsonl": _lines, "csv": _csv, "parquet": parquet_rows}
