"""What looks after an archive: withholding, checks, backups, stored pages read again.

Each module is imported by the call that needs it, so that reading costs nothing of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from storage.database.engine import reading, writing
from storage.opening import OpenArchive
from storage.queries import articles

if TYPE_CHECKING:
    from pathlib import Path

    from storage.backups import Backup
    from storage.evidence.stored_pages import StoredPage
    from storage.queries.politeness import HostRow, RequestRow
    from storage.records import KeptPayload
    from storage.stories.rededup import Relinked
    from storage.verification import Checked, Finding


class ArchiveKeeping(OpenArchive):
    """The part of `storage.Archive` that looks after it."""

    def withhold(self, id_or_url: str, *, reason: str) -> str:
        """Hide the text and evidence of an article, whose chain stays whole; return its id."""
        from storage.writing import withholding

        with writing(self._engine) as connection:
            return withholding.withhold(connection, id_or_url, reason)

    def release(self, id_or_url: str) -> str:
        """Show a withheld article again; return its id."""
        from storage.writing import withholding

        with writing(self._engine) as connection:
            return withholding.release(connection, id_or_url)

    def others_that_tell(self, article: str) -> list[tuple[str, str]]:
        """Return id and URL of each article that is shown and tells the text of the one of that id."""
        from storage.stories import withheld_stories

        return self._ask(withheld_stories.others_that_tell, article)

    def verify(self, *, jobs: int = 1, evidence: Path | None = None) -> Iterator[Finding | Checked]:
        """Yield what is damaged or orphaned, and the end of each check; *jobs* processes read evidence."""
        from storage.verification import verify

        return verify(self._engine, evidence or self.evidence_root, jobs=jobs)

    def back_up(self, destination: Path) -> Backup:
        """Copy the archive with its evidence to a new folder; of PostgreSQL the evidence alone."""
        from storage import backups

        return backups.back_up(self._engine, self.evidence_root, destination)

    def dump_command(self, destination: Path) -> str | None:
        """Return the command that dumps the database to a folder; None on SQLite, which needs none."""
        from storage import backups

        sqlite = self._engine.dialect.name == "sqlite"
        return None if sqlite else backups.dump_command(self._engine, destination)

    def hosts(self, *, run: str | None = None) -> list[HostRow]:
        """Return what a run, or the last crawl of each site, asked of each host, and how long it waited."""
        from storage.queries import politeness

        return self._ask(politeness.hosts, run)

    def requests(self, host: str | None = None, *, run: str | None = None) -> Iterator[RequestRow]:
        """Yield the requests of a run, or of the last crawl of each site, in order; those to *host* alone."""
        from storage.queries import politeness

        with reading(self._engine) as connection:
            yield from politeness.requests(connection, host, run)

    def last_payloads(self, urls: Iterable[str]) -> dict[str, KeptPayload]:
        """Return what the page of each URL gave last, and its further pages, where it is kept."""
        from storage.evidence import payloads

        return self._ask(payloads.payloads_of_urls, urls)

    def listed_sections(self, urls: Iterable[str]) -> dict[str, str]:
        """Return the slug of the first section that lists the page of each URL, where one does."""
        from storage.writing import listed_sections

        return self._ask(listed_sections.listed_sections, urls)

    def stored_page(self, id_or_url: str) -> StoredPage | None:
        """Return the page that an article rests on; None where no evidence was kept, or it is withheld."""
        from storage.evidence.stored_pages import stored_page

        with reading(self._engine) as connection:
            return stored_page(connection, articles.article_number(connection, id_or_url))

    def stored_pages(
        self,
        *,
        site: str | None,
        since: datetime | None,
        only: Collection[str] | None,
        most: int,
    ) -> Iterator[tuple[str, list[StoredPage]]]:
        """Yield each WARC file with pages that rest on it, without withheld ones, *most* of them at a time.

        The files are all, or *only* those. Each lot is read when it is asked for, in a transaction of its
        own: to go through an archive may take hours, and an open one would keep the engine from clearing
        up after writers.
        """
        from storage.evidence.stored_pages import pages_by_file, read_lot

        with reading(self._engine) as connection:
            files = pages_by_file(connection, site_key=site, since=since)
        for file in (each for each in files if only is None or each in only):
            for lot in files[file].lots(most):
                with reading(self._engine) as connection:
                    found = read_lot(connection, lot)
                yield file, found

    def articles_without_evidence(self, site: str | None = None) -> int:
        """Return how many articles rest on no evidence, so that nothing of them can be read again."""
        from storage.evidence.stored_pages import articles_without_evidence

        return self._ask(articles_without_evidence, site_key=site)

    def preview_rededup(self) -> list[Relinked]:
        """Return which articles `rededup` would put elsewhere, and change nothing."""
        from storage.stories.rededup import preview_rededup

        return preview_rededup(self._engine)

    def rededup(self) -> list[Relinked]:
        """Decide all copies anew with this version's rules; return which articles that put elsewhere."""
        from storage.stories.rededup import rededup

        return rededup(self._engine)
