"""An article of several pages: the next part is found, the next article never."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import ExtractedArticle, PageContext, extract_article
from crawler.extract.joining import join_parts, joined_lines
from storage.records import Link

SITE = "https://www.example.gov"
TEXT = "The harbour office opened a second counter in the north of the port on Monday morning, it said. " * 3
BEFORE = "<nav><a href='/'>Home</a> <a href='/news/'>News</a></nav><h1>A second counter in the port</h1>"
ROWS = "<li><a href='/other/'>The ferries to the islands sail by another timetable</a></li>"
BODY = f"<div class='article-content'>{f'<p>{TEXT}</p>' * 4}</div>"


def page(after: str, head: str = "") -> bytes:
    title = "<title>A second counter in the port</title>"
    return f"<html><head>{title}{head}</head><body>{BEFORE}{BODY}{after}</body></html>".encode()


def next_page(url: str, after: str, head: str = "", part_of: str | None = None) -> str | None:
    return extract_article(page(after, head), SITE + url, context=PageContext(part_of=part_of)).next_page


@pytest.mark.parametrize(
    ("url", "after", "expected"),
    [
        (
            "/t20260608_123.html;jsessionid=A1?utm_source=list&from_source=hot",
            "<a href='/t20260608_123_2.html'>2</a><a href='/t20260608_123_2.html'>Next page</a>",
            "/t20260608_123_2.html",
        ),
        (
            "/show.jsp?utm_source=list&id=123",
            "<a href='/show.jsp?id=123&page=2'>2</a><a href='/show.jsp?id=123&page=2'>Next page</a>",
            "/show.jsp?id=123&page=2",
        ),
        (
            "/202606/t20260608_123.html",
            "<script>createPageHTML(3, 0, 't20260608_123', 'html');</script>",
            "/202606/t20260608_123_1.html",
        ),
        (
            "/202606/t20260608_123_1.html",
            '<script>createPageHTML(3, 1, "t20260608_123", "html");</script>',
            "/202606/t20260608_123_2.html",
        ),
        (
            "/202606/t20260608_123.shtml",
            "<script>var currentPage = 0;//所在页从0开始\nvar countPage = 2//共多少页\n</script>",
            "/202606/t20260608_123_1.shtml",
        ),
        (
            "/art/2019/6/8/art_7_123.html",
            "<div class='page'>1 <a href='art_7_123_2.html'>2</a></div>",
            "/art/2019/6/8/art_7_123_2.html",
        ),
        (
            "/c_112.htm",
            "<div><b>1</b> <a href='/c_112_2.htm'>[2]</a> <a href='/c_112_2.htm'>下一页</a></div>",
            "/c_112_2.htm",
        ),
        ("/n1/c1001-31-2.html", "<a href='c1001-31.html'>1</a> <a href='c1001-31-3.html'>下一页</a>", "/n1/c1001-31-3.html"),
        ("/detail_1.html", "<a href='detail_2.html'>Next page</a>", "/detail_2.html"),
        ("/2026/06/counter/", "<p>Pages: 1 <a href='/2026/06/counter/2/'>2</a></p>", "/2026/06/counter/2/"),
        (
            "/2026/06/counter/2/",
            "<p>Pages: <a href='/2026/06/counter/'>1</a> 2 <a href='/2026/06/counter/3/'>3</a></p>",
            "/2026/06/counter/3/",
        ),
        ("/counter", "<a class='next' href='/counter/page/2'>›</a>", "/counter/page/2"),
        ("/counter", "<a rel='next' href='?page=1'>Weiter</a>", "/counter?page=1"),
        ("/counter?lang=en", "<a href='?lang=en&amp;page=2'>Next page</a>", "/counter?lang=en&page=2"),
    ],
)  # fmt: skip
def test_the_next_part_is_found_in_every_form_that_sites_number_parts_in(
    url: str, after: str, expected: str
) -> None:
    assert next_page(url, after) == SITE + expected


@pytest.mark.parametrize(
    ("url", "after"),
    [
        ("/202606/t20260608_123.html", "<script>createPageHTML(1, 0, 't20260608_123', 'html');</script>"),
        ("/202606/t20260608_123_2.html", "<script>createPageHTML(3, 2, 't20260608_123', 'html');</script>"),
        ("/202606/t20260608_123.html", "<script>createPageHTML(9, 0, 'index', 'html');</script>"),
        ("/202606/t20260608_12.html", "<a href='t20260608_13.html'>下一页</a>"),
        ("/202606/t20260608_12.html", "<a rel='next' href='t20260608_13.html'>下一篇：另一则通知</a>"),
        ("/art_7_5.html", "<a href='art_7_4.html'>上一页</a> <a href='art_7_6.html'>下一页</a>"),
        ("/2026/06/counter/", "<a rel='next' href='/2026/06/another-counter/'>Next</a>"),
        ("/2026/06/counter/", "<a href='/2026/06/counter-2/'>The counter, a year on</a>"),
        ("/counter", "<div class='comments'><a href='?page=2'>Next page</a></div>"),
        ("/counter", "<div class='comments'><a href='/counter_2.html'>2</a></div>"),
        ("/counter", "<a href='?page=2#comments'>2</a>"),
        ("/counter", f"<ul>{ROWS * 20}</ul><div class='list'><a href='?page=2'>2</a></div>"),
        ("/counter", "<a href='https://elsewhere.example/counter/2/'>Next page</a>"),
        ("/counter.html", "<a href='counter_3.html'>3</a>"),
        ("/counter.html", "<a href='counter_1.html'>1</a>"),
        ("/counter.html", "<a href='javascript:go(2)'>Next page</a><a href='http://[::1/counter_2.html'>2</a>"),
        ("", "<a href='counter_2.html'>Next page</a>"),
    ],
)  # fmt: skip
def test_what_is_no_part_of_the_article_is_not_its_next_page(url: str, after: str) -> None:
    assert next_page(url, after) is None


def test_the_head_names_the_next_part_where_parts_are_files_or_folders() -> None:
    link = "<link rel='next' href='{}'>"

    assert next_page("/a/counter/", "", link.format("/a/counter/2/")) == f"{SITE}/a/counter/2/"
    assert next_page("/a/", "", link.format("/a/page/2/")) is None


def test_a_later_part_needs_no_link_to_the_first_where_its_article_is_known() -> None:
    after = "<a href='counter_2.html'>上一页</a> <a href='counter_4.html'>下一页</a>"

    assert next_page("/counter_3.html", after) is None
    assert next_page("/counter_3.html", after, part_of=f"{SITE}/counter.html") == f"{SITE}/counter_4.html"


def test_the_pager_is_no_line_of_the_body() -> None:
    pager = "<p><a href='/counter/2/'>Next Page</a></p><p>Pages: 1 <a href='/counter/2/'>2</a></p>"
    markup = page("").replace(b"</div></body>", f"{pager}</div></body>".encode())

    article = extract_article(markup, f"{SITE}/counter/")

    assert article.next_page == f"{SITE}/counter/2/"
    assert set(article.paragraphs) == {TEXT.strip()}


def article(*lines: str, **values: object) -> ExtractedArticle:
    return ExtractedArticle(title="A second counter", paragraphs=lines, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((("a", "b"), ("c", "d")), "abcd"),
        ((("a", "b"), ("b", "c")), "abc"),  # the last paragraph is shown again
        ((("a", "b", "c"), ("b", "c", "d")), "abcd"),
        ((("lead", "b"), ("lead", "c"), ("lead", "d")), "lead b c d"),
        ((("a", "end"), ("b", "end"), ("c", "end")), "a b c end"),
        ((("a", "b"), ("a", "b")), "ab"),
        ((("a",), (), ("b",)), "ab"),
    ],
)
def test_what_parts_repeat_of_each_other_stands_once(
    parts: tuple[tuple[str, ...], ...], expected: str
) -> None:
    joined = join_parts([article(*part) for part in parts]).paragraphs

    assert joined == tuple(expected.split() if " " in expected else expected)


def test_joined_parts_carry_the_tables_files_and_pictures_of_all_and_the_editor_of_the_last() -> None:
    chart, plan = Link(url=f"{SITE}/chart.png"), Link(url=f"{SITE}/plan.pdf", title="Plan")
    parts = [
        article("a", images=(chart,), tables=((("1",),),), source="Port", next_page=f"{SITE}/2"),
        article("b", images=(chart,), tables=((("2",),),), attachments=(plan,), editor="Li", source="Other"),
    ]

    joined = join_parts(parts)

    assert joined.images == (chart,)
    assert joined.attachments == (plan,)
    assert joined.tables == ((("1",),), (("2",),))
    assert (joined.source, joined.editor, joined.next_page) == ("Port", "Li", None)


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=4), min_size=1, max_size=4))
def test_joining_loses_no_paragraph_and_makes_none(parts: list[list[str]]) -> None:
    assert set(joined_lines(parts)) == set(chain.from_iterable(parts))
