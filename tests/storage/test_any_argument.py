"""Whatever a program gives the Python door: an answer or an error of ours, the same on both engines."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest

from storage import Archive
from storage.errors import ArchiveClosed, ArchiveError, BadQuery
from storage.queries.changes import ChangeKind
from storage.rows import ArticleFilter, Order
from tests.storage.samples import article, start, url, visit

NAMED: dict[str, Callable[[Archive, str], object]] = {
    "article": Archive.article,
    "history": Archive.history,
    "sightings": Archive.sightings,
    "evidence": Archive.evidence,
    "explain_copies": Archive.explain_copies,
    "runs": Archive.runs,
    "runs before": lambda archive, text: archive.runs(before=text),
    "run": Archive.run,
    "find_run": Archive.find_run,
    "run_visits": Archive.run_visits,
    "coverage": Archive.coverage,
    "coverage of a run": lambda archive, text: archive.coverage(run=text),
    "stories": Archive.stories,
    "stories after": lambda archive, text: archive.stories(after=text),
    "sites": Archive.sites,
    "sections": Archive.sections,
    "section_titles": lambda archive, text: archive.section_titles([text]),
    "search": Archive.search,
    "search after": lambda archive, text: archive.search("", after=text),
    "count": Archive.count,
    "facets": Archive.facets,
    "first_page": Archive.first_page,
    "select": Archive.select,
    "select a text": lambda archive, text: archive.select(f"SELECT '{text}'"),
    "articles": lambda archive, text: list(archive.articles(ArticleFilter(query=text))),
    "articles of a site": lambda archive, text: list(archive.articles(ArticleFilter(site=text))),
    "articles of a section": lambda archive, text: list(archive.articles(ArticleFilter(section=text))),
    "articles of a source": lambda archive, text: list(archive.articles(ArticleFilter(source=text))),
    "articles of a story": lambda archive, text: list(archive.articles(ArticleFilter(story=text))),
    "articles in a state": lambda archive, text: list(archive.articles(ArticleFilter(state=text))),
    "articles in a language": lambda archive, text: list(archive.articles(ArticleFilter(language=text))),
    "articles_page after": lambda archive, text: archive.articles_page(limit=1, after=text),
}
LIMITED: dict[str, Callable[[Archive, int], object]] = {
    "search": lambda archive, limit: archive.search("", limit=limit),
    "search words": lambda archive, limit: archive.search("harbour", limit=limit),
    "relevance": lambda archive, limit: archive.search("harbour", limit=limit, order=Order.RELEVANCE),
    "first_page": lambda archive, limit: archive.first_page("harbour", limit=limit)[0],
    "changes": lambda archive, limit: archive.changes(ChangeKind.NEW, limit=limit),
    "runs": lambda archive, limit: archive.runs(limit=limit),
    "stories": lambda archive, limit: archive.stories(limit=limit),
    "articles_page": lambda archive, limit: archive.articles_page(limit=limit),
    "select": lambda archive, limit: archive.select("SELECT 1", limit=limit).rows,
}


def test_any_text_is_answered_or_refused_with_an_error_of_ours(archive: Archive) -> None:
    archive.record(start(archive), visit(1, article()))

    for ask in NAMED.values():
        for text in ("", "\x00", "a\x00b", "\ud800", "%s %", "'", "\\", "😀" * 3_000):
            with suppress(ArchiveError):
                ask(archive, text)


def test_a_negative_number_of_rows_is_refused_and_none_is_none(archive: Archive) -> None:
    archive.record(start(archive), visit(1, article()))

    for name, ask in LIMITED.items():
        assert ask(archive, 0) == [], name
        with pytest.raises(BadQuery, match="-1 rows"):
            ask(archive, -1)


def test_more_rows_than_an_engine_can_count_are_all_there_are(archive: Archive) -> None:
    archive.record(start(archive), visit(1, article()))

    for name, ask in LIMITED.items():
        assert ask(archive, 10**30) == ask(archive, 10), name
    with pytest.raises(BadQuery, match="no revision"):
        archive.evidence(url(1), revision=10**30)


def test_longer_than_an_engine_can_wait_is_no_limit(archive_url: str) -> None:
    with Archive.create(archive_url) as archive:
        archive.record(start(archive), visit(1, article()))

    with Archive.read_only(archive_url, seconds=10**12) as opened:
        assert opened.select("SELECT 1", limit=1).rows == [(1,)]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"state": "bogus"}, "no state 'bogus'; it is one of archived, rejected, lost"),
        ({"published_from": "2019-01-01"}, "published_from is no day: '2019-01-01'"),
        ({"published_to": 20190101}, "published_to is no day: 20190101"),
        ({"changed_since": "2019-01-01"}, "changed_since is no datetime with a time zone: '2019-01-01'"),
        ({"changed_since": datetime(2019, 1, 1)}, "changed_since is no datetime with a time zone"),  # noqa: DTZ001
    ],
)
def test_a_filter_that_no_article_could_pass_is_refused(
    archive: Archive, fields: dict[str, Any], says: str
) -> None:
    with pytest.raises(BadQuery, match=says):
        list(archive.articles(ArticleFilter(**fields)))


def test_a_word_may_be_given_as_text_and_one_that_does_not_exist_is_refused(archive: Archive) -> None:
    seldom, often = (
        article("Harbour", "One harbour."),
        article("Harbour harbour", "Harbour, harbour, harbour."),
    )
    archive.record_all(start(archive), [visit(1, often), visit(2, seldom)])

    assert archive.search("harbour", order="relevance") == archive.search("harbour", order=Order.RELEVANCE)
    assert archive.search("harbour", order="relevance") != archive.search("harbour")
    assert archive.changes("new") == archive.changes(ChangeKind.NEW)
    for ask in (lambda: archive.search("", order="best"), lambda: archive.changes("best")):
        with pytest.raises(BadQuery, match="there is no 'best' here; it is one of new"):
            ask()


def test_a_closed_archive_says_so_whatever_it_is_asked(archive_url: str) -> None:
    with Archive.create(archive_url) as archive:
        archive.record(start(archive), visit(1, article()))
        begun = archive.articles()

    archive.close()

    for ask in (
        archive.counts,
        lambda: next(begun),
        lambda: archive.search("harbour"),
        lambda: start(archive),
    ):
        with pytest.raises(ArchiveClosed, match="was closed; open it anew"):
            ask()
