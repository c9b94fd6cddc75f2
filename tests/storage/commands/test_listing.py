"""Tables on terminals of any width."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from storage.commands.listing import Listing, table
from storage.commands.prose import Prose


def filled() -> Listing:
    shown = table("site", "section", "listed", "title", numbers=["listed"], whole=["section"])
    shown.add_row("ningbo", "hot-news", "1,234", Prose("市政府召开常务会议 研究部署防汛防台"))
    shown.add_row("[bold]hz", "", "7", Prose("A short title"))
    return shown


def printed(what: RenderableType, width: int) -> str:
    out = StringIO()
    Console(file=out, width=width, highlight=False, markup=False).print(what)
    return out.getvalue()


@pytest.mark.parametrize("width", [12, 20, 30, 40, 80])
def test_no_column_is_lost_on_a_narrow_terminal(width: int) -> None:
    text = printed(filled(), width)

    together = "".join(text.split())
    assert all(word in together for word in ("ningbo", "hot-news", "1,234", "[bold]hz", "A", "short"))
    assert all(cell_len(line) <= width for line in text.splitlines())


def test_rows_stand_below_each_other_where_their_columns_do_not_fit() -> None:
    lines = [line.rstrip() for line in printed(filled(), 30).splitlines()]

    assert lines[0] == "site: ningbo"
    assert lines[-2:] == ["site: [bold]hz", "  listed: 7; title: A short", "  title"][-2:]


def test_columns_stand_beside_each_other_where_they_fit() -> None:
    assert printed(filled(), 80).splitlines()[0].split() == ["site", "section", "listed", "title"]
