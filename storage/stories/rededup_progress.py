"""How far deciding all copies anew has come: kept in its run, so that whoever killed it loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version

from sqlalchemy import Connection, Engine, select, update

from storage.database.engine import writing
from storage.models import run
from storage.records import RunKind
from storage.stories.comparison import ALGORITHM
from storage.verdicts import Verdict
from storage.writing import leases, runs
from storage.writing.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is done; each count goes up to its end before the next begins."""

    emptied: int = 0  # tables of the fingerprint index
    last: int = 0  # the article up to which copies are decided anew; known once the index is empty
    decided: int = 0  # the last article whose links are new
    rearranged: int = 0  # the last article whose story is


class ProgressOfRun:
    """The progress that a run row keeps; a run that was killed under the same rules is gone on with."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with writing(engine) as connection:
            self._run = _unfinished(connection) or _begun(connection)

    def read(self, connection: Connection) -> Progress:
        """Return how far it has come, in the transaction that goes on from there."""
        options = select(run.c.options).where(run.c.id == self._run.id)
        return Progress(**connection.execute(options).scalar_one()["progress"])

    def keep(self, connection: Connection, progress: Progress) -> None:
        """Keep how far it has come, together with what was done."""
        kept = {
            **_options(progress),
            **leases.process_option(leases.now()),
        }  # whose process may be another by now
        values = {"options": kept, "host": leases.this_process().host}
        connection.execute(update(run).where(run.c.id == self._run.id).values(values))

    def finish(self, changed: int) -> None:
        """Close the run."""
        with writing(self._engine) as connection:
            _finish(connection, self._run, Verdict.COMPLETE, "", {"relinked": changed})


class ProgressInMemory:
    """The progress of a preview, which leaves nothing behind."""

    def __init__(self) -> None:
        self._progress = Progress()

    def read(self, _connection: Connection) -> Progress:
        """Return how far it has come."""
        return self._progress

    def keep(self, _connection: Connection, progress: Progress) -> None:
        """Keep how far it has come."""
        self._progress = progress


def _unfinished(connection: Connection) -> Run | None:
    """Return the run to go on with, if there is one; those under other rules are closed."""
    found = None
    rows = select(run.c.id, run.c.key, run.c.started_at, run.c.options).where(
        run.c.kind == RunKind.REDEDUP.value, run.c.finished_at.is_(None)
    )
    for row in connection.execute(rows.order_by(run.c.id)).all():
        stopped = Run(
            id=row.id,
            key=row.key,
            site=None,
            site_id=None,
            kind=RunKind.REDEDUP,
            started_at=row.started_at,
        )
        if all(row.options[name] == value for name, value in _rules().items()):
            found = stopped
        else:
            _finish(connection, stopped, Verdict.CRASHED, "killed; begun again under other rules", {})
    return found


def _begun(connection: Connection) -> Run:
    return runs.start(
        connection,
        None,
        [],
        kind=RunKind.REDEDUP,
        code_version=version("hotnews"),
        options=_options(Progress()),
    )


def _options(progress: Progress) -> dict[str, object]:
    return {**_rules(), "progress": asdict(progress)}


def _rules() -> dict[str, str]:
    return {"algorithm": ALGORITHM, "code_version": version("hotnews")}


def _finish(
    connection: Connection, ended: Run, verdict: Verdict, reason: str, counts: Mapping[str, int]
) -> None:
    runs.finish(connection, ended, verdict=verdict, reason=reason, counts=counts, measures={}, warnings=())
