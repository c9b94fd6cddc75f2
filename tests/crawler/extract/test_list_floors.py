"""Quality floors of list reading on the shared corpora; a change that lowers one says so and why."""

from __future__ import annotations

import os
from typing import Any

import pytest

from benchmarks.lists import (
    corpora,
    markup_of,
    mean_score,
    score_list,
    taken_for_lists,
    truths,
    wrong_entries,
)
from crawler.extract import NotAnArticle, extract_article, extract_list

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module", autouse=True)
def shared_corpora() -> None:
    if not corpora().is_dir():
        reason = f"{corpora()} is not there"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


def test_every_entry_of_the_lists_is_found_with_title_day_and_next_page() -> None:
    lists = [truth for truth in truths() if truth["role"] == "list"]

    score = mean_score([score_list(truth, extract_list(markup_of(truth), truth["url"])) for truth in lists])

    assert (score.recall, score.precision, score.title, score.date, score.next, score.total) == (
        1,
        1,
        1,
        1,
        1,
        1,
    )


def test_pages_that_are_no_news_lists_give_no_entry_that_is_wrong() -> None:
    loose = [truth for truth in truths() if truth["role"] == "loose"]

    assert [wrong_entries(truth, extract_list(markup_of(truth), truth["url"])) for truth in loose] == [
        set()
    ] * 3


def test_hardly_an_article_is_taken_for_a_list() -> None:
    counts = dict(taken_for_lists())
    lists = [name for name, entries in counts.items() if entries]

    assert not [name for name in lists if "/" not in name], "government pages"
    assert len(lists) <= 0.04 * len(counts)


def test_pages_of_many_articles_are_none_themselves() -> None:
    pages = [truth for truth in truths() if truth["role"] in ("list", "loose")]

    kinds = {truth["file"]: _kind_of(truth) for truth in pages}

    assert [name for name, kind in kinds.items() if kind == "article"] == []


def _kind_of(truth: dict[str, Any]) -> str:
    try:
        extract_article(markup_of(truth), truth["url"])
    except NotAnArticle as error:
        return error.kind
    return "article"
