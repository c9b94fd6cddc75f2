"""The stories: the largest, or the one that an id means, with their articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from storage.article_places import with_places
from storage.errors import BadQuery
from storage.models import article as a
from storage.models import membership, page, relation, revision, site, story
from storage.queries.articles import ARTICLES, latest, original
from storage.rows import RelationRow, StoryMember, StoryRow
from storage.safe_text import storable
from storage.stories.ids import is_in_story, members_of

_STORIES = select(story.c.id, story.c.size, a.c.public_id.label("first")).join(
    a, a.c.id == story.c.first_article
)


def stories(connection: Connection, limit: int, after: str | None = None) -> list[StoryRow]:
    """Return the largest stories, those after the one of id *after*.

    :raises BadQuery: if there is none of that id
    """
    statement = _STORIES
    if after is not None:
        meant = select(membership.c.story_id).where(membership.c.article_id.in_(members_of(storable(after))))
        last = connection.execute(_STORIES.where(story.c.id.in_(meant))).first()
        if last is None:
            raise BadQuery(f"there is no story {after!r} to go on after")
        equal = and_(story.c.size == last.size, a.c.public_id > last.first)
        statement = statement.where(or_(story.c.size < last.size, equal))
    return _story_rows(connection, statement.order_by(story.c.size.desc(), a.c.public_id).limit(limit))


def story_named(connection: Connection, name: str) -> StoryRow | None:
    """Return the story that *name* means, which may be that of an article alone; None if it means nothing."""
    found = connection.execute(
        select(a.c.id, a.c.story_id).where(is_in_story(storable(name))).limit(1)
    ).first()
    if found is None:
        return None
    if found.story_id is not None:
        (shared,) = _story_rows(connection, _STORIES.where(story.c.id == found.story_id))
        return replace(shared, relations=_relations(connection, _member.c.story_id == found.story_id))
    row = connection.execute(ARTICLES.where(a.c.id == found.id)).one()
    alone = StoryMember(
        article=row.id,
        site=row.site,
        url=row.url,
        title="" if row.withheld else row.title,
        published_day=row.published_day,
        first_seen=row.first_seen,
        linked_to=None,
        kind=None,
        score=None,
        algorithm=None,
    )
    relations = _relations(connection, _member.c.id == found.id)
    return StoryRow(id=row.story, size=1, first_article=row.id, members=(alone,), relations=relations)


_member, _longer, _other = a.alias("member"), a.alias("longer"), a.alias("other")
_RELATIONS = (
    select(
        _longer.c.public_id.label("article"),
        _other.c.public_id.label("other"),
        relation.c.kind,
        relation.c.score,
    )
    .join_from(relation, _longer, _longer.c.id == relation.c.article_id)
    .join(_other, _other.c.id == relation.c.other_id)
    .join(_member, _member.c.id.in_((relation.c.article_id, relation.c.other_id)))
    .distinct()
    .order_by(_longer.c.public_id, _other.c.public_id)
)


def _relations(connection: Connection, members: ColumnElement[bool]) -> tuple[RelationRow, ...]:
    rows = connection.execute(_RELATIONS.where(members))
    return tuple(RelationRow(**row._mapping) for row in rows)


def _story_rows(connection: Connection, statement: Select[Any]) -> list[StoryRow]:
    rows = connection.execute(statement).all()
    members = _members(connection, [row.id for row in rows])
    return [
        StoryRow(id=f"s{row.first}", size=row.size, first_article=row.first, members=tuple(members[row.id]))
        for row in rows
    ]


_MEMBERS = (
    select(
        membership.c.story_id,
        a.c.public_id.label("article"),
        site.c.key.label("site"),
        page.c.url,
        case((a.c.withheld.is_(None), latest.c.title), else_="").label("title"),
        latest.c.published_day,
        a.c.first_seen,
        original.c.public_id.label("linked_to"),
        membership.c.kind,
        membership.c.score,
        membership.c.algorithm,
    )
    .join_from(membership, a, a.c.id == membership.c.article_id)
    .join(latest, latest.c.id == a.c.latest_revision)
    .outerjoin(original, original.c.id == membership.c.linked_to)
    .order_by(latest.c.published_at, a.c.first_seen, a.c.public_id)
)


def _members(connection: Connection, numbers: Iterable[int]) -> dict[int, list[StoryMember]]:
    members: dict[int, list[StoryMember]] = {number: [] for number in numbers}
    statement = with_places(_MEMBERS).where(membership.c.story_id.in_(list(members)))
    for row in connection.execute(statement):
        values = dict(row._mapping)
        members[values.pop("story_id")].append(StoryMember(**values))
    for found in members.values():
        found.sort(key=lambda member: (member.linked_to is not None, member.day))
    return members


def new_copies(connection: Connection, run_id: int) -> int:
    """Return how many articles whose first revision a run wrote are copies of others."""
    statement = (
        select(func.count())
        .select_from(revision)
        .join(membership, membership.c.article_id == revision.c.article_id)
        .where(revision.c.run_id == run_id, revision.c.number == 1, membership.c.linked_to.is_not(None))
    )
    return connection.scalar(statement) or 0
