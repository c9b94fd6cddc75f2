"""Ends the processes of a command at a point that a test names; only tests put this folder on PYTHONPATH,
or have the fork of a process that has imported us already run this file before its command.

A point is `ROLE KIND NUMBER PHASE`: the command's or the writer's so-and-so-many-th commit or evidence batch,
before it, after it, `torn` in the middle of it, or `full` where the disk takes no more; or the end of an
evidence file. What is seldom happens often here: files are rolled, leases are renewed and slices of the
fingerprint index are merged every few pages.
HOTNEWS_CRASH_LOG names a file that every point reached is written to, HOTNEWS_CRASH_AT the point to die at.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock
from typing import IO

AT, LOG = os.environ.get("HOTNEWS_CRASH_AT"), os.environ.get("HOTNEWS_CRASH_LOG")
ROLL_BYTES, SLICE_EVERY, HEARTBEAT = 50_000, 2, timedelta(seconds=0.2)
role = "crawl"
reached: Counter[str] = Counter()
counting = Lock()  # sections end in threads of their own


def begin(kind: str) -> str:
    """Return the name of the next event of its *kind*."""
    with counting:
        reached[kind] += 1
        return f"{role} {kind} {reached[kind]}"


def is_here(event: str, phase: str) -> bool:
    """Note that a point was reached; return whether it is the one that was named."""
    point = f"{event} {phase}"
    if LOG:
        with open(LOG, "a", encoding="utf-8") as log:  # noqa: PTH123 - pathlib is not loaded yet
            log.write(f"{point}\n")
    return point == AT


def die() -> None:
    """End every process of the command at once, as a power cut does."""
    os.killpg(0, signal.SIGKILL)


def install() -> None:
    """Put the points where transactions and evidence are written."""
    from sqlalchemy import Connection, Engine

    from storage.database import engine

    writing = engine.writing

    @contextmanager
    def watched(opened: Engine) -> Iterator[Connection]:
        event = begin("commit")
        with writing(opened) as connection:
            yield connection
            if is_here(event, "before"):
                die()
        if is_here(event, "after"):
            die()

    for module in list(sys.modules.values()):  # a fork's have the function already
        if getattr(module, "writing", None) is writing:
            module.writing = watched  # type: ignore[attr-defined]
    name_the_writer()
    install_evidence()
    make_often()


def name_the_writer() -> None:
    """Let the fork that writes have points of its own."""
    from storage.writing import writer_process

    serve = writer_process.serve

    def watched(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        global role  # noqa: PLW0603 - of this process, from here to its end
        role = "writer"
        serve(incoming, outgoing)

    writer_process.serve = watched


def install_evidence() -> None:
    """Put the points around each batch of evidence and around the end of each file."""
    from crawler.evidence.files import WarcFile

    append, close = WarcFile.append, WarcFile.close

    def watched(file: WarcFile, content: bytes) -> None:
        event = begin("evidence")
        if is_here(event, "before"):
            die()
        if is_here(event, "torn"):
            os.write(file._descriptor, content[: len(content) // 2])
            die()
        if is_here(event, "full"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        append(file, content)
        if is_here(event, "after"):
            die()

    def watched_close(file: WarcFile) -> None:
        event = begin("roll")
        if is_here(event, "before"):
            die()
        close(file)
        if is_here(event, "after"):
            die()

    WarcFile.append = watched  # type: ignore[method-assign]
    WarcFile.close = watched_close  # type: ignore[method-assign]


def make_often() -> None:
    """Let what is seldom happen every few pages: rolls of files, heartbeats, merges of the index."""
    from crawler.evidence import EvidenceWriter
    from storage.stories import fingerprints
    from storage.writing import writer

    EvidenceWriter.__init__.__kwdefaults__["roll_bytes"] = ROLL_BYTES
    fingerprints.SLICE_EVERY = SLICE_EVERY
    writer.HEARTBEAT = HEARTBEAT


if AT or LOG:
    install()
