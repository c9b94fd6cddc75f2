"""The rows of stories and memberships around a change: read once, rearranged, and the difference written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.database.bulk import is_wanted, select_rows
from storage.database.row_numbers import next_numbers
from storage.models import article, membership, story
from storage.stories.comparison import ALGORITHM
from storage.stories.links import Link
from storage.stories.neighbourhoods import Neighbourhood
from storage.stories.partition import Story


class Place(NamedTuple):
    """Where an article stands: its story, and the link that holds it there (none for the first)."""

    story: int
    linked_to: int | None = None
    kind: str | None = None
    score: float | None = None


class StoryRows:
    """What is stored around a change, and what should be."""

    def __init__(self, connection: Connection, around: Neighbourhood) -> None:
        self._connection = connection
        self._articles = around.articles
        members = select(membership).where(is_wanted(membership.c.article_id))
        self._before = {
            row.article_id: Place(row.story_id, row.linked_to, row.kind, row.score)
            for row in select_rows(connection, members, around.articles)
        }
        stories = select(story).where(is_wanted(story.c.id))
        self._stories = {
            row.id: row for row in select_rows(connection, stories, {p.story for p in self._before.values()})
        }
        self._after: dict[int, Place | None] = {}
        self._firsts: dict[int, int] = {}  # story -> its first article

    def arrange(self, articles: Iterable[int], stories: Sequence[Story]) -> None:
        """Let *stories*, and no others, be those of *articles*."""
        self._after |= dict.fromkeys(articles)
        for number, planned in zip(self._numbers(stories), stories, strict=True):
            self._firsts[number] = planned.articles[0]
            for member in planned.articles:
                self._after[member] = _place(number, planned.links.get(member))

    def join(self, newcomer: int, links: Iterable[Link]) -> None:
        """Let *newcomer* join the story of its best link; for where there is too much to rearrange."""
        best = max(links, key=lambda link: (link.score, -link.other))
        place = self._after.get(best.other) or self._before.get(best.other)
        if place is None:
            (number,) = self._new_numbers(1)
            self._firsts[number] = best.other
            place = self._after[best.other] = Place(number)
        self._after[newcomer] = _place(place.story, best)

    def _numbers(self, stories: Sequence[Story]) -> list[int]:
        """Return the row number of each story: the oldest of those that it goes on with, else a new one."""
        kept: dict[int, int] = {}
        for number, place in self._owners(stories).items():
            kept[place] = min(number, kept.get(place, number))
        new = iter(self._new_numbers(len(stories) - len(kept)))
        return [kept.get(place) or next(new) for place in range(len(stories))]

    def _owners(self, stories: Sequence[Story]) -> dict[int, int]:
        """Return, for each stored story, which of *stories* goes on with it."""
        claims: dict[int, Counter[int]] = {}
        for place, planned in enumerate(stories):
            for member in planned.articles:
                before = self._before.get(member)
                if before is not None:
                    claims.setdefault(before.story, Counter())[place] += 1
        return {number: max(sorted(claim), key=claim.__getitem__) for number, claim in claims.items()}

    def _new_numbers(self, count: int) -> Sequence[int]:
        given = len(self._firsts.keys() - self._stories.keys())
        return next_numbers(self._connection, story, given + count)[given:]

    def write(self) -> None:
        """Write what differs, and nothing else."""
        changed = {
            member: place for member, place in self._after.items() if place != self._before.get(member)
        }
        sizes = self._sizes(changed)
        gone = [number for number, size in sizes.items() if not size and number in self._stories]
        self._write_founded(sizes)
        self._write_members(changed)
        self._write_sizes(
            {number: size for number, size in sizes.items() if size and number in self._stories}
        )
        if gone:
            self._connection.execute(delete(story).where(story.c.id.in_(gone)))

    def _sizes(self, changed: Mapping[int, Place | None]) -> dict[int, int]:
        """Return the sizes of all stories that *changed* or whose first article is another."""
        sizes = Counter({number: row.size for number, row in self._stories.items()})
        for member, place in changed.items():
            before = self._before.get(member)
            if before is not None:
                sizes[before.story] -= 1
            if place is not None:
                sizes[place.story] += 1
        return {
            number: size
            for number, size in sizes.items()
            if self._has_another_first(number) or size != self._stories[number].size
        }

    def _has_another_first(self, number: int) -> bool:
        stored = self._stories.get(number)
        return stored is None or self._firsts.get(number, stored.first_article) != stored.first_article

    def _write_founded(self, sizes: Mapping[int, int]) -> None:
        found = [
            {"id": number, "first_article": first, "size": sizes[number]}
            for number, first in self._firsts.items()
            if number not in self._stories
        ]
        if found:
            self._connection.execute(insert(story), found)

    def _write_members(self, changed: Mapping[int, Place | None]) -> None:
        connection = self._connection
        outdated = sorted(changed.keys() & self._before.keys())
        if outdated:
            connection.execute(delete(membership).where(membership.c.article_id.in_(outdated)))
        members = [
            {"article_id": member, "story_id": place.story, "linked_to": place.linked_to}
            | {"kind": place.kind, "score": place.score, "algorithm": ALGORITHM}
            for member, place in changed.items()
            if place is not None
        ]
        if members:
            connection.execute(insert(membership), members)
        now = datetime.now(UTC)
        moved = [
            {"member": member, "story": place.story if place else None, "now": now}
            for member, place in self._after.items()
            if member in changed or (place and self._has_another_first(place.story))
        ]
        if moved:
            connection.execute(_MOVE, moved)

    def _write_sizes(self, sizes: Mapping[int, int]) -> None:
        kept = [
            {
                "number": number,
                "size": size,
                "first": self._firsts.get(number, self._stories[number].first_article),
            }
            for number, size in sizes.items()
        ]
        if kept:
            self._connection.execute(_RESIZE, kept)


_MOVE = (
    update(article)
    .where(article.c.id == bindparam("member"))
    .values(story_id=bindparam("story"), changed_at=bindparam("now"))
)
_RESIZE = (
    update(story)
    .where(story.c.id == bindparam("number"))
    .values(size=bindparam("size"), first_article=bindparam("first"))
)


def _place(number: int, link: Link | None) -> Place:
    return Place(number, link.other, link.kind.value, link.score) if link else Place(number)
