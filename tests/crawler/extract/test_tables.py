"""Tables of data, laid out as a browser does."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article

TEXT = (
    "<p>The ministry of health published on Monday how many people fell ill in the districts of the country.</p>"
    * 3
)


def table_in(rows: str) -> tuple[tuple[str, ...], ...]:
    page = f"<article><h1>People who fell ill</h1>{TEXT}<table>{rows}</table>{TEXT}</article>"
    (table,) = extract_article(page.encode(), "https://www.health.example.gov/news/1.html").tables
    return table


def test_a_cell_stands_in_each_row_and_column_that_it_spans() -> None:
    rows = (
        "<tr><th rowspan=2>Age</th><th colspan=2>Cases</th></tr><tr><td>North</td><td>South</td></tr>"
        "<tr><td rowspan='2'>0 to 44</td><td>12</td><td>7</td></tr><tr><td>13</td><td>8</td></tr>"
    )

    assert table_in(rows) == (
        ("Age", "Cases", "Cases"),
        ("Age", "North", "South"),
        ("0 to 44", "12", "7"),
        ("0 to 44", "13", "8"),
    )


@pytest.mark.parametrize("span", ["0", "-3", "many", "", "1", "999999999999"])
def test_a_span_that_says_nothing_spans_nothing(span: str) -> None:
    rows = f"<tr><td rowspan='{span}'>North</td><td>12</td></tr><tr><td>South</td><td>7</td></tr>"

    assert table_in(rows) == (("North", "12"), ("South", "7"))


def test_cells_that_span_more_than_any_table_are_kept_as_they_stand() -> None:
    rows = "<tr><td colspan=100>North</td><td>12</td></tr>" * 300

    assert table_in(rows) == (("North", "12"),) * 300
