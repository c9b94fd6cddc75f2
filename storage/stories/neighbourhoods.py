"""The articles around what has changed: the stories they are in, and whatever links lead to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, select, union

from storage.database.bulk import is_wanted, select_rows
from storage.models import article, copy_link, revision, story
from storage.records import CopyKind
from storage.stories.comparison import ALGORITHM
from storage.stories.links import Link, StoryArticle

LARGEST_STORY = 400  # articles; a larger one is not weighed as a whole: newcomers only join it
FARTHEST = 6  # steps from what has changed: roundups lead from any story to any other
UNCERTAIN = 3  # last steps; what is decided there depends on articles that were not read
_ARTICLES = (
    select(
        article.c.id,
        article.c.public_id,
        article.c.first_seen,
        article.c.story_id,
        revision.c.title,
        revision.c.published_day,
        revision.c.published_at,
    )
    .join(revision, revision.c.id == article.c.latest_revision)
    .where(is_wanted(article.c.id))
)
_STORIES = select(story.c.id, story.c.size).where(is_wanted(story.c.id))
_MEMBERS = select(article.c.id).where(is_wanted(article.c.story_id))
_LINKS = union(
    *(select(copy_link).where(is_wanted(side)) for side in (copy_link.c.article_id, copy_link.c.other_id))
)


@dataclass(slots=True)
class Neighbourhood:
    """Articles with their links and stories; `edge` holds those of whose surroundings not all was read."""

    articles: dict[int, StoryArticle] = field(default_factory=dict)
    stories: dict[int, int] = field(default_factory=dict)  # article -> row number of its story
    links: dict[tuple[int, int], Link] = field(default_factory=dict)
    edge: set[int] = field(default_factory=set)

    def links_of(self, article_id: int) -> list[Link]:
        """Return the links of an article, seen from it."""
        return [link.seen_from(article_id) for link in self.links.values() if article_id in link.ends]


def load_neighbourhood(connection: Connection, seeds: Iterable[int]) -> Neighbourhood:
    """Return the articles around *seeds*."""
    found = Neighbourhood()
    seen_stories: set[int] = set()
    steps = [set(seeds)]
    while steps[-1] and len(steps) <= FARTHEST:
        frontier = steps[-1]
        stories = _load_articles(connection, found, frontier) - seen_stories
        seen_stories |= stories
        large = {row.id for row in select_rows(connection, _STORIES, stories) if row.size > LARGEST_STORY}
        found.edge |= {number for number in frontier if found.stories.get(number) in large}
        reached = {row.id for row in select_rows(connection, _MEMBERS, stories - large)}
        for link in read_links(connection, frontier - found.edge):
            found.links[link.ends] = link
            reached.update(link.ends)
        steps.append(reached - found.articles.keys())
    if steps[-1]:
        _load_articles(connection, found, steps[-1])
        found.edge.update(*steps[-UNCERTAIN:])
    return found


def _load_articles(connection: Connection, found: Neighbourhood, wanted: set[int]) -> set[int]:
    """Add the *wanted* articles; return the stories they are in."""
    stories = set()
    for row in select_rows(connection, _ARTICLES, wanted):
        found.articles[row.id] = StoryArticle(
            id=row.id,
            public_id=row.public_id,
            day=row.published_day,
            at=row.published_at or row.first_seen,
            title=row.title,
        )
        if row.story_id is not None:
            found.stories[row.id] = row.story_id
            stories.add(row.story_id)
    return stories


def read_links(connection: Connection, articles: Iterable[int]) -> list[Link]:
    """Return the links of *articles*, each once."""
    found = {(row.article_id, row.other_id): row for row in select_rows(connection, _LINKS, articles)}
    return [
        Link(
            article=row.article_id,
            other=row.other_id,
            kind=CopyKind(row.kind),
            score=row.score,
            container=row.container_id,
            start=row.start,
            end=row.end,
        )
        for row in found.values()
    ]


def unknown_links(connection: Connection, links: Sequence[Link], decided: Iterable[int]) -> list[Link]:
    """Return *links* without those that are stored: only an article *decided* anew can have some."""
    known = {frozenset(link.ends) for link in read_links(connection, decided)}
    return [link for link in links if frozenset(link.ends) not in known]


def store_links(connection: Connection, links: Sequence[Link]) -> None:
    """Store new *links*."""
    rows = [
        {
            "article_id": link.article,
            "other_id": link.other,
            "kind": link.kind.value,
            "score": link.score,
            "container_id": link.container,
            "start": link.start,
            "end": link.end,
            "algorithm": ALGORITHM,
        }
        for link in links
    ]
    if rows:
        connection.execute(insert(copy_link), rows)
