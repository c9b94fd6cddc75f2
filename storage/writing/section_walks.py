"""Walking sections: what earlier walks saw, what the end of this one means, the certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, literal, select, update

from storage.database.column_types import UtcTime
from storage.models import listing, page, section, section_coverage
from storage.models import run as runs
from storage.records import PageState
from storage.rows import SectionEnd, SectionState
from storage.safe_text import storable
from storage.writing.leases import now
from storage.writing.vanished_entries import Vanished, delist

if TYPE_CHECKING:
    from storage.writing.runs import Run

# A hole in the dates is at least a week, and several times as long as the time between two days usually is.
HOLE_DAYS = 7
HOLE_TIMES = 5
FEWEST_STEPS = 5  # before anything is usual
MOST_HOLES = 5  # are named, the longest ones
_REPEATED = "repeated/"  # and the section's name: a count of each run


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """How far a walk came and what it saw of the list."""

    to_end: bool = False  # to where it had to be
    full: bool = False
    stated_total: int | None = None
    repeated: int | None = None  # entries that the total counts twice; None where not all were seen
    gaps: Sequence[str] = ()


def section_state(connection: Connection, section_id: int) -> SectionState:
    """Return how far earlier walks of a section came."""
    row = connection.execute(select(section).where(section.c.id == section_id)).one()
    return SectionState(
        backfilled_at=row.backfilled_at,
        last_full_walk=row.last_full_walk,
        stated_total=row.stated_total,
        known=_count(connection, section_id),
        repeated=_repeated(_counts_before(connection, section_id), row.slug),
        walk_open=row.walk_open,
    )


def _count(connection: Connection, section_id: int, *conditions: Any) -> int:
    statement = (
        select(func.count()).select_from(listing).where(listing.c.section_id == section_id, *conditions)
    )
    return connection.scalar(statement) or 0


def finish_section(
    connection: Connection, run: Run, section_id: int, walk: Walked, vanished: Vanished
) -> SectionEnd:
    """Keep how far a walk came, and what it no longer found."""
    known: dict[str, Any] = {} if walk.stated_total is None else {"stated_total": walk.stated_total}
    if walk.to_end:
        known["walk_open"] = False
    if walk.to_end and walk.full:
        known["last_full_walk"] = at = now()
        known["backfilled_at"] = func.coalesce(section.c.backfilled_at, literal(at, UtcTime))
    if known:
        connection.execute(update(section).where(section.c.id == section_id).values(**known))
    delist(connection, section_id, vanished.replaced)
    end = _end_of(connection, run, section_id, vanished)
    end = replace(end, repeated=_keep_repeated(connection, run.id, section_id, walk.repeated))
    if walk.to_end and walk.stated_total is not None and end.known + end.repeated < walk.stated_total:
        walk = replace(walk, gaps=[*walk.gaps, *_date_holes(connection, section_id)])
    _keep(connection, run.id, section_id, end, walk)
    return end


def _end_of(connection: Connection, run: Run, section_id: int, vanished: Vanished) -> SectionEnd:
    return SectionEnd(
        listed=_count(connection, section_id, listing.c.run_id == run.id),
        known=_count(connection, section_id),
        vanished=len(vanished.pages),
        drifted=vanished.drifted,
    )


def _keep_repeated(connection: Connection, run_id: int, section_id: int, seen: int | None) -> int:
    """Return how many entries the site counts twice, and count them now: the run may be killed."""
    slug = connection.scalar(select(section.c.slug).where(section.c.id == section_id)) or ""
    earlier = section_coverage.c.run_id < run_id
    repeated = _repeated(_counts_before(connection, section_id, earlier), slug) if seen is None else seen
    if repeated:
        counts = {**_counts_of(connection, run_id), f"{_REPEATED}{slug}": repeated}
        connection.execute(update(runs).where(runs.c.id == run_id).values(counts=counts))
    return repeated


def _counts_before(connection: Connection, section_id: int, *which: ColumnElement[bool]) -> dict[str, int]:
    """Return the counts of the last of the runs *which* fit that walked a section to where it had to be."""
    walked = (section_coverage.c.section_id == section_id, section_coverage.c.walked_to_end, *which)
    last = select(section_coverage.c.run_id).where(*walked).order_by(section_coverage.c.run_id.desc())
    before = connection.scalar(last.limit(1))
    return {} if before is None else _counts_of(connection, before)


def _counts_of(connection: Connection, run_id: int) -> dict[str, int]:
    return dict(connection.scalars(select(runs.c.counts).where(runs.c.id == run_id)).one())


def _repeated(counts: Mapping[str, int], slug: str) -> int:
    return counts.get(f"{_REPEATED}{slug}", 0)


def _date_holes(connection: Connection, section_id: int) -> list[str]:
    """Return in words the longest times without an entry: what a site states beyond them may lie there."""
    dated = select(listing.c.day).where(listing.c.section_id == section_id, listing.c.day.is_not(None))
    days = connection.scalars(dated.distinct().order_by(listing.c.day)).all()
    steps = [(later - day, day, later) for day, later in pairwise(days)]
    if len(steps) < FEWEST_STEPS:
        return []
    usual = median(step.days for step, _, _ in steps)
    long = [step for step in steps if step[0].days >= max(HOLE_DAYS, HOLE_TIMES * usual)]
    named = sorted(sorted(long, reverse=True)[:MOST_HOLES], key=lambda step: step[1])
    return [f"no entry between {day} and {later}" for _, day, later in named]


def _keep(connection: Connection, run_id: int, section_id: int, end: SectionEnd, walk: Walked) -> None:
    """Keep the certificate of a walk; what became of the pages is counted when the run ends."""
    connection.execute(section_coverage.delete().where(_is_certificate(run_id, section_id)))
    connection.execute(
        insert(section_coverage).values(
            run_id=run_id,
            section_id=section_id,
            walked_to_end=walk.to_end,
            full_walk=walk.full,
            stated_total=walk.stated_total,
            gaps=[storable(gap) for gap in walk.gaps],
            listed=end.listed,
            known=end.known,
            archived=0,
            rejected={},
            lost=0,
            vanished=end.vanished,
            verdict="unknown",
        )
    )


def certify(connection: Connection, run: Run) -> None:
    """Bring the run's certificates up to date: what became of every page that its sections list."""
    for section_id in run.section_ids.values():
        kept = select(section_coverage.c.listed).where(_is_certificate(run.id, section_id))
        if connection.scalar(kept) is None:  # it was not walked
            _keep(connection, run.id, section_id, _end_of(connection, run, section_id, Vanished()), Walked())
        _certify_section(connection, run.id, section_id)


def _is_certificate(run_id: int, section_id: int) -> ColumnElement[bool]:
    return and_(section_coverage.c.run_id == run_id, section_coverage.c.section_id == section_id)


def _certify_section(connection: Connection, run_id: int, section_id: int) -> None:
    same = _is_certificate(run_id, section_id)
    certificate = connection.execute(select(section_coverage).where(same)).one()
    slug = connection.scalar(select(section.c.slug).where(section.c.id == section_id)) or ""
    repeated = _repeated(_counts_of(connection, run_id), slug)
    archived = lost = waiting = 0
    reasons: dict[str, int] = {}
    for row in _pages_by_state(connection, section_id):
        if row.article_id_known:
            archived += row.pages
        elif row.state in {PageState.REJECTED.value, PageState.MOVED.value}:
            reason = row.reason if row.state == PageState.REJECTED.value else "moved"
            reasons[reason] = reasons.get(reason, 0) + row.pages
        elif row.state == PageState.LOST.value:
            lost += row.pages
        else:
            waiting += row.pages
    connection.execute(
        update(section_coverage)
        .where(same)
        .values(
            archived=archived,
            rejected=reasons,
            lost=lost,
            verdict=_verdict(certificate, lost + waiting, repeated),
        )
    )


def _pages_by_state(connection: Connection, section_id: int) -> Any:
    has_article = page.c.article_id.is_not(None).label("article_id_known")
    return connection.execute(
        select(page.c.state, page.c.reason, has_article, func.count().label("pages"))
        .join(listing, listing.c.page_id == page.c.id)
        .where(listing.c.section_id == section_id)
        .group_by(page.c.state, page.c.reason, has_article)
    )


def _verdict(certificate: Any, unfetched: int, repeated: int) -> str:
    """Return complete, incomplete or, where the site states no total, unknown."""
    if unfetched or certificate.gaps:
        return "incomplete"
    if certificate.stated_total is None:
        return "unknown"
    return "complete" if certificate.known + repeated >= certificate.stated_total else "incomplete"
