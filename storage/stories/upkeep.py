"""Keep stories and relations in line with the links between articles."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, delete, insert, select

from storage.database.bulk import is_wanted, select_rows
from storage.models import relation
from storage.stories.comparison import ALGORITHM
from storage.stories.links import Link
from storage.stories.neighbourhoods import Neighbourhood, load_neighbourhood
from storage.stories.partition import Relation, Story, partition
from storage.stories.rows import StoryRows
from storage.stories.sets import Sets


def rearrange(connection: Connection, changed: Collection[int]) -> None:
    """Bring the stories and relations around the *changed* articles in line with the links."""
    around = load_neighbourhood(connection, changed)
    planned = partition(around.articles, list(around.links.values()))
    certain = _certain(around, planned.stories)
    newcomers = set(changed) - certain - around.stories.keys()
    stored = StoryRows(connection, around)
    stored.arrange(certain, [each for each in planned.stories if each.articles[0] in certain])
    for newcomer, links in _joining(around, newcomers, planned.stories):
        stored.join(newcomer, links)
    stored.write()
    told = certain | newcomers
    _write_relations(connection, told, [each for each in planned.relations if each.article in told])


def _certain(around: Neighbourhood, planned: Collection[Story]) -> set[int]:
    """Return the articles about whose story everything was read, the stored one and the *planned* one."""
    sets = Sets(around.articles)
    first_of: dict[int, int] = {}
    for number, story_number in around.stories.items():
        sets.join(number, first_of.setdefault(story_number, number))
    for each in planned:
        for number in each.articles:
            sets.join(each.articles[0], number)
    cut = {sets.root(number) for number in around.edge}
    return {number for number in around.articles if sets.root(number) not in cut}


def _joining(
    around: Neighbourhood, newcomers: Collection[int], planned: Collection[Story]
) -> Iterator[tuple[int, list[Link]]]:
    """Yield the *newcomers* that join a story as it is, the earliest first, with their links to it."""
    members = {number: set(each.articles) for each in planned for number in each.articles}
    waiting = set(newcomers)
    for newcomer in sorted(newcomers):
        waiting.discard(newcomer)
        wanted = members.get(newcomer, set()) - waiting
        links = [link for link in around.links_of(newcomer) if link.other in wanted]
        if links:
            yield newcomer, links


def _write_relations(
    connection: Connection, articles: Collection[int], relations: Collection[Relation]
) -> None:
    """Let *relations*, and no others, be those of the texts among *articles* that contain others."""
    statement = select(relation).where(is_wanted(relation.c.article_id))
    before = {
        (row.article_id, row.other_id, row.kind): row.score
        for row in select_rows(connection, statement, articles)
    }
    after = {(each.article, each.other, each.kind.value): each.score for each in relations}
    if before == after:
        return
    outdated = sorted({number for number, _, _ in before})
    if outdated:
        connection.execute(delete(relation).where(relation.c.article_id.in_(outdated)))
    found = [
        {"article_id": number, "other_id": other, "kind": kind, "score": score, "algorithm": ALGORITHM}
        for (number, other, kind), score in after.items()
    ]
    if found:
        connection.execute(insert(relation), found)
