"""CSV files as spreadsheets and programs write them, with the mistakes that people make in them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest

from tests.crawler.importing.conftest import PARAGRAPHS, TITLE, Import, Rows

NAMES = ("url", "title", "text", "published")
TEXT = "\n".join(PARAGRAPHS)


def row(number: int, title: str = TITLE) -> list[str]:
    return [f"https://www.harbour.example/{number}", title, TEXT, "05.05.2024"]


def written(rows: Sequence[Sequence[str]], names: Sequence[str] = NAMES, delimiter: str = ",") -> str:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([names, *rows])
    return text.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_of_a_spreadsheet_is_read_whatever_its_country(
    do_import: Import, rows: Rows, tmp_path: Path, delimiter: str, codec: str
) -> None:
    title = "Das Café am Hafen öffnet – endlich"
    (tmp_path / "rows.csv").write_bytes(written([row(1, title)], delimiter=delimiter).encode(codec))

    result = do_import(tmp_path / "rows.csv")

    (found,) = rows()
    assert result.exit_code == 0, result.stderr
    assert (found["title"], found["body"], found["published"]) == (title, TEXT, "2024-05-05")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("sep=;\r\n" + written([row(1)], delimiter=";"), 1),
        (written([row(1)], names=("URL", " Title", "Body Text", "Publication Date")), 1),
        (written([[*row(1), "", ""], [*row(2), ""]]), 2),
        (written([row(1)]) + "\r\n\r\n" + written([row(2)]).partition("\r\n")[2], 2),
        (
            written([["abc", *row(1), "a.jpg"]], names=("id", *NAMES, "images")),
            1,
        ),  # our names, other contents
    ],
)
def test_a_table_is_read_as_its_head_says(
    do_import: Import, rows: Rows, tmp_path: Path, text: str, count: int
) -> None:
    (tmp_path / "rows.csv").write_text(text, "utf-8", newline="")

    result = do_import(tmp_path / "rows.csv")

    assert (result.exit_code, [found["title"] for found in rows()]) == (0, [TITLE] * count), result.stderr


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (
            f"https://www.harbour.example/2,{TITLE},One, two and three,2024-05-05\r\n",
            ":2: 5 cells under 4 names",
        ),
        ("https://www.harbour.example/2\r\n", ":2: a row needs text, body or html; this one has url"),
        ('https://www.harbour.example/2,"Never closed,Text,\r\n', ":2: a quotation mark opens a cell"),
        ("www.harbour.example,A,B,\r\n", ":2: www.harbour.example is no URL"),
    ],
)
def test_a_bad_row_of_a_table_is_named_and_takes_no_other_with_it(
    do_import: Import, rows: Rows, tmp_path: Path, bad: str, says: str
) -> None:
    good = written([row(1), row(3), row(4)]).split("https://")
    head, first, others = good[0], f"https://{good[1]}", "".join(f"https://{each}" for each in good[2:])
    (tmp_path / "rows.csv").write_text(f"{head}{first}{bad}{others}", "utf-8", newline="")

    result = do_import(tmp_path / "rows.csv")

    assert result.exit_code == 3
    assert f"rows.csv{says}" in result.stderr
    assert {found["url"][-1] for found in rows()} == {"1", "3", "4"}
    assert {found["body"] for found in rows()} == {TEXT}


def test_a_quotation_mark_that_opens_the_last_cell_loses_its_line_alone(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    plain = "id-{},A plain title,A plain text of one line that says enough.,2024-05-05\r\n"
    lines = "".join(map(plain.format, range(3)))
    text = f'key,title,text,published\r\n{lines}id-9,T,"An open text,\r\n{lines}'
    (tmp_path / "rows.csv").write_text(text, "utf-8", newline="")

    result = do_import(tmp_path / "rows.csv")

    assert "6 documents" in result.stderr
    assert "rows.csv:4: a quotation mark opens a cell and nothing closes it" in result.stderr


def test_a_byte_of_another_encoding_spoils_no_table(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    lines = written([row(1), row(2, "Cafe opens"), row(3)]).encode().replace(b"Cafe", b"Caf\xe9")
    (tmp_path / "rows.csv").write_bytes(lines)

    do_import(tmp_path / "rows.csv")

    assert {found["title"] for found in rows()} == {TITLE, "Café opens"}


def test_a_table_without_texts_says_which_columns_it_has(do_import: Import, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("name;price\nbread;2\n")

    result = do_import(tmp_path / "rows.csv")

    assert result.exit_code == 3
    assert "rows.csv: no column is called text, body or html, but name, price" in result.stderr
