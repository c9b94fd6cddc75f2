"""Keep stories and relations in line with the links between articles."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from storage.bulk import WANTED, select_rows
from storage.comparison import ALGORITHM
from storage.models import relation
from storage.neighbourhoods import Neighbourhood, load_neighbourhood
from storage.partition import Relation, partition
from storage.sets import Sets
from storage.story_rows import StoryRows


def rearrange(connection: Connection, changed: Collection[int]) -> None:
    """Bring the stories and relations around the *changed* articles in line with the links."""
    around = load_neighbourhood(connection, changed)
    whole = _read_whole(around)
    links = [link for link in around.links.values() if link.article in whole and link.other in whole]
    planned = partition({number: around.articles[number] for number in whole}, links)
    stored = StoryRows(connection, around)
    stored.arrange(whole, planned.stories)
    for newcomer in sorted(set(changed) - whole - around.stories.keys()):
        stored.join(newcomer, around.links_of(newcomer))
    stored.write()
    _write_relations(connection, whole, planned.relations)


def _read_whole(around: Neighbourhood) -> set[int]:
    """Return the articles whose neighbourhood was read to its ends."""
    sets = Sets(around.articles)
    for link in around.links.values():
        sets.join(link.article, link.other)
    first_of: dict[int, int] = {}
    for number, story_number in around.stories.items():
        sets.join(number, first_of.setdefault(story_number, number))
    cut = {sets.root(number) for number in around.edge}
    return {number for number in around.articles if sets.root(number) not in cut}


def _write_relations(
    connection: Connection, articles: Collection[int], relations: Collection[Relation]
) -> None:
    """Let *relations*, and no others, be those of the texts among *articles* that contain others."""
    statement = select(relation).where(relation.c.article_id.in_(WANTED))
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
