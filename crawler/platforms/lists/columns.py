"""Which column of a table or a grid says when its documents were published, not signed or due."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.body.catalogue import DATE_LABELS, labels_in
from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.platforms.lists.rows import Row

_PUBLISHED = re.compile(
    r"(?:发布|公开|公布|發布|發佈|上网|答复|回复|办结)(?:日期|时间|時間)"
    r"|(?:date )?(?:published|posted|issued)"
    r"|date of (?:issue|publication|release)|(?:publication|issue|posting|release) date"
    r"|datum der veröffentlichung|veröffentlichungsdatum",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"(?:document |notice |tender |news )?(?:title|subject|headline|particulars)(?: of .{1,40})?"
    r"|name of .{1,40}"
    r"|titel|betreff|überschrift|bezeichnung|titre|objet|intitulé|t[íi]tulo|asunto|assunto|titolo|oggetto|onderwerp"
    r"|rubrik|tittel|otsikko|tytuł|temat|název|názov|předmět|cím|tárgy|заголовок|название|наименование|назва"
    r"|τίτλος|θέμα|başlık|konu|judul|perihal|tiêu đề|trích yếu|tên văn bản|العنوان|الموضوع|शीर्षक|विषय"
    r"|标题|標題|题目|主题|主旨|名称|名稱|信息名称|公告名称|文件名称|件名|タイトル|제목",
    re.IGNORECASE,
)
_LABELS = frozenset(
    labels_in({language: labels for language, labels in DATE_LABELS["published"].items() if language != "zh"})
)
# Over the days by which something is to be done.
_DUE = re.compile(
    r"(?:closing|due|expiry|expiration|end|last|submission) date(?: and time)?"
    r"|(?:submission |application )?deadline|expires|valid until|closes|(?:abgabe|angebots|bewerbungs)?frist"
    r"|ablauf|gültig bis|date limite|échéance"
    r"|(?:fecha|data) l[íi]mite|(?:fecha de )?vencimiento|fecha de cierre|prazo|(?:data (?:di )?)?scadenza"
    r"|sista dag|截止(?:日期|时间)|截稿日期|마감일|締切日?",
    re.IGNORECASE,
)
_CELLS = etree.XPath("./td | ./th")
_PARTS = etree.XPath("./*")
_MOST_COLUMNS = 30
_MOST_ROWS = 3  # over the first one of a grid: its header, an empty one
_HEADER = etree.XPath("(./thead/tr | ./tbody/tr | ./tr)[1]")


def published_cells(rows: Sequence[Row]) -> list[str]:
    """Return for each of *rows* the text of the cell below "published", empty where no column says so."""
    columns: dict[etree._Element, int | None] = {}
    return [_published_cell(row.element, columns) for row in rows]


def _published_cell(element: etree._Element, columns: dict[etree._Element, int | None]) -> str:
    of_table = element.tag == "tr"
    around = next(element.iterancestors("table"), None) if of_table else element.getparent()
    if around is None:
        return ""
    if around not in columns:
        columns[around] = _column_in(_HEADER(around), _CELLS) if of_table else _column_over(element)
    column = columns[around]
    if column is None:
        return ""
    cells = _CELLS(element) if of_table else _PARTS(element)
    return text_of(cells[column]) if column < len(cells) else ""


def _column_over(element: etree._Element) -> int | None:
    """Return the column of publication in a row of a grid without a table, over *element* and as wide."""
    width = len(_PARTS(element))
    over = islice(element.itersiblings(str(element.tag), preceding=True), _MOST_ROWS)
    return _column_in([row for row in over if len(_PARTS(row)) == width], _PARTS) if width > 1 else None


def _column_in(headers: Sequence[etree._Element], cells_of: etree.XPath) -> int | None:
    for header in headers:
        for column, cell in enumerate(cells_of(header)):
            head = text_of(cell).rstrip(":： ")
            if _PUBLISHED.fullmatch(head) or head.lower() in _LABELS:
                return column
    return None


def titled_cell(row: etree._Element) -> str:
    """Return what the cell of *row* below "title" or "subject" says, empty where no column is called so."""
    table = next(islice(row.iterancestors("table"), 1), None) if row.tag == "tr" else None
    header = next(table.iter("tr"), None) if table is not None else None
    if header is None or header is row:
        return ""
    heads = islice(header.iterchildren("th", "td"), _MOST_COLUMNS)
    column = next(
        (n for n, head in enumerate(heads) if _TITLES.fullmatch(text_of(head).rstrip(":： "))), None
    )
    if column is None:
        return ""
    cell = next(islice(row.iterchildren("td", "th"), column, None), None)
    return text_of(cell) if cell is not None else ""


def due_texts(rows: Sequence[Row]) -> list[Collection[str]]:
    """Return for each of *rows* the texts of its cells below "closing date" or another day to come."""
    columns: dict[etree._Element, Sequence[int]] = {}
    return [_due_cells(row.element, columns) for row in rows]


def _due_cells(element: etree._Element, columns: dict[etree._Element, Sequence[int]]) -> Collection[str]:
    table = next(element.iterancestors("table"), None) if element.tag == "tr" else None
    if table is None:
        return ()
    if table not in columns:
        columns[table] = [
            column
            for header in _HEADER(table)
            for column, cell in enumerate(_CELLS(header))
            if _DUE.fullmatch(text_of(cell).rstrip(":： "))
        ]
    cells = _CELLS(element) if columns[table] else ()
    return {text_of(cells[column]) for column in columns[table] if column < len(cells)}
