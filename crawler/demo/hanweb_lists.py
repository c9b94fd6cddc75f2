# ruff: noqa: E501  # markup is kept as publishers send it
"""Hanweb list pages: rows inside a script's datastore, further rows from a proxy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from urllib.parse import quote

from crawler.demo.content import Page
from crawler.demo.markup import cut
from crawler.demo.places import column_path


class Paging(StrEnum):
    """How a column asks its proxy for more."""

    PAGED = "paged"  # GET ?page=N, group N counted from 1; the datastore names the next group
    RANGED = "ranged"  # POST ?startrecord=S&endrecord=E&perpage=P


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column as its inline script describes it."""

    number: int
    unit: int
    web: int
    web_name: str
    proxy: str
    paging: Paging
    per_page: int  # a group is three pages

    @property
    def group_size(self) -> int:
        """Return how many rows the page and the proxy hand out at once."""
        return self.per_page * 3

    @property
    def path(self) -> str:
        """Return the path of the list page."""
        return column_path(self.number)


def list_block(column: Column, entries: Sequence[Page]) -> str:
    """Return the part of the list page that holds the first group and the paging script."""
    rows, script = _first_group(column, entries), _script(column, len(entries))
    return f"""<div id="{column.unit}" class="default_pgContainer"><script type="text/xml">{rows}</script></div>
<script>
{script}
</script>"""


def _script(column: Column, total: int) -> str:
    """Return the paging script: the older form holds its parameters, the newer names them."""
    parameters = (
        f"{{col:1,appid:'1',webid:{column.web},path:'/',columnid:{column.number},sourceContentType:1,"
        f"unitid:'{column.unit}',webname:'{column.web_name}',permissiontype:0}}"
    )
    before, given = "", parameters
    if column.paging is Paging.PAGED:
        before, given = f"var param_{column.unit} = {parameters};\n", f"param_{column.unit}"
    return (
        f"{before}$(function(){{$('#{column.unit}').jpage({{themeName:'default',showMode:'full',totalRecord:{total},"
        f"openCookies:false,dataBefore:'<ul>',dataAfter:'</ul>',groupSize:3,proxyUrl:'{column.proxy}',"
        f"perPage:{column.per_page},barPosition:'bottom',ajaxParam:{given}}});}});"
    )


def proxy_answer(column: Column, entries: Sequence[Page], asked: Mapping[str, str]) -> str:
    """Return the datastore that the proxy answers to the parameters *asked*.

    :raises ValueError: if a parameter is no number.
    """
    if "startrecord" in asked:
        start = max(int(asked["startrecord"]), 1)
        end = int(asked.get("endrecord", start + column.group_size - 1))
        rows = entries[start - 1 : end]
        return _datastore(column, entries, rows, next_group=None)
    return _group(column, entries, int(asked.get("page", "1")))


def _first_group(column: Column, entries: Sequence[Page]) -> str:
    if column.paging is Paging.RANGED:
        return _datastore(column, entries, entries[: column.group_size], next_group=None)
    return _group(column, entries, 1)


def _group(column: Column, entries: Sequence[Page], number: int) -> str:
    end = number * column.group_size
    rows = entries[max(end - column.group_size, 0) : max(end, 0)]
    return _datastore(column, entries, rows, next_group=number + 1 if end < len(entries) else None)


def _datastore(
    column: Column, entries: Sequence[Page], rows: Sequence[Page], *, next_group: int | None
) -> str:
    following = f"<nextgroup><![CDATA[{_next_link(column, next_group)}]]></nextgroup>\n" if next_group else ""
    records = "\n".join(f"<record><![CDATA[\n{_row(page)}]]></record>" for page in rows)
    size = column.group_size if column.paging is Paging.PAGED else column.per_page
    return (
        f"<datastore>\n{following}<totalrecord>{len(entries)}</totalrecord>"
        f"<totalpage>{-(-len(entries) // size)}</totalpage><recordset>\n{records}\n</recordset></datastore>"
    )


def _next_link(column: Column, group: int) -> str:
    return (
        f'<a href="{column.proxy}?page={group}&appid=1&webid={column.web}&path=/&columnid={column.number}'
        f'&unitid={column.unit}&webname={quote(column.web_name)}&permissiontype=0"></a>'
    )


def _row(page: Page) -> str:
    title = escape(page.text.title)
    shown = escape(cut(page.text.title, 26 if page.language == "zh" else 60, "..."), quote=False)
    day = f'<span class="bt-data-time">[{page.listed_day}]</span>' if page.listed_day else ""
    return f"""<li><a href='{page.path}' title="{title}" target="_blank">{shown}</a>{day}</li>"""
