"""Articles as a pandas data frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from storage.errors import MissingExtra
from storage.export.data_dictionary import FIELDS
from storage.export.rows import COLUMNS

if TYPE_CHECKING:
    from pandas import DataFrame

    from storage.export.rows import Columns

# The same of every frame, of an empty one too, so that frames can be put together.
TYPES = {"integer": "int64", "number": "float64", "datetime": "datetime64[us, UTC]", "array": "object"}


def to_frame(batches: Iterable[Columns]) -> DataFrame:
    """Return *batches* of articles, as an export shows them, in one frame; times are UTC.

    :raises MissingExtra: if pandas is not installed
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra("a data frame needs pandas: pip install pandas") from error
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for batch in batches:
        for name, values in batch.items():
            columns[name].extend(values)
    frame = pandas.DataFrame(columns)
    for name, field in FIELDS.items():
        if field.kind == "datetime":
            frame[name] = pandas.to_datetime(frame[name], utc=True)
    text = pandas.Series(["text"]).dtype  # what this pandas takes texts for
    return frame.astype({name: TYPES.get(field.kind, text) for name, field in FIELDS.items()})
