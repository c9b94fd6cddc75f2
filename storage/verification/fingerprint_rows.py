"""Checks the fingerprints of latest texts: none is of another text, and each text can be found by some.

An article that nearly equals another leaves to that one what both have, and a hash that many have is
stored no more; so what is missing is damage only where neither explains it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select, union_all

from storage.digests import text_digest
from storage.models import fingerprint, fingerprint_hot, run
from storage.records import RunKind
from storage.stories.fingerprints import COMMON, digest_hash, look_up
from storage.stories.links import NEARLY_EQUAL
from storage.stories.neighbourhoods import read_links
from storage.stories.shingles import fingerprints
from storage.stories.wording import token_line
from storage.verification.findings import Check, Finding, Findings
from storage.verification.latest_texts import latest_texts

if TYPE_CHECKING:
    from sqlalchemy import Row

RARE = COMMON // 2  # a hash may have been common once and have lost holders since
SLICE = 50  # batches of articles whose hashes are read together: the table is not sorted by article
CHANGED = "restore the database from a backup; the article is whole, but copies of it may be missed"
REMEDY = (
    "`hotnews rededup --apply` makes all fingerprints anew; until then copies of the article may be missed"
)
MISSING = "fingerprints of its text are missing"
GO_ON = "`hotnews rededup --apply` goes on where it stopped; until then copies may be missed"
_UNFINISHED = (
    select(run.c.id).where(run.c.kind == RunKind.REDEDUP.value, run.c.finished_at.is_(None)).limit(1)
)


def check_fingerprints(connection: Connection) -> Findings:
    """Compare fingerprints and digests of texts with every latest text; return the number of articles."""
    examined = unmade = 0
    is_made_anew = connection.scalar(_UNFINISHED) is not None
    for rows in _slices(latest_texts(connection)):
        examined += len(rows)
        for finding in _compare(connection, rows):
            if is_made_anew and finding.problem == MISSING:
                unmade += 1
            else:
                yield finding
    if unmade:
        problem = (
            f"a `hotnews rededup --apply` is at work or was stopped; those of {unmade} texts are missing"
        )
        yield Finding(check=Check.FINGERPRINTS, subject="the index", problem=problem, remedy=GO_ON)
    return examined


def _slices(batches: Iterator[Sequence[Row[Any]]]) -> Iterator[list[Row[Any]]]:
    taken: list[Sequence[Row[Any]]] = []
    for batch in batches:
        taken.append(batch)
        if len(taken) == SLICE:
            yield list(chain.from_iterable(taken))
            taken = []
    if taken:
        yield list(chain.from_iterable(taken))


def _compare(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Finding]:
    stored = _stored(connection, rows[0].id, rows[-1].id)
    missing: dict[int, set[int]] = {}
    for row in rows:
        line = token_line(row.body)
        digest = text_digest(row.title, line)
        if not digest == row.text_digest == row.kept_text_digest:
            problem = "the digest of its text is not that of its words"
            yield _damage(row.public_id, problem, remedy=CHANGED)
            continue
        expected = {digest_hash(digest), *fingerprints(line)} if digest and row.body else set()
        held = stored.get(row.id, set())
        if held - expected:
            yield _damage(row.public_id, f"{len(held - expected)} of its fingerprints are of another text")
        if expected - held:
            missing[row.id] = expected - held
    lost = _lost(
        connection, missing, {row.id: digest_hash(row.text_digest) for row in rows if row.id in missing}
    )
    for row in rows:
        if row.id in lost:
            yield _damage(row.public_id, MISSING)


def _damage(public_id: str, problem: str, *, remedy: str = REMEDY) -> Finding:
    return Finding(check=Check.FINGERPRINTS, subject=f"article {public_id}", problem=problem, remedy=remedy)


def _stored(connection: Connection, first: int, last: int) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = connection.execute(
        union_all(
            *(
                select(table.c.article_id, table.c.hash).where(table.c.article_id.between(first, last))
                for table in (fingerprint, fingerprint_hot)
            )
        )
    )
    for number, value in rows:
        found.setdefault(number, set()).add(value)
    return found


def _lost(connection: Connection, missing: Mapping[int, set[int]], digests: Mapping[int, int]) -> set[int]:
    """Return the articles whose *missing* hashes nobody keeps for them; *digests* are of whole texts."""
    holders = look_up(connection, {value for values in missing.values() for value in values})
    linked = _nearly_equal(connection, missing)
    lost = {
        number for number, value in digests.items() if value in missing[number] and not holders.get(value)
    }
    for number in missing.keys() - linked:
        if any(len(holders.get(value, ())) < RARE for value in missing[number]):
            lost.add(number)
    return lost


def _nearly_equal(connection: Connection, numbers: Iterable[int]) -> set[int]:
    links = read_links(connection, numbers)
    return {end for link in links if link.kind in NEARLY_EQUAL for end in link.ends}
