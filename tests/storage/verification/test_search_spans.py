"""The index is compared in spans of documents, so that a large archive takes no more memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from storage import Archive
from storage.database.engine import reading
from storage.search.document_numbers import place_of
from storage.verification import Check, Checked, Finding, latest_texts
from storage.verification.latest_texts import BEYOND, spans
from tests.storage.samples import article, finish, start, visit
from tests.storage.verification.damages import sql

ARTICLES = 7


@pytest.fixture
def filled(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(latest_texts, "MOST_DOCUMENTS", 3)
    with Archive(sqlite_url) as archive:
        run = start(archive)
        archive.record_all(run, [visit(n, article(f"Title {n}")) for n in range(ARTICLES)])
        finish(archive, run)
        yield archive


def search_findings(archive: Archive) -> tuple[list[Finding], int]:
    found = [each for each in archive.verify() if each.check is Check.SEARCH]
    examined = sum(each.examined for each in found if isinstance(each, Checked))
    return [each for each in found if isinstance(each, Finding)], examined


def test_spans_hold_every_document_once(filled: Archive) -> None:
    with reading(filled._engine) as connection:
        found = spans(connection)

    assert len(found) == 3
    assert (found[0].first, found[-1].last) == (-BEYOND, BEYOND - 1)
    assert all(after.first == before.last + 1 for before, after in pairwise(found))
    assert search_findings(filled) == ([], ARTICLES)


@pytest.mark.parametrize("number", [1, 4, 7])
def test_a_document_that_is_lost_is_found_in_each_span(filled: Archive, number: int) -> None:
    where = f"(SELECT {place_of(0)} - document FROM article WHERE id = {number})"
    sql(f"DELETE FROM search_index_docsize WHERE id = {where}")(filled)

    found, examined = search_findings(filled)

    assert ([each.problem for each in found], examined) == (
        ["the search index does not hold its text"],
        ARTICLES,
    )


def test_strays_beyond_the_first_and_the_last_document_are_found(filled: Archive) -> None:
    for place in (5, place_of(0) + 5):
        sql(f"INSERT INTO search_index (rowid, title, body, characters) VALUES ({place}, 'x', 'y', '')")(
            filled
        )

    (found,), _ = search_findings(filled)

    assert "holds 2 documents that are of no article" in found.problem
