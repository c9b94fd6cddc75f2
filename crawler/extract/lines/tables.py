"""Tables of data, kept as rows of cells; tables that only lay out a page are left to the text."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.text import raw_text_of
from storage.records import Table

_CELLS = frozenset({"td", "th"})
_LONGEST_CELL = 400  # bytes on average; more is text in columns
_WIDEST = 100  # rows or columns that a cell spans
_LINES_OF_TEXT = 2
_MOST_CELLS = 20_000
_MOST_FACTS = 12
_TITLE_LABELS = frozenset("標題 标题 主旨 主題 主题 題目 题目 公告標題 公告主旨 제목 件名 タイトル".split())
_TEXT_LABELS = frozenset("內容 内容 正文 公告內容 詳細內容 公告事項 說明 내용 본문 本文".split())
_ROWS = etree.XPath("./tr|./thead/tr|./tbody/tr|./tfoot/tr")
_CELLS_OF = etree.XPath("./td|./th")


def data_tables(blocks: Sequence[Block]) -> tuple[list[Table], set[Block]]:
    """Return the data tables among *blocks*, in order, and the blocks that are their cells."""
    cells: dict[Frame, list[Block]] = {}
    known: dict[Frame, Frame | None] = {}
    for block in blocks:
        table = table_of(block.frame, known)
        if table is not None:
            cells.setdefault(table, []).append(block)
    tables: list[Table] = []
    inside: set[Block] = set()
    for frame, content in cells.items():
        rows = _rows_of(frame.element)
        if _is_data(rows, content):
            tables.append(_with_spans(frame.element) or rows)
            inside.update(content)
    return tables, inside


def is_data_table(frame: Frame, blocks: Sequence[Block]) -> bool:
    """Return whether *frame* is a table of data; *blocks* are those of its page."""
    content = blocks[frame.first : frame.end]
    linked = sum(block.linked for block in content)
    return linked * 2 < sum(len(block.text) for block in content) and _is_data(
        _rows_of(frame.element), content
    )


def table_of(frame: Frame, known: dict[Frame, Frame | None]) -> Frame | None:
    """Return the innermost table around *frame*; *known* keeps those around the frames before it."""
    passed = []
    outer: Frame | None = frame
    while outer is not None and outer.tag != "table" and outer not in known:
        passed.append(outer)
        outer = outer.parent
    table = known.get(outer, outer) if outer is not None else None
    known.update(dict.fromkeys(passed, table))
    return table


def _rows_of(table: etree._Element) -> Table:
    rows = []
    for row in _ROWS(table):
        cells = tuple(" ".join(raw_text_of(cell).split()) for cell in _CELLS_OF(row))
        if any(cells):
            rows.append(cells)
    return tuple(rows)


def _with_spans(table: etree._Element) -> Table | None:
    """Return the rows of *table* with each cell wherever it spans, as HTML lays tables out.

    None where no cell spans others, or where they would span more than any table of data does.
    """
    if not any(cell.get(name) for cell in table.iter("td", "th") for name in ("rowspan", "colspan")):
        return None
    laid: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # column -> further rows that a cell above spans, and its text
    cells = 0
    for row in _ROWS(table):
        line: list[str] = []
        for cell in _CELLS_OF(row):
            _take_below(line, below)
            text, rows = " ".join(raw_text_of(cell).split()), _span(cell, "rowspan")
            for _ in range(_span(cell, "colspan")):
                if rows > 1:
                    below[len(line)] = (rows - 1, text)
                line.append(text)
        _take_below(line, below)
        cells += len(line)
        if cells > _MOST_CELLS:
            return None
        laid.append(line)
    return tuple(tuple(line) for line in laid if any(line))


def _take_below(line: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Append to *line* the cells of rows above that span its next columns."""
    while len(line) in below:
        rows, text = below.pop(column := len(line))
        if rows > 1:
            below[column] = (rows - 1, text)
        line.append(text)


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _WIDEST) if value.isdecimal() and len(value) < 6 else 1


def _holds_a_text(cell: str, rows: Table, content: Sequence[Block]) -> bool:
    """Return whether *cell* is alone in its row and holds lines of which most of the table's text is made.

    Boards print facts of an article in the first rows of a table, and its text in the last one.
    """
    alone = any(cell in row and row.count("") == len(row) - 1 for row in rows)
    inside = [block.size for block in content if " ".join(block.text.split()) in cell] if alone else []
    return len(inside) >= _LINES_OF_TEXT and sum(inside) * 2 > sum(block.size for block in content)


def _lays_out_an_article(rows: Table) -> bool:
    """Return whether *rows* are the title, the facts and the text of an article, each behind its label."""
    labels = {"".join(row[0].split()).rstrip(":：") for row in rows[:_MOST_FACTS] if len(row) > 1}
    return not labels.isdisjoint(_TITLE_LABELS) and not labels.isdisjoint(_TEXT_LABELS)


def _is_data(rows: Table, content: Sequence[Block]) -> bool:
    """Return whether most rows have several short cells."""
    several = sum(sum(bool(cell) for cell in row) >= 2 for row in rows)
    if _lays_out_an_article(rows):
        return False
    if several < 2 or several * 2 < len(rows):
        return False
    cells = [cell for row in rows for cell in row if cell]
    longest = max(cells, key=len)
    if len(longest) > 4 * _LONGEST_CELL or _holds_a_text(longest, rows, content):
        return False
    return sum(block.size for block in content) / len(cells) <= _LONGEST_CELL
