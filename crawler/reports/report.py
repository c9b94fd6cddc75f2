"""What there is to tell of a run once it has ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from storage import Archive
from storage.errors import ArchiveError
from storage.rows import RunRow, Warned
from storage.verdicts import Verdict

_RUNS_LOOKED_AT = 200  # for the last complete one


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """How one run of one site ended, and how the run before it had; times are UTC."""

    site: str
    archive: str  # without its password
    verdict: Verdict
    reason: str
    run: str | None = None  # None: it could not even begin
    started_at: datetime | None = None
    finished_at: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    previous: Verdict | None = None
    last_complete_at: datetime | None = None
    warnings: tuple[Warned, ...] = ()
    warns_anew: bool = False  # of what the run before did not warn of

    @property
    def headline(self) -> str:
        """Return the report in one line."""
        before = f", was {self.previous}" if self.previous not in (None, self.verdict) else ""
        return f"{self.site}: {self.verdict} (exit {self.verdict.exit_code}{before}): {self.reason}"

    @property
    def is_news(self) -> bool:
        """Return whether the verdict differs from the last run's, or a warning is new.

        A first run is expected to be complete.
        """
        return self.warns_anew or self.verdict is not (self.previous or Verdict.COMPLETE)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values; `text` is the headline, which chat servers show as it is."""
        return {
            "text": self.headline,
            "site": self.site,
            "run": self.run,
            "archive": self.archive,
            "verdict": self.verdict.value,
            "exit_code": self.verdict.exit_code,
            "reason": self.reason,
            "previous_verdict": self.previous and self.previous.value,
            "started_at": _written(self.started_at),
            "finished_at": _written(self.finished_at),
            "last_complete_at": _written(self.last_complete_at),
            "counts": dict(self.counts),
            "warnings": [asdict(each) for each in self.warnings],
        }


def report_of(archive_url: str, run: str, *, site: str, verdict: Verdict, reason: str) -> RunReport:
    """Return the report of *run*, which has just ended; *verdict* and *reason* are what it ended with.

    Where the archive cannot be read any more, the report says what is known without it.
    """
    try:
        with Archive(archive_url) as archive:
            rows = archive.runs(site, limit=_RUNS_LOOKED_AT)
            report = report_of_refusal(archive_url, site=site, verdict=verdict, reason=reason)
            return _with_history(report, run, rows)
    except ArchiveError as error:
        return report_of_refusal(archive_url, site=site, verdict=verdict, reason=f"{reason}; {error}")


def report_of_refusal(archive_url: str, *, site: str, verdict: Verdict, reason: str) -> RunReport:
    """Return the report of a run that the archive never learned of."""
    from storage.locations import masked, parse_url

    return RunReport(
        site=site,
        archive=masked(parse_url(archive_url)),
        verdict=verdict,
        reason=reason,
        finished_at=datetime.now(UTC),
    )


def _with_history(report: RunReport, run: str, rows: Sequence[RunRow]) -> RunReport:
    """Return *report* with what the archive tells of the *run* and of those before it."""
    this = next((row for row in rows if row.run == run), None)
    earlier = [row for row in rows if row.run != run and row.kind == "crawl" and row.verdict]
    complete = [row.finished_at for row in rows if row.verdict == Verdict.COMPLETE and row.finished_at]
    return replace(
        report,
        run=run,
        started_at=this.started_at if this else None,
        finished_at=(this.finished_at if this else None) or report.finished_at,
        counts=this.counts if this else {},
        previous=Verdict(earlier[0].verdict or "") if earlier else None,
        last_complete_at=complete[0] if complete else None,
        warnings=this.warnings if this else (),
        warns_anew=bool(_subjects(this) - _subjects(earlier[0] if earlier else None)),
    )


def _subjects(row: RunRow | None) -> set[tuple[str, str]]:
    return {(each.kind, each.section) for each in row.warnings} if row else set()


def _written(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None
