"""List reading on pages that nobody meant well: no exception but ours, and time that grows with the page."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import ExtractionError, PageContext, extract_list
from crawler.extract.types import ListBefore
from crawler.platforms.registry import names

URL = "https://www.example.gov.cn/col/col1/index.html"
FRAGMENTS = st.sampled_from(
    [
        *(
            "<ul>",
            "</ul>",
            "<li>",
            "<a href='/a/1.html'>",
            "</a>",
            "<table>",
            "<tr><td>",
            "</html>",
            "<base href='//['>",
        ),
        *(
            "<script>",
            "</script>",
            "<datastore>",
            "<record><![CDATA[",
            "]]></record>",
            "<nextgroup>",
            "dataproxy.jsp?page=1",
        ),
        *(
            "createPageHTML(9,0,'index','html')",
            "ajaxParam:{columnid:1,",
            "urls[0]='/a';headers[0]='b'",
            "{",
            "[",
            '"',
        ),
        *(
            "2019-06-08",
            "99/99/9999",
            "下一页",
            "<a rel=next href='?page=2'>",
            "共有9999999条",
            "\x00",
            "\ud800",
            "<!--",
        ),
        *(
            "<script url='/x' queryData=\"{'a':'b'}\">",
            "href='http://[::1'",
            "<time datetime='x'>",
            "&#0;",
            "<svg:a href=x>",
        ),
    ]
)


def read(markup: bytes, platform: str | None) -> None:
    with contextlib.suppress(ExtractionError):
        extract_list(markup, URL, platform=platform)


@settings(max_examples=150)
@given(markup=st.binary(max_size=400), platform=st.sampled_from([None, *names()]))
def test_any_bytes_are_read_or_refused_by_name(markup: bytes, platform: str | None) -> None:
    read(markup, platform)


@settings(max_examples=300)
@given(
    pieces=st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=40),
    platform=st.sampled_from([None, *names()]),
)
def test_any_heap_of_markup_is_read_or_refused_by_name(pieces: list[str], platform: str | None) -> None:
    read("".join(pieces).encode("utf-8", "surrogatepass"), platform)


@settings(max_examples=100)
@given(url=st.text(max_size=60))
def test_any_address_is_taken(url: str) -> None:
    with contextlib.suppress(ExtractionError):
        extract_list(b"<ul><li><a href='/a/1.html'>A title that is long</a> 2019-06-08</ul>", url)


ROW = "<li><a href='/a/{n}.html'>第{n}号公告</a><span>2019-06-08</span></li>"
WORST = {
    "rows": lambda n: "<ul>" + "".join(ROW.format(n=k) for k in range(n // 60)) + "</ul>",
    "flat rows": lambda n: "".join(f"<a href='/a/{k}.html'>Title number {k} of all</a>" for k in range(n // 60)),
    "deep nesting": lambda n: "<div>" * (n // 5) + "<a href='/a/1.html'>A title that is long enough</a>",
    "deep links": lambda n: ("<div>" * 500 + "<a href='/a/1.html'>A title</a>") * (n // 2600),
    "records without an end": lambda n: "<datastore>" + "<record><![CDATA[" * (n // 17),
    "opened records": lambda n: "<record>" * (n // 8),
    "blanks": lambda n: "<ul><li>" + " " * n,
    "digits": lambda n: "<li><a href='/a/1.html'>A title that is long</a><span>" + "1" * n + "</span></li>",
    "dates": lambda n: "<li><a href='/a/1.html'>A title that is long</a><span>" + "2019-06-" * (n // 8) + "</span></li>",
    "brackets": lambda n: "<li><a href='/a/1.html'>" + "[(【" * (n // 3) + "</a></li>",
    "script pairs": lambda n: "<script>dataproxy.jsp ajaxParam:{" + "a:" * (n // 2) + "</script>",
    "page calls": lambda n: "<script>" + "createPageHTML(" * (n // 15) + "</script>",
    "proxies": lambda n: "<script>" + "'/dataproxy.js" * (n // 14) + "dataproxy.jsp</script>",
    "numbers": lambda n: "".join(f"<a href='?page={k}'>{k}</a>" for k in range(n // 30)),
    "classes": lambda n: "<div class='" + "nav-" * (n // 4) + "'><a href='/a/1.html'>A title that is long</a></div>",
    "inline siblings": lambda n: "<p>" + "<b>x</b>" * (n // 8) + "<a href='/a/1.html'>A title that is long</a>",
    "inline links": lambda n: "<p>" + "<b>x</b><a href='/a/1.html'>A title that is long</a>" * (n // 50),
    "arrays": lambda n: "<script>" + "urls[0]='" * (n // 9) + "</script>",
    "sessions": lambda n: "<ul>" + "".join(
        f"<li><a href='/a?id={k}&sid={k % 99:031}a'>A title that is long, {k}</a> 2019-06-08" for k in range(n // 100)
    ),
    "json": lambda n: "[" * n,
    "feed items": lambda n: "<rss>" + "<item><title>" * (n // 13),
    "feed links": lambda n: "<rss><item>" + "<link href=" * (n // 11) + "</item>",
    "ellipses": lambda n: "<li><a href='/a/1.html' title='x'>" + "…." * (n // 2) + "</a></li>",
    "forms and calls": lambda n: "<script>function go(p){document.f.x0.value=p;document.f.submit()}</script>"
    + "<form name=f>" + "".join(f"<input name=x{k}>" for k in range(n // 60)) + "</form>"
    + "".join(f"<tr onclick='go({k})'><td>A title that is long, {k}</td></tr>" for k in range(n // 60)),
    "small forms and calls": lambda n: "<script>function go(p){document.f.x0.value=p;document.f.submit()}</script>"
    + "".join(f"<form><input name=x{k}></form><a href='javascript:go({k})'>A title that is long</a>" for k in range(n // 80)),
    "submit buttons": lambda n: "<form>" + "<button>Next</button><input name=a value=b>" * (n // 45),
    "functions": lambda n: "<a onclick='go(2)'>2</a><script>" + "function go(p){{" * (n // 16) + "</script>",
    "set off": lambda n: "".join(f"<h2><a href='/a/{k}.html'>A title that is long, {k}</a></h2>" for k in range(n // 50)),
    "components": lambda n: "<x-list items='" + "[{" * (n // 2) + "'></x-list>",
    "nested words": lambda n: (
        "".join(f"<li><a href='/a/{k}.html'>" + "<b>word " * (n // 50) + "</a></li>" for k in range(5))
    ),
    "nested spans": lambda n: "<ul>" + ("<li><a href='/a/1.html'>" + "<span>" * 400 + "A title" * 400 + "</a>") * (n // 5200),
    "headings in links": lambda n: "<a href='/a/1.html'>" + "<h3>A title that is long</h3>" * (n // 30) + "</a>",
    "dated lists": lambda n: "<dl>" + "<dt>2019-06-08</dt><dd><a href='/a/1.html'>A title that is long" * (n // 60),
    "frames": lambda n: "<frameset>" + "<frame src='/a.html'>" * (n // 22),
    "nested forms": lambda n: "<form><button>Next</button>" * (n // 27),
    "downloads": lambda n: "<table>" + "".join(
        f"<tr><td>A title that is long, {k}<td><a href='/f/{k}.pdf'>PDF (1.2 MB)</a>" for k in range(n // 75)
    ),
    "few labels": lambda n: "".join(
        f"<div><h4>A title that is long, {k}</h4><a href='/f/{k}.pdf'>EN</a> <a href='/g/{k}.pdf'>FR</a></div>" for k in range(n // 100)
    ),
    "more about": lambda n: "<li><a href='/a/1.html'>" + "read more " * (n // 10) + "</a></li>",
    "downloads in one row": lambda n: "<table><tr>" + "<td>A title<td><a href='/f/1.pdf'>PDF</a>" * (n // 40),
    "months and years": lambda n: "<h3>2026</h3>"
    + ("<div><a href='/a/1.html'>A title that is long</a>" + "<i>12</i><i>MAR</i> in 2026 " * 40 + "</div>") * (n // 1200),
    "files by number": lambda n: "<ul>" + ROW.format(n=1) * 4 + "".join(f"<a href='/n{k}.html'>{k}</a>" for k in range(n // 28)),
    "links between lists": lambda n: "<a href='/a/1.html'>A title that is long</a>" + "<ul><li>2019-06-08</ul><a href='/a/2.html'>A title</a>" * (n // 55),
    "pictures of files": lambda n: "<table>" + "".join(
        f"<tr><td><b>A title that is long, {k}</b> <a href='/f/{k}.pdf'><img></a>" for k in range(n // 70)
    ),
    "rows by turns": lambda n: "<table>" + "".join(
        f"<tbody><tr><td>{'<p>' * (k % 2)}<span><a href='/a/{k}.html'>A title that is long, {k}</a></span></tbody>" for k in range(n // 90)
    ),
    "answers with links": lambda n: '{"data":[' + ",".join(f'["<a href=/a/{k}>A title that is long</a>"]' for k in range(n // 50)) + "]}",
    "calendars": lambda n: "<ul>" + ROW.format(n=1) * 4 + "</ul><div class=calendar>"
    + "<a href='/m?n=1' class=next>›</a><a href='#' onclick='showPage(2)'>Next</a>" * (n // 80),
    "nested calendars": lambda n: "<ul>" + ROW.format(n=1) * 4 + "</ul>"
    + "<div class=calendar><a href='/m?n=1' class=next>›</a>" * (n // 60),
    "labels": lambda n: "<ul>" + ("<li><a href='/a/1.html'>" + "<i class=label>x</i>" * 300 + "</a></li>") * (n // 6100),
    "groups of days": lambda n: "<div>" + (
        "<div><h3>2026年5月7日</h3><p><a href='/a/1.html'>A title that is long</a></div>" * 3
        + "<div><h3>2026年5月8日</h3><ul>" + "<li><a href='/a/2.html'>A title that is long</a></li>" * 2 + "</ul></div>"
    ) * (n // 330),
    "one result": lambda n: "<p>1 result</p>" + "<div>" * (n // 10) + "<h2><a href='/a/1.html'>A title that is long</a></h2>" + "<p>x</p>" * (n // 20),
    "units": lambda n: "<script url='/u' queryData=\"{" + "'a':" * (n // 4) + "}\"></script>jpaas-publish-server",
}  # fmt: skip


@pytest.mark.parametrize("kind", WORST)
def test_time_grows_with_the_page_and_not_with_its_square(kind: str) -> None:
    # Four times the page: four times the time, or sixteen times where something looks back.
    assert growth(kind) < 8 or growth(kind, times=4) < 8  # the machine may have been busy at the first


def growth(kind: str, times: int = 1) -> float:
    pages = [WORST[kind](size).encode() for size in (50_000, 200_000)]
    small, large = (min(seconds(page) for _ in range(times)) for page in pages)
    return large / small if large > 0.125 else 1.0


def seconds(markup: bytes, context: PageContext = PageContext()) -> float:
    start = time.process_time()
    with contextlib.suppress(ExtractionError):
        extract_list(markup, URL, context=context)
    return time.process_time() - start


AFTER = {
    "rows": WORST["rows"],
    "flat rows": WORST["flat rows"],
    "deep links": WORST["deep links"],
    "rows with classes": lambda n: "".join(
        f"<div class=c{k}><a href='/b/{k}.html'>A title that is long, {k}</a> 2019-06-08</div>"
        for k in range(n // 70)
    ),
    "pinned rows": lambda n: "<ul>" + (ROW.format(n=1) + ROW.format(n=2)) * (n // 120) + "</ul>",
}


@pytest.mark.parametrize("kind", AFTER)
def test_a_page_is_compared_with_that_before_in_time_that_grows_with_both(kind: str) -> None:
    assert growth_after(kind) < 8 or growth_after(kind) < 8


def growth_after(kind: str) -> float:
    small, large = (seconds_after(AFTER[kind](size).encode()) for size in (50_000, 200_000))
    return large / small if large > 0.125 else 1.0


def seconds_after(markup: bytes) -> float:
    listed = frozenset(entry.url for entry in extract_list(markup, URL).entries)
    last = markup + ROW.format(n=0).encode()
    return seconds(last, PageContext(list_before=ListBefore(html=markup, url=URL, listed=listed)))
