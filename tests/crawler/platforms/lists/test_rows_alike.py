"""Rows of one list that stand in several containers: "Latest" and "More", columns, tabs."""

from __future__ import annotations

import pytest

from crawler.extract import extract_list

URL = "https://www.example.gov/news"
TITLES = (
    "Council approves the budget for libraries",
    "Harbour authority opens the new berth",
    "Two bridges are closed for repairs",
    "School year is extended by a week",
    "Flood relief fund opens for claims",
    "Trade talks resume in the capital",
)
NEWEST = tuple(range(16, 10, -1))


def cards(name: str, numbers: range, days: tuple[int, ...] = NEWEST, folder: str = "/news") -> str:
    return "".join(
        f"<a class='{name}' href='{folder}/{n}-{name}'><div class='{name}-day'>{days[n]} March 2026</div>"
        f"<div class='{name}-text'>{TITLES[n]}</div></a>"
        for n in numbers
    )


def read(body: str) -> list[str]:
    return [entry.title for entry in extract_list(f"<main>{body}</main>".encode(), URL).entries]


def test_rows_of_the_days_before_in_another_look_go_on_with_a_list() -> None:
    latest, more = cards("big", range(3)), cards("small", range(3, 6))

    titles = read(
        f"<section><h2>Latest</h2>{latest}</section><section><h2>More news</h2><div>{more}</div></section>"
    )

    assert titles == list(TITLES)


@pytest.mark.parametrize(
    "second",
    [
        "<section><h2>Most read</h2><div>{}</div></section>".format(cards("small", range(3, 6))),
        "<section><h2>More</h2><div>{}</div></section>".format(cards("small", range(3, 6), folder="/events")),
        "<section><h2>More</h2><div>{}</div></section>".format(
            cards("small", range(3, 6), (0, 0, 0, 17, 3, 9))
        ),
    ],
)
def test_other_rows_do_not(second: str) -> None:
    assert read(f"<section><h2>Latest</h2>{cards('big', range(3))}</section>{second}") == list(TITLES[:3])


def test_two_columns_are_one_list_whichever_days_they_have() -> None:
    days = (16, 14, 12, 15, 13, 11)
    left, right = cards("item", range(3), days), cards("item", range(3, 6), days)

    titles = read(
        f"<div class='col-left'><div>{left}</div></div><div class='col-right'><div>{right}</div></div>"
    )

    assert titles == list(TITLES)


def test_no_row_of_two_columns_is_counted_twice() -> None:
    left, right = cards("item", range(3)), cards("item", range(3, 6))
    body = f"<div class='left'>{left}</div><div class='right'>{right}</div>"

    assert extract_list(f"<main>{body}</main>".encode(), URL).repeats == 0
