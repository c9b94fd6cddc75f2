"""Group commit: one thread writes what queued while it wrote the last batch."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy.exc import SQLAlchemyError

from storage.errors import ArchiveError, ArchiveNotWritable, VisitNotStored
from storage.records import FetchKind, ListPage
from storage.writing.leases import HEARTBEAT

if TYPE_CHECKING:
    from storage.archive import Archive
    from storage.records import ArchivableVisit, Outcome, Visit
    from storage.writing.runs import Run

logger = logging.getLogger(__name__)
SMALLEST_BATCH, LARGEST_BATCH = 10, 100
LONG_SECONDS = 0.5  # of a transaction: others wait for it, and none may take a second
PAUSE_SECONDS = 0.1  # a batch is complete when no visit came for so long, but for list pages
GATHER_SECONDS = 0.5  # ... or when it was begun so long ago
# What a value that cannot be stored makes SQLAlchemy, the driver or our own rules say. Anything else is
# no visit's fault, and ends the writer.
UNSTORABLE = (SQLAlchemyError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
Prepare = Callable[["Visit[Any]"], "ArchivableVisit"]
_Entry = tuple["Visit[Any]", "Future[Outcome]"]


def as_it_is(visit: ArchivableVisit) -> ArchivableVisit:
    """Return *visit*, which needs nothing before it is written."""
    return visit


def begins_a_crawl(visit: Visit[Any]) -> bool:
    """Return whether *visit* is of a robots.txt or of a section's first list page."""
    first_list = isinstance(visit.result, ListPage) and visit.result.number == 1
    return first_list or visit.fetch.kind is FetchKind.ROBOTS


def next_batch_size(size: int, written: int, seconds: float) -> int:
    """Return how many visits to write next, where up to *size* were allowed and *written* took *seconds*."""
    if seconds <= LONG_SECONDS:
        return min(2 * size, LARGEST_BATCH)
    return max(min(size, written // 2), SMALLEST_BATCH)


class GroupCommit:
    """Writes visits from any thread in few transactions.

    A visit that cannot be written fails alone, with `VisitNotStored`. When the archive itself cannot be
    written (disk full, lease lost), every pending and later visit fails with the same `ArchiveError`.
    *prepare* makes what is submitted archivable, on the writer's thread; *after_batch* is called there
    when the visits of a transaction have their outcomes.
    """

    def __init__(
        self,
        archive: Archive,
        run: Run,
        *,
        prepare: Prepare = as_it_is,
        after_batch: Callable[[], None] = lambda: None,
    ) -> None:
        self._archive = archive
        self._run = run
        self._prepare = prepare
        self._after_batch = after_batch
        self._queue: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()
        self._broken: ArchiveError | None = None
        self._ended = threading.Event()
        self._last_write = monotonic()
        self._size = LARGEST_BATCH  # less on a slow or busy machine
        self._thread = threading.Thread(target=self._work, name=f"writer of {run.key}", daemon=True)
        self._thread.start()

    def submit(self, visit: Visit[Any]) -> Future[Outcome]:
        """Queue *visit*; the future holds its outcome once it is stored, or why it is not."""
        future: Future[Outcome] = Future()
        self._queue.put((visit, future))
        if self._ended.is_set():  # nobody reads the queue any more
            self._fail_queued()
        return future

    def close(self) -> None:
        """Write what is queued, then stop."""
        self._queue.put(None)
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _work(self) -> None:
        batch: list[_Entry] = []
        try:
            open_for_more = True
            while open_for_more:
                batch, open_for_more = self._next_batch()
                batch = [entry for entry in batch if entry[1].set_running_or_notify_cancel()]
                if batch:
                    self._write(batch)
                    self._after_batch()
                elif open_for_more:
                    self._beat()
        finally:
            self._end(batch)

    def _next_batch(self) -> tuple[list[_Entry], bool]:
        """Return what queues until there is a pause, at most a batch; and whether more may come.

        A transaction has a price of its own, that of several articles. The first visit is waited for
        until the next heartbeat. What a crawl begins with is written at once: it waits for that. So it does
        for list pages, once it has asked for all articles that it knows.
        """
        batch: list[_Entry] = []
        try:
            entry = self._queue.get(timeout=HEARTBEAT.total_seconds())
            begun = monotonic()
            last, pause = begun + GATHER_SECONDS, begun + PAUSE_SECONDS
            while entry is not None:
                batch.append(entry)
                if len(batch) == self._size:
                    return batch, True
                if begins_a_crawl(entry[0]):
                    last = 0.0
                if not isinstance(entry[0].result, ListPage):
                    pause = monotonic() + PAUSE_SECONDS
                entry = self._queue.get(timeout=max(0.0, min(last, pause) - monotonic()))
        except queue.Empty:
            return batch, True
        return batch, False

    def _write(self, batch: list[_Entry]) -> None:
        """Store *batch* in one transaction, or each visit in its own, so that a bad one loses only itself."""
        if self._broken is not None:
            _fail(batch, self._broken)
            return
        self._beat_if_due()
        try:
            visits = [self._prepare(visit) for visit, _ in batch]
            begun = monotonic()
            outcomes = self._archive.record_all(self._run, visits)
            self._size = next_batch_size(self._size, len(batch), monotonic() - begun)
        except ArchiveError as error:
            self._break(batch, error)
        except UNSTORABLE as error:
            if len(batch) > 1:
                for entry in batch:
                    self._write([entry])
            else:
                _refuse(batch[0], error)
        else:
            for (_, future), outcome in zip(batch, outcomes, strict=True):
                future.set_result(outcome)

    def _end(self, batch: list[_Entry]) -> None:
        """Leave nobody waiting, whatever ended the thread."""
        self._broken = self._broken or ArchiveNotWritable(f"{self._run.key}: its writer has ended")
        _fail(batch, self._broken)
        self._ended.set()
        self._fail_queued()

    def _fail_queued(self) -> None:
        assert self._broken is not None
        while not self._queue.empty():
            entry = self._queue.get()
            if entry is not None:
                _fail([entry], self._broken)
        self._after_batch()

    def _break(self, batch: list[_Entry], error: ArchiveError) -> None:
        logger.error("%s: nothing more is archived: %s", self._run.key, error)
        self._broken = error
        _fail(batch, error)

    def _beat_if_due(self) -> None:
        if monotonic() - self._last_write >= HEARTBEAT.total_seconds():
            self._beat()

    def _beat(self) -> None:
        self._last_write = monotonic()
        try:
            self._archive.heartbeat(self._run)
        except ArchiveError as error:
            self._break([], error)


def _fail(batch: list[_Entry], error: ArchiveError) -> None:
    for _, future in batch:
        if not future.done():
            future.set_exception(error)


def _refuse(entry: _Entry, error: Exception) -> None:
    visit, future = entry
    failure = VisitNotStored(f"{visit.fetch.url}: not archived: {type(error).__name__}: {error}")
    failure.__cause__ = error
    logger.warning("%s", failure)
    future.set_exception(failure)
