"""Decide all copies anew: after a change of the algorithm, or where the index was damaged.

Every transaction is short, so crawls go on meanwhile. First the fingerprints are emptied, then the
articles are decided in the order of their arrival, each against those before it: its fingerprints and
its links to them are replaced. Stories stay what they were until all links are new; then each is
rearranged as a whole, and keeps its public id. Whoever kills it leaves an archive that answers, where
copies of some texts may be missed; started again, it goes on where it was, to the same result.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection, Engine, and_, delete, func, or_, select

from storage.database.engine import reading, writing
from storage.database.private_copies import private_copies
from storage.models import (
    article,
    copy_link,
    fingerprint,
    fingerprint_filter,
    fingerprint_hot,
    membership,
    relation,
    story,
)
from storage.stories.fingerprints import add, merge_due_slices
from storage.stories.ids import STORY_ID, story_first
from storage.stories.matching import Matching
from storage.stories.neighbourhoods import store_links, unknown_links
from storage.stories.rededup_progress import Progress, ProgressInMemory, ProgressOfRun
from storage.stories.replaced_texts import load_texts
from storage.stories.upkeep import rearrange

BATCH = 50  # articles of a transaction: a tenth of a second
ROWS = 50_000  # fingerprints that a transaction takes out
Transaction = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an article stands: its story, and what it is a copy of; by public ids."""

    story: str
    duplicate_of: str | None
    kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relinked:
    """An article that another decision puts elsewhere; None where it is in no story."""

    article: str
    before: Standing | None
    after: Standing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where copies are decided: what begins a transaction there, to read or to write, and how far it is."""

    read: Transaction
    write: Transaction
    progress: ProgressOfRun | ProgressInMemory


def preview_rededup(engine: Engine) -> list[Relinked]:
    """Return what `rededup` would change, and change nothing."""
    full, empty = (article, story, membership, relation), (*_INDEX, copy_link)
    with private_copies(engine, full=full, empty=empty) as connection:
        always: Transaction = lambda: nullcontext(connection)  # noqa: E731 - typed, unlike a partial
        return _decide_anew(_Place(read=always, write=always, progress=ProgressInMemory()))


def rededup(engine: Engine) -> list[Relinked]:
    """Decide all copies anew with today's algorithm, from where it was killed; return what changed since."""
    progress = ProgressOfRun(engine)
    changed = _decide_anew(
        _Place(read=partial(reading, engine), write=partial(writing, engine), progress=progress)
    )
    progress.finish(len(changed))
    return changed


def _decide_anew(archive: _Place) -> list[Relinked]:
    before = _standings(archive)
    while _goes_on(archive):
        pass
    after = _standings(archive)
    return [
        Relinked(article=name, before=before.get(name), after=after.get(name))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def _goes_on(archive: _Place) -> bool:
    """Do the next piece in a transaction of its own; return whether there was one."""
    with archive.write() as connection:
        progress = archive.progress.read(connection)
        if progress.emptied < len(_INDEX):
            following = _with_less_of_the_index(connection, progress)
        elif numbers := _batch(connection, progress.decided, progress.last):
            _decide(connection, numbers, progress.last)
            following = replace(progress, decided=numbers[-1])
        elif numbers := _batch(connection, progress.rearranged, progress.last):
            rearrange(connection, numbers)
            following = replace(progress, rearranged=numbers[-1])
        else:
            return False
        archive.progress.keep(connection, following)
    return True


_INDEX = (fingerprint_filter, fingerprint, fingerprint_hot)


def _with_less_of_the_index(connection: Connection, progress: Progress) -> Progress:
    """Take the first rows out of the index; once all are out, what comes later is decided as it comes."""
    table = _INDEX[progress.emptied]
    key = next(iter(table.primary_key))
    edge = connection.scalar(select(key).order_by(key).offset(ROWS).limit(1))
    connection.execute(delete(table) if edge is None else delete(table).where(key <= edge))
    if edge is not None:
        return progress
    last = connection.scalar(select(func.max(article.c.id))) or 0
    return replace(progress, emptied=progress.emptied + 1, last=last)


def _decide(connection: Connection, numbers: list[int], last: int) -> None:
    """Let the fingerprints of articles, and their links to all before them, be those of today's rules."""
    _forget_links(connection, numbers)
    undecided = range(numbers[-1] + 1, last + 1)
    found = Matching(connection, load_texts(connection, numbers), undecided)
    add(connection, found.rows)
    store_links(connection, unknown_links(connection, found.links, numbers))
    merge_due_slices(connection, numbers[0], numbers[-1])


def _forget_links(connection: Connection, numbers: list[int]) -> None:
    """Delete the links among *numbers* and to earlier articles; others are decided with the later one."""
    first, last = numbers[0], numbers[-1]
    one, other = copy_link.c.article_id, copy_link.c.other_id
    connection.execute(
        delete(copy_link).where(
            or_(and_(one.between(first, last), other <= last), and_(other.between(first, last), one <= last))
        )
    )


def _batch(connection: Connection, known: int, last: int) -> list[int]:
    """Return the articles behind the *known* one up to the *last*, in their order, some at a time."""
    within = article.c.id.between(known + 1, last)
    return list(connection.scalars(select(article.c.id).where(within).order_by(article.c.id).limit(BATCH)))


def _standings(archive: _Place) -> dict[str, Standing]:
    """Return where the articles of all stories stand, by public id."""
    original = article.alias("original")
    statement = (
        select(article.c.public_id, STORY_ID, original.c.public_id, membership.c.kind)
        .join_from(membership, article, article.c.id == membership.c.article_id)
        .join(story, story.c.id == membership.c.story_id)
        .join(story_first, story_first.c.id == story.c.first_article)
        .outerjoin(original, original.c.id == membership.c.linked_to)
    )
    with archive.read() as connection:
        rows = connection.execute(statement).all()
    return {name: Standing(story=of, duplicate_of=source, kind=kind) for name, of, source, kind in rows}
