"""Deciding copies anew, and explaining a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from random import Random

import pytest
from sqlalchemy import delete, event, select, update

from benchmarks.story_negatives import SERIES
from benchmarks.story_variants import VARIANTS
from storage.archive import Archive
from storage.database.engine import reading, writing
from storage.errors import NoSuchArticle
from storage.models import fingerprint, fingerprint_hot, run
from storage.records import CopyKind
from storage.stories.links import Link
from storage.stories.neighbourhoods import store_links
from storage.stories.upkeep import rearrange
from storage.verification.findings import Finding
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

    (copied,) = record(archive, published("b", LED, date(2026, 3, 2)))
    assert copied.copy_of is not None


def test_a_preview_waits_for_no_writer(archive: Archive) -> None:
    _link_by_mistake(archive)

    with writing(archive._engine):
        changes = archive.preview_rededup()

    assert len(changes) == 2


def test_whatever_transaction_is_the_last_the_next_rededup_goes_on_to_the_same_result(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.stories.rededup.BATCH", 1)
    record(archive, published("a", SOURCE), published("b", LED), published("c", release(2)))
    expected = (stories(archive), _index(archive))
    whole = _transactions_of(archive)
    pieces = whole - FRAME
    assert pieces == 9  # three tables are emptied, three articles decided, three stories rearranged

    for done in range(whole):
        assert _interrupted(archive, after=done)
        assert stories(archive) == expected[0]
        assert whole - _transactions_of(archive) == min(max(done - BEFORE, 0), pieces)
        assert (stories(archive), _index(archive)) == expected


BEFORE = 2  # transactions before the first piece: the run is begun, and it is read where articles stand
FRAME = BEFORE + 3  # there is no further piece, it is read where articles stand now, the run is finished


def test_what_was_begun_under_other_rules_is_begun_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(archive, published("a", SOURCE), published("b", LED))
    whole = _transactions_of(archive)
    assert _interrupted(archive, after=whole - 2)
    monkeypatch.setattr("storage.stories.rededup_progress.ALGORITHM", "another")

    assert _transactions_of(archive) == whole

    kinds_and_verdicts = [(run.kind, run.verdict, run.reason) for run in archive.runs(limit=3)]
    assert kinds_and_verdicts == [
        ("rededup", "complete", ""),
        ("rededup", "crashed", "killed; begun again under other rules"),
        ("rededup", "complete", ""),
    ]


def test_one_that_was_killed_is_shown_as_interrupted(archive: Archive) -> None:
    record(archive, published("a", SOURCE), published("b", LED))
    assert _interrupted(archive, after=_transactions_of(archive) - 2)
    assert not archive.runs()[0].interrupted  # this process is at work

    with writing(archive._engine) as connection:
        options = dict(archive.runs()[0].options)
        options["process"] = {**options["process"], "pid_started": 1}  # type: ignore[dict-item]
        connection.execute(update(run).where(run.c.finished_at.is_(None)).values(options=options))

    assert archive.runs()[0].interrupted


def test_an_index_that_is_not_made_to_its_end_is_one_damage(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.stories.rededup.BATCH", 1)
    record(archive, published("a", SOURCE), published("b", release(2)), published("c", release(3)))
    assert _interrupted(archive, after=BEFORE + 3)

    found = _damages(archive)
    archive.rededup()

    assert [(each.subject, each.remedy) for each in found] == [
        ("the index", "`hotnews rededup --apply` goes on where it stopped; until then copies may be missed")
    ]
    assert _damages(archive) == []


@pytest.mark.parametrize("after", [3, 5, 6, 7])
def test_copies_that_come_meanwhile_are_found(archive: Archive, archive_url: str, after: int) -> None:
    record(archive, published("a", SOURCE), published("b", release(2)))

    with Archive(archive_url) as other, _between(archive, after, lambda: record(other, published("c", LED))):
        archive.rededup()

    assert stories(archive) == {frozenset({"a", "c"}), frozenset({"b"})}
    assert archive.preview_rededup() == []


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


def _damages(archive: Archive) -> list[Finding]:
    return [each for each in archive.verify() if isinstance(each, Finding)]


class PowerCut(Exception):
    """Ends the work in a test."""


def _interrupted(archive: Archive, *, after: int) -> bool:
    """Decide anew until so many transactions are stored; return whether there would have been more."""

    def end() -> None:
        raise PowerCut

    try:
        with _between(archive, after, end):
            archive.rededup()
    except PowerCut:
        return True
    return False


def _transactions_of(archive: Archive) -> int:
    """Decide anew and return in how many transactions."""
    begun = count()
    with _each_time(archive, lambda: next(begun)):
        archive.rededup()
    return next(begun)


@contextmanager
def _between(archive: Archive, after: int, act: Callable[[], object]) -> Iterator[None]:
    """Do something once: when so many transactions have ended, and before the next one begins."""
    ended = count()

    def begin() -> None:
        if next(ended) == after:
            act()

    with _each_time(archive, begin):
        yield


@contextmanager
def _each_time(archive: Archive, act: Callable[[], object]) -> Iterator[None]:
    """Do something before each transaction."""

    def begin(*_: object) -> None:
        act()

    event.listen(archive._engine, "checkout", begin)
    try:
        yield
    finally:
        event.remove(archive._engine, "checkout", begin)


def _index(archive: Archive) -> list[tuple[int, int]]:
    with reading(archive._engine) as connection:
        rows = [*connection.execute(select(fingerprint)), *connection.execute(select(fingerprint_hot))]
    return sorted((row.hash, row.article_id) for row in rows)


def _link_by_mistake(archive: Archive) -> None:
    """Join two articles that have nothing in common."""
    record(archive, published("a", SOURCE), published("b", release(2)))
    with writing(archive._engine) as connection:
        wrong = Link(article=2, other=1, kind=CopyKind.COPY, score=0.5, container=1, start=0.0, end=1.0)
        store_links(connection, [wrong])
        rearrange(connection, {1, 2})
