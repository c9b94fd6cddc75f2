"""Where reports go, and when; nothing here fails a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from crawler.reports.errors import ReportNotDelivered, ReportSettingsError
from crawler.reports.mail import Mailbox
from crawler.reports.prometheus import write_metrics
from crawler.reports.webhook import Webhook
from storage.verdicts import Verdict

if TYPE_CHECKING:
    from crawler.reports.report import RunReport


LONGEST = 30.0  # seconds that a report may take, where ten go by without an answer at the most


class Occasion(StrEnum):
    """Which runs are told of by webhook and mail; the metrics are written after every run."""

    CHANGES = "changes"  # the verdict differs from that of the run before
    PROBLEMS = "problems"  # every run that is not complete, and the first that is complete again
    ALWAYS = "always"

    def is_met_by(self, report: RunReport) -> bool:
        """Return whether *report* is to be sent."""
        if self is Occasion.ALWAYS or report.is_news:
            return True
        return self is Occasion.PROBLEMS and report.verdict is not Verdict.COMPLETE


@dataclass(frozen=True, slots=True, kw_only=True)
class Destinations:
    """Where the reports of a run go."""

    webhook: Webhook | None = None
    mailbox: Mailbox | None = None
    metrics: Path | None = None  # a folder
    occasion: Occasion = Occasion.CHANGES

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Destinations:
        """Return the destinations that Scrapy's *settings* name.

        :raises ReportSettingsError: if one of them cannot be one.
        """
        webhook, mailbox, metrics = (
            settings.get(f"REPORT_{name}") for name in ("WEBHOOK", "MAIL", "METRICS")
        )
        when = settings.get("REPORT_WHEN") or Occasion.CHANGES
        if when not in [*Occasion]:
            choices = ", ".join(Occasion)
            raise ReportSettingsError(f"REPORT_WHEN (HOTNEWS_REPORT_WHEN): {when!r} is none of {choices}")
        return cls(
            webhook=Webhook.at(webhook) if webhook else None,
            mailbox=Mailbox.at(mailbox) if mailbox else None,
            metrics=Path(metrics) if metrics else None,
            occasion=Occasion(when),
        )

    def __bool__(self) -> bool:
        return bool(self.webhook or self.mailbox or self.metrics)

    def sends(self, report: RunReport) -> Iterator[Callable[[], None]]:
        """Yield what has to be called to tell of *report*."""
        if self.metrics:
            yield partial(write_metrics, report, self.metrics)
        if self.occasion.is_met_by(report):
            yield from (partial(each.send, report) for each in (self.webhook, self.mailbox) if each)


def deliver(report: RunReport, destinations: Destinations) -> Iterator[str]:
    """Send *report* where it is wanted; yield a line for each place that it did not reach.

    A busy run is told of nowhere: another run of the site is at work.
    """
    if report.verdict is Verdict.BUSY:
        return
    for send in destinations.sends(report):
        try:
            in_time(send, report.site)
        except ReportNotDelivered as error:
            yield str(error)


def in_time(send: Callable[[], None], site: str) -> None:
    """Call *send*, but wait for it no longer than `LONGEST`: those of sockets begin anew with each byte.

    :raises ReportNotDelivered: if it says so, or has not ended by then; it is left behind.
    """
    refusals: list[str] = []  # not the errors, which hold what they were raised in

    def work() -> None:
        try:
            send()
        except ReportNotDelivered as error:
            refusals.append(str(error))

    sender = Thread(target=work, name="report", daemon=True)
    sender.start()
    sender.join(LONGEST)
    if sender.is_alive():
        raise ReportNotDelivered(f"{site}: {place_of(send)} did not take the report in {LONGEST:g} seconds")
    if refusals:
        raise ReportNotDelivered(refusals[0])


def place_of(send: Callable[[], None]) -> str:
    """Return in words where *send* sends to."""
    to = getattr(getattr(send, "func", None), "__self__", None)
    return f"the {type(to).__name__.lower()}" if to is not None else "the folder of metrics"
