"""One run of one site: its archive, its lease, its writer and its account, from first line to verdict."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast

from crawler.account.conclusion import Conclusion, Ending, conclude
from crawler.account.findings import BrokenList
from crawler.account.ledger import TIME_IS_UP, Ledger, ListFailure
from crawler.disk_room import require_room
from crawler.evidence import EvidenceWriter
from crawler.forks import Forks
from crawler.loop_answers import LoopAnswers
from crawler.naming_habits import sections_that_name
from crawler.options import RunOptions, RunSettings
from crawler.reading.answers import PARTIAL
from crawler.reading.echoes import Echoes, marks_in
from crawler.reading.process import ReadingEnded, ReadingProcess
from crawler.site_templates import templates_of
from pipelines.fingerprint import fingerprinted
from storage import Archive
from storage.errors import ArchiveError
from storage.evidence.responses import EvidenceError, read_evidence
from storage.records import (
    Article,
    Before,
    Change,
    DuePage,
    Failed,
    FailureCause,
    FetchKind,
    ListPage,
    Missing,
    Moved,
    NoArticle,
    Outcome,
    RunKind,
    Unmodified,
    Visit,
)
from storage.writing.writer_process import WriterProcess

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

    from crawler.extract import PageContext
    from crawler.reading.answers import Answer
    from crawler.sites import Section, Site
    from crawler.walking.walk import SectionWalk
    from storage.records import Fetch
    from storage.rows import SectionState
    from storage.writing.runs import Run

logger = logging.getLogger(__name__)

CACHE_KIB = 1_024  # the crawl asks little of the archive; its writer has a cache of the usual size

LONGEST_SAID = 200  # characters of why a list page failed, which a line of a run's end may hold

NOT_STORED = Outcome(change=Change.FAILED, reason="storage")


class RunSession:
    """What a spider and its pipelines share during one run. Opened before the first request."""

    def __init__(
        self,
        archive: Archive,
        run: Run,
        site: Site,
        options: RunOptions,
        settings: RunSettings,
        *,
        forks: Forks,
    ) -> None:
        self.archive = archive
        self.run = run
        self.site = site
        self.options = options
        self.settings = settings
        answers = LoopAnswers()
        self.evidence = evidence_writer(archive, run, settings, answers) if settings.evidence else None
        self.writer = WriterProcess(
            archive.url,
            run,
            fork=forks.writer,
            prepare=fingerprinted,
            make_future=answers.make_future,
            deliver=answers.deliver,
        )
        self.reader = reader_of(forks, answers)
        self.ledger = Ledger(expects=site.expects)
        self.templates = templates_of(archive.templates(site.name)).get(site.name)
        self.echoes = Echoes(marks_in(archive.lost_errors(run, FailureCause.CHALLENGE)))
        self.broken_lists: dict[str, BrokenList] = {}
        self._naming: frozenset[str] | None = None
        self._vanished: list[tuple[Section, SectionWalk]] = []  # walks that missed entries in bulk
        self.on_storage_failure: Callable[[], None] = lambda: None
        self.look_at: Callable[[DuePage], Awaitable[bool]] = looks_at_nothing

    async def read(
        self,
        reading: Callable[..., Any],
        answer: Answer,
        *,
        platform: str | None,
        context: PageContext,
        urgent: bool = False,
    ) -> Any:
        """Return what *reading* makes of *answer*: in a process of its own, where there is one.

        What is *urgent* is read before pages that came earlier.
        """
        question = partial(reading, answer, platform=platform, context=context)
        if self.reader is None or self.reader.has_ended or not answer.body:
            return question()
        try:
            return await self.reader.submit(question, urgent=urgent)
        except ReadingEnded as error:
            logger.warning("%s: %s; it is read by the crawl itself", answer.url, error)
            return question()

    async def record(self, visit: Visit[Article | NoArticle]) -> Outcome:
        """Store *visit* and return its outcome once it is committed, without blocking the reactor.

        After a storage failure nothing more is stored: the run is stopped, and what was not committed is
        simply due again in the next run.
        """
        if self.ledger.storage_failure:
            return NOT_STORED
        try:
            outcome = await self._submit(visit)
            if outcome.reread and outcome.article_id is not None:
                before = await asyncio.to_thread(self._read_before, outcome.article_id)
                outcome = await self.writer.submit(replace(visit, before=before))
        except ArchiveError as error:
            self.storage_failed(error)
            return NOT_STORED
        if visit.fetch.kind is FetchKind.ARTICLE:
            cause = visit.result.cause if isinstance(visit.result, Failed) else None
            self.ledger.count(visit.fetch.section, outcome, cause)
        if isinstance(visit.result, Moved) and not outcome.again:
            self.ledger.section(visit.fetch.section).targets[visit.result.to] += 1
        if isinstance(visit.result, Article):
            self.ledger.measures.measure(visit.result, self.site.expects, change=outcome.change)
        return outcome

    async def _submit(self, visit: Visit[Article | NoArticle]) -> Outcome:
        """Return the outcome of *visit*, once what the archive asks for first was visited."""
        if not isinstance(visit.result, Article):
            return cast("Outcome", await self.writer.submit(visit))
        waiting = replace(visit, may_wait=True)
        outcome: Outcome = await self.writer.submit(waiting)
        while outcome.look_first is not None:
            was_seen = await self.look_at(outcome.look_first)
            outcome = await self.writer.submit(waiting if was_seen else visit)
        return outcome

    def _read_before(self, article_id: str) -> Before:
        """Return what the page of an article said before by today's rules: only then is an edit an edit."""
        from crawler.rereading.pages import read_before

        page = self.archive.stored_page(article_id)
        return read_before(page, self.archive.evidence_root, self.site, self.templates)

    def storage_failed(self, error: ArchiveError) -> None:
        """Stop the run: what cannot be stored must not be asked for."""
        if not self.ledger.storage_failure:
            self.ledger.storage_failure = str(error)
            logger.error("%s; the run stops, run it again once this is mended", error)
            self.on_storage_failure()

    async def record_robots(self, fetch: Fetch) -> None:
        """Store what was answered for a robots.txt."""
        await self.record(Visit(fetch=fetch, result=robots_result(fetch.status or 0)))

    async def last_good_robots(self, url: str, since: datetime) -> bytes | None:
        """Return the robots.txt that *url* gave last, if not before *since* and still readable."""
        pointer = await asyncio.to_thread(self.archive.last_robots, url, since=since)
        if pointer is None:
            return None
        try:
            return read_evidence(self.archive.evidence_root, pointer).payload
        except EvidenceError as error:
            logger.warning("%s", error)
            return None

    async def section_state(self, section: Section) -> SectionState:
        """Return what the archive knows of *section*; its account opens, in the order of the declaration."""
        self.ledger.section(section.slug)
        return await asyncio.to_thread(self.archive.section_state, self.run, section.slug)

    async def naming_sections(self) -> frozenset[str]:
        """Return the sections whose pages are used to naming the titles of their rows."""
        if self._naming is None:
            self._naming = await asyncio.to_thread(sections_that_name, self.archive, self.run)
        return self._naming

    async def due_pages(self) -> list[DuePage]:
        """Return the pages to fetch that no list page needs to name first."""
        return await asyncio.to_thread(
            self.archive.due_pages, self.run, revisit=self.options.revisit, now=datetime.now(UTC)
        )

    def count_list(
        self, section: Section, page: ListPage, outcome: Outcome, *, url: str, leads_on: bool, markup: bytes
    ) -> None:
        """Count a list page; a first one with neither entries nor a way on is a sign of a redesign."""
        account = self.ledger.section(section.slug)
        account.list_pages += 1
        account.listed += len(page.entries)
        account.new_entries += outcome.new_entries
        for entry in page.entries:
            self.ledger.measures.see_day(entry.day)
        if page.number == 1:
            account.first_listed, account.leads_on = len(page.entries), leads_on
        if page.stated_total is not None:
            account.stated_total = page.stated_total
        if not page.entries and page.number == 1 and not leads_on:
            account.empty_lists.append(url)
            platform = self.site.platform_of(section)
            self.broken_lists[url] = BrokenList(markup=markup, platform=platform, section=section.slug)
            logger.error("%s: no entries on list page %s", self.site.name, url)

    def lose_list(self, section: Section, result: Failed, *, url: str, number: int) -> None:
        """Count the list page of that *number* in its section, which could not be had."""
        account = self.ledger.section(section.slug)
        gap = f"list page {number} ({url}): {result.cause}"
        account.gaps.append(gap)
        if number > 1 and result.cause is FailureCause.NOT_FOUND:
            account.unlisted.append(gap)  # the section is where it was, a part of it is missing
        else:
            account.list_failures.append(ListFailure(result.cause, url, result.detail[:LONGEST_SAID]))
        logger.error("%s: list page %s: %s (%s)", self.site.name, url, result.cause, result.detail)

    async def finish_section(self, section: Section, walk: SectionWalk) -> None:
        """Store how far the lists of *section* were walked, and what is missing of them."""
        self.ledger.section(section.slug).unlisted += [*walk.gaps, *walk.unopened]
        await asyncio.to_thread(self._finish_section, section, walk)
        if self.ledger.section(section.slug).vanished:
            self._vanished.append((section, walk))

    def _finish_section(self, section: Section, walk: SectionWalk) -> None:
        account = self.ledger.section(section.slug)
        end = self.archive.finish_section(
            self.run,
            section.slug,
            walked_to_end=walk.complete,
            full=walk.complete and walk.reached_end and (walk.full or walk.saw_the_end),
            saw_the_end=walk.saw_the_end,
            stated_total=walk.stated_total,
            repeated=walk.repeated,
            gaps=[*account.gaps, *walk.gaps, *walk.unopened],
        )
        account.walked = walk.complete
        account.known, account.repeated = end.known, end.repeated
        account.vanished = end.vanished if end.drifted else 0

    def close(self, finish_reason: str) -> Conclusion:
        """Drain the writer, learn, store the verdict and give the lease back."""
        if finish_reason == TIME_IS_UP:
            self.ledger.bound = "the time that was asked for"
        if self.reader:
            self.reader.close()
        self.writer.close()
        if self.evidence:
            self.evidence.close()
        try:
            conclusion = self._concluded(finish_reason)
        except ArchiveError as error:
            self.storage_failed(error)
            conclusion = Conclusion(finding=self.ledger.verdict(finish_reason))
            self.archive.keep_end(
                self.run,
                verdict=conclusion.finding.verdict,
                reason=conclusion.finding.reason,
                counts=self.ledger.counts(),
            )
        self.archive.close()
        return conclusion

    def _concluded(self, finish_reason: str) -> Conclusion:
        """Return the conclusion of the run, once the archive has stored it."""
        for section, walk in self._vanished:  # since then it was seen which of the entries moved
            self._finish_section(section, walk)
        self.ledger.unfetched = self.archive.unfetched_pages(self.run)
        self.ledger.denied = self.archive.denied_pages(self.run)
        self.ledger.copies = self.archive.new_copies(self.run)
        conclusion = conclude(self._ending(finish_reason))
        self.archive.finish_run(
            self.run,
            verdict=conclusion.finding.verdict,
            reason=conclusion.finding.reason,
            counts=self.ledger.counts(),
            measures=conclusion.measures,
            warnings=conclusion.warnings,
            template=conclusion.template,
        )
        return conclusion

    def _ending(self, finish_reason: str) -> Ending:
        return Ending(
            archive=self.archive,
            run=self.run,
            site=self.site,
            ledger=self.ledger,
            templates=self.templates,
            template_pages=self.settings.template_pages,
            broken_lists=self.broken_lists,
            finish_reason=finish_reason,
        )


async def looks_at_nothing(_page: DuePage) -> bool:
    """Return that nobody visits pages beside the crawl."""
    return False


def robots_result(status: int) -> Unmodified | Missing | Failed:
    """Return what the answer to a request for robots.txt means for the archive."""
    if status < 400 and status != PARTIAL:
        return Unmodified()
    absent = 400 <= status < 500 and status != 429
    return Missing(status=status) if absent else Failed(cause=FailureCause.ROBOTS, detail=f"HTTP {status}")


def evidence_writer(
    archive: Archive, run: Run, settings: RunSettings, answers: LoopAnswers
) -> EvidenceWriter:
    """Return the writer of the run's evidence, in the folder that belongs to the archive."""
    assert run.site is not None
    return EvidenceWriter(
        archive.evidence_root,
        site=run.site.key,
        run=run.key,
        software=f"hotnews/{version('hotnews')}",
        settings={name: str(value) for name, value in asdict(settings).items()},
        make_future=answers.make_future,
        deliver=answers.deliver,
    )


def reader_of(forks: Forks, answers: LoopAnswers) -> ReadingProcess | None:
    """Return what has pages read by the fork for that, where there is one."""
    if forks.reader is None:
        return None
    return ReadingProcess(forks.reader, make_future=answers.make_future, deliver=answers.deliver)


def open_session(
    site: Site, settings: BaseSettings, arguments: Mapping[str, str], *, forks: Forks = Forks()
) -> RunSession:
    """Return a session that holds the lease of *site* in the archive, which is created where absent.

    Scrapy's *settings* and a spider's *arguments* govern the run; its *forks* do a part of its work.

    :raises SiteDefinitionError: if one of them cannot be.
    :raises ArchiveError: if the archive cannot be opened or written, has no room, or another run holds
        the site.
    """
    options, governing = RunOptions.from_arguments(arguments), RunSettings.of(settings)
    archive = Archive.create(settings["ARCHIVE_URL"], cache_kib=CACHE_KIB)
    require_room(archive, least_free_mb=governing.disk_least_free_mb, budget_mb=governing.disk_budget_mb)
    run = archive.start_run(
        site.record(),
        [site.section_record(section) for section in site.sections],
        kind=RunKind.CRAWL,
        code_version=version("hotnews"),
        options={**asdict(governing), **options.kept()},
    )
    return RunSession(archive, run, site, options, governing, forks=forks)
