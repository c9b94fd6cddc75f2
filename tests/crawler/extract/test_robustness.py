"""Whatever the bytes are, extraction answers with an article or a named refusal, in linear time."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import random
import re
import time
import tracemalloc
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crawler.extract
import crawler.platforms.lists
import pipelines
import storage.search
from crawler.extract import ExtractedArticle, ExtractionError, NotAnArticle, extract_article, extract_text
from crawler.extract.markup.encoding import decode

PARAGRAPHS = [
    f"The council met for the {number}th time this year, and it spoke for two hours about the old quay and its cranes."
    for number in range(1, 6)
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
PAGE = f"<html><head><title>Council meets at the quay</title></head><body><h1>Council meets at the quay</h1>{BODY}</body></html>"
SEEDS = (
    PAGE,
    PAGE.replace("<p>", "<td>").replace("</p>", "<br><br>"),
    '<meta name="PubDate" content="2022-13-45"><script type="application/ld+json">{"@type": ["NewsArticle"], "author": [[]]}',
    '<ucapcontent><p>正文内容。</p></ucapcontent><a href="http://[bad/x.pdf">附件</a><img src="http://[">',
    '<base href="::"><table><tr><td colspan="x">a</td></tr></table><time datetime="99999-99-99">x</time>',
)


def outcome(html: bytes, url: str = "https://a.example/x") -> ExtractedArticle | str:
    try:
        return extract_article(html, url)
    except ExtractionError as error:
        return str(error)


@settings(max_examples=150)
@given(st.binary(max_size=2000))
def test_any_bytes_give_an_article_or_a_named_refusal(html: bytes) -> None:
    outcome(html)


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                *"<>/=\"'&; \n0123年月日：|",
                "<p",
                "</div",
                "<br>",
                "<a href=",
                "2022-01-02",
                "\u00ad",
                "<![CDATA[",
                "<!--",
                "😀",
                "\ud800",
            ]
        ),
        max_size=120,
    )
)
def test_any_markup_gives_an_article_or_a_named_refusal(parts: list[str]) -> None:
    outcome("".join(parts).encode("utf-8", "surrogatepass"))


@settings(max_examples=150)
@given(st.text(max_size=500), st.text(max_size=60))
def test_any_text_and_any_address_give_an_article_or_a_named_refusal(dump: str, url: str) -> None:
    with suppress(ExtractionError):
        extract_text(dump, url)
    outcome(PAGE.encode(), url)


@pytest.mark.parametrize("seed", range(60))
def test_damaged_pages_give_an_article_or_a_named_refusal(seed: int) -> None:
    dice = random.Random(seed)
    damaged = bytearray(dice.choice(SEEDS).encode())
    for _ in range(dice.randint(1, 30)):
        place = dice.randrange(len(damaged))
        damaged[place : place + dice.randint(0, 8)] = dice.randbytes(dice.randint(0, 8))

    outcome(bytes(damaged))


NO_BODY = re.sub(r"</?(?:html|head|body)[^>]*>", "", PAGE).replace("<h1>", "<main><h1>") + "</main>"


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("early end tags", PAGE.replace("</head>", "</head></body></html>")),
        ("no tags of head and body", NO_BODY),
        ("nor of its end", NO_BODY.replace("</main>", "").replace("<title>", "<meta charset=utf-8><title>")),
        ("unclosed paragraphs", PAGE.replace("</p>", "")),
        ("an XHTML declaration", f'<?xml version="1.0" encoding="utf-8"?>\n{PAGE}'),
        (
            "nested containers",
            PAGE.replace(
                "<p>The council met for the 1", '<div class="a"><div class="a"><p>The council met for the 1'
            ),
        ),
        (
            "custom elements",
            PAGE.replace("<h1>", "<ucaptitle></ucaptitle><h1>").replace("<p>", "<ucapcontent><p>", 1),
        ),
        ("soft hyphens and zero-width spaces", PAGE.replace("council met", "coun\u00adcil\u200b met")),
        ("10,000 levels", PAGE.replace("<h1>", "<div>" * 10_000 + "<h1>")),
        ("5 MB of blanks", PAGE.replace("<h1>", " " * 5_000_000 + "<h1>")),
    ],
)
def test_odd_markup_gives_the_same_paragraphs(name: str, html: str) -> None:
    article = outcome(html.encode())

    assert isinstance(article, ExtractedArticle)
    assert list(article.paragraphs) == PARAGRAPHS


CHINESE = "市政府今天召开会议，研究部署港口建设工作，会议强调要加快推进重点项目，确保全年目标任务完成。"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-8", "utf-8"),
        ("", "gb18030"),
        ("", "utf-8"),
        ("gb2312", "utf-8"),
        ("", "utf-16"),
    ],
)
def test_chinese_is_read_in_whatever_it_is_and_claims(declared: str, codec: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    body = f"<p>{CHINESE}</p><p>㐀{CHINESE}</p>" * 2
    html = f"<html><head>{meta}<title>港口建设会议召开情况通报</title></head><body><h1>港口建设会议召开情况通报</h1><div id='zoom'>{body}</div></body></html>"

    article = outcome(html.encode(codec))

    assert isinstance(article, ExtractedArticle)
    assert article.title == "港口建设会议召开情况通报"
    assert article.paragraphs[:2] == (CHINESE, f"㐀{CHINESE}")


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (b"%PDF-1.7 ...", "not-html"),
        (b"\x00" * 500, "not-html"),
        (b"", "empty-body"),
        (
            b"<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script><p>Checking your browser</p></html>",
            "challenge",
        ),
        ("<html><title>404 Not Found</title><h1>页面不存在</h1></html>".encode(), "not-found"),
        (b"<html><title>Portal</title><div id='app'></div><script src='/app.js'></script></html>", "shell"),
    ],
)
def test_pages_that_are_no_articles_are_refused_by_name(html: bytes, kind: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        extract_article(html, "https://a.example/x")

    assert refused.value.kind == kind


BAITS = (
    "<",
    "<div ",
    " ",
    "\u3000",
    "2",
    "1.",
    "2022-",
    "年",
    "a ",
    "-",
    "|",
    "【",
    "来源：",
    "Home>",
    "<p>x",
    "</body",
    '{"',
    "&nbsp;",
    "'",
    "/20",
    "on the 1",
    "von ",
    ":",
    "<br>",
    "www.",
)


READERS = (crawler.extract, crawler.platforms, pipelines, storage.search)


def shipped_patterns() -> list[tuple[str, re.Pattern[Any]]]:
    found: dict[str | bytes, tuple[str, re.Pattern[Any]]] = {}
    for package in READERS:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in _patterns_in(value):
                    found[pattern.pattern] = (f"{module.name}.{name}", pattern)
    return list(found.values())


def _patterns_in(value: object) -> list[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        return [value]
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        return [pattern for item in value for pattern in _patterns_in(item)]
    inner = getattr(value, "pattern", None)
    return [inner] if isinstance(inner, re.Pattern) else []


def seconds(pattern: re.Pattern[Any], bait: str, length: int) -> float:
    text = bait * (length // len(bait))
    subject = text if isinstance(pattern.pattern, str) else text.encode()
    start = time.process_time()
    sum(1 for _ in pattern.finditer(subject))
    return time.process_time() - start


def growth(pattern: re.Pattern[Any], bait: str) -> float:
    before = seconds(pattern, bait, 1_500)
    return seconds(pattern, bait, 6_000) / before if before > 0.001 else 1.0


@pytest.mark.parametrize(
    ("name", "pattern"), shipped_patterns(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_pattern_grows_with_its_input(name: str, pattern: re.Pattern[Any]) -> None:
    for bait in BAITS:
        # Four times the input: four times the time, or sixteen times where a pattern looks back.
        if growth(pattern, bait) >= 9:
            assert growth(pattern, bait) < 9, (name, bait)  # twice: the machine may have been busy


def test_a_long_line_in_an_encoding_that_nobody_declares_takes_no_time_that_grows_with_its_square() -> None:
    page = f"<p>{'word ' * 60_000}</p>\n".encode() + "<p>café</p>".encode("latin-1")

    start = time.process_time()
    decode(page, None)

    assert time.process_time() - start < 5  # it took minutes; loading the guess itself may take a second


def test_a_page_leaves_nothing_behind() -> None:
    html = PAGE.encode()
    outcome(html)
    gc.collect()
    before = len(gc.get_objects())

    gc.disable()
    try:
        for _ in range(50):
            outcome(html)
        grown = len(gc.get_objects()) - before
    finally:
        gc.enable()

    assert grown < 500  # nothing that only the cycle collector would find


def test_data_in_attributes_is_not_kept() -> None:
    paragraphs = "<p>The council met on Monday and decided to mend the bridge over the harbour.</p>" * 5

    def read(number: int) -> None:
        data = f"{number}" + "x" * 200_000
        page = (
            f"<h1>News of the council</h1><div data-page='{data}' wire:snapshot='{data}'>{paragraphs}</div>"
        )
        extract_article(page.encode(), f"https://www.lanhai.example/news/{number}")

    read(0)
    tracemalloc.start()
    try:
        for number in range(1, 20):
            read(number)
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 1_000_000, f"{kept:,} bytes"


@pytest.mark.parametrize("address", ["//[", "http://[", "https://[1:2/a", "http://]/", "//[]"])
def test_an_ill_formed_address_says_nothing(address: str) -> None:
    page = PAGE.replace("<head>", f'<head><link rel="canonical" href="{address}">', 1)

    assert extract_article(page.encode(), address).title == extract_article(PAGE.encode(), "").title
    assert extract_article(page.encode(), "").title == extract_article(PAGE.encode(), "").title


_ALIKE = {
    "large i with a dot": str.maketrans("i", "İ"),
    "long s and the sign of Kelvin": str.maketrans("sk", "ſ\u212a"),
    "digits of Thailand": {ord("0") + digit: 0x0E50 + digit for digit in range(10)},
    "circled digits": {ord("0"): "⓪", **{ord("1") + digit: 0x2460 + digit for digit in range(9)}},
}


@pytest.mark.parametrize("name", _ALIKE)
@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("<p>", "<time>3 April 2026</time><p>Published: 12 August 2026, 3 minutes ago<p>", 1),
        PAGE.replace("</body>", '<a href="/down.do?n=1">plan.zip (1 mb)</a></body>'),
    ],
)
def test_letters_that_match_and_are_others_end_no_reading(page: str, name: str) -> None:
    """A pattern that ignores case takes İ for i and ſ for s; their small letters are not those of the word."""
    told = re.sub(r"(?<=>)[^<]+|(?<=href=\")[^\"]+", lambda text: text[0].translate(_ALIKE[name]), page)

    assert isinstance(outcome(told.encode()), ExtractedArticle)
