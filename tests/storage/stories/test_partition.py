"""Stories out of links, whatever the order in which they arrive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from storage.records import CopyKind
from storage.stories.links import Link, RelationKind, StoryArticle
from storage.stories.partition import partition

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def articles(**days: int | tuple[int, str]) -> dict[int, StoryArticle]:
    """Return articles 1, 2, ..., published on days of March, each under a headline of its own."""
    found = {}
    for number, (name, day) in enumerate(days.items(), 1):
        day_number, title = (day, f"Release {name} of the office {name}") if isinstance(day, int) else day
        found[number] = StoryArticle(
            id=number, public_id=name, day=date(2026, 3, day_number), at=NOON, title=title
        )
    return found


def copy(article: int, other: int) -> Link:
    return Link(article=article, other=other, kind=CopyKind.COPY, score=0.9, container=other, start=0, end=1)


def excerpt(part: int, container: int, start: float = 0.0, end: float = 0.4) -> Link:
    return Link(
        article=part,
        other=container,
        kind=CopyKind.EXCERPT,
        score=1.0,
        container=container,
        start=start,
        end=end,
    )


def sets(links: Iterable[Link], **days: int | tuple[int, str]) -> set[frozenset[int]]:
    return {frozenset(story.articles) for story in partition(articles(**days), list(links)).stories}


def test_the_first_publisher_comes_first_and_has_no_link() -> None:
    (story,) = partition(articles(a=3, b=1, c=2), [copy(1, 2), copy(3, 1)]).stories

    assert story.articles == (2, 3, 1)
    assert {member: link.other for member, link in story.links.items()} == {1: 2, 3: 1}


def test_a_link_is_told_from_the_article_it_belongs_to() -> None:
    (story,) = partition(articles(a=2, b=1), [excerpt(2, 1, 0.0, 0.7)]).stories

    assert story.links[1].kind is CopyKind.EXTENDED


def test_excerpts_of_one_release_are_one_story_even_where_they_share_nothing() -> None:
    links = [excerpt(2, 1, 0.0, 0.4), excerpt(3, 1, 0.5, 0.9)]

    assert sets(links, source=1, b=2, c=3) == {frozenset({1, 2, 3})}


def test_a_roundup_joins_nothing_that_it_collects() -> None:
    links = [excerpt(1, 3, 0.0, 0.45), excerpt(2, 3, 0.5, 0.95)]

    found = partition(articles(a=1, b=2, roundup=3), links)

    assert found.stories == ()
    assert {(each.article, each.other, each.kind) for each in found.relations} == {
        (3, 1, RelationKind.CONTAINS),
        (3, 2, RelationKind.CONTAINS),
    }


def test_a_later_report_that_repeats_a_release_as_its_background_is_a_follow_up() -> None:
    found = partition(articles(release=1, later=3), [excerpt(1, 2, 0.6, 0.95)])

    assert found.stories == ()
    assert [(each.article, each.other, each.kind) for each in found.relations] == [
        (2, 1, RelationKind.FOLLOW_UP)
    ]


def test_two_copies_of_what_a_roundup_collects_are_one_story() -> None:
    links = [excerpt(1, 3, 0.0, 0.45), excerpt(2, 3, 0.5, 0.95), excerpt(4, 3, 0.0, 0.44)]

    (story,) = partition(articles(a=1, b=2, roundup=3, d=2), links).stories

    assert story.articles == (1, 4)
    assert {member: (link.other, link.kind) for member, link in story.links.items()} == {
        4: (1, CopyKind.COPY)
    }


def test_a_copy_of_a_roundup_is_its_copy_and_collects_the_same() -> None:
    links = [excerpt(1, 3, 0.0, 0.45), excerpt(2, 3, 0.5, 0.95), copy(4, 3), excerpt(1, 4, 0.0, 0.45)]

    assert sets(links, a=1, b=1, roundup=3, d=4) == {frozenset({3, 4})}


def test_a_page_that_has_a_whole_release_and_parts_of_others_is_a_roundup() -> None:
    has_most = Link(article=4, other=1, kind=CopyKind.COPY, score=1.0, container=4, start=0, end=0.7)
    links = [has_most, excerpt(2, 4, 0.7, 0.85), excerpt(3, 4, 0.85, 1.0), copy(5, 1)]

    assert sets(links, one=1, two=2, three=3, roundup=6, again=2) == {frozenset({1, 5})}


def test_an_excerpt_does_not_join_two_texts_that_are_no_copies() -> None:
    links = [excerpt(1, 2, 0.1, 0.5), excerpt(1, 3, 0.7, 0.9), copy(4, 2)]

    assert sets(links, part=5, source=1, other=6, twin=2) == {frozenset({1, 2, 4})}


def test_a_later_report_that_ends_with_a_release_is_another_story() -> None:
    assert sets([excerpt(1, 2, 0.6, 0.95)], release=1, later=4) == set()


def test_a_later_page_that_begins_with_the_release_under_its_headline_is_an_extended_copy() -> None:
    title = "Harbour opens a third terminal"

    assert sets([excerpt(1, 2, 0.0, 0.4)], a=(1, title), b=(2, title)) == {frozenset({1, 2})}


def test_a_later_page_that_begins_with_the_release_under_another_headline_is_another_story() -> None:
    assert sets([excerpt(1, 2, 0.0, 0.4)], a=1, b=2) == set()


def test_an_excerpt_belongs_to_the_text_whose_headline_it_has() -> None:
    title = "Harbour opens a third terminal"
    links = [excerpt(1, 2, 0.3, 0.5), excerpt(1, 3, 0.4, 0.7)]

    found = partition(articles(part=(5, title), source=(5, title), other=5), links)

    assert [set(story.articles) for story in found.stories] == [{1, 2}]
    assert [(each.article, each.other, each.kind) for each in found.relations] == [
        (3, 1, RelationKind.CONTAINS)
    ]


@pytest.mark.parametrize(
    "links",
    [
        [copy(2, 1), copy(3, 2), copy(4, 3)],
        [excerpt(1, 3, 0.0, 0.45), excerpt(2, 3, 0.5, 0.95), copy(4, 1)],
        [excerpt(2, 1, 0.1, 0.5), excerpt(3, 1, 0.4, 0.8), copy(4, 1)],
    ],
)
def test_the_order_of_the_links_makes_no_difference(links: list[Link]) -> None:
    found = {frozenset(sets(order, a=1, b=2, c=3, d=4)) for order in permutations(links)}

    assert len(found) == 1


def test_an_article_without_links_is_in_no_story() -> None:
    assert partition(articles(a=1), []).stories == ()
