"""What the answer of a page changes: the state of the page, and the article that it shows.

Decided in memory, visit by visit; nothing is written before the batch is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from storage.records import (
    Cause,
    Change,
    Failed,
    FailureCause,
    FetchKind,
    FingerprintedArticle,
    ListPage,
    Missing,
    Moved,
    Outcome,
    PageState,
    Rejected,
    RunKind,
    Unmodified,
)
from storage.safe_text import storable
from storage.writing import page_states, revisits
from storage.writing.article_writes import ArticleWrites, NewRevision
from storage.writing.moves import Moves
from storage.writing.page_states import NOT_FOUND, TOO_MANY_REDIRECTS
from storage.writing.places_before import PlacesBefore
from storage.writing.reappearances import REMOVED, removed_pages, successor
from storage.writing.revision_rows import ArticleHead, cause_of, needs_rereading
from storage.writing.withheld_texts import WithheldTexts

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from storage.records import ArchivableVisit, Before, Fetch
    from storage.writing.page_states import PageEntry
    from storage.writing.pages import Pages
    from storage.writing.runs import Run
    from storage.writing.site_numbers import SiteNumbers

OLDER = "older"  # why an imported document changed nothing


class PageVisits:
    """The visits of pages in one transaction; `articles` is what they write."""

    def __init__(
        self,
        connection: Connection,
        run: Run,
        site_numbers: SiteNumbers,
        pages: Pages,
        visits: Sequence[ArchivableVisit],
    ) -> None:
        self._connection = connection
        self._run = run
        self._site_numbers = site_numbers
        self._pages = pages
        found = [visit.result for visit in visits if isinstance(visit.result, FingerprintedArticle)]
        self._removed = removed_pages(connection, [text.text_digest for text in found])
        self._withheld = WithheldTexts(connection, found)
        self._before = PlacesBefore(connection, run, visits)
        self._missed: list[PageEntry] = []  # in this transaction
        self._found_again: set[int] = set()  # pages that show what was missed elsewhere in this run
        visited = [visit.fetch.url for visit in visits if visit.fetch.kind is FetchKind.ARTICLE]
        self._moves = Moves(connection, pages, visited, run.id)
        removed = chain.from_iterable(self._removed.values())
        removed_articles = {entry.article_id for entry in removed if entry.article_id is not None}
        room = len(found) + sum(visit.before is not None for visit in visits)
        self.articles = ArticleWrites(connection, pages.article_ids | removed_articles, room)

    def record(self, page: PageEntry, visit: ArchivableVisit, fetch_id: int) -> Outcome:
        """Return what *visit* changes of *page*; nothing, if the earlier page must be read again first."""
        head = self.articles.heads.get(page.article_id or self._moves.article_behind(page) or 0)
        if head is not None and needs_rereading(head, visit, self._run.kind):
            return Outcome(change=Change.UNCHANGED, article_id=head.public_id, state=page.state, reread=True)
        if visit.may_wait and (place := self._place_to_look_at(page, head, visit.result)) is not None:
            look_first = self._before.due(place)
            return Outcome(change=Change.UNCHANGED, state=page.state, look_first=look_first)
        if head is not None and self._is_older(page, head, visit):
            return Outcome(change=Change.UNCHANGED, article_id=head.public_id, state=page.state, reason=OLDER)
        if self._run.kind is not RunKind.REEXTRACT:  # which visits no page
            page.last_run_id = self._run.id
        was_shown = page.state is PageState.ARCHIVED and page.article_id is not None
        outcome = self._record(page, visit, fetch_id)
        unshown = was_shown and outcome.change in {Change.MISSING, Change.REJECTED}
        return replace(outcome, state=page.state, unshown=unshown, found_again=page.id in self._found_again)

    def _is_older(self, page: PageEntry, head: ArticleHead, visit: ArchivableVisit) -> bool:
        """Return whether an imported document is of a time before what is known of *page*, or of none.

        One without a time counts as of today, unless it holds no article, or the page was crawled or said
        so before.
        """
        if self._run.kind is not RunKind.IMPORT:
            return False
        fetch, found = visit.fetch, visit.result
        before = (fetch.last_seen or fetch.at) < page.last_seen
        if not isinstance(found, FingerprintedArticle):
            return before or fetch.at >= self._run.started_at
        if found.digest == head.digest:
            return before and page.state is not PageState.ARCHIVED
        undated = fetch.at >= self._run.started_at
        return (
            before
            or ((undated or fetch.at < head.seen_at) and self.articles.said_before(head, found.digest))
            or (undated and self.articles.was_crawled(head))
        )

    def _place_to_look_at(
        self, page: PageEntry, head: ArticleHead | None, result: object
    ) -> PageEntry | None:
        """Return where the article of *page* stood when that was seen last, where it may have left."""
        if not isinstance(result, FingerprintedArticle):
            return None
        if head is not None:
            cited = self._moves.numbered(head.page_id)
            returns = page.state is PageState.MOVED and cited is not page and self._before.is_open(cited)
            return cited if returns else None
        places = map(self._pages.keep, self._before.of(page, result))
        return next(filter(self._before.is_open, places), None)

    def _record(self, page: PageEntry, visit: ArchivableVisit, fetch_id: int) -> Outcome:
        fetch = visit.fetch
        match visit.result:
            case FingerprintedArticle() as found:
                new = NewRevision(found=found, fetch=fetch, fetch_id=fetch_id, run_id=self._run.id)
                return self._record_article(page, new, visit.before)
            case Unmodified():
                return self._record_unmodified(page, fetch)
            case Missing() | Rejected(reason=page_states.NOT_FOUND):
                return self._record_missing(page, fetch)
            case Rejected(reason=reason):
                return self._reject(page, fetch, reason)
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
            head, change = self._add(page, new), Change.NEW
        elif self._is_left_over(page, head, new):
            change = Change.UNCHANGED
        else:
            head, change = self._revise(head, new, before)
            edited_at = fetch.at if change is Change.REVISED else edited_at
        if self._run.kind is RunKind.REEXTRACT:
            page_states.is_read_anew(page, self._run.started_at)
        else:
            since = revisits.publication(found.published_at, found.published_day) or page.first_seen
            page_states.has_article(page, fetch, max(since, edited_at or since))
        return Outcome(change=change, article_id=head.public_id, digest=found.digest)

    def _add(self, page: PageEntry, new: NewRevision) -> ArticleHead:
        section_id = self._site_numbers.section(self._connection, page.site_id, new.fetch.section)
        withheld = self._withheld.reason_for(new.found)
        return self.articles.add(page, new, section_id=section_id, withheld=withheld)

    def _is_left_over(self, page: PageEntry, head: ArticleHead, new: NewRevision) -> bool:
        """Return whether *page* shows an earlier text of an article that goes on at another page.

        If nothing is at that other page any more, the article comes back to *page*.
        """
        if head.page_id == page.id:
            return False
        cited = self._moves.numbered(head.page_id)
        if cited.state in REMOVED:
            self._move(self._pages.adopt(cited), page, new.fetch)
            return False
        return new.found.digest != head.digest and self.articles.said_before(head, new.found.digest)

    def _head_of(self, page: PageEntry) -> ArticleHead | None:
        """Return the latest revision of the article that *page* shows, if it shows one."""
        return None if page.article_id is None else self.articles.heads.get(page.article_id)

    def _revise(
        self, known: ArticleHead, new: NewRevision, before: Before | None
    ) -> tuple[ArticleHead, Change]:
        """Return the head that *new* leaves and what changed; an edit of the publisher's comes last."""
        head = self._read_before(known, new, before)
        cause = cause_of(head, new.found, new.fetch, self._run.kind)
        if cause is not None:
            if self._run.kind is RunKind.REEXTRACT:  # its fetch is that of the bytes
                new = replace(new, fetch=replace(new.fetch, at=self._run.started_at))
            head = self.articles.revise(head, replace(new, cause=cause))
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
        return self.articles.revise(head, ours)

    def _take_over(self, page: PageEntry, new: NewRevision) -> None:
        """Let *page* show the article of a removed page of the site, if it is the same to the word."""
        stored = self._removed.get((page.site_id, new.found.digest), ())
        missed = (each for each in self._missed if each.site_id == page.site_id)
        gone = {
            head.id: each
            for each in (*map(self._pages.keep, stored), *missed)
            if each.state in REMOVED
            if (head := self._head_of(each)) and head.digest == new.found.digest
        }
        if gone:  # of several the oldest article, whichever of them was missed in this transaction
            article_id = min(gone)
            if gone[article_id].last_run_id == self._run.id:
                self._found_again.add(page.id)
            page_states.has_moved(self._pages.adopt(gone[article_id]), page, new.fetch.at)
            self.articles.move(article_id, page)

    def _record_unmodified(self, page: PageEntry, fetch: Fetch) -> Outcome:
        head = self._head_of(page)
        if head is None:  # nobody asked on a condition: such a server is no witness that there is nothing
            return self._fail(page, fetch, FailureCause.SERVER_ERROR.value)
        since = revisits.publication(head.published_at, head.published_day) or page.first_seen
        page_states.is_unmodified(page, fetch, max(since, _last_edit(head) or since))
        return Outcome(change=Change.UNCHANGED, article_id=head.public_id)

    def _record_missing(self, page: PageEntry, fetch: Fetch) -> Outcome:
        pages = self._with_those_behind(page)
        for each in pages:
            self._miss(each, fetch)
        article_id = next((each.article_id for each in pages if each.article_id is not None), None)
        if article_id is None:
            return Outcome(change=Change.REJECTED, reason=NOT_FOUND)
        change = Change.MOVED if page.state is PageState.MOVED else Change.MISSING
        return Outcome(change=change, article_id=self.articles.heads[article_id].public_id)

    def _miss(self, page: PageEntry, fetch: Fetch) -> None:
        checks, days = self._run.removal_checks, self._run.removal_days
        if page.article_id is None:
            page_states.is_rejected(page, fetch.at, NOT_FOUND)
        elif (new_place := self._successor(page)) is not None:
            page_states.has_moved(page, new_place, fetch.at)
        else:
            page_states.is_missing(page, fetch.at, checks=checks, days=days)
            self._missed.append(page)

    def _successor(self, page: PageEntry) -> PageEntry | None:
        """Return the page at which the text that *page* showed was found before *page* was missed.

        It has an article of its own by then; two that stood beside each other are copies.
        """
        head = self._head_of(page)
        if head is None or head.page_id != page.id or page.state is PageState.GONE:
            return None
        for other in self.articles.new_heads():
            if (other.site_id, other.digest) == (head.site_id, head.digest) and other.id != head.id:
                return self._moves.numbered(other.page_id)
        found = successor(self._connection, head.id)
        return self._pages.keep(found) if found else None

    def _reject(self, page: PageEntry, fetch: Fetch, reason: str) -> Outcome:
        again = page.state is PageState.REJECTED and page.reason == storable(reason)
        for each in self._with_those_behind(page):
            page_states.is_rejected(each, fetch.at, storable(reason))
        return Outcome(change=Change.REJECTED, reason=reason, again=again)

    def _fail(self, page: PageEntry, fetch: Fetch, reason: str) -> Outcome:
        again = page.state is PageState.LOST and page.reason == reason
        for each in self._with_those_behind(page):
            page_states.has_failed(each, fetch.at, reason)
        return Outcome(change=Change.FAILED, reason=reason, again=again)

    def _record_moved(self, page: PageEntry, fetch: Fetch, to: str) -> Outcome:
        target = self._pages.at(to, site_id=page.site_id, first_seen=fetch.at)
        if target is page:  # another spelling of the same page, which is visited next
            page.url, page.last_run_id = storable(to), None
            return Outcome(change=Change.MOVED)
        again = page.misses > 0 or page.state in {PageState.REJECTED, PageState.LOST}
        end = self._moves.end_of(target)
        if end is page:
            return self._reject(page, fetch, TOO_MANY_REDIRECTS)
        if end.state is PageState.ARCHIVED:
            for each in self._with_those_behind(page):
                self._move(each, target, fetch)
        elif self._moves.is_settled(end):
            for each in self._with_those_behind(page):
                self._share(each, end, fetch)
        else:
            self._moves.wait(page, target, fetch.at)
        head = self._head_of(page)
        return Outcome(change=Change.MOVED, article_id=head.public_id if head else None, again=again)

    def _move(self, page: PageEntry, target: PageEntry, fetch: Fetch) -> None:
        """Let *page* have moved to *target*, which shows an article: that of *page*, if it had one alone."""
        page_states.has_moved(page, target, fetch.at)
        if page.article_id is not None and page.article_id == target.article_id:
            self.articles.move(page.article_id, target)

    def _share(self, page: PageEntry, end: PageEntry, fetch: Fetch) -> None:
        """Let *page* have the answer of the page where it leads, which showed no article in this run."""
        if end.state is PageState.LOST:
            page_states.has_failed(page, fetch.at, end.reason or FailureCause.SERVER_ERROR.value)
        elif end.state is PageState.REJECTED and end.reason not in {None, NOT_FOUND}:
            page_states.is_rejected(page, fetch.at, end.reason)
        else:
            self._miss(page, fetch)

    def _with_those_behind(self, page: PageEntry) -> tuple[PageEntry, ...]:
        """Return *page* and the pages that wait for its answer, which is theirs too."""
        return (page, *self._moves.behind(page))


def _last_edit(head: ArticleHead) -> datetime | None:
    """Return when the publisher was last seen to edit: from then on revisits come sooner."""
    return head.seen_at if head.cause is Cause.EDITED else None
