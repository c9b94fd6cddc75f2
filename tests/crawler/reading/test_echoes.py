"""A text that stands under rows which name other articles is none of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.reading.echoes import LEAST_ROWS, Echoes, marks_in, names
from pipelines.items import ScrapedArticle
from storage.records import Failed, Fetch, FetchKind, Visit


def visit(name: int, text: str = "Please switch on JavaScript.") -> Visit[ScrapedArticle]:
    found = ScrapedArticle(title=f"Row {name}", paragraphs=(text,), extractor_version="1")
    return Visit(
        fetch=Fetch(url=f"https://example.gov/{name}", site="example", kind=FetchKind.ARTICLE, at=NOW),
        result=found,
    )


NOW = datetime(2026, 5, 20, tzinfo=UTC)


def test_one_text_under_several_rows_is_no_article() -> None:
    echoes = Echoes()

    taken = [echoes.take(visit(name), f"Row {name}") for name in range(LEAST_ROWS + 1)]

    assert [len(visits) for visits in taken] == [0] * (LEAST_ROWS - 1) + [LEAST_ROWS, 1]
    assert all(isinstance(each.result, Failed) for visits in taken for each in visits)
    assert [each.fetch.url for each in taken[LEAST_ROWS - 1]] == [
        f"https://example.gov/{n}" for n in range(3)
    ]


def test_a_headline_that_was_taken_for_the_title_is_of_the_text() -> None:
    echoes = Echoes()
    headed = visit(0, "Please wait.")
    headed = replace(headed, result=replace(headed.result, title="Maintenance"))
    others = [replace(visit(name), result=without_headline(name)) for name in (1, 2)]

    taken = [echoes.take(each, f"Row {name}") for name, each in enumerate([headed, *others])]

    assert [len(visits) for visits in taken] == [0, 0, 3]


def without_headline(name: int) -> ScrapedArticle:
    return replace(visit(name).result, paragraphs=("Maintenance", "Please wait."))


def test_texts_that_differ_are_passed_on_one_later() -> None:
    echoes = Echoes()
    visits = [visit(name, f"Text {name}.") for name in range(4)]

    taken = [echoes.take(each, f"Row {name}") for name, each in enumerate(visits)]

    assert taken == [[], *([each] for each in visits[:3])]
    assert echoes.release() == visits[3:]
    assert echoes.release() == []


def test_a_text_that_an_earlier_run_knew_is_known_at_once() -> None:
    echoes = Echoes()
    taken = [each for name in range(LEAST_ROWS) for each in echoes.take(visit(name), f"Row {name}")]
    errors = {f"challenge: {each.result.detail}" for each in taken}

    later = Echoes(marks_in(errors))

    (again,) = later.take(visit(9), "Row 9")
    assert isinstance(again.result, Failed)
    assert later.take(visit(9, "Another text."), "Row 9") == []


def test_rows_of_one_title_may_lead_to_one_text() -> None:
    echoes = Echoes()
    visits = [replace(each, result=replace(each.result, title="Notice")) for each in map(visit, range(5))]

    taken = [each for one in visits for each in echoes.take(one, "Notice")]

    assert [*echoes.release(), *taken] == visits


@pytest.mark.parametrize(
    ("title", "markup", "named"),
    [
        ("Bridge over the river reopens", "<h1>Bridge over the river reopens</h1>", True),
        ("Bridge over the ri…", "<h1>Bridge over the river reopens</h1>", True),
        ("[Press] Bridge &amp; river reopen", "<h1>BRIDGE &amp; <b>River</b> reopen</h1>", True),
        ("Bridge over the river reopens", "<h1>Please switch on JavaScript</h1>", False),
        ("【市教育局】关于公布学校名单的通知", "<h1>关于公布学校名单的 通知</h1>", True),
        ("关于公布学校名单的通知", "<h1>请启用浏览器脚本</h1>", False),
        ("No 7", "<h1>Please switch on JavaScript</h1>", True),  # nothing to look for
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_names_the_title_of_its_row_or_most_of_its_words(
    title: str, markup: str, *, named: bool, encoding: str
) -> None:
    page = f"<html><head><meta charset={encoding}></head><body>{markup}</body></html>"

    assert names(page.encode(encoding), "https://example.gov/1", title) is named
