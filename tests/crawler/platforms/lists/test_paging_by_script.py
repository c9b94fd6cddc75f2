# ruff: noqa: E501 - markup reads better on one line
"""List pages that a script numbers, or leads on to by a form."""

from __future__ import annotations

import pytest

from crawler.extract import extract_list
from tests.crawler.platforms.lists.pages import BASE, ROWS

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


@pytest.mark.parametrize(
    ("script", "numbers"),
    [
        ("createPageHTML(3, 0, 'index', 'html');", [2, 3]),  # counts from 0: index_1 is page 2
        ("createPageHTML('page_div',3,1,'fg','shtml',52);", [2, 3]),
        ("var countPage = 3; var currentPage = 0;", [2, 3]),
    ],
)
def test_the_pages_of_a_script_have_the_numbers_that_the_site_shows(script: str, numbers: list[int]) -> None:
    found = extract_list(f"<ul>{ROWS}</ul><script>{script}</script>".encode(), BASE)

    assert [request.number for request in found.next] == numbers


@pytest.mark.parametrize(
    "sets",
    [
        "$('#pageNo').val(no); $('#listForm').attr('action', '/xw/list.do').submit();",
        "document.getElementById('pageNo').value = no; f.action = '/xw/list.do'; f.submit();",
        "document.listForm.page.value = no; document.listForm.action = '/xw/list.do'; document.listForm.submit();",
        "$('input[name=page]').val(no); $('form').attr('action', '/xw/list.do'); $('form').submit();",
    ],
)
def test_a_script_that_fills_in_a_form_is_followed(sets: str) -> None:
    markup = f"""<html><body><ul>{ROWS}</ul><form id=listForm name=listForm method=post action="./">
    <input type=hidden id=pageNo name=page value=1><input type=hidden name=bbs value=B1></form>
    <a href="javascript:doPage('2');">다음</a><script>function doPage(no) {{ {sets} }}</script></body></html>"""

    (request,) = extract_list(markup.encode(), BASE).next

    assert (request.method, request.url) == ("POST", BASE + "list.do")
    assert dict(request.form) == {"page": "2", "bbs": "B1"}


def test_a_script_that_leaves_the_sending_of_its_form_to_another_is_followed() -> None:
    markup = f"""<html><body><ul>{ROWS}</ul><form name=board method=post><input type=hidden id=now name=now value=1>
    <input type=hidden name=bbs value=B1></form><a href="#p" onclick="goPage(2); return false;">다음</a><script>
    function goSearch() {{ var f = document.board; f.action = "/xw/list.do"; f.method = "get"; f.submit(); }}
    function goPage(no) {{ $("#now").val(no); goSearch(); }}</script></body></html>"""

    (request,) = extract_list(markup.encode(), BASE).next

    assert (request.method, request.url) == ("GET", BASE + "list.do?now=2&bbs=B1")


@pytest.mark.parametrize(
    ("url", "pager", "unread"),
    [
        (BASE, "<b>1</b> <a href='#' onclick='goPage(2)'>2</a>", "goPage(2)"),
        (BASE, "<a href='javascript:loadList(2, 15)'>下一页</a>", "loadList(2, 15)"),
        (f"{BASE}?page=2", "<a href='javascript:goPage(2)'>下一页</a>", ""),  # there is none after the last
        (BASE, "<a href='#' onclick='plusSlides(2)'>Next</a>", ""),  # of a carousel
        (BASE, "<a href='?p=2' onclick='goPage(2)'>Next</a>", ""),
    ],
)
def test_a_script_that_leads_on_and_cannot_be_read_is_named(url: str, pager: str, unread: str) -> None:
    markup = f"<html><body><ul>{ROWS}</ul><div>{pager}</div></body></html>".encode()

    assert extract_list(markup, url).unread == unread


def test_a_post_back_is_sent_with_the_state_of_its_form() -> None:
    markup = f"""<html><body><form method=post action="./news.aspx">
    <input type=hidden name=__VIEWSTATE value="/wEPDw=="><input type=hidden name=__EVENTTARGET>
    <input name=word value="permit"><input type=submit name=go value=Search>
    <select name=year><option value=2025>2025</option><option value=2026 selected>2026</option></select>
    <ul>{ROWS}</ul><p>45 records found</p><table><tr><td><span>1</span></td>
    <td><a href="javascript:__doPostBack(&#39;ctl00$grid&#39;,&#39;Page$2&#39;)">2</a></td></tr></table>
    </form></body></html>"""

    found = extract_list(markup.encode(), BASE + "news.aspx")

    (request,) = found.next
    assert (request.method, request.url) == ("POST", BASE + "news.aspx")
    assert dict(request.form) == {
        "__VIEWSTATE": "/wEPDw==",
        "__EVENTTARGET": "ctl00$grid",
        "__EVENTARGUMENT": "Page$2",
        "word": "permit",
        "year": "2026",
    }
    assert found.total == 45
