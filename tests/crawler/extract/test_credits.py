"""Source, author and editor, each from where a page keeps it."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article
from crawler.extract.body.boilerplate import end_rule, top_rule
from crawler.extract.credits import clean_value, read_credits
from crawler.extract.headlines.headline_credits import lines_at
from crawler.extract.markup.head import read_head
from crawler.extract.markup.page import read_page
from crawler.extract.types import PageContext


def credits_of(markup: str) -> tuple[str | None, str | None, str | None]:
    page = read_page(markup.encode(), "https://www.example.gov/1.html", PageContext())
    found = read_credits(read_head(page), page, None, None)
    return found.source, found.author, found.editor


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<meta name="ContentSource" content="市卫健委"><p>来源：上海发布</p>', ("市卫健委", None, None)),
        ("<span>发布日期：2016-11-22 浏览次数： 信息来源：省发改委</span>", ("省发改委", None, None)),
        ("<span>来源：<a href='/'>新华社</a>　　作者：周雁</span>", ("新华社", "周雁", None)),
        ("<p>正文来源于生活。</p><p>（责任编辑：周雁）</p>", (None, None, "周雁")),
        ("<font>　来源于：<!-- begin -->东区办事处<!-- end --></font>", ("东区办事处", None, None)),
        ("<p>Source: Harbour Office</p><p>Written by: Lu Qing</p>", ("Harbour Office", "Lu Qing", None)),
        ("<script>var s = '来源：code';</script><p>text</p>", (None, None, None)),
        ("<p>来源：</p>", (None, None, None)),
        ('<meta name="author" content="https://www.facebook.com/x">', (None, None, None)),
        ('<meta name="DCTERMS.creator" content="Transport Canada">', ("Transport Canada", None, None)),
        ('<meta name="DC.Creator" content="交通部">', ("交通部", None, None)),
        ('<meta name="DC.Creator" content="Lu Qing">', (None, "Lu Qing", None)),
        ('<meta name="article:author" content="baochinhphu.vn">', (None, None, None)),
        ('<meta name="source" content="gov.cn">', ("gov.cn", None, None)),
        ("<p>Biên tập: Hà Văn</p>", (None, None, "Hà Văn")),
        ("<p>Tổng Biên tập: Nguyễn Hồng Sâm</p>", (None, None, None)),
        ("<p>Главный редактор: И. Петров</p>", (None, None, None)),
        (
            "<div class='field__label'>Issued by</div><div class='field__item'>Water and Sanitation</div>",
            ("Water and Sanitation", None, None),
        ),
        (
            '<script type="application/ld+json">{"@type":"Report","author":[{"name":"Lu Qing"}]}</script>',
            (None, "Lu Qing", None),
        ),
    ],
)
def test_each_is_read_where_it_stands(markup: str, expected: tuple[str | None, ...]) -> None:
    assert credits_of(f"<html><body>{markup}</body></html>") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("：新华社 ", "新华社"),
        ("新华社】【打印", "新华社"),
        ("Port Bureau Font Size: [Large]", "Port Bureau"),
        ("  --  ", None),
        ("x" * 80, None),
        ("2026-05-22", None),
        ("Super User", None),
        ('"David Kim"', "David Kim"),
        ("管理员", None),
    ],
)
def test_a_value_ends_where_the_next_thing_begins(value: str, expected: str | None) -> None:
    assert clean_value(value) == expected


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("By Maria Lopez", "en", "Maria Lopez"),
        ("1 October 2026 · By Maria Lopez", "en", "Maria Lopez"),
        ("By Kofi A. Mensah - 118", "en", "Kofi A. Mensah"),
        ("Par Loïc Le Clerc | 30 septembre 2018", "fr", "Loïc Le Clerc"),
        ("Por María de la Cruz Ortiz", "es", "María de la Cruz Ortiz"),
        ("By the end of the year", "en", None),
        ("By Monday", "en", None),
        ("By Maria Lopez's count, nine bridges are closed.", "en", None),
        ("By Maria Lopez", "fr", None),
    ],
)
def test_a_line_at_the_headline_names_the_author(line: str, language: str, expected: str | None) -> None:
    page = read_page(b"<p>text</p>", "https://www.example.gov/1.html", PageContext())
    near = lines_at("Bridge opens", ["Menu", "Bridge opens", line, "The bridge opened on Monday."])

    assert read_credits(read_head(page), page, None, language, near).author == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("时间/2026-03-12 来源/临河融媒 浏览/156次", ("临河融媒", None)),
        ("来源丨新华社 编辑|苏芳", ("新华社", "苏芳")),
        ("资料来源/数据来源不一的问题仍然存在", (None, None)),
        ("来源 / 编辑", (None, None)),
    ],
)
def test_a_chinese_label_may_have_a_stroke_for_a_colon(
    line: str, expected: tuple[str | None, str | None]
) -> None:
    page = read_page(b"<p>text</p>", "https://www.example.cn/1.html", PageContext())
    found = read_credits(read_head(page), page, None, "zh", [line])

    assert (found.source, found.editor) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<span class='date'>2026年10月11日</span><a class='source'>中国新闻网</a>", "中国新闻网"),
        ("<div class='source'>本网站所有内容均来自公开渠道，转载请注明出处，谢谢合作</div>", None),
        ("<div>2026年10月09日 来源：</div><p>财农〔2026〕88号</p>", None),
    ],
)
def test_a_chinese_source_may_have_no_label_and_a_label_no_source(markup: str, expected: str | None) -> None:
    page = read_page(
        f"<html><body>{markup}</body></html>".encode(), "https://www.example.cn/1", PageContext()
    )

    assert read_credits(read_head(page), page, None, "zh").source == expected


@pytest.mark.parametrize(
    ("language", "line", "field", "expected"),
    [
        ("es", "Fuente: Ministerio de Salud", "source", "Ministerio de Salud"),
        ("fr", "Source&nbsp;: Préfecture du Rhône", "source", "Préfecture du Rhône"),
        ("de", "<strong>Quelle</strong>: Stadt Köln", "source", "Stadt Köln"),
        ("it", "Fonte: Ministero della Salute | 3 novembre", "source", "Ministero della Salute"),
        ("nl", "Bron: Gemeente Utrecht", "source", "Gemeente Utrecht"),
        ("sv", "Källa: Socialstyrelsen", "source", "Socialstyrelsen"),
        ("pl", "Źródło: Ministerstwo Zdrowia", "source", "Ministerstwo Zdrowia"),
        ("hu", "Forrás: Belügyminisztérium", "source", "Belügyminisztérium"),
        ("ru", "Источник: Минздрав", "source", "Минздрав"),
        ("el", "Πηγή: Υπουργείο Υγείας", "source", "Υπουργείο Υγείας"),
        ("tr", "Kaynak: Sağlık Bakanlığı", "source", "Sağlık Bakanlığı"),
        ("ar", "المصدر: وزارة الصحة", "source", "وزارة الصحة"),
        ("vi", "Nguồn: Bộ Y tế", "source", "Bộ Y tế"),
        ("ja", "出典：国土交通省", "source", "国土交通省"),
        ("ko", "출처: 보건복지부", "source", "보건복지부"),
        ("pt", "Autora: Ana Prado Data: 3/11/2026", "author", "Ana Prado"),
        ("ru", "Автор: Иван Петров", "author", "Иван Петров"),
        ("fr", "Rédaction : Service de presse", "editor", "Service de presse"),
        ("es", "Sources: see below", "source", None),  # no label of that language
        ("en", "Font: A A A", "source", None),  # of another one
    ],
)
def test_a_label_of_the_pages_language_names_the_field_and_its_line_goes(
    language: str, line: str, field: str, expected: str | None
) -> None:
    text = ("Rem nulo sato varmi dulan, tebo marid cuvo elsan porti. " * 3, "Sed lupo teran bolu. " * 4)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    markup = f'<html lang="{language}"><body><h1>Rem nulo sato varmi</h1><div>{body}<p>{line}</p></div></body></html>'

    article = extract_article(markup.encode(), "https://www.example.gov/news/1.html")

    assert getattr(article, field) == expected
    assert len(article.paragraphs) == (2 if expected else 2 + (end_rule(line) is None))


def test_a_word_with_a_colon_inside_is_no_label() -> None:
    assert top_rule("Autor:innen") is None
    assert end_rule("Autor:innen") is None


def test_an_author_that_is_but_the_source_gives_way_to_the_one_that_a_label_names() -> None:
    head = '<meta name="author" content="Harbour Times">'

    assert credits_of(f"{head}<p>来源：Harbour Times</p><p>作者：周雁</p>") == ("Harbour Times", "周雁", None)
    assert credits_of(f"{head}<p>来源：Harbour Times</p>") == ("Harbour Times", "Harbour Times", None)
    assert credits_of(f"{head}<p>来源：新华社</p><p>作者：周雁</p>") == ("新华社", "Harbour Times", None)


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("From: Transport Canada", "en", "Transport Canada"),
        (
            "From Department of Agriculture, Food and the Marine",
            "en",
            "Department of Agriculture, Food and the Marine",
        ),
        ("De : Ministère des Transports", "fr", "Ministère des Transports"),
        ("From Monday the council office is closed.", "en", None),
        ("From: Jane Roe", "en", None),
        ("From: Transport Canada", "de", None),
    ],
)
def test_a_line_at_the_headline_names_the_office(line: str, language: str, expected: str | None) -> None:
    page = read_page(b"<p></p>", "https://www.example.gov/1.html", PageContext())

    assert read_credits(read_head(page), page, None, language, near=[line]).source == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("<li><b>담당부서</b> 산림정책과</li><li><b>작성자</b> 김민수</li>", ("산림정책과", "김민수")),
        ("<li><span>작성자</span><span>건축경관과</span></li>", ("건축경관과", None)),
        ("<li><b>등록부서</b></li><li><a>작성자</a></li>", (None, None)),
    ],
)
def test_an_item_of_a_korean_board_names_its_department_and_who_wrote(
    items: str, expected: tuple[str | None, str | None]
) -> None:
    text = (
        "<p>시는 11월 1일부터 노후 건축물 안전 점검을 시작하며 12월 말까지 모두 마칠 계획이라고 밝혔다.</p>"
        * 3
    )
    article = extract_article(
        f"<html lang=ko><body><h1>노후 건축물 안전 점검</h1><ul>{items}</ul>{text}</body></html>".encode(),
        "https://www.example.go.kr/board/view.do?id=1",
    )

    assert (article.source, article.author) == expected
