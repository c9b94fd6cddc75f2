"""The last page of a list may hold a single row: it stands where the rows of the page before did."""

from __future__ import annotations

import pytest

from crawler.extract import PageContext, extract_list
from crawler.extract.types import ListBefore

SITE = "https://www.example.gov"
URL = f"{SITE}/news/"
TITLES = [f"The harbour office opens counter number {number} in the north of the port" for number in range(9)]
BESIDE = "".join(
    f"<li><a href='/other/{n}.html'>Ferries to island {n} sail by another timetable now</a></li>"
    for n in range(4)
)
ROWS = {
    "cards": "<div><a href='{url}'><img src='a.jpg'></a><h4><a href='{url}'>{title}</a></h4></div>",
    "wrapped": "<a class='row' href='{url}'><span>{title}</span><span>2026-05-{day}</span></a>",
    "dated": "<div><div><a href='{url}'>{title}</a></div><div class='time'>2026-05-{day}</div></div>",
    "undated": "<li><a href='{url}'>{title}</a></li>",
    "paragraphs": "<p><a href='{url}'>{title}</a> 2026-05-{day}</p>",
}


def list_page(row: str, numbers: range, *, beside: str = "") -> bytes:
    rows = "".join(ROWS[row].format(url=f"/news/{n}.html", title=TITLES[n], day=10 + n) for n in numbers)
    pager = "<div class='pages'><a href='/news/'>1</a><a href='/news/?page=2'>2</a></div>"
    side = f"<div class='side'><h3>Most read</h3><ul>{beside}</ul></div>"
    return f"<html><body><div class='list'>{rows}</div>{pager}{side}</body></html>".encode()


def urls(html: bytes, before: ListBefore | None = None) -> list[str]:
    found = extract_list(html, f"{URL}?page=2", context=PageContext(list_before=before))
    return [entry.url.removeprefix(SITE) for entry in found.entries]


def before(html: bytes) -> ListBefore:
    listed = frozenset(entry.url for entry in extract_list(html, URL).entries)
    return ListBefore(html=html, url=URL, listed=listed)


@pytest.mark.parametrize("beside", ["", BESIDE], ids=["alone", "beside others"])
@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("last", [range(8, 9), range(7, 9)], ids=["one", "two"])
def test_the_last_rows_are_told_by_those_of_the_page_before(row: str, beside: str, last: range) -> None:
    first = list_page(row, range(last.start), beside=beside)

    assert urls(list_page(row, last, beside=beside), before(first)) == [f"/news/{n}.html" for n in last]


def test_a_last_row_keeps_its_title_and_its_day() -> None:
    context = PageContext(list_before=before(list_page("dated", range(8))))

    (entry,) = extract_list(list_page("dated", range(8, 9)), URL, context=context).entries

    assert (entry.title, str(entry.date)) == (TITLES[8], "2026-05-18")


@pytest.mark.parametrize("row", ROWS)
def test_a_last_page_without_rows_stays_empty(row: str) -> None:
    assert urls(list_page(row, range(0)), before(list_page(row, range(8)))) == []


def test_what_stands_like_a_row_but_is_a_menu_on_both_pages_is_none() -> None:
    menu = "<ul><li><a href='/about/'>About</a></li><li><a href='/contact/'>Contact</a></li></ul>"
    markup = "<html><body>{menu}<ul>{rows}</ul></body></html>"
    rows = [f"<li><a href='/news/{n}.html'>{TITLES[n]}</a> 2026-05-1{n}</li>" for n in range(9)]
    first = markup.format(menu=menu, rows="".join(rows[:8])).encode()

    assert urls(markup.format(menu=menu, rows="").encode(), before(first)) == []


def test_a_page_as_full_as_the_one_before_is_read_by_itself() -> None:
    first, second = list_page("dated", range(4)), list_page("undated", range(4, 8))

    assert urls(second, before(first)) == urls(second)


def test_what_stood_beside_the_list_before_is_not_the_list_where_that_is_empty() -> None:
    first, last = (list_page("dated", range(rows), beside=BESIDE) for rows in (8, 0))

    assert urls(last)  # read alone
    assert urls(last, before(first)) == []
