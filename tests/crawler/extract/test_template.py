"""What repeats over a site's pages is learned as furniture and taken off; its absence shows a redesign."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.extract import PageContext, extract_article
from crawler.extract.body.template import (
    SiteTemplate,
    fits,
    furniture_rules,
    key_of,
    learn_templates,
    page_lines,
)

FURNITURE = "The council's service line answers every weekday from eight to six, in four languages"
PAGE = """<html><head><title>{title}</title></head><body><div class="top"><a href="/">Start</a></div><h1>{title}</h1>
<div id="zoom"><p>{first} The harbour council met for the {number}th time this year and spoke about the quay.</p>
<p>It decided on item {number} after two hours, and the clerk read out the result to all who were there.</p>
<p>{furniture}</p><p>The next meeting, number {number}, is open to the public as well, said the chair.</p></div></body></html>"""
OTHER = "<html><body><main><h2>New look</h2><article><p>Everything stands elsewhere now.</p></article></main></body></html>"


def page(number: int) -> tuple[str, bytes]:
    html = PAGE.format(
        title=f"Meeting {number} of the council", first=f"Day {number}.", number=number, furniture=FURNITURE
    )
    return f"https://harbour.example/{number}.html", html.encode()


def learned(pages: Iterable[tuple[str, bytes]]) -> SiteTemplate | None:
    lines = [page_lines(html, url) for url, html in pages]
    return learn_templates("harbour", {"news": lines}).of("news")


def test_ten_pages_teach_the_furniture_and_leave_the_text() -> None:
    template = learned(page(number) for number in range(1, 11))
    url, html = page(42)

    bare = extract_article(html, url)
    cleaned = extract_article(html, url, context=PageContext(template=template))

    assert FURNITURE in bare.paragraphs
    assert cleaned.paragraphs == tuple(line for line in bare.paragraphs if line != FURNITURE)
    assert template is not None
    assert cleaned.template_version == template.version
    assert (FURNITURE, "site template") in {(line.text, line.rule) for line in cleaned.removed}


def test_fewer_than_ten_pages_teach_nothing() -> None:
    assert learned(page(number) for number in range(1, 10)) is None


def test_the_order_of_the_pages_does_not_matter() -> None:
    pages = [page(number) for number in range(1, 14)]

    assert learned(pages) == learned(reversed(pages))


def test_a_page_of_a_redesign_does_not_fit() -> None:
    template = learned(page(number) for number in range(1, 11))
    url, html = page(50)

    assert template is not None
    assert fits(template, page_lines(html, url))
    assert not fits(template, page_lines(OTHER.encode(), "https://harbour.example/new.html"))


def test_headings_and_labels_that_repeat_are_kept_between_lines_of_the_text() -> None:
    lines = ["Contents", "It rained.", "Background", "It had been dry.", "Answer:", "Yes.", "Share", "Print"]
    headings = [True, False, True, False, True, False, True, False]
    furniture = frozenset(map(key_of, ("Contents", "Background", "Answer:", "Share", "Print")))

    template = SiteTemplate(site="a", version="1", furniture=furniture, layouts=(furniture,))
    rules = furniture_rules(lines, headings, template)

    assert [line for line, rule in zip(lines, rules, strict=True) if rule is None] == lines[1:6]
