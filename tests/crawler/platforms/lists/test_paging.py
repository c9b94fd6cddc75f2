# ruff: noqa: E501 - markup reads better on one line
"""The ways in which pagers lead from one list page to the next."""

from __future__ import annotations

import pytest

from crawler.extract import extract_list
from crawler.platforms.lists.next_words import means_next
from tests.crawler.platforms.lists.pages import BASE, ROWS

PAGER = "<div><span>1</span> <a href='?p=2'>2</a> <a href='?p=3'>3</a> <a href='?p=40'>40</a> {next}</div>"


@pytest.mark.parametrize(
    ("following", "number", "named"),
    [
        ("<a href='?p=2'>Next</a>", 2, ["?p=3", "?p=40"]),
        ("", 2, ["?p=3", "?p=40"]),
        ("<a href='?page=2&amp;way=other'>Next</a>", None, []),  # not the pager that the walk follows
    ],
)
def test_what_a_pager_names_behind_the_next_page_is_told_with_its_numbers(
    following: str, number: int | None, named: list[str]
) -> None:
    found = extract_list(f"<ul>{ROWS}</ul>{PAGER.format(next=following)}".encode(), BASE)

    assert [request.number for request in found.next] == [number]
    assert [request.url for request in found.named] == [BASE + each for each in named]


CALENDAR = (
    "<div class='{name}'><a href='/agenda/2026-04'>‹</a> <a rel=next class=next href='/agenda/2026-06'>›</a>"
    "<table><tr><td>1</td><td><a href='/agenda/2'>2</a></td><td><a href='/agenda/3'>3</a></td></tr></table>"
    "<a href='#' onclick='showPage(2)'>Next</a></div>"
)


@pytest.mark.parametrize("name", ["event-calendar", "ui-datepicker", "calendario"])
def test_a_calendar_beside_a_list_does_not_lead_on(name: str) -> None:
    found = extract_list(f"<ul>{ROWS}</ul>{CALENDAR.format(name=name)}".encode(), BASE)

    assert (len(found.entries), found.next, found.unread) == (3, (), "")


def test_a_list_that_is_named_a_calendar_leads_on() -> None:
    markup = f"<div class='news calendar'><ul>{ROWS}</ul><a href='?page=2'>Next</a></div>"

    assert [request.url for request in extract_list(markup.encode(), BASE).next] == [f"{BASE}?page=2"]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ("data-next-page='/xw/?page=2'", [f"{BASE}?page=2"]),
        ("data-next-url='?offset=20'", [f"{BASE}?offset=20"]),
        ("data-infinite-scroll-next-page-url-value='/xw/?page=2'", [f"{BASE}?page=2"]),
        ("data-next='3'", []),
        ("data-next-image-url='/img/2.jpg'", []),
        ("data-next-url='https://elsewhere.example.org/?page=2'", []),
    ],
)
def test_what_a_page_holds_for_the_script_that_loads_more_is_followed(held: str, expected: list[str]) -> None:
    markup = f"<ul>{ROWS}</ul><div class='more' {held}><a href='#'><span>Load more</span></a></div>"

    assert [request.url for request in extract_list(markup.encode(), BASE).next] == expected


GO = "<script>function go(n) { document.location = '/xw/?page=' + n; }</script>"

PAGERS = [
    (  # every number is a link, the first one too
        BASE,
        "".join(f"<a href='?start={15 * (n - 1)}'>{n}</a> " for n in (1, 2, 3)),
        f"{BASE}?start=15",
    ),
    (  # the page is marked in the midst of the numbers
        f"{BASE}p/12",
        "<a href='/xw/p/11'>11</a> <a class='active' href='#'>12</a> <a href='/xw/p/13'>13</a>",
        f"{BASE}p/13",
    ),
    (
        f"{BASE}p/12",
        "<a href='/xw/p/11'>11</a> <b>12</b> <a href='/xw/p/13'>13</a> <i>40</i>",
        f"{BASE}p/13",
    ),
    (
        BASE,
        "<select><option value='?p=1' selected>第1页</option><option value='?p=2'>第2页</option></select>",
        f"{BASE}?p=2",
    ),
    (
        f"{BASE}?p=2",
        "<select><option value='?p=1'>1</option><option value='?p=2' selected>2</option></select>",
        None,
    ),
    (BASE, "<select><option value='a'>1</option><option value='b'>2</option></select>", None),
    (
        BASE,
        "<a href='#' onclick='goPage(2)'>下一页</a>"
        "<script>function goPage(n) { window.location.href = '/xw/list.jsp?page=' + n + '&size=15'; }</script>",
        f"{BASE}list.jsp?page=2&size=15",
    ),
    (
        BASE,
        '<a href="javascript:toPage(1)">1</a> <a href="javascript:toPage(2)">2</a>'
        '<script>function toPage(p){location="list.html?page="+p}</script>',
        f"{BASE}list.html?page=2",
    ),
    (  # "next" leads to the next ten
        BASE,
        "<strong>1</strong> <a href='?pg=2'>2</a> <a href='?pg=3'>3</a> <a href='?pg=11'>다음</a>",
        f"{BASE}?pg=2",
    ),
    (  # and not where that counts something else
        BASE,
        "<b>1</b> <a href='?day=2'>2</a> <a href='?day=3'>3</a> <a href='?pg=2'>下一页</a>",
        f"{BASE}?pg=2",
    ),
    # Plone counts what comes next
    (BASE, "<a href='?b_start:int=15'>Next 15 items »</a>", f"{BASE}?b_start:int=15"),
    (BASE, "<a href='?b_start:int=15'>15 siguientes elementos »</a>", f"{BASE}?b_start:int=15"),
    (BASE, "<a href='?p=2'>Следующая →</a>", f"{BASE}?p=2"),
    (BASE, "<a href='?p=2'>Sonraki ›</a>", f"{BASE}?p=2"),
    # any language, where a pager names it in its classes
    (
        BASE,
        "<ul class='pagination'><li class='next'><a href='?p=2'>Ar aghaidh</a></li></ul>",
        f"{BASE}?p=2",
    ),
    (BASE, "<div class='next'><a href='?p=2'>Ar aghaidh</a></div>", None),
    # or where its address is the list's own but for the next number
    (BASE, "<a href='?PAGEN_1=2'>Ar aghaidh</a>", f"{BASE}?PAGEN_1=2"),
    (
        f"{BASE}?y=26&page=3",
        "<a href='?page=2&y=26'>Ar ais</a> <a href='?page=4&y=26'>Ar aghaidh</a>",
        f"{BASE}?page=4&y=26",
    ),
    (
        f"{BASE}?start=20",
        "<a href='?start=0'>Ar ais</a> <a href='?start=40'>Ar aghaidh</a>",
        f"{BASE}?start=40",
    ),
    (BASE, "<a href='/xw/page/2/'>Ar aghaidh</a>", f"{BASE}page/2/"),
    (f"{BASE}?page=3", "<a href='?page=2'>Ar ais</a>", None),
    (BASE, "<a href='?page=7'>Deireadh</a>", None),
    (BASE, "<a href='?page=2&kind=speech'>Óráidí</a>", None),
    (BASE, "<a href='?start=20260101'>2026</a>", None),
    # what stands at each row leads to the rows' articles
    (BASE, "".join(f"<a href='/xw/a/{n}.html'>Weiter</a>" for n in (1, 2, 3)), None),
    (BASE, "<a href='?p=2'>›</a> <a href='?p=9'>»</a>", f"{BASE}?p=2"),
    (BASE, "<a href='javascript:void(0)' data-href='?p=2'>Next</a>", f"{BASE}?p=2"),
    (BASE, "<button data-url='/xw/list?page=2'>Load more</button>", f"{BASE}list?page=2"),
    (BASE, "<button>1</button> <button onclick=\"location.href='?p=2'\">2</button>", f"{BASE}?p=2"),
    (
        f"{BASE}?page=2",
        "".join(f"<a href='javascript:go({n})'>{n}</a>" for n in (1, 2, 3)) + GO,
        f"{BASE}?page=3",
    ),
    (BASE, "<a href='javascript:go(2)'>2</a> <a href='javascript:go(3)'>3</a>" + GO, f"{BASE}?page=2"),
    (
        BASE,
        "<a href=\"javascript:go(2, 'B01')\">다음</a><script>var go = function (no, board) {"
        "if (no) { location.href = '/xw/list.do?board=' + board + '&page=' + no; } }</script>",
        f"{BASE}list.do?board=B01&page=2",
    ),
    (
        BASE,
        "<form action='/xw/'><input type=hidden name=page value=2><input type=hidden name=word>"
        "<button>Next</button></form>",
        f"{BASE}?page=2",
    ),
    (
        BASE,
        "<form name=list action='list.do'><input type=hidden name=pageIndex value=1><input type=hidden name=bbs"
        " value=B1></form><strong>1</strong> <a href='#' onclick='fn_egov_link_page(2); return false;'>2</a>"
        "<script>function fn_egov_link_page(no){ document.list.pageIndex.value = no; document.list.submit(); }</script>",
        f"{BASE}list.do?pageIndex=2&bbs=B1",
    ),
    (BASE, "<a href='javascript:goPage(2)'>下一页</a><script>function goPage(n) { load(n); }</script>", None),
    (
        BASE,
        "<a href='javascript:void(0)' onclick=\"javascript:ShowNewPage('/xw/2.html')\">下页&gt;</a>",
        f"{BASE}2.html",
    ),
    (BASE, "<a href='javascript:void(0)' onclick=\"turnTo('2.html')\">下一页</a>", f"{BASE}2.html"),
    (BASE, "<a href='javascript:void(0)' onclick=\"turnTo('news')\">下一页</a>", None),
    (BASE, "<a href='/xw/?PageFirstRow=11'><img src='next.gif' alt='Next'></a>", f"{BASE}?PageFirstRow=11"),
    (BASE, "<a href='/xw/photo/'><img src='a.jpg' alt='Next to the harbour'></a>", None),
    (
        BASE,
        "<a href='javascript:away(2)'>下一页</a>"
        "<script>function away(n) { location.href = 'https://ads.example.com/' + n; }</script>",
        None,
    ),
]


@pytest.mark.parametrize(("url", "pager", "expected"), PAGERS)
def test_a_pager_leads_to_the_page_after_this_one(url: str, pager: str, expected: str | None) -> None:
    markup = f"<html><body><ul>{ROWS}</ul><div>{pager}</div></body></html>".encode()

    found = extract_list(markup, url)

    assert [request.url for request in found.next] == ([expected] if expected else [])


def test_rows_whose_day_lacks_the_year_are_a_list_and_have_no_date() -> None:
    rows = "".join(
        f"<li><a href='/xw/{n}.html'>第{n}次政府工作会议召开</a><span>[11-0{n}]</span></li>"
        for n in range(1, 7)
    )

    found = extract_list(f"<html><body><ul>{rows}</ul></body></html>".encode(), BASE)

    assert [entry.date for entry in found.entries] == [None] * 6


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Next",
            "the next 20 results",
            "Older releases",
            "Load more news",
            "下一页",
            "次の20件を表示",
            "다음 페이지",
        ),
        *("zur nächsten Seite", "Page suivante", "Siguiente página", "Próxima página", "Следующая страница"),
        *(
            "İleri",
            "Trang tiếp theo",
            "หน้าถัดไป",
            "Volgende pagina",
            "Entradas anteriores",
            "Visa fler nyheter",
        ),
    ],
)
def test_words_of_many_languages_lead_on(words: str) -> None:
    assert means_next(words)


@pytest.mark.parametrize(
    "words",
    ["Next steps for the plan", "More", "Older people", "Previous", "Vorwort", "See more of Bath", ""],
)
def test_other_words_do_not(words: str) -> None:
    assert not means_next(words)


def test_the_next_file_by_number_is_followed_whatever_its_link_says() -> None:
    links = "<a href='press.htm'>A</a> <a href='press2.htm'>B</a>"
    first = extract_list(f"<ul>{ROWS}</ul>{links}".encode(), BASE + "press.htm")
    among_articles = "".join(f"<a href='press{n}.htm'>{n} words</a>" for n in range(1, 9))
    unclear = extract_list(f"<ul>{ROWS}</ul>{among_articles}".encode(), BASE + "press.htm")

    assert [request.url for request in first.next] == [BASE + "press2.htm"]
    assert not unclear.next


@pytest.mark.parametrize("words", ["Ver más", "See more", "Tovább", "Voir plus", "Xem thêm"])
def test_what_each_row_says_of_its_article_leads_to_no_next_page(words: str) -> None:
    rows = "".join(
        f"<article><h2>Council approves the budget of 202{n}</h2><p>{n} May 2026</p><a href='/n/{n}.html'>{words}</a>"
        "</article>"
        for n in (1, 2)
    )

    found = extract_list(f"<main>{rows}</main>".encode(), BASE)

    assert len(found.entries) == 2
    assert not found.next


@pytest.mark.parametrize("words", ["weiter", "view more", "もっと見る", "더보기", "&gt;"])
@pytest.mark.parametrize("count", [1, 2, 4])
@pytest.mark.parametrize("pager", ["", "<p><a href='?page=2'>{}</a></p>"])
def test_what_leads_to_a_listed_article_is_no_next_page(words: str, count: int, pager: str) -> None:
    rows = "".join(
        f"<li><h3><a href='/xw/{n}.html'>The bureau opens its {n}th office</a></h3> 2026-03-0{n}"
        f"<p>In brief.</p><a href='/xw/{n}.html'>{words}</a></li>"
        for n in range(1, count + 1)
    )

    found = extract_list(f"<h1>News</h1><ul>{rows}</ul>{pager.format(words)}".encode(), BASE)

    assert len(found.entries) == count
    assert [request.url for request in found.next] == ([f"{BASE}?page=2"] if pager else [])
