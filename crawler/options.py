"""What governs one run: what its caller asks, by `-a` arguments or `hotnews crawl`, and the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

from crawler.errors import SiteDefinitionError
from crawler.extract.body.template import LEAST_PAGES
from storage.records import DuePage, Revisit

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How far a run goes; the verdict speaks of the bound that was asked for."""

    revisit: Revisit = Revisit.DUE
    full: bool = False  # walk every list page, whether or not it brings something new
    limit: int | None = None  # article pages at most
    since: date | None = None  # listed earlier: not asked for

    def wants(self, page: DuePage) -> bool:
        """Return whether *page* is not older than the caller asked for; an undated one may be new."""
        return not (self.since and page.day and page.day < self.since)

    def kept(self) -> dict[str, object]:
        """Return what the archive keeps with the run: a bound only where one was asked for."""
        bounds = {"limit": self.limit, "since": self.since and self.since.isoformat()}
        given = {name: value for name, value in bounds.items() if value is not None}
        return {"revisit": self.revisit.value, "full": self.full, **given}

    @classmethod
    def from_arguments(cls, arguments: Mapping[str, str]) -> RunOptions:
        """Return the options that *arguments* (text, as the command line has them) name.

        :raises SiteDefinitionError: if a value cannot be read; it says which.
        """
        return cls(
            revisit=read_revisit(arguments.get("revisit", "due")),
            full=read_flag("full", arguments.get("full", "")),
            limit=read_limit(arguments.get("limit")),
            since=read_day(arguments.get("since")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """The settings that govern a run; the archive and the evidence keep them with it."""

    removal_checks: int
    removal_days: float
    evidence: bool
    disk_least_free_mb: int
    disk_budget_mb: int
    template_pages: int  # of each section, to learn the next template from; fewer repeat by chance
    listed_most: int  # entries of a walk

    @classmethod
    def of(cls, settings: BaseSettings) -> RunSettings:
        """Return what Scrapy's *settings* say. :raises SiteDefinitionError: if a number is too small."""
        return cls(
            removal_checks=settings.getint("REMOVAL_CHECKS"),
            removal_days=settings.getfloat("REMOVAL_DAYS"),
            evidence=settings.getbool("EVIDENCE_ENABLED"),
            disk_least_free_mb=settings.getint("DISK_LEAST_FREE_MB"),
            disk_budget_mb=settings.getint("DISK_BUDGET_MB"),
            template_pages=_at_least(LEAST_PAGES, settings, "TEMPLATE_PAGES"),
            listed_most=_at_least(1, settings, "LISTED_MOST"),
        )


def _at_least(least: int, settings: BaseSettings, name: str) -> int:
    number = settings.getint(name)
    if number < least:
        raise SiteDefinitionError(f"{name}={number}: say {least} or more")
    return number


def refuse_unknown(arguments: Mapping[str, str], own: Iterable[str]) -> None:
    """Accept *arguments* that a run has, or the spider as its *own*; Scrapyd adds some that begin with "_".

    :raises SiteDefinitionError: if there is another, which is misspelt: nobody would read it.
    """
    known = (*own, *(field.name for field in fields(RunOptions)))
    for name in arguments:
        if name not in known and not name.startswith("_"):
            raise SiteDefinitionError(f"-a {name}: no such argument; there are: {', '.join(known)}")


def read_revisit(text: str) -> Revisit:
    """Return the revisit policy *text* names."""
    try:
        return Revisit(text)
    except ValueError as error:
        raise SiteDefinitionError(f"revisit={text!r}: say all, due or none") from error


def read_flag(name: str, text: str) -> bool:
    """Return a yes or no."""
    if text.lower() in TRUE | FALSE:
        return text.lower() in TRUE
    raise SiteDefinitionError(f"{name}={text!r}: say 1 or 0")


def read_limit(text: str | None) -> int | None:
    """Return a positive number, or None where none is given."""
    if not text:
        return None
    if not text.isdecimal() or int(text) == 0:
        raise SiteDefinitionError(f"limit={text!r}: say a number of pages, 1 or more")
    return int(text)


def read_day(text: str | None) -> date | None:
    """Return an ISO day, or None where none is given."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SiteDefinitionError(f"since={text!r}: say a day such as 2026-05-31") from error
