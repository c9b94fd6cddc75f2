"""Exports as Parquet, for pandas, polars and DuckDB; needs the extra `parquet`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from storage.errors import MissingExtra
from storage.export.data_dictionary import FIELDS, REVISION_FIELDS
from storage.export.rows import COLUMNS

if TYPE_CHECKING:
    from storage.export.rows import Columns

GROUPED = 2  # batches of rows in a row group
# Almost every value of these is another one: a dictionary of them would only cost time.
UNLIKE = set("id url title body published first_seen last_seen seen_at digest text_digest chain".split())
# What nobody asks a range of: the least and the greatest text of a row group would never be looked at.
UNRANGED = set("url title body digest text_digest chain payload_digest".split())


def write_parquet(batches: Iterable[Columns], file: IO[bytes], *, names: Sequence[str] = COLUMNS) -> None:
    """Write the columns *names*, compressed; numbers and times have types of their own, all else is text.

    Lists are JSON, `published` is text as in the other exports: it may be a day or a time.

    :raises MissingExtra: if pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow: pip install 'hotnews[parquet]'") from error
    types = {
        "integer": pyarrow.int32(),
        "number": pyarrow.float64(),
        "datetime": pyarrow.timestamp("us", tz="UTC"),
    }
    kinds = {name: (FIELDS.get(name) or REVISION_FIELDS[name]).kind for name in names}
    schema = pyarrow.schema([(name, types.get(kind, pyarrow.string())) for name, kind in kinds.items()])
    times = [name for name, kind in kinds.items() if kind == "datetime"]
    alike = [name for name in names if name not in UNLIKE]
    ranged = [name for name in names if name not in UNRANGED]
    read = dict.fromkeys(times, lambda texts: pyarrow.array(texts, pyarrow.string()).cast(types["datetime"]))
    tables = (pyarrow.table(_flat(columns, read), schema=schema) for columns in batches)
    with parquet.ParquetWriter(
        file, schema, compression="zstd", use_dictionary=alike, write_statistics=ranged
    ) as writer:
        for group in _groups(tables):
            writer.write_table(pyarrow.concat_tables(group))


def _flat(columns: Columns, read: Mapping[str, Callable[[Sequence[Any]], Any]]) -> dict[str, Any]:
    """Return *columns* with JSON for lists, those in *read* read by it."""
    flat = {name: [*map(_json, found)] if _is_listed(found) else found for name, found in columns.items()}
    return flat | {name: made(flat[name]) for name, made in read.items()}


def _is_listed(values: Sequence[Any]) -> bool:
    return bool(values) and isinstance(values[0], tuple)


def _json(value: tuple[Any, ...]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "[]"


def _groups(tables: Iterator[Any]) -> Iterator[list[Any]]:
    while group := [*islice(tables, GROUPED)]:
        yield group
