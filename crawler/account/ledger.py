"""The account of one run: what each section listed and what became of it, and the verdict that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import TracebackType
from typing import NamedTuple

from crawler.account.bands import AGE, Band, band_findings
from crawler.account.findings import Field, Finding
from crawler.account.measures import LEAST_READ, Measures
from crawler.network.failures import UNREACHABLE
from crawler.sites import Expectations
from storage.errors import ArchiveError
from storage.records import NEW_TEXT, Change, FailureCause, Outcome
from storage.rows import Unfetched
from storage.verdicts import Verdict, worst
from storage.writing.page_states import FORBIDDEN, REFUSALS, TOO_MANY_REDIRECTS

FINISHED, TIME_IS_UP = "finished", "closespider_timeout"  # Scrapy's words, the second for `--max-time`
ENDS = frozenset({FINISHED, TIME_IS_UP})  # a run that ends so was not stopped
LEAST_ALIKE = 3  # pages that lead to one address by no chance
LEAST_UNSHOWN = 10  # pages that show something else by no chance: a few are removed at once
BODILESS = frozenset({"empty-body", "shell"})
FORBIDDEN_IN_WORDS = {
    FailureCause.ROBOTS.value: ": its robots.txt forbids them",
    TOO_MANY_REDIRECTS: ": they lead in circles, as where a site wants a cookie back",
}


class ListFailure(NamedTuple):
    """A list page that could not be had."""

    cause: FailureCause
    url: str
    said: str = ""  # by the site ("HTTP 403"), by its robots.txt or by the network


@dataclass(slots=True)
class SectionAccount:
    """What one section's lists and pages came to in this run."""

    slug: str
    list_pages: int = 0
    empty_lists: list[str] = field(default_factory=list)  # URLs of list pages without entries
    listed: int = 0
    first_listed: int | None = None  # by the first list page, which every run reads
    leads_on: bool = False  # that page names a next one, however few rows it has itself
    new_entries: int = 0
    stated_total: int | None = None
    known: int = 0  # pages the archive knows of the section, after the walk
    repeated: int = 0  # entries that the site counts twice
    walked: bool = False  # to where it had to be
    list_failures: list[ListFailure] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)  # what the lists promise and do not bring, in words
    gaps: list[str] = field(default_factory=list)  # list pages that are missing, by number and address
    vanished: int = 0  # in bulk: drift, not removals
    changes: Counter[Change] = field(default_factory=Counter)
    rejections: Counter[str] = field(default_factory=Counter)
    failures: Counter[FailureCause] = field(default_factory=Counter)
    again: int = 0  # visits that found what those before had found: they tell nothing of other pages
    failures_again: Counter[FailureCause] = field(default_factory=Counter)
    rejections_again: Counter[str] = field(default_factory=Counter)
    unshown: int = 0  # pages whose article was shown at the last visit, and is no more, nor elsewhere
    targets: Counter[str] = field(default_factory=Counter)  # of redirects

    @property
    def visits(self) -> int:
        """Return the number of article pages that were asked for and answered, or failed."""
        return sum(self.changes.values())

    @property
    def asked(self) -> int:
        """Return the number of visits that tell of the site as it is now."""
        return self.visits - self.again

    @property
    def refused(self) -> int:
        """Return the number of article pages that the site refused, and had not refused before."""
        failed = sum(self.failures[cause] - self.failures_again[cause] for cause in REFUSALS)
        return failed + sum(self.rejections[each] - self.rejections_again[each] for each in FORBIDDEN)

    @property
    def refused_by(self) -> str:
        """Return in words what refused the most pages, where that is not the answer of the site itself."""
        counts = {words: self.rejections[reason] for reason, words in FORBIDDEN_IN_WORDS.items()}
        words = max(counts, key=counts.__getitem__)
        return words if counts[words] * 2 > self.refused else ""

    @property
    def read(self) -> int:
        """Return the number of article pages that gave another text than before."""
        return sum(self.changes[change] for change in NEW_TEXT)

    @property
    def bodiless(self) -> int:
        """Return the number of article pages in which no body was found, nor missed before."""
        return sum(self.rejections[reason] - self.rejections_again[reason] for reason in BODILESS)

    @property
    def lists_nothing(self) -> bool:
        """Return whether a first page without rows led on to pages without any."""
        failed = self.empty_lists or self.list_failures
        return self.list_pages > 0 and not self.listed and not failed

    @property
    def gap(self) -> int:
        """Return how many entries the site states beyond those it ever listed."""
        return max(0, (self.stated_total or 0) - self.known - self.repeated) if self.walked else 0


class Crashes:
    """A context in which an exception is counted as a crash on its way through."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> None:
        """Enter; nothing is to be prepared."""

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        """Count the exception, unless it is the archive's, which has a verdict of its own; it goes on."""
        if kind is not None and issubclass(kind, Exception) and not issubclass(kind, ArchiveError):
            self.count += 1


@dataclass(slots=True)
class Ledger:
    """Counts every event of a run once, where it is decided."""

    expects: Expectations = field(default_factory=Expectations)
    sections: dict[str, SectionAccount] = field(default_factory=dict)
    measures: Measures = field(default_factory=Measures)
    bands: Mapping[str, Band] = field(default_factory=dict)  # learned from complete runs
    crashes: Crashes = field(default_factory=Crashes)
    copies: int = 0  # of the new articles, at the end of the run: a later one may show that another is a copy
    backfill: bool = False  # some section is walked for the first time
    unfetched: Unfetched = field(default_factory=Unfetched)  # in the archive, at the end of the run
    denied: Mapping[str, int] = field(default_factory=dict)  # pages that it refuses, by section
    storage_failure: str | None = None
    bound: str | None = None  # the bound the caller asked for, once it was met

    def section(self, slug: str | None) -> SectionAccount:
        """Return the account of a section, opened at first sight."""
        return self.sections.setdefault(slug or "", SectionAccount(slug or ""))

    def count(self, section: str | None, outcome: Outcome, cause: FailureCause | None = None) -> None:
        """Count what became of one article page."""
        account = self.section(section)
        account.changes[outcome.change] += 1
        account.again += outcome.again
        account.unshown += outcome.unshown - outcome.found_again
        if cause is not None:
            account.failures[cause] += 1
            account.failures_again[cause] += outcome.again
        elif outcome.change is Change.REJECTED and outcome.reason:
            account.rejections[outcome.reason] += 1
            account.rejections_again[outcome.reason] += outcome.again
            self.measures.untitled += outcome.reason == "missing-title"

    def total(self, change: Change) -> int:
        """Return how often *change* happened over all sections."""
        return sum(account.changes[change] for account in self.sections.values())

    @property
    def listed(self) -> int:
        """Return the number of entries that list pages named."""
        return sum(account.listed for account in self.sections.values())

    def counts(self) -> dict[str, int]:
        """Return the run's counts under the names that the run row and the statistics use."""
        changes = {change.value: self.total(change) for change in Change if change is not Change.LISTED}
        rejections: Counter[str] = Counter()
        for account in self.sections.values():
            rejections.update(account.rejections)
        return {
            "list_pages": sum(account.list_pages for account in self.sections.values()),
            "listed": self.listed,
            **changes,
            "copies": self.copies,
            "lost": self.unfetched.lost,
            "waiting": self.unfetched.waiting,
            "crashes": self.crashes.count,
            **{f"rejected/{reason}": number for reason, number in sorted(rejections.items())},
            **{f"repeated/{each.slug}": each.repeated for each in self.sections.values() if each.repeated},
        }

    def measured(self, today: date) -> dict[str, float]:
        """Return what bands are held against; nothing of a run that a bound cut short."""
        if self.bound is not None:
            return {}
        values: dict[str, float] = {
            **{
                f"first_listed/{account.slug}": account.first_listed
                for account in self.sections.values()
                if account.first_listed is not None
            },
            **self.measures.values(today),
        }
        if not self.backfill:
            values["new"] = self.total(Change.NEW)
        bodiless = sum(account.bodiless for account in self.sections.values())
        read = bodiless + sum(account.read for account in self.sections.values())
        if read >= LEAST_READ:
            values["bodied"] = 1 - bodiless / read
        return values

    def summary(self) -> str:
        """Return the counts that a person wants to read, in one line."""
        counts = self.counts()
        shown = (
            "listed",
            "new",
            "revised",
            "reextracted",
            "unchanged",
            "rejected",
            "moved",
            "missing",
            "failed",
            "copies",
            "lost",
            "waiting",
        )
        always = {"listed", "new", "rejected", "waiting" if counts["waiting"] else "lost"}
        words = {"reextracted": "read anew", "waiting": "not fetched yet"}
        return ", ".join(
            f"{counts[name]} {words.get(name, name)}" for name in shown if counts[name] or name in always
        )

    def verdict(self, finish_reason: str) -> Finding:
        """Return the verdict, which a script reads as the exit code, with the reason that decided it."""
        findings = list(self._findings(finish_reason))
        if not findings:
            bound = f" within {self.bound}" if self.bound else ""
            return Finding(Verdict.COMPLETE, f"every listed page is archived or accounted for{bound}")
        decided = worst(finding.verdict for finding in findings)
        return next(finding for finding in findings if finding.verdict is decided)

    def _findings(self, finish_reason: str) -> Iterator[Finding]:
        if self.storage_failure:
            yield Finding(Verdict.STORAGE, self.storage_failure)
        if self.crashes.count:
            yield Finding(
                Verdict.CRASHED, f"{self.crashes.count} unhandled exceptions; the tracebacks are in the log"
            )
        if finish_reason not in ENDS:
            yield Finding(Verdict.INCOMPLETE, f"stopped before the end ({finish_reason})")
        for account in self.sections.values():
            yield from list_findings(account)
            yield from refusal_findings(account, self.denied.get(account.slug, 0))
            yield from page_findings(account, self.expects, bounded=self.bound is not None)
        if self.bound is None:
            yield from unfetched_findings(self.unfetched)
        lists = finish_reason == FINISHED and not any(each.list_failures for each in self.sections.values())
        yield from count_findings(self, whole=lists and self._is_whole)
        today = datetime.now(UTC).date()
        if lists:  # else nothing tells of the newest: a run may have visited old articles alone
            yield from self.measures.age_findings(self.expects, today)
        yield from self.measures.findings(self.expects)
        untold = {f"first_listed/{each.slug}" for each in self.sections.values() if each.leads_on}
        untold |= set() if lists else {AGE}
        values = {name: value for name, value in self.measured(today).items() if name not in untold}
        yield from band_findings(values, self.bands)

    @property
    def _is_whole(self) -> bool:
        """Return whether all list pages that there are were asked for and read."""
        return self.bound is None and not any(each.unlisted for each in self.sections.values())


def list_findings(account: SectionAccount) -> Iterator[Finding]:
    """Yield what a section's list pages say against a complete run."""
    for cause, url, said in account.list_failures:
        why = f"{cause}, {said}" if said else cause
        yield Finding(verdict_of_list_failure(cause), f"{account.slug}: list page {url} failed ({why})")
    asks = "was it redesigned?" if account.known else "is it the list, or does it only lead to one?"
    for url in account.empty_lists:
        reason = f"{account.slug}: no entries on list page {url}; {asks}"
        yield Finding(Verdict.DRIFTED, reason, Field.LIST, account.slug, url)
    if account.lists_nothing:
        reason = f"{account.slug}: no entries on any of {account.list_pages} list pages; {asks}"
        yield Finding(Verdict.DRIFTED, reason, Field.LIST, account.slug)
    if account.vanished:
        yield Finding(
            Verdict.DRIFTED,
            f"{account.slug}: {account.vanished} known entries vanished from the list at once",
        )
    for gap in account.unlisted:
        yield Finding(Verdict.INCOMPLETE, f"{account.slug}: {gap}")
    if account.gap:
        yield Finding(
            Verdict.INCOMPLETE,
            f"{account.slug}: the site states {account.stated_total} entries, {account.known} were listed",
        )


def verdict_of_list_failure(cause: FailureCause) -> Verdict:
    """Return what it means that a list page could not be had."""
    if cause in REFUSALS:
        return Verdict.REFUSED
    if cause is FailureCause.NOT_FOUND:  # the section moved or went: nothing to crawl until it is mended
        return Verdict.DRIFTED
    return Verdict.UNREACHABLE if cause in UNREACHABLE else Verdict.INCOMPLETE


def refusal_findings(account: SectionAccount, denied: int) -> Iterator[Finding]:
    """Yield that a site refuses a section's article pages: half of those it was asked for, or of them all."""
    refused, asked = account.refused, account.asked
    if refused and refused * 2 >= asked:
        yield Finding(
            Verdict.REFUSED,
            f"{account.slug}: the site refused {refused} of {asked} article pages{account.refused_by}",
        )
    elif denied and denied * 2 >= account.known:
        known = max(account.known, denied)
        yield Finding(Verdict.REFUSED, f"{account.slug}: the site refuses {denied} of {known} article pages")


def page_findings(account: SectionAccount, expects: Expectations, *, bounded: bool) -> Iterator[Finding]:
    """Yield what a section's article pages say against a complete run."""
    bodiless, read = account.bodiless, account.bodiless + account.read
    if bodiless and (read - bodiless) / read < expects.fill_body:  # a quotient: 9 of 10 are .9, not less
        reason = f"{account.slug}: no body found on {bodiless} of {read} article pages"
        yield Finding(Verdict.DRIFTED, reason, Field.BODY, account.slug)
    yield from elsewhere_findings(account)
    failed = sum(account.failures.values())
    if failed and bounded:  # without a bound, `unfetched` speaks for these and for earlier runs' pages
        yield Finding(Verdict.INCOMPLETE, f"{account.slug}: {failed} pages could not be fetched")


def elsewhere_findings(account: SectionAccount) -> Iterator[Finding]:
    """Yield that most article pages at once show something else: a login, the front page, nothing."""
    if account.unshown >= LEAST_UNSHOWN and account.unshown * 2 >= account.visits:
        reason = f"{account.slug}: {account.unshown} of {account.visits} article pages no longer show theirs"
        yield Finding(Verdict.DRIFTED, reason)
    for target, number in account.targets.most_common(1):
        if number >= LEAST_ALIKE and number * 2 >= account.asked:
            refused = account.rejections["login"] or any(account.failures[cause] for cause in REFUSALS)
            reason = f"{account.slug}: {number} of {account.asked} article pages lead to {target}"
            yield Finding(Verdict.REFUSED if refused else Verdict.DRIFTED, reason)


def unfetched_findings(unfetched: Unfetched) -> Iterator[Finding]:
    """Yield that listed pages are neither archived nor rejected, those of earlier runs too."""
    if unfetched.lost:
        yield Finding(Verdict.INCOMPLETE, f"{unfetched.lost} listed pages could not be fetched yet")
    if unfetched.waiting:
        yield Finding(Verdict.INCOMPLETE, f"{unfetched.waiting} listed pages were not asked for yet")


def count_findings(ledger: Ledger, *, whole: bool) -> Iterator[Finding]:
    """Yield a finding where the number of articles leaves the expected band.

    The fewest are counted as listed, since a quiet day brings nothing new, where the lists were read
    *whole*; the most are new ones, and not in a run that fills the archive for the first time.
    """
    if ledger.expects.articles_per_run is None:
        return
    fewest, most = ledger.expects.articles_per_run
    if whole and ledger.listed < fewest:
        yield Finding(
            Verdict.DRIFTED, f"{ledger.listed} articles listed, the site is expected to list {fewest}"
        )
    new = ledger.total(Change.NEW)
    if new > most and not ledger.backfill:
        yield Finding(Verdict.DRIFTED, f"{new} new articles, the site is expected to bring at most {most}")
