"""Deciding copies anew, and explaining a decision."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import delete

from benchmarks.story_negatives import SERIES
from benchmarks.story_variants import VARIANTS
from storage.archive import Archive
from storage.engine import writing
from storage.errors import NoSuchArticle
from storage.links import Link
from storage.models import fingerprint
from storage.neighbourhoods import store_links
from storage.records import CopyKind
from storage.stories import rearrange
from tests.storage.story_samples import published, record, release, stories

SOURCE = release(1)
LED = VARIANTS["led"](SOURCE, Random(1))


def test_deciding_anew_with_the_same_rules_changes_nothing(archive: Archive) -> None:
    record(archive, published("a", SOURCE), published("b", LED), published("c", release(2)))

    assert archive.rededup() == []
    assert stories(archive) == {frozenset({"a", "b"}), frozenset({"c"})}


def test_a_preview_shows_what_would_change_and_changes_nothing(archive: Archive) -> None:
    _link_by_mistake(archive)
    before = stories(archive)

    changes = archive.preview_rededup()

    assert len(changes) == 2
    assert {change.after for change in changes} == {None}
    assert stories(archive) == before


def test_what_older_rules_joined_is_taken_apart(archive: Archive) -> None:
    _link_by_mistake(archive)

    archive.rededup()

    assert stories(archive) == {frozenset({"a"}), frozenset({"b"})}


def test_a_lost_index_is_made_again(archive: Archive) -> None:
    record(archive, published("a", SOURCE))
    with writing(archive._engine) as connection:
        connection.execute(delete(fingerprint))

    archive.rededup()

    (copied,) = record(archive, published("b", LED))
    assert copied.copy_of is not None


def test_a_decision_is_explained_with_its_numbers(archive: Archive) -> None:
    first, second = record(archive, published("a", SOURCE), published("b", LED))

    (explanation,) = archive.explain_copies(second.article_id or "")

    assert (explanation.other, explanation.is_linked) == (first.article_id, True)
    assert explanation.equal == explanation.other_length
    assert explanation.reason == ""


def test_a_refusal_is_explained_too(archive: Archive) -> None:
    first, second = SERIES["prices"](Random(2), "en", 2)
    one, _ = record(archive, published(1, first), published(2, second))

    (explanation,) = archive.explain_copies(one.article_id or "")

    assert (explanation.kind, explanation.is_linked) == (None, False)
    assert explanation.reason == "other numbers in the same places"


def test_an_unknown_article_cannot_be_explained(archive: Archive) -> None:
    with pytest.raises(NoSuchArticle, match="nowhere"):
        archive.explain_copies("nowhere")


def _link_by_mistake(archive: Archive) -> None:
    """Join two articles that have nothing in common."""
    record(archive, published("a", SOURCE), published("b", release(2)))
    with writing(archive._engine) as connection:
        wrong = Link(article=2, other=1, kind=CopyKind.COPY, score=0.5, container=1, start=0.0, end=1.0)
        store_links(connection, [wrong])
        rearrange(connection, {1, 2})
