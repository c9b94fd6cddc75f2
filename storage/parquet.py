"""Exports as Parquet, for pandas, polars and DuckDB; needs the extra `parquet`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from storage.errors import MissingExtra
from storage.export import COLUMNS, export_row

if TYPE_CHECKING:
    from storage.rows import ArticleRow

BATCH = 2_000
LISTS = ("attachments", "images", "tables", "mentions")
NUMBERS = {"revision": "int32", "revisions": "int32", "duplicate_score": "float64"}


def write_parquet(rows: Iterable[ArticleRow], file: IO[bytes]) -> None:
    """Write rows in batches, compressed; lists are JSON, days and times text as in the other exports.

    :raises MissingExtra: if pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow: pip install 'hotnews[parquet]'") from error
    schema = pyarrow.schema([(name, getattr(pyarrow, NUMBERS.get(name, "string"))()) for name in COLUMNS])
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for columns in _batches(rows):
            writer.write_table(pyarrow.table(columns, schema=schema))


def _batches(rows: Iterable[ArticleRow]) -> Iterator[dict[str, Sequence[Any]]]:
    remaining = iter(rows)
    while batch := [export_row(row) for row in islice(remaining, BATCH)]:
        columns = dict(zip(COLUMNS, zip(*(row.values() for row in batch), strict=True), strict=True))
        yield columns | {name: [_json(value) for value in columns[name]] for name in LISTS}


def _json(value: list[Any]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "[]"
