"""Tables on terminals of any width."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from storage.commands.listing import Listing, table
from storage.commands.prose import Prose
from storage.commands.rendering import WIDTH_OF_A_PIPE, QuietConsole


def filled() -> Listing:
    shown = table("site", "section", "listed", "title", numbers=["listed"], whole=["section"])
    shown.add_row("ningbo", "hot-news", "1,234", Prose("市政府召开常务会议 研究部署防汛防台"))
    shown.add_row("[bold]hz", "", "7", Prose("A short title"))
    return shown


def printed(what: RenderableType, width: int) -> str:
    out = StringIO()
    Console(file=out, width=width, highlight=False, markup=False).print(what)
    return out.getvalue()


def piped(what: RenderableType) -> list[str]:
    out = StringIO()
    QuietConsole(file=out, width=WIDTH_OF_A_PIPE, highlight=False, soft_wrap=True).print(what)
    return out.getvalue().splitlines()


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


def test_a_pipe_gets_each_row_as_one_line_that_is_whole() -> None:
    address = "https://www.example.gov/" + "harbour/" * 20
    shown = table("url", "title")
    shown.add_row(address, Prose("A long title of an article " * 5))
    shown.add_row("https://www.example.gov/", "Short")

    lines = piped(shown)

    assert len(lines) == 3
    assert lines[1].split()[0] == address
    assert lines[2].split() == ["https://www.example.gov/", "Short"]


def test_a_pipe_gets_texts_whole_that_are_too_long_for_a_table() -> None:
    shown = table("id", "body", "state")
    shown.add_row("a1", Prose("word " * 2_000 + "end"), "archived")

    assert piped(shown) == ["id: a1", f"  body: {'word ' * 2_000}end; state: archived"]


@pytest.mark.parametrize("indent", [0, 4])
def test_a_pipe_gets_prose_as_one_line(indent: int) -> None:
    text = "港口开放。 " + "The port opens. " * 20 + "End"

    assert piped(Prose(text, indent=indent)) == [" " * indent + text]


def test_each_line_of_prose_is_indented_on_a_terminal() -> None:
    lines = printed(Prose("The port opens on Monday", indent=2), 14).splitlines()

    assert [line.rstrip() for line in lines] == ["  The port", "  opens on", "  Monday"]


@pytest.mark.parametrize("width", [12, 80])
def test_no_line_of_a_table_ends_in_blanks(width: int) -> None:
    shown = filled()
    shown.add_row("", "", "", "")

    lines = [*piped(shown), *printed(shown, width).splitlines()]

    assert [line for line in lines if line != line.rstrip()] == []
