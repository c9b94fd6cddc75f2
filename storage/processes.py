"""Runs a pure function over many files in several processes, and yields what it returns in their order."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from storage.correspondence import leave_signals_to_the_parent
from storage.errors import ProcessEnded

MOST_WAITING = 2  # tasks a process that are handed out ahead of the answers
WORTH_A_PROCESS = 4 * 1024 * 1024  # bytes of WARC files: less is read before a process has begun

Result = TypeVar("Result")


def processes_for(folder: Path) -> int:
    """Return how many processes read the WARC files in *folder* the soonest: one a processor at most."""
    size = sum(file.stat().st_size for file in folder.rglob("*.warc.gz"))
    return min(os.cpu_count() or 1, 1 + size // WORTH_A_PROCESS)


def in_processes(
    work: Callable[..., Result], tasks: Iterable[tuple[Any, ...]], *, jobs: int
) -> Iterator[Result]:
    """Yield what *work* returns for each of *tasks*, in order; one job or one task needs no process.

    :raises ProcessEnded: if the system ended one of the processes
    """
    remaining = iter(tasks)
    first = list(islice(remaining, 2))
    if jobs == 1 or len(first) < 2:
        yield from (work(*task) for task in chain(first, remaining))
        return
    waiting: deque[Future[Result]] = deque()
    with _processes(jobs) as pool:
        for task in chain(first, remaining):
            waiting.append(pool.submit(work, *task))
            if len(waiting) > jobs * MOST_WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def _processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Yield processes that end with this one, however it ends, and once nobody asks for answers any more."""
    context = get_context("spawn")  # a fork would inherit open databases
    needed, still_needed = context.Pipe(duplex=False)
    with _hangups_blocked():
        pool = ProcessPoolExecutor(jobs, context, _end_when_nobody_asks, (needed,))
    with needed, still_needed, pool:
        try:
            yield pool
            pool.shutdown()
        except BrokenProcessPool as error:
            raise ProcessEnded(
                "a process that read evidence was ended, for want of memory perhaps;"
                " run it again, with --jobs 1"
            ) from error
        finally:
            still_needed.close()


@contextmanager
def _hangups_blocked() -> Iterator[None]:
    """Let what is started meanwhile, a process of multiprocessing's own, not end with the terminal."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_when_nobody_asks(needed: Connection) -> None:
    leave_signals_to_the_parent()
    Thread(target=_end_at_the_end_of, args=(needed,), daemon=True).start()


def _end_at_the_end_of(needed: Connection) -> None:
    wait([needed])
    os._exit(1)  # in the midst of a page: it only reads
