"""Group commit: one thread writes what queued while it wrote the last batch."""

from __future__ import annotations

import logging
import queue
import threading
from concurrent.futures import Future
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from storage.errors import ArchiveError
from storage.leases import HEARTBEAT
from storage.records import ListPage

if TYPE_CHECKING:
    from storage.archive import Archive
    from storage.records import ArchivableVisit, Outcome
    from storage.runs import Run

logger = logging.getLogger(__name__)
LARGEST_BATCH = 100
GATHER_SECONDS = 0.05  # well under the time that one request takes, so that no crawl waits for it
_Entry = tuple["ArchivableVisit", "Future[Outcome]"]


class GroupCommit:
    """Writes visits from any thread in few transactions; nobody waits while the writer is idle.

    A visit that cannot be written fails alone. When the archive itself cannot be written (disk full,
    lease lost), every pending and later visit fails with the same error.
    """

    def __init__(self, archive: Archive, run: Run) -> None:
        self._archive = archive
        self._run = run
        self._queue: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()
        self._broken: ArchiveError | None = None
        self._last_write = monotonic()
        self._thread = threading.Thread(target=self._work, name=f"writer of {run.key}", daemon=True)
        self._thread.start()

    def submit(self, visit: ArchivableVisit) -> Future[Outcome]:
        """Queue *visit*; the future holds its outcome once it is stored, or why it is not."""
        future: Future[Outcome] = Future()
        self._queue.put((visit, future))
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
        open_for_more = True
        while open_for_more:
            batch, open_for_more = self._next_batch()
            if batch:
                self._write(batch)
            elif open_for_more:
                self._beat()

    def _next_batch(self) -> tuple[list[_Entry], bool]:
        """Return what queues within a moment of the first visit, at most a batch.

        The first is waited for until the next heartbeat. A transaction has a price of its own, that of
        ten articles; without the moment each would hold one or two. A list page is not kept waiting:
        what it names is asked for once it is stored.
        """
        batch: list[_Entry] = []
        try:
            entry = self._queue.get(timeout=HEARTBEAT.total_seconds())
            gathered = monotonic() + GATHER_SECONDS
            while entry is not None:
                batch.append(entry)
                if len(batch) == LARGEST_BATCH or isinstance(entry[0].result, ListPage):
                    return batch, True
                entry = self._queue.get(timeout=max(0.0, gathered - monotonic()))
        except queue.Empty:
            return batch, True
        return batch, False

    def _write(self, batch: list[_Entry]) -> None:
        batch = [(visit, future) for visit, future in batch if future.set_running_or_notify_cancel()]
        if self._broken is not None:
            _fail(batch, self._broken)
            return
        self._beat_if_due()
        try:
            outcomes = self._archive.record_all(self._run, [visit for visit, _ in batch])
        except ArchiveError as error:
            self._break(batch, error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other visits must be stored
            self._write_singly(batch, error)
        else:
            for (_, future), outcome in zip(batch, outcomes, strict=True):
                future.set_result(outcome)

    def _write_singly(self, batch: list[_Entry], error: Exception) -> None:
        """Write each visit of a failed batch for itself, so that one bad visit loses only itself."""
        if len(batch) == 1:
            visit, future = batch[0]
            logger.warning("%s: not archived: %s", visit.fetch.url, error)
            future.set_exception(error)
            return
        for entry in batch:
            self._write_again(entry)

    def _write_again(self, entry: _Entry) -> None:
        visit, future = entry
        if self._broken is not None:
            future.set_exception(self._broken)
            return
        try:
            future.set_result(self._archive.record(self._run, visit))
        except ArchiveError as error:
            self._break([entry], error)
        except Exception as error:  # noqa: BLE001
            self._write_singly([entry], error)

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
        future.set_exception(error)
