"""Pages of components: each part of a text in wrappers of its own, other articles among them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from crawler.extract import extract_article

PAGES = Path(__file__).parent / "whole_pages"
_PARAGRAPHS = re.compile(r"((?:<p[^>]*>(?:(?!</?p\b|<div|<ul|<table).)*</p>\s*){1,2})", re.DOTALL)
TITLE = "Council widens Harbour Road"
TEXT = (
    "The council approved a plan on Tuesday to widen Harbour Road, a project that will take two years.",
    "Work starts in March and costs 4.2 million pounds, of which the region pays half.",
    "Residents asked for safer crossings, and they will get them, said councillor Ann Reed.",
    "Buses will be diverted from 1 March.",
    "The road was built in 1931 and carries 9,000 cars a day, more than twice as many as it was made for.",
    "A consultation in the spring drew 412 answers, most of them in favour.",
)


def _page(body: str, *, title: str = TITLE, language: str = "en") -> bytes:
    return (
        f"<html lang={language}><head><title>{title}</title></head><body><header><nav><a href=/>Home</a>"
        f"<a href=/news>News</a></nav></header><main><h1>{title}</h1>{body}</main><footer><p>© 2026 Example"
        "</p></footer></body></html>"
    ).encode()


def _lines(body: str) -> tuple[str, ...]:
    return extract_article(_page(body), "https://www.harbour.example/news/1").paragraphs


def _p(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def test_a_heading_in_a_wrapper_of_its_own_stands_over_the_next_one() -> None:
    markup = [f'<div class="block-paragraph"><div class="rich">{_p(line)}</div></div>' for line in TEXT]
    markup.insert(3, '<div class="block-heading"><h2>Buses</h2></div>')

    assert _lines(f'<div class="stream">{"".join(markup)}</div>') == (*TEXT[:3], "Buses", *TEXT[3:])


def test_a_heading_that_asks_to_share_is_none_of_the_text() -> None:
    markup = [f'<div class="block-paragraph"><div class="rich">{_p(line)}</div></div>' for line in TEXT]
    markup.insert(3, '<div class="block-heading"><h2>Share this story</h2></div>')

    assert _lines(f'<div class="stream">{"".join(markup)}</div>') == TEXT


def test_a_quotation_in_a_wrapper_of_its_own_is_part_of_the_text() -> None:
    quoted = f"<blockquote>{_p(TEXT[2])}</blockquote>"
    sections = (_p(*TEXT[:2]), quoted, f"<h2>Bus routes</h2>{_p(TEXT[3])}")
    markup = "".join(f'<div class="list"><div class="rte">{section}</div></div>' for section in sections)

    assert _lines(f'<div class="grid">{markup}</div>') == (*TEXT[:3], "Bus routes", TEXT[3])


def test_an_arrow_and_a_link_between_paragraphs_lead_away_from_the_text() -> None:
    away = '<p><a href="/2">&gt;&gt; The library stays open until nine from December on</a></p>'

    assert _lines(_p(*TEXT[:3]) + away + _p(*TEXT[3:])) == TEXT


ITEMS = "<ul><li>Safer crossings at the school</li><li>A cycle lane on both sides</li></ul>"


@pytest.mark.parametrize(
    "wrapper",
    [
        "{}",
        '<div class="umb-block-list"><div class="rte">{}</div></div>',
        '<div class="field__item"><div class="paragraph--type--text"><div class="field-text">{}</div></div></div>',
        '<section><div class="container"><div class="row"><div class="col-8">{}</div></div></div></section>',
    ],
)
def test_lists_that_end_a_component_or_the_text_are_part_of_it(wrapper: str) -> None:
    parts = (_p(*TEXT[:2]) + ITEMS, _p(*TEXT[2:5]), _p(TEXT[5]) + ITEMS)
    items = ("Safer crossings at the school", "A cycle lane on both sides")

    lines = _lines(f'<div class="content-area">{"".join(map(wrapper.format, parts))}</div>')

    assert lines == (*TEXT[:2], *items, *TEXT[2:], *items)


def test_a_list_of_links_behind_a_text_is_no_part_of_it() -> None:
    links = '<ul><li><a href="/2">Library opens late on weekdays</a></li><li><a href="/3">Bins change day</a></li></ul>'

    assert _lines(_p(*TEXT) + links) == TEXT


def test_a_short_text_whose_lines_have_several_wrappers_each_is_read_whole() -> None:
    page = (PAGES / "canton-components-de.html").read_text(encoding="utf-8")
    wrapped = _PARAGRAPHS.sub(r'<div class="component"><div class="rich-text">\1</div></div>', page)

    article = extract_article(wrapped.encode(), "https://www.kanton.example.ch/a")

    expected = json.loads((PAGES / "canton-components-de.json").read_text(encoding="utf-8"))
    assert list(article.paragraphs) == expected["paragraphs"]
