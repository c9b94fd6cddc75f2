"""Appends exchanges to WARC files in a thread of its own, and says where each lies once it is on disk."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from time import sleep
from typing import Any

from crawler.evidence.files import WarcFile, safe_name
from crawler.evidence.records import (
    ENCODING_HEADERS,
    Exchange,
    Original,
    SavedPage,
    new_record_id,
    request_record,
    resource_record,
    response_record,
    revisit_record,
)
from crawler.evidence.repair import repair_folder
from storage.correspondence import answer, at_once
from storage.errors import ArchiveNotWritable
from storage.evidence.responses import (
    EvidenceError,
    evidence_in,
    evidence_record,
    original_of,
    record_message,
    require_page,
)
from storage.file_errors import told
from storage.records import EvidencePointer

logger = logging.getLogger(__name__)

ROLL_BYTES = 256 * 1024 * 1024
MOST_IN_A_BATCH = 100
GATHER_SECONDS = 0.01  # in which a batch grows: each syncs a file and wakes who waits, at a price

Job = tuple[Exchange | SavedPage, Any]  # what to keep, and the future of where it lies


class EvidenceNotWritable(ArchiveNotWritable):
    """The evidence could not be written; the run writes no more of it."""


class EvidenceWriter:
    """Writes the evidence of one run of one site under the folder *root*.

    *software* and *settings* stand in the record that opens each file. Nothing is created before there
    is something to write, and what dead runs of the site left is mended first. The answers of a batch are
    given by one call, as a `Correspondent` gives its own.
    """

    def __init__(
        self,
        root: Path,
        *,
        site: str,
        run: str,
        software: str,
        settings: Mapping[str, str],
        roll_bytes: int = ROLL_BYTES,
        make_future: Callable[[], Any] = Future,
        deliver: Callable[[Callable[[], None]], None] = at_once,
    ) -> None:
        self._root = root
        self._folder = root / safe_name(site)
        self._stem = f"{safe_name(site)}-{safe_name(run)}"
        self._facts = {"software": software, "format": "WARC File Format 1.1", "site": site, "run": run}
        self._facts |= settings
        self._roll_bytes = roll_bytes
        self._make_future = make_future
        self._deliver = deliver
        self._file: WarcFile | None = None
        self._failure: EvidenceNotWritable | None = None
        self._batch: list[Job] = []
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name=f"evidence of {site}", daemon=True)
        self._thread.start()

    def append(self, exchange: Exchange | SavedPage) -> Any:
        """Return where *exchange* lies, known once its bytes are on disk.

        The future raises `EvidenceNotWritable` if they cannot be written; so do all later ones.
        """
        future = self._make_future()
        self._jobs.put((exchange, future))
        if self._ended:
            self._refuse_jobs()
        return future

    def close(self) -> None:
        """Write what is waiting and close the file; a second call does nothing."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            repair_folder(self._folder)
            while self._next_batch():
                self._write_batch()
            self._close_file()
        except OSError as error:
            self._failure = EvidenceNotWritable(
                f"evidence under {self._root} cannot be written: {error.filename or self._folder}:"
                f" {told(error, 'name another folder by HOTNEWS_EVIDENCE')}"
            )
            self._failure.__cause__ = error
        finally:
            self._ended = True
            self._refuse_jobs()

    def _next_batch(self) -> bool:
        """Take what queues for a moment from the first on; return False when it is time to close."""
        job = self._jobs.get()
        self._batch = []
        if job is not None:
            sleep(GATHER_SECONDS)
        while job is not None:
            self._batch.append(job)
            if len(self._batch) == MOST_IN_A_BATCH or self._jobs.empty():
                return True
            job = self._jobs.get()
        if self._batch:
            self._jobs.put(None)  # close after this batch
        return bool(self._batch)

    def _write_batch(self) -> None:
        pointers = self._store([exchange for exchange, _ in self._batch])
        batch, self._batch = self._batch, []
        self._deliver(
            partial(answer, [(job[1], pointer, None) for job, pointer in zip(batch, pointers, strict=True)])
        )
        if self._file is not None and self._file.size >= self._roll_bytes:
            self._close_file()

    def _store(self, exchanges: list[Exchange | SavedPage]) -> list[EvidencePointer]:
        if self._file is None:
            self._file = WarcFile(self._folder, self._stem, self._facts)
        name = self._file.path.relative_to(self._root).as_posix()
        content = bytearray()
        pointers = []
        for exchange in exchanges:
            evidence, request = self._records(exchange, self._file.warcinfo_id)
            offset = self._file.size + len(content)
            pointers.append(EvidencePointer(file=name, offset=offset, length=len(evidence)))
            content += evidence + request
        self._file.append(bytes(content))
        return pointers

    def _records(self, exchange: Exchange | SavedPage, warcinfo_id: str) -> tuple[bytes, bytes]:
        record_id = new_record_id()
        if isinstance(exchange, SavedPage):
            return resource_record(exchange, record_id, warcinfo_id), b""
        request = request_record(exchange, record_id, warcinfo_id)
        if exchange.original is not None and (original := self._original(exchange.original)):
            return revisit_record(exchange, record_id, warcinfo_id, original), request
        return response_record(exchange, record_id, warcinfo_id), request

    def _original(self, pointer: EvidencePointer) -> Original | None:
        """Return the full record at *pointer*, or the one a revisit there refers to; None if unreadable."""
        try:
            record = evidence_record(self._root, pointer)
            require_page(pointer, evidence_in(self._root, pointer, record))
            if refers_to := original_of(record):
                pointer, record = refers_to, evidence_record(self._root, refers_to)
            headers = record_message(record)[1]
        except (EvidenceError, ValueError) as error:
            logger.warning("%s; the page is stored in full again", error)
            return None
        pairs = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers)
        return Original(
            pointer=pointer,
            record_id=record.field("WARC-Record-ID") or "",
            url=record.field("WARC-Target-URI") or "",
            date=record.field("WARC-Date") or "",
            payload_digest=record.field("WARC-Payload-Digest") or "",
            encoding=tuple(pair for pair in pairs if pair[0].lower() in ENCODING_HEADERS),
        )

    def _close_file(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None

    def _refuse_jobs(self) -> None:
        """Fail what was not written and what has queued behind it."""
        failure = self._failure or EvidenceNotWritable(f"the evidence of {self._stem} is closed")
        waiting, self._batch = self._batch, []
        with contextlib.suppress(Empty):
            while True:
                if job := self._jobs.get_nowait():
                    waiting.append(job)
        if waiting:
            self._deliver(partial(answer, [(future, None, failure) for _, future in waiting]))
