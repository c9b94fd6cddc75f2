"""Runs a pure function over many files in several processes, and yields what it returns in their order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

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
    """Yield what *work* returns for each of *tasks*, in order; one job or one task needs no process."""
    remaining = iter(tasks)
    first = list(islice(remaining, 2))
    if jobs == 1 or len(first) < 2:
        yield from (work(*task) for task in chain(first, remaining))
        return
    waiting: deque[Future[Result]] = deque()
    # Spawned, since a fork would inherit open databases.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for task in chain(first, remaining):
            waiting.append(pool.submit(work, *task))
            if len(waiting) > jobs * MOST_WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
