"""`scrapy crawl SITE`, ending with the run's verdict as its exit code."""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.reports import Destinations, RunReport
    from crawler.session import RunSession
    from crawler.spiders.base import SiteSpider
    from storage.errors import ArchiveError

YOUNG_OBJECTS = 5_000  # made before they are looked through; default 700, a tenth of a crawl's time


class Command(ScrapyCrawl):
    """Opens the archive and takes the site's lease before the first request, and closes them last."""

    _destinations: Destinations  # of the run's report

    def short_desc(self) -> str:
        """Return what `scrapy` lists beside the command."""
        return "Crawl a declared site, or any list page with `adhoc -a start=URL`, into the archive"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options, and refuse a log that cannot be written."""
        from crawler.errors import CrawlError
        from crawler.setting_values import require_log

        super().process_options(args, opts)
        assert self.settings is not None
        try:
            require_log(self.settings)
        except CrawlError as error:
            sys.stderr.write(f"crawl: {error}\n")
            sys.exit(error.exit_code)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl and set the exit code, which is that of the verdict."""
        from crawler.errors import CrawlError
        from crawler.reports import Destinations
        from crawler.scrapy_version import require_scrapy
        from crawler.setting_values import require_values
        from crawler.streams import end_on_signals, hear_no_more_signals, talk_to_whoever_listens
        from storage.errors import ArchiveError
        from storage.verdicts import Verdict

        talk_to_whoever_listens()
        end_on_signals()
        if len(args) != 1:
            raise UsageError("name one site; `scrapy list` shows them", print_help=False)
        assert self.settings is not None
        try:
            require_scrapy()
            require_values(self.settings)
            self._destinations = Destinations.from_settings(self.settings)
            session = self._open_session(args[0], opts.spargs)
        except (CrawlError, ArchiveError) as error:
            self.exitcode = error.exit_code
            if isinstance(error, ArchiveError):
                self._report_refusal(args[0], error)
            else:
                sys.stderr.write(f"crawl: {error}\n")
            return
        except KeyboardInterrupt:
            hear_no_more_signals()
            self.exitcode = Verdict.INCOMPLETE.exit_code
            sys.stderr.write(f"{args[0]}: incomplete (exit {self.exitcode}): stopped before it began\n")
            return
        created = " (created)" if session.archive.created else ""
        sys.stderr.write(f"{session.site.name}: archive {session.archive.masked_url}{created}\n")
        self.exitcode = self._crawl(args[0], session, opts.spargs)

    def _open_session(self, name: str, arguments: dict[str, str]) -> RunSession:
        from crawler.forks import Forks
        from crawler.session import open_session
        from crawler.setting_values import require_own_values

        assert self.settings is not None
        spider = self._spider_class(name)
        site = spider.asked_site(arguments)
        require_own_values(name, spider.custom_settings)
        if site.private_addresses:  # `adhoc` learns its site from its arguments only
            self.settings.set("ALLOW_PRIVATE_ADDRESSES", value=True, priority="spider")
        collect_seldom()
        # With one request at a time there is time enough between two answers.
        many = self.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") > 1
        return open_session(site, self.settings, arguments, forks=Forks.made(for_pages=many))

    def _spider_class(self, name: str) -> type[SiteSpider]:
        from crawler.errors import UnknownSite

        assert self.crawler_process is not None
        loader: Any = self.crawler_process.spider_loader  # ours, by the settings
        if name not in loader.list():
            broken = "".join(f"; {file}: {problem}" for file, problem in loader.broken.items())
            raise UnknownSite(
                f"no site is called {name!r}; there are: {', '.join(sorted(loader.list()))}{broken};"
                " any other list page is crawled by: adhoc -a start=URL"
            )
        spider: type[SiteSpider] = loader.load(name)
        return spider

    def _crawl(self, name: str, session: RunSession, arguments: dict[str, str]) -> int:
        from crawler.reports import report_of
        from crawler.streams import hear_no_more_signals

        assert self.crawler_process is not None
        crawler = self._create_crawler(self._spider_class(name))
        collect_seldom()
        # Scrapy makes every record of its log, and drops it where it would be printed.
        logging.getLogger("scrapy.core").setLevel(crawler.settings["LOG_LEVEL"])
        with suppress(KeyboardInterrupt):  # before the crawl itself takes the signals
            self.crawler_process.crawl(crawler, session=session, **arguments)
            self.crawler_process.start()
        hear_no_more_signals()  # the run is closed, whoever asks for its end again
        if self.crawler_process.bootstrap_failed:
            session.ledger.crashes.count += 1
        conclusion = session.close(_end_of(crawler))
        finding = conclusion.finding
        sys.stderr.write(f"{session.site.name}: {session.ledger.summary()}\n")
        for each in conclusion.warnings:
            sys.stderr.write(f"{session.site.name}: warning: {each.section}: {each.text}; first {each.url}\n")
        sys.stderr.write(
            f"{session.site.name}: {finding.verdict} (exit {finding.verdict.exit_code}): {finding.reason}\n"
        )
        if self._destinations:
            self._deliver(
                report_of(
                    session.archive.url,
                    session.run.key,
                    site=session.site.name,
                    verdict=finding.verdict,
                    reason=finding.reason,
                )
            )
        return finding.verdict.exit_code

    def _report_refusal(self, site: str, error: ArchiveError) -> None:
        from crawler.reports import report_of_refusal
        from storage.verdicts import verdict_of

        assert self.settings is not None
        verdict = verdict_of(error.exit_code)
        reason = str(error).removeprefix(f"{site}: ")  # of a lease, which names its site
        sys.stderr.write(f"{site}: {verdict} (exit {error.exit_code}): {reason}\n")
        if self._destinations:
            url = self.settings["ARCHIVE_URL"]
            self._deliver(report_of_refusal(url, site=site, verdict=verdict, reason=str(error)))

    def _deliver(self, report: RunReport) -> None:
        from crawler.reports import deliver

        for failure in deliver(report, self._destinations):
            sys.stderr.write(f"{failure}\n")


def collect_seldom() -> None:
    """Spare the crawl collections: modules stay, and of what a page leaves behind little needs one."""
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


def _end_of(crawler: Crawler) -> str:
    """Return why a crawl ended; one that was told to stop twice did not come to say so."""
    told = crawler.stats.get_value("finish_reason") if crawler.stats else None
    return told or ("told twice to stop" if crawler.spider else "not started")
