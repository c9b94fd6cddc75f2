"""The verdict as a file for the textfile collector of Prometheus' node exporter, one a site."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.evidence.files import safe_name
from crawler.reports.errors import ReportNotDelivered
from storage.verdicts import Verdict

if TYPE_CHECKING:
    from crawler.reports.report import RunReport

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def write_metrics(report: RunReport, folder: Path) -> None:
    """Write *report* to `hotnews-SITE.prom` in *folder*, whole or not at all.

    :raises ReportNotDelivered: if it cannot be written.
    """
    path = folder / f"hotnews-{safe_name(report.site)}.prom"
    temporary = path.with_name(f"{path.name}.{os.getpid()}")  # the collector reads only *.prom
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary.write_text("".join(lines_of(report)), "utf-8")
        temporary.replace(path)
    except OSError as error:
        raise ReportNotDelivered(
            f"{report.site}: the metrics could not be written to {path}: {error.strerror}"
        ) from error


def lines_of(report: RunReport) -> Iterator[str]:
    """Yield *report* in the text format of Prometheus: base units, times in seconds of the Unix epoch."""
    site = f'site="{report.site.translate(_ESCAPES)}"'
    yield from _gauge(
        "run_exit_code", "The exit code of the site's last run.", {site: report.verdict.exit_code}
    )
    verdicts = {f'{site},verdict="{each}"': int(each is report.verdict) for each in Verdict}
    yield from _gauge("run_verdict", "1 for the verdict of the site's last run.", verdicts)
    finished = {site: report.finished_at.timestamp()}
    yield from _gauge("run_finished_timestamp_seconds", "When the site's last run ended.", finished)
    if report.started_at:
        took = {site: (report.finished_at - report.started_at).total_seconds()}
        yield from _gauge("run_duration_seconds", "How long the site's last run took.", took)
    if report.last_complete_at:
        at = {site: report.last_complete_at.timestamp()}
        yield from _gauge("run_last_complete_timestamp_seconds", "When the site was last complete.", at)
    counts = {
        f'{site},count="{name.translate(_ESCAPES)}"': number for name, number in sorted(report.counts.items())
    }
    yield from _gauge("run_count", "The counts of the site's last run.", counts)


def _gauge(name: str, meaning: str, values: Mapping[str, float]) -> Iterator[str]:
    if not values:
        return
    yield f"# HELP hotnews_{name} {meaning}\n# TYPE hotnews_{name} gauge\n"
    for labels, value in values.items():
        yield f"hotnews_{name}{{{labels}}} {value:.15g}\n"
