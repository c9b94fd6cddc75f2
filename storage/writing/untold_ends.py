"""Ends of runs that the archive could not be told: a file each beside the evidence, until it can."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from sqlalchemy import Connection, or_, select, update

from storage.models import run
from storage.safe_text import storable
from storage.verdicts import Verdict
from storage.writing import leases

if TYPE_CHECKING:
    from storage.rows import RunRow, SiteRow

NO_ROOM = "its reason could not be kept: the disk was full"


@dataclass(frozen=True, slots=True, kw_only=True)
class UntoldEnd:
    """How a run ended; *archive*, without its password, is where its row stands open."""

    archive: str
    run: str  # its key
    verdict: Verdict
    at: datetime
    reason: str
    counts: Mapping[str, int]

    @property
    def file_name(self) -> str:
        """Return the name of its file, which says what matters most: a full disk still takes a name."""
        return f"end-of-{quote(self.run, safe='')}~{self.verdict}~{_digest(self.archive)}.json"


def _digest(archive: str) -> str:
    return sha256(archive.encode()).hexdigest()[:12]


def keep(root: Path, end: UntoldEnd) -> None:
    """Keep *end* in the evidence folder *root*; where no file can be made either, nobody is told."""
    path = root / end.file_name
    try:
        root.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            json.dump({"at": end.at.isoformat(), "reason": end.reason, "counts": dict(end.counts)}, file)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            os.truncate(path, 0)  # half of it is nothing; its name stays


def kept(root: Path, archive: str) -> list[UntoldEnd]:
    """Return the ends of runs of *archive* that are kept in *root*."""
    found = (_read(path, archive) for path in sorted(root.glob(f"end-of-*~{_digest(archive)}.json")))
    return [end for end in found if end is not None]


def _read(path: Path, archive: str) -> UntoldEnd | None:
    """Return the end that a file tells; None where it tells none, or is gone meanwhile."""
    name, verdict, _ = path.name.removeprefix("end-of-").split("~")
    try:
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0).isoformat()
        nothing = {"at": written, "reason": NO_ROOM, "counts": {}}
        told: dict[str, Any] = json.loads(path.read_text("utf-8") or json.dumps(nothing))
        at = datetime.fromisoformat(told.pop("at")).astimezone(UTC)
        return UntoldEnd(archive=archive, run=unquote(name), verdict=Verdict(verdict), at=at, **told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def forget(root: Path, ends: Sequence[UntoldEnd]) -> None:
    """Delete the files of *ends*, which the archive knows now."""
    for end in ends:
        with suppress(OSError):
            (root / end.file_name).unlink(missing_ok=True)


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
