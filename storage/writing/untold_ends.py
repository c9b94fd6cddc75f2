"""Ends of runs that the archive could not be told: a file each beside the evidence, until it can."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import Connection, or_, select, update

from storage.models import run
from storage.safe_text import storable
from storage.verdicts import Verdict
from storage.writing import leases

if TYPE_CHECKING:
    from storage.rows import RunRow, SiteRow

FOLDER = "untold-ends"  # in that of the evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class UntoldEnd:
    """How a run ended; *archive*, without its password, is where its row stands open."""

    archive: str
    run: str  # its key
    at: datetime
    verdict: Verdict
    reason: str
    counts: Mapping[str, int]


def keep(root: Path, end: UntoldEnd) -> None:
    """Keep *end* under the evidence folder *root*; where no file can be written either, nobody is told."""
    folder = root / FOLDER
    path = folder / f"{quote(end.run, safe='')}.json"
    part = path.with_suffix(".part")
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            json.dump({**asdict(end), "at": end.at.isoformat()}, file, ensure_ascii=True)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


def kept(root: Path, archive: str) -> list[UntoldEnd]:
    """Return the ends of runs of *archive* that are kept under *root*."""
    found = (_read(path) for path in sorted((root / FOLDER).glob("*.json")))
    return [end for end in found if end is not None and end.archive == archive]


def _read(path: Path) -> UntoldEnd | None:
    """Return the end that a file tells; None where it tells none, or is gone meanwhile."""
    try:
        values: dict[str, Any] = json.loads(path.read_text("utf-8"))
        at, verdict = datetime.fromisoformat(values.pop("at")), Verdict(values.pop("verdict"))
        return UntoldEnd(at=at.astimezone(UTC), verdict=verdict, **values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def forget(root: Path, ends: Sequence[UntoldEnd]) -> None:
    """Delete the files of *ends*, which the archive knows now."""
    for end in ends:
        with suppress(OSError):
            (root / FOLDER / f"{quote(end.run, safe='')}.json").unlink(missing_ok=True)


def tell(connection: Connection, ends: Sequence[UntoldEnd]) -> None:
    """Close the runs of *ends*, also where another machine closed one without knowing how it ended."""
    for end in ends:
        number = connection.scalar(
            select(run.c.id).where(
                run.c.key == end.run, or_(run.c.finished_at.is_(None), run.c.reason == leases.UNTOLD)
            )
        )
        if number is None:
            continue
        connection.execute(
            update(run)
            .where(run.c.id == number)
            .values(
                finished_at=end.at,
                verdict=end.verdict.value,
                reason=storable(end.reason),
                counts=dict(end.counts),
            )
        )
        leases.release(connection, number)


def runs_with(ends: Sequence[UntoldEnd], rows: Sequence[RunRow]) -> list[RunRow]:
    """Return *rows* with the ends that they do not know."""
    untold = {end.run: end for end in ends}
    return list(_with_ends(untold, rows))


def _with_ends(untold: Mapping[str, UntoldEnd], rows: Sequence[RunRow]) -> Iterator[RunRow]:
    for row in rows:
        end = untold.get(row.run)
        if end is None or not is_untold(row):
            yield row
        else:
            yield replace(
                row,
                finished_at=end.at,
                verdict=end.verdict.value,
                reason=end.reason,
                counts=end.counts,
                interrupted=False,
            )


def is_untold(row: RunRow) -> bool:
    """Return whether the archive does not know how a run ended."""
    return row.finished_at is None or row.reason == leases.UNTOLD


def sites_with(ends: Sequence[UntoldEnd], rows: Sequence[SiteRow]) -> list[SiteRow]:
    """Return *rows* with the ends of their last runs that they do not know."""
    untold = {end.run: end for end in ends}
    return [
        replace(row, last_verdict=untold[row.last_run].verdict.value, last_interrupted=False)
        if row.last_verdict is None and row.last_run in untold
        else row
        for row in rows
    ]
