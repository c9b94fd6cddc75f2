"""Which column of a table says when its documents were published, not when they were signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.platforms.lists.rows import Row

_PUBLISHED = re.compile(
    r"(?:发布|公开|公布|發布|發佈|上网)(?:日期|时间|時間)|(?:date )?(?:published|posted)|publication date",
    re.IGNORECASE,
)
_CELLS = etree.XPath("./td | ./th")
_HEADER = etree.XPath("(./thead/tr | ./tbody/tr | ./tr)[1]")


def published_cells(rows: Sequence[Row]) -> list[str]:
    """Return for each of *rows* the text of the cell below "published", empty where no column says so."""
    columns: dict[etree._Element, int | None] = {}
    return [_published_cell(row.element, columns) for row in rows]


def _published_cell(element: etree._Element, columns: dict[etree._Element, int | None]) -> str:
    table = next(element.iterancestors("table"), None) if element.tag == "tr" else None
    if table is None:
        return ""
    if table not in columns:
        columns[table] = _published_column(table)
    column, cells = columns[table], _CELLS(element)
    return text_of(cells[column]) if column is not None and column < len(cells) else ""


def _published_column(table: etree._Element) -> int | None:
    for header in _HEADER(table):
        for column, cell in enumerate(_CELLS(header)):
            if _PUBLISHED.fullmatch(text_of(cell)):
                return column
    return None
