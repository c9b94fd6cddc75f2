"""Articles as a pandas data frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from storage.errors import MissingExtra
from storage.export import COLUMNS
from storage.queries import TIMES

if TYPE_CHECKING:
    from pandas import DataFrame

    from storage.export import Columns


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
    for name in TIMES:
        frame[name] = pandas.to_datetime(frame[name], utc=True)
    return frame
