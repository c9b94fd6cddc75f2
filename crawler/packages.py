"""Data packages as `hotnews export --format package` writes them: folders or zip files, read row by row."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from storage.data_dictionary import FIELDS
from storage.errors import MissingExtra

DESCRIPTOR = "datapackage.json"
LARGEST_DESCRIPTOR = 10 * 1024 * 1024
LARGEST_CELL = 50 * 1024 * 1024
READ: dict[str, Callable[[str], Any]] = {"integer": int, "number": float, "array": json.loads}


class PackageDamaged(Exception):
    """A data package that is none, or whose data are not those that it was made of."""


class Resource(NamedTuple):
    """Where the articles of a package lie, and what they must be."""

    path: str
    form: str
    digest: str


def package_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of the package at *path*, its zip file or its descriptor.

    :raises PackageDamaged: before the first row, if the data are not what the descriptor says
    """
    try:
        resource = _resource_of(path)
        with _opened(path, resource.path) as data:
            found = file_digest(data, "sha256").hexdigest()  # type: ignore[arg-type]
        if f"sha256:{found}" != resource.digest:
            raise PackageDamaged(f"{path}: {resource.path} is not the file that the package was made with")
        with _opened(path, resource.path) as data:
            yield from ROWS_OF[resource.form](data)
    except (zipfile.BadZipFile, KeyError, ValueError, RecursionError, csv.Error) as error:
        raise PackageDamaged(f"{path}: not a data package of hotnews ({error})") from error


def _resource_of(path: Path) -> Resource:
    with _opened(path, DESCRIPTOR) as file:
        described = json.loads(file.read(LARGEST_DESCRIPTOR))
    resources = described.get("resources") if isinstance(described, Mapping) else None
    for each in resources if isinstance(resources, list) else ():
        if isinstance(each, Mapping) and each.get("name") == "articles" and each.get("format") in ROWS_OF:
            resource = Resource(str(each.get("path")), each["format"], str(each.get("hash")))
            if resource.path == f"articles.{resource.form}":  # beside the descriptor, nowhere else
                return resource
    raise PackageDamaged(f"{path}: {DESCRIPTOR} names no file of articles beside it")


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
            yield {name: _value(name, _cell(cell)) for name, cell in row.items()}


def _cell(cell: str | None) -> str | None:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell.removeprefix("'") or None if cell else None


def _parquet(data: IO[bytes]) -> Iterator[dict[str, Any]]:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow: pip install 'hotnews[parquet]'") from error
    for batch in parquet.ParquetFile(data).iter_batches(batch_size=1_000):
        for row in cast("list[dict[str, Any]]", batch.to_pylist()):
            yield {name: _value(name, cell) for name, cell in row.items()}


def _value(name: str, cell: Any) -> Any:
    """Return a cell as JSON lines have it."""
    kind, _ = FIELDS.get(name, ("string", ""))
    if cell is None:
        return [] if kind == "array" else None
    return READ[kind](cell) if kind in READ and isinstance(cell, str) else cell


ROWS_OF = {"jsonl": _lines, "csv": _csv, "parquet": _parquet}
