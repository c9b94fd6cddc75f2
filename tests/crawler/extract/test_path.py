"""Paths answered from the index of a page find what XPath finds by walking it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from crawler.extract.markup.page import Page, read_page
from crawler.extract.markup.path import path_of
from crawler.extract.types import PageContext
from crawler.platforms.lists.paths import by_class, by_id, innermost, meta, og, outermost, union
from crawler.platforms.registry import PLATFORMS

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/*.html"))
MARKUP = b"""<html id=top><head><meta name=PubDate content=2019-06-08><meta property=og:title content=A>
<meta name=pubdate content=later></head><body class='box'><div class='box\tfirst' id=a><h2>One</h2>
<div class='box' id=b>Two<h2 id=b>Three</h2></div></div><p class=boxed>Four</p><p class='last box'>Five</p></body></html>"""


def page_of(markup: bytes) -> Page:
    return read_page(markup, "https://www.example.gov/a", PageContext())


def found_by_walking(expression: str, page: Page) -> list[object]:
    return list(etree.XPath(expression)(page.tree))


EXPRESSIONS = (
    *(by_id("a"), by_id("b"), by_id("top"), by_id("none"), f"{by_id('b')}/text()", f"{by_id('b')}//h2"),
    *(by_class("box"), by_class("box", "first"), by_class("box", tag="p"), f"{by_class('box')}/@id"),
    *(f"{by_class('box')}//h2", f"{by_class('box')}[1]", f"{by_class('first')}[last()]/h2"),
    *(outermost("box"), innermost("box"), union(by_class("first"), by_class("last"))),
    *(union(by_id("none"), by_class("last")), union(by_id("none"), by_id("nil"))),
    *(meta("pubdate"), og("og:title"), "//meta[@name='pubdate']/@content"),
    *("//h2", "//h2[1]", "//h2[not(contains(@class, 'box'))]", "//div//h2", "//body/p", "//h2/@id"),
    *(union(by_class("last"), by_class("first")), union(by_class("box"), "//h2", by_id("a"))),
    union(by_class("last"), f"{by_id('b')}/@id"),
    *("//h2[@id='b']", "//h2[@id='b']/text()", "//*[@id='b'][self::h2]", "//meta[@name='PubDate'][@content]"),
    *("//*[contains(@class, 'ox')][contains(@class, 'last') or @id]", "//p[contains(@class, 'x')]"),
    *("//*[contains(@class, 'first') or contains(@class, 'last')]", "//*[contains(@class, 'none')]"),
    *("//*[contains(@class, 'last')]", "(//h2)[1]", "//h2[text()='One']/following-sibling::div"),
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_path_finds_what_a_walk_finds_in_the_same_order(expression: str) -> None:
    page = page_of(MARKUP)

    assert list(path_of(expression).find(page)) == found_by_walking(expression, page)


@pytest.mark.parametrize(
    "expression", [path for path in EXPRESSIONS if path.startswith("//") and "|" not in path]
)
@pytest.mark.parametrize("container", ["/html", "//body", "//div", "//p"])
def test_a_path_finds_below_an_element_what_a_walk_from_there_finds(expression: str, container: str) -> None:
    page = page_of(MARKUP)
    element = page.tree.xpath(container)[0]

    assert list(path_of(expression).find_below(page, element)) == list(element.xpath(f".{expression}"))


@pytest.mark.parametrize(
    "call",
    [
        *("document('{}')", "doc('{}')", "unparsed-text('{}')", "json-doc('{}')", "collection('{}')"),
        *("system-property('xsl:vendor')", "environment-variable('PATH')", "env('PATH')"),
    ],
)
def test_no_path_reads_files_or_the_environment(call: str) -> None:
    path = path_of(f"//h2[{call.format(__file__)}]")

    with pytest.raises(etree.XPathEvalError, match="Unregistered function"):
        path.find(page_of(MARKUP))


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_every_rule_of_a_family_finds_the_same_on_every_saved_page(platform) -> None:
    rules = platform.article
    fields = (rules.title, rules.date, rules.source, rules.author, rules.editor, rules.body, rules.noise)
    paths = [path_of(expression) for field in fields for expression in field]
    pages = [page_of(file.read_bytes()) for file in PAGES[::3]]

    for path in paths:
        for page in pages:
            walked = path.whole(page.tree)
            assert list(path.find(page)) == (walked if isinstance(walked, list) else [walked])
