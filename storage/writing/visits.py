"""The write side: visits become rows, a batch of them in one transaction.

The batch looks everything up at once, decides in memory in the order of the visits, and writes each
table once. Nothing is seen as done before it is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from storage.database.bulk import insert_rows
from storage.database.row_numbers import next_numbers
from storage.evidence.parts import as_a_whole
from storage.models import fetch as fetch_table
from storage.records import (
    NEW_TEXT,
    Change,
    Failed,
    FetchKind,
    FingerprintedArticle,
    ListPage,
    Missing,
    Moved,
    Outcome,
    Rejected,
    Unmodified,
)
from storage.safe_text import storable
from storage.writing.article_sections import settle
from storage.writing.listings import record_list_page
from storage.writing.page_visits import PageVisits
from storage.writing.pages import Pages
from storage.writing.site_numbers import UNNAMED

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.records import ArchivableVisit, Fetch, NoArticle
    from storage.writing.page_states import PageEntry
    from storage.writing.runs import Run
    from storage.writing.site_numbers import SiteNumbers

LONGEST_ERROR = 2_000


def record_visits(
    connection: Connection, run: Run, site_numbers: SiteNumbers, visits: Sequence[ArchivableVisit]
) -> list[Outcome]:
    """Write *visits* in their order; return what each changed."""
    batch = _Batch(connection, run, site_numbers, visits)
    outcomes = [batch.record(visit) for visit in visits]
    return batch.write(outcomes)


class _Batch:
    """The visits of one transaction, while they are decided."""

    def __init__(
        self, connection: Connection, run: Run, site_numbers: SiteNumbers, visits: Sequence[ArchivableVisit]
    ) -> None:
        self._connection = connection
        self._run = run
        self._site_numbers = site_numbers
        self._pages = Pages(connection, _urls(visits))
        self._page_visits = PageVisits(connection, run, site_numbers, self._pages, visits)
        fetches = sum(1 + len(visit.parts) for visit in visits)
        self._fetch_numbers = iter(next_numbers(connection, fetch_table, fetches))
        self._fetches: list[dict[str, Any]] = []
        self._relisted = any(isinstance(visit.result, ListPage) for visit in visits)

    def record(self, visit: ArchivableVisit) -> Outcome:
        """Decide what a visit changes."""
        fetch, page = visit.fetch, None
        site_id = self._site_numbers.site(self._connection, fetch.site)
        fetch_id = next(self._fetch_numbers)
        if fetch.kind is FetchKind.ARTICLE:
            page = self._pages.at(fetch.url, site_id=site_id, first_seen=fetch.at)
            outcome = self._page_visits.record(page, as_a_whole(visit), fetch_id)
        elif isinstance(visit.result, ListPage):
            outcome = self._record_list_page(fetch, visit.result, site_id)
        else:
            outcome = _outcome_without_page(visit.result)
        if not outcome.comes_again:
            self._keep_fetches(visit, outcome, fetch_id, page)
        return outcome

    def _record_list_page(self, fetch: Fetch, found: ListPage, site_id: int) -> Outcome:
        slug = fetch.section or UNNAMED
        section_id = self._site_numbers.section(self._connection, site_id, slug)
        assert section_id is not None
        return record_list_page(
            self._connection,
            self._pages,
            found,
            run=self._run,
            site_id=site_id,
            section_id=section_id,
            at=fetch.at,
            slug=slug,
        )

    def _keep_fetches(
        self, visit: ArchivableVisit, outcome: Outcome, fetch_id: int, page: PageEntry | None
    ) -> None:
        of_visit = {"run_id": self._run.id, "page_id": page.id if page else None}
        error = _error(outcome, visit.result)
        self._fetches.append({"id": fetch_id, **of_visit, **_fetch_row(visit.fetch, outcome, error)})
        for part in visit.parts:
            number = next(self._fetch_numbers)
            self._fetches.append({"id": number, **of_visit, **_fetch_row(part, outcome, None)})

    def write(self, outcomes: list[Outcome]) -> list[Outcome]:
        """Write every table once; return the outcomes, with the copies that were found."""
        articles = self._page_visits.articles
        self._pages.write()
        insert_rows(self._connection, fetch_table, self._fetches)
        copies = {articles.heads[link.article_id].public_id: link for link in articles.write()}
        settle(self._connection, self._pages.article_ids if self._relisted else articles.written)
        last = {each.article_id: place for place, each in enumerate(outcomes) if each.change in NEW_TEXT}
        for public_id, link in copies.items():
            if (place := last.get(public_id)) is not None:
                outcomes[place] = replace(outcomes[place], copy_of=link.copy_of, copy_kind=link.kind)
        return outcomes


def _urls(visits: Sequence[ArchivableVisit]) -> Iterator[str]:
    for visit in visits:
        if visit.fetch.kind is FetchKind.ARTICLE:
            yield visit.fetch.url
        match visit.result:
            case ListPage(entries=entries):
                yield from (entry.url for entry in entries)
            case Moved(to=to):
                yield to


def _outcome_without_page(result: FingerprintedArticle | NoArticle) -> Outcome:
    match result:
        case Unmodified():
            return Outcome(change=Change.UNCHANGED)
        case Rejected(reason=reason):
            return Outcome(change=Change.REJECTED, reason=reason)
        case Missing():
            return Outcome(change=Change.MISSING)
        case Moved():
            return Outcome(change=Change.MOVED)
        case Failed(cause=cause):
            return Outcome(change=Change.FAILED, reason=cause.value)
    raise TypeError(f"{type(result).__name__} came with a fetch that is no article's")


def _error(outcome: Outcome, result: FingerprintedArticle | NoArticle) -> str | None:
    """Return why a visit brought no article, with its detail, where there is a reason."""
    detail = result.detail if isinstance(result, Failed | Rejected) else ""
    return storable(": ".join(filter(None, (outcome.reason, detail)))[:LONGEST_ERROR]) or None


def _fetch_row(fetch: Fetch, outcome: Outcome, error: str | None) -> dict[str, Any]:
    """Return what a fetch is, but for the rows it belongs to."""
    evidence = fetch.evidence
    return {
        "url": storable(fetch.url),
        "kind": fetch.kind.value,
        "at": fetch.at,
        "waited": fetch.waited_seconds,
        "rule": storable(fetch.rule),
        "status": fetch.status,
        "elapsed": fetch.elapsed_seconds,
        "bytes": fetch.size_bytes,
        "digest": fetch.digest,
        "warc_file": evidence.file if evidence else None,
        "warc_offset": evidence.offset if evidence else None,
        "warc_length": evidence.length if evidence else None,
        "result": outcome.change.value,
        "error": error,
    }
