"""Ends the processes of a crawl at a point that a test names; only tests put this folder on PYTHONPATH.

A point is `ROLE KIND NUMBER PHASE`: the crawl's or the writer's so-and-so-many-th commit or evidence batch,
before it, after it, `torn` in the middle of it, or `full` where the disk takes no more.
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

AT, LOG = os.environ.get("HOTNEWS_CRASH_AT"), os.environ.get("HOTNEWS_CRASH_LOG")
ROLE = "writer" if "storage.writer_process" in sys.orig_argv else "crawl"
reached: Counter[str] = Counter()


def is_here(kind: str, phase: str) -> bool:
    """Note that a point was reached; return whether it is the one that was named."""
    point = f"{ROLE} {kind} {reached[kind]} {phase}"
    if LOG:
        with open(LOG, "a", encoding="utf-8") as log:  # noqa: PTH123 - pathlib is not loaded yet
            log.write(f"{point}\n")
    return point == AT


def die() -> None:
    """End every process of the crawl at once, as a power cut does."""
    os.killpg(0, signal.SIGKILL)


def install() -> None:
    """Put the points where transactions and evidence are written."""
    from sqlalchemy import Connection, Engine

    from storage import engine

    writing = engine.writing

    @contextmanager
    def watched(opened: Engine) -> Iterator[Connection]:
        reached["commit"] += 1
        with writing(opened) as connection:
            yield connection
            if is_here("commit", "before"):
                die()
        if is_here("commit", "after"):
            die()

    engine.writing = watched
    if ROLE == "crawl":
        install_evidence()


def install_evidence() -> None:
    """Put the points around each batch of evidence."""
    from crawler.evidence.files import WarcFile

    append = WarcFile.append

    def watched(file: WarcFile, content: bytes) -> None:
        reached["evidence"] += 1
        if is_here("evidence", "before"):
            die()
        if is_here("evidence", "torn"):
            os.write(file._descriptor, content[: len(content) // 2])
            die()
        if is_here("evidence", "full"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        append(file, content)
        if is_here("evidence", "after"):
            die()

    WarcFile.append = watched  # type: ignore[method-assign]


if AT or LOG:
    install()
