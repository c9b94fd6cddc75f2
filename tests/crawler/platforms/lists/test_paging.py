# ruff: noqa: E501 - markup reads better on one line
"""List pages that a script numbers."""

from __future__ import annotations

import pytest

from crawler.extract import extract_list

ROWS = "".join(
    f"<li><a href='./202605/t2026050{n}_{n}.html'>第{n}批科技计划项目立项公示名单</a><span>2026-05-0{n}</span></li>"
    for n in range(1, 4)
)
BASE = "https://www.example.gov.cn/xw/"

SCRIPTS = [
    ("", 'createPageHTML(3, 0, "index", "html");', ["index_1.html", "index_2.html"]),
    ("index_1.html", "createPageHTML(3, 1, 'index', 'shtml');", ["index_2.shtml"]),
    ("index_2.htm", "createPageHTML(3,2,'index','htm')", []),
    ("", "createPageHTML(1, 0, 'index', 'html');", []),
    ("fg.shtml", "createPageHTML('page_div',3,1,'fg','shtml',52);", ["fg_2.shtml", "fg_3.shtml"]),
    ("fg_3.shtml", "createPageHTML('page_div',3, 3,'fg','shtml',52);", []),
    ("", "var countPage=3//共多少页\nvar currentPage=0;", ["index_1.html", "index_2.html"]),
    ("list_1.htm", "var countPage = 3; var currentPage = 1;", ["list_2.htm"]),
    ("", "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}", []),
]


@pytest.mark.parametrize(("file", "script", "expected"), SCRIPTS)
def test_the_pages_that_a_script_numbers_are_named(file: str, script: str, expected: list[str]) -> None:
    markup = f"<html><body><ul>{ROWS}</ul><script>{script}</script></body></html>".encode()

    found = extract_list(markup, BASE + file)

    assert [request.url for request in found.next] == [BASE + name for name in expected]
    assert len(found.entries) == 3


def test_the_script_of_a_page_may_state_the_number_of_entries() -> None:
    script = "<script>createPageHTML('page_div',3,1,'fg','shtml',52);</script>"
    plain = "<script>createPageHTML(3, 0, 'index', 'html');</script>"

    assert extract_list(f"<ul>{ROWS}</ul>{script}".encode(), BASE).total == 52
    assert extract_list(f"<ul>{ROWS}</ul>{plain}".encode(), BASE).total is None


def test_a_script_that_counts_without_end_names_a_bounded_number_of_pages() -> None:
    script = "<script>createPageHTML(9999999, 0, 'index', 'html');</script>"

    assert len(extract_list(f"<ul>{ROWS}</ul>{script}".encode(), BASE).next) == 500
