"""The write side: visits become rows, a batch of them in one transaction.

The batch looks everything up at once, decides in memory in the order of the visits, and writes each
table once. Nothing is seen as done before it is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from storage.database.bulk import insert_rows
from storage.database.row_numbers import next_numbers
from storage.evidence.parts import as_a_whole
from storage.models import fetch as fetch_table
from storage.records import (
    ArchivableVisit,
    Before,
    Cause,
    Change,
    Failed,
    FailureCause,
    Fetch,
    FetchKind,
    FingerprintedArticle,
    ListPage,
    Missing,
    Moved,
    NoArticle,
    Outcome,
    PageState,
    Rejected,
    RunKind,
    Unmodified,
)
from storage.safe_text import storable
from storage.writing import page_states, revisits
from storage.writing.article_sections import settle
from storage.writing.article_writes import ArticleWrites, NewRevision
from storage.writing.listings import record_list_page
from storage.writing.moves import Moves
from storage.writing.page_states import NOT_FOUND, TOO_MANY_REDIRECTS, PageEntry
from storage.writing.pages import Pages
from storage.writing.places import UNNAMED, Places
from storage.writing.reappearances import removed_pages
from storage.writing.revision_rows import ArticleHead, cause_of, needs_rereading
from storage.writing.runs import Run

LONGEST_ERROR = 2_000


def record_visits(
    connection: Connection, run: Run, places: Places, visits: Sequence[ArchivableVisit]
) -> list[Outcome]:
    """Write *visits* in their order; return what each changed."""
    batch = _Batch(connection, run, places, visits)
    outcomes = [batch.record(visit) for visit in visits]
    return batch.write(outcomes)


class _Batch:
    """The visits of one transaction, while they are decided."""

    def __init__(
        self, connection: Connection, run: Run, places: Places, visits: Sequence[ArchivableVisit]
    ) -> None:
        self._connection = connection
        self._run = run
        self._places = places
        self._pages = Pages(connection, _urls(visits))
        found = [visit.result for visit in visits if isinstance(visit.result, FingerprintedArticle)]
        self._removed = removed_pages(connection, [(text.text_digest, text.digest) for text in found])
        visited = [visit.fetch.url for visit in visits if visit.fetch.kind is FetchKind.ARTICLE]
        self._moves = Moves(connection, self._pages, visited, run.id)
        removed_articles = {entry.article_id for entry in self._removed.values() if entry.article_id}
        room = len(found) + sum(visit.before is not None for visit in visits)
        self._articles = ArticleWrites(connection, self._pages.article_ids | removed_articles, room)
        fetches = sum(1 + len(visit.parts) for visit in visits)
        self._fetch_numbers = iter(next_numbers(connection, fetch_table, fetches))
        self._fetches: list[dict[str, Any]] = []
        self._place = -1  # of the visit that is decided
        self._linkable: dict[int, int] = {}  # article -> place of its visit
        self._relisted = any(isinstance(visit.result, ListPage) for visit in visits)

    def record(self, visit: ArchivableVisit) -> Outcome:
        """Decide what a visit changes."""
        self._place += 1
        fetch, result, whole = visit.fetch, visit.result, as_a_whole(visit)
        site_id = self._places.site(self._connection, fetch.site)
        fetch_id = next(self._fetch_numbers)
        if fetch.kind is FetchKind.ARTICLE:
            page = self._pages.at(fetch.url, site_id=site_id, first_seen=fetch.at)
            head = self._articles.heads.get(page.article_id or self._moves.article_behind(page) or 0)
            if head is not None and needs_rereading(head, whole, self._run.kind):
                return Outcome(
                    change=Change.UNCHANGED, article_id=head.public_id, state=page.state, reread=True
                )
            if self._run.kind is not RunKind.REEXTRACT:  # which visits no page
                page.last_run_id = self._run.id
            was_shown = page.state is PageState.ARCHIVED and page.article_id is not None
            outcome = self._record_page(page, whole, fetch_id)
            if outcome.state is None:
                unshown = was_shown and outcome.change in {Change.MISSING, Change.REJECTED}
                outcome = replace(outcome, state=page.state, unshown=unshown)
        else:
            page = None
            outcome = self._record_other(fetch, result, site_id)
        of_visit = {"run_id": self._run.id, "page_id": page.id if page else None}
        self._fetches.append(
            _fetch_row(fetch, outcome, _error(outcome, result)) | of_visit | {"id": fetch_id}
        )
        for part in visit.parts:
            number = next(self._fetch_numbers)
            self._fetches.append(_fetch_row(part, outcome, None) | of_visit | {"id": number})
        return outcome

    def _record_other(self, fetch: Fetch, result: FingerprintedArticle | NoArticle, site_id: int) -> Outcome:
        """Record a fetch of a list page or of robots.txt."""
        if not isinstance(result, ListPage):
            return _outcome_without_page(result)
        slug = fetch.section or UNNAMED
        section_id = self._places.section(self._connection, site_id, slug)
        assert section_id is not None
        return record_list_page(
            self._connection,
            self._pages,
            result,
            run=self._run,
            site_id=site_id,
            section_id=section_id,
            at=fetch.at,
            slug=slug,
        )

    def _record_page(self, page: PageEntry, visit: ArchivableVisit, fetch_id: int) -> Outcome:
        fetch = visit.fetch
        match visit.result:
            case FingerprintedArticle() as found:
                new = NewRevision(found=found, fetch=fetch, fetch_id=fetch_id, run_id=self._run.id)
                return self._record_article(page, new, visit.before)
            case Unmodified():
                return self._record_unmodified(page, fetch)
            case Missing():
                return self._record_missing(page, fetch)
            case Rejected(reason=reason):
                missing = reason == NOT_FOUND
                return self._record_missing(page, fetch) if missing else self._reject(page, fetch, reason)
            case Moved(to=to):
                return self._record_moved(page, fetch, to)
            case Failed(cause=cause):
                return self._fail(page, fetch, cause.value)
            case ListPage():
                raise TypeError(f"{fetch.url}: a list page came with a fetch of kind {fetch.kind.value}")

    def _record_article(self, page: PageEntry, new: NewRevision, before: Before | None) -> Outcome:
        fetch, found = new.fetch, new.found
        for each in self._moves.behind(page):
            self._move(each, page, fetch)
        if page.article_id is None:
            self._take_over(page, new)
        head = self._head_of(page)
        edited_at = _last_edit(head) if head else None
        if head is None:
            section_id = self._places.section(self._connection, page.site_id, fetch.section)
            head, change = self._articles.add(page, new, section_id=section_id), Change.NEW
        else:
            head, change = self._revise(head, new, before)
            edited_at = fetch.at if change is Change.REVISED else edited_at
        if self._run.kind is RunKind.REEXTRACT:
            page_states.is_read_anew(page)
        else:
            since = revisits.publication(found.published_at, found.published_day) or page.first_seen
            page_states.has_article(page, fetch, max(since, edited_at or since))
        if change is not Change.UNCHANGED:
            self._linkable[head.id] = self._place
        return Outcome(change=change, article_id=head.public_id, digest=found.digest, state=page.state)

    def _head_of(self, page: PageEntry) -> ArticleHead | None:
        """Return the latest revision of the article that *page* shows, if it shows one."""
        return None if page.article_id is None else self._articles.heads.get(page.article_id)

    def _revise(
        self, known: ArticleHead, new: NewRevision, before: Before | None
    ) -> tuple[ArticleHead, Change]:
        """Return the head that *new* leaves and what changed; an edit of the publisher's comes last."""
        head = self._read_before(known, new, before)
        cause = cause_of(head, new.found, new.fetch, self._run.kind)
        if cause is not None:
            if self._run.kind is RunKind.REEXTRACT:  # its fetch is that of the bytes
                new = replace(new, fetch=replace(new.fetch, at=self._run.started_at))
            head = self._articles.revise(head, replace(new, cause=cause))
        if cause is Cause.EDITED:
            return head, Change.REVISED
        return head, Change.UNCHANGED if head.number == known.number else Change.REEXTRACTED

    def _read_before(self, head: ArticleHead, new: NewRevision, before: Before | None) -> ArticleHead:
        """Return *head* as today's rules read its page; what differs becomes a revision that is ours."""
        if before is None or before.article is None:
            return head
        found, earlier = before.article, replace(new.fetch, digest=head.payload_digest)
        cause = cause_of(head, found, earlier, RunKind.REEXTRACT)
        if cause is None:
            return replace(
                head, extractor_version=found.extractor_version, template_version=found.template_version
            )
        ours = replace(new, found=found, fetch=earlier, fetch_id=head.fetch_id, cause=cause)
        return self._articles.revise(head, ours)

    def _take_over(self, page: PageEntry, new: NewRevision) -> None:
        """Let *page* show the article of a removed page of the site, if it is the same to the word."""
        gone = self._removed.pop((page.site_id, new.found.digest), None)
        if gone is None or gone.article_id is None or gone.public_id == page.public_id:
            return
        removed = self._pages.adopt(gone)
        page_states.has_moved(removed, page, new.fetch.at)
        self._articles.move(gone.article_id, page)

    def _record_unmodified(self, page: PageEntry, fetch: Fetch) -> Outcome:
        head = self._head_of(page)
        if head is None:  # nobody asked on a condition: such a server is no witness that there is nothing
            return self._fail(page, fetch, FailureCause.SERVER_ERROR.value)
        since = revisits.publication(head.published_at, head.published_day) or page.first_seen
        page_states.is_unmodified(page, fetch, max(since, _last_edit(head) or since))
        return Outcome(change=Change.UNCHANGED, article_id=head.public_id)

    def _record_missing(self, page: PageEntry, fetch: Fetch) -> Outcome:
        pages = (page, *self._moves.behind(page))
        for each in pages:
            self._miss(each, fetch)
        article_id = next((each.article_id for each in pages if each.article_id is not None), None)
        if article_id is None:
            return Outcome(change=Change.REJECTED, reason=NOT_FOUND)
        return Outcome(change=Change.MISSING, article_id=self._articles.heads[article_id].public_id)

    def _miss(self, page: PageEntry, fetch: Fetch) -> None:
        checks, days = self._run.removal_checks, self._run.removal_days
        if page.article_id is None:
            page_states.is_rejected(page, fetch.at, NOT_FOUND)
        else:
            page_states.is_missing(page, fetch.at, checks=checks, days=days)

    def _reject(self, page: PageEntry, fetch: Fetch, reason: str) -> Outcome:
        for each in (page, *self._moves.behind(page)):
            page_states.is_rejected(each, fetch.at, storable(reason))
        return Outcome(change=Change.REJECTED, reason=reason)

    def _fail(self, page: PageEntry, fetch: Fetch, reason: str) -> Outcome:
        for each in (page, *self._moves.behind(page)):
            page_states.has_failed(each, fetch.at, reason)
        return Outcome(change=Change.FAILED, reason=reason)

    def _record_moved(self, page: PageEntry, fetch: Fetch, to: str) -> Outcome:
        target = self._pages.at(to, site_id=page.site_id, first_seen=fetch.at)
        if target is page:  # another spelling of the same page, which is visited next
            page.url, page.last_run_id = storable(to), None
            return Outcome(change=Change.MOVED)
        end = self._moves.end_of(target)
        if end is page:
            return self._reject(page, fetch, TOO_MANY_REDIRECTS)
        if end.state is PageState.ARCHIVED:
            for each in (page, *self._moves.behind(page)):
                self._move(each, target, fetch)
        elif self._moves.is_settled(end):
            for each in (page, *self._moves.behind(page)):
                self._share(each, end, fetch)
        else:
            self._moves.wait(page, target, fetch.at)
        head = self._head_of(page)
        return Outcome(change=Change.MOVED, article_id=head.public_id if head else None)

    def _move(self, page: PageEntry, target: PageEntry, fetch: Fetch) -> None:
        """Let *page* have moved to *target*, which shows an article: that of *page*, if it had one alone."""
        page_states.has_moved(page, target, fetch.at)
        if page.article_id is not None and page.article_id == target.article_id:
            self._articles.move(page.article_id, target)

    def _share(self, page: PageEntry, end: PageEntry, fetch: Fetch) -> None:
        """Let *page* have the answer of the page where it leads, which showed no article in this run."""
        if end.state is PageState.LOST:
            page_states.has_failed(page, fetch.at, end.reason or FailureCause.SERVER_ERROR.value)
        elif end.state is PageState.REJECTED and end.reason not in {None, NOT_FOUND}:
            page_states.is_rejected(page, fetch.at, end.reason)
        else:
            self._miss(page, fetch)

    def write(self, outcomes: list[Outcome]) -> list[Outcome]:
        """Write every table once; return the outcomes, with the copies that were found."""
        self._pages.write()
        insert_rows(self._connection, fetch_table, self._fetches)
        links = self._articles.write()
        settle(self._connection, self._pages.article_ids if self._relisted else self._linkable.keys())
        for link in links:
            place = self._linkable.get(link.article_id)
            if place is not None:
                outcomes[place] = replace(outcomes[place], copy_of=link.copy_of, copy_kind=link.kind)
        return outcomes


def _last_edit(head: ArticleHead) -> datetime | None:
    """Return when the publisher was last seen to edit: from then on revisits come sooner."""
    return head.seen_at if head.cause is Cause.EDITED else None


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
