"""Stories in the archive: ids that stay, first publishers that may change, and quality floors."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from benchmarks.story_archive import link_documents, make_archive
from benchmarks.story_bases import Release
from benchmarks.story_documents import Document, documents, written_bases
from benchmarks.story_scores import scores
from benchmarks.story_variants import VARIANTS
from storage.archive import Archive
from storage.database.engine import reading
from storage.models import relation
from storage.rows import ArticleFilter
from storage.stories.neighbourhoods import LARGEST_STORY
from tests.storage.story_samples import published, record, release, stories

SOURCE = release(1)
LED = VARIANTS["led"](SOURCE, Random(1))
CUT = VARIANTS["cut"](SOURCE, Random(1))


def roundup_of(*parts: Release) -> Release:
    return replace(
        SOURCE, title="The week in brief", paragraphs=tuple(p for part in parts for p in part.paragraphs)
    )


def test_a_storys_id_is_that_of_its_first_article_and_finds_it_when_an_earlier_one_turns_up(
    archive: Archive,
) -> None:
    late, _ = record(
        archive, published("late", LED, date(2026, 3, 5)), published("later", CUT, date(2026, 3, 6))
    )
    (before,) = archive.stories()

    (original,) = record(archive, published("original", SOURCE, date(2026, 3, 1)))

    (after,) = archive.stories()
    assert (before.first_article, after.first_article) == (late.article_id, original.article_id)
    assert (before.id, after.id) == (f"s{late.article_id}", f"s{original.article_id}")
    assert archive.stories(before.id) == [after]
    assert (before.size, after.size) == (2, 3)


def test_two_stories_that_turn_out_to_be_one_are_found_by_the_id_of_either(archive: Archive) -> None:
    head, tail = (
        replace(SOURCE, title=f"Part {at}", paragraphs=SOURCE.paragraphs[at : at + 3]) for at in (0, 3)
    )
    record(archive, published("head", head), published("head2", head))
    (older,) = archive.stories()
    record(archive, published("tail", tail), published("tail2", tail))
    (newer,) = (story for story in archive.stories() if story.id != older.id)

    record(archive, published("whole", SOURCE, date(2026, 2, 1)))

    (story,) = archive.stories()
    assert story.size == 5
    for cited in (older, newer):
        assert archive.stories(cited.id) == [story]
        assert {row.id for row in archive.articles(ArticleFilter(story=cited.id))} == {
            member.article for member in story.members
        }
        assert len(archive.search(f"story:{cited.id}")) == 5


def test_every_article_is_found_by_the_story_that_its_row_names(archive: Archive) -> None:
    record(archive, published("a", SOURCE), published("b", LED), published("alone", release(5)))

    for row in archive.articles():
        (story,) = archive.stories(row.story)
        assert story.id == row.story
        assert row.id in {member.article for member in story.members}
        assert archive.stories(row.id) == [story]
    assert archive.stories("no such story") == archive.stories("s" + "a" * 20) == []


def test_a_follow_up_is_related_to_the_release_that_it_repeats_and_in_another_story(archive: Archive) -> None:
    news, background = release(8, paragraphs=9), release(9, paragraphs=4)
    report = replace(
        news, title="Works on the harbour go on", paragraphs=(*news.paragraphs, *background.paragraphs)
    )

    first, later = record(
        archive,
        published("first", background, date(2026, 3, 1)),
        published("later", report, date(2026, 3, 9)),
    )

    assert len(stories(archive)) == 2
    for name in (first.article_id, later.article_id):
        (story,) = archive.stories(name)
        (relation,) = story.relations
        assert (relation.article, relation.other) == (later.article_id, first.article_id)
        assert relation.kind == "follow-up"


def test_the_first_publisher_has_no_original_and_every_copy_has_one(archive: Archive) -> None:
    first, *_ = record(
        archive,
        published("a", SOURCE),
        published("b", LED, date(2026, 3, 2)),
        published("c", CUT, date(2026, 3, 2)),
    )

    originals = {row.id: row.duplicate_of for row in archive.articles()}

    assert originals.pop(first.article_id or "") is None
    assert set(originals.values()) == {first.article_id}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (0, 2, 1)])
def test_a_roundup_stays_outside_the_stories_it_collects(archive: Archive, order: tuple[int, ...]) -> None:
    one, two = release(2, paragraphs=4), release(3, paragraphs=4)
    pages = [
        published("one", one, date(2026, 3, 1)),
        published("two", two, date(2026, 3, 2)),
        published("roundup", roundup_of(one, two), date(2026, 3, 4)),
    ]

    for place in order:
        record(archive, pages[place])

    assert stories(archive) == {frozenset({"one"}), frozenset({"two"}), frozenset({"roundup"})}
    with reading(archive._engine) as connection:
        assert len(connection.execute(select(relation)).all()) == 2


def test_roundups_that_lead_from_story_to_story_join_none(archive: Archive) -> None:
    parts = {str(number): release(number + 20, paragraphs=3) for number in range(21)}
    record(archive, *(published(name, part, date(2026, 3, 1)) for name, part in parts.items()))
    for start in range(0, 20, 2):
        collected = roundup_of(*(parts[str(start + number)] for number in range(3)))
        record(archive, published(f"week{start}", collected, date(2026, 3, 8)))

    record(archive, published("digest", roundup_of(parts["5"], parts["13"]), date(2026, 3, 9)))

    assert all(len(names) == 1 for names in stories(archive))


def test_a_story_too_large_to_rearrange_still_grows(archive: Archive) -> None:
    record(archive, *(published(number, SOURCE) for number in range(LARGEST_STORY + 1)))

    (joined,) = record(archive, published("led", LED))

    (story,) = archive.stories()
    assert story.size == LARGEST_STORY + 2
    assert joined.copy_of is not None


def _linked(folder: Path, found: list[Document]) -> dict[str, str]:
    engine = make_archive(folder / "archive.db")
    linked = link_documents(engine, found)
    engine.dispose()
    return linked.stories


def _pairs(found: dict[str, str]) -> set[tuple[str, str]]:
    members = defaultdict(list)
    for name in sorted(found):
        members[found[name]].append(name)
    return {pair for names in members.values() for pair in combinations(names, 2)}


@pytest.fixture(scope="module")
def collection() -> list[Document]:
    return documents(7, written_bases(7, 150))


def test_republished_releases_are_recognised_as_well_as_pinned(
    collection: list[Document], tmp_path: Path
) -> None:
    found = scores(collection, _linked(tmp_path, collection))

    assert found["pair F1"] >= 0.97
    assert found["B3 F1"] >= 0.985
    assert found["ARI"] >= 0.96
    assert found["excerpt recall"] >= 0.95
    assert found["false merges"] <= 0.01


@pytest.mark.parametrize("seed", [1, 2])
def test_another_order_of_arrival_gives_the_same_stories(
    collection: list[Document], tmp_path: Path, seed: int
) -> None:
    (tmp_path / "other").mkdir()

    in_order = _pairs(_linked(tmp_path, collection))
    shuffled = _pairs(_linked(tmp_path / "other", Random(seed).sample(collection, len(collection))))

    assert len(in_order & shuffled) >= 0.99 * len(in_order | shuffled)
