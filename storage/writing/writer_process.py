"""Group commit in a process of its own, so that what the archive computes takes no time from the crawl.

Python runs one thread at a time: search tokens, fingerprints and alignments of a writer thread would be
taken from the reactor. The process is a fork of the crawl, made before anything is opened, or one that is
started; it ends with its parent, and writes through the same `GroupCommit`.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from storage.correspondence import (
    Answer,
    Correspondent,
    Counterpart,
    at_once,
    leave_signals_to_the_parent,
    read_messages,
    write_message,
)
from storage.errors import ArchiveError, ArchiveNotWritable
from storage.writing.writer import GroupCommit, Prepare, as_it_is

if TYPE_CHECKING:
    from storage.records import Outcome
    from storage.writing.runs import Run

CACHE_KIB = 16_384  # a larger cache writes no faster, to 300,000 articles neither


class WriterProcess(Correspondent):
    """Writes visits as `GroupCommit` does, in another process; each visit's answer is its outcome.

    A *fork* serves where there is one, else a process is started. *prepare* is a function of a module, which
    that process imports. The answers of a transaction arrive together.
    """

    def __init__(
        self,
        archive_url: str,
        run: Run,
        *,
        fork: Counterpart | None = None,
        prepare: Prepare = as_it_is,
        make_future: Callable[[], Any] = Future,
        deliver: Callable[[Callable[[], None]], None] = at_once,
    ) -> None:
        counterpart = fork or start()
        write_message(counterpart.questions, (archive_url, run, prepare))
        super().__init__(
            counterpart,
            ended=ArchiveNotWritable("the process that writes the archive has ended"),
            make_future=make_future,
            deliver=deliver,
        )


def start() -> Counterpart:
    """Start a process that serves its standard input."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "storage.writing.writer_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    return Counterpart(pid=process.pid, questions=process.stdin, answers=process.stdout, wait=process.wait)


def serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Write the visits of *incoming* and answer each on *outgoing*, until *incoming* ends."""
    import storage.writing.visits  # noqa: F401 - it would be loaded for the first visit
    from storage.archive import Archive

    messages = read_messages(incoming)
    greeting = next(messages, None)
    if greeting is None:  # no run has begun
        return
    archive_url, run, prepare = greeting
    gc.freeze()  # modules live as long as the process: no collection need look at them again
    answers = _Answers(outgoing)
    try:
        archive = Archive(archive_url, cache_kib=CACHE_KIB)
    except ArchiveError as error:  # it went away since the run began
        for message in messages:
            write_message(outgoing, [(number, None, error) for number, _ in message])
        return
    with archive, GroupCommit(archive, run, prepare=prepare, after_batch=answers.send) as writer:
        for message in messages:
            for number, visit in message:
                writer.submit(visit).add_done_callback(partial(answers.add, number))


class _Answers:
    """Answers gathered for a transaction, and sent together: each one read wakes the crawl."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._waiting: list[Answer] = []

    def add(self, number: int, future: Future[Outcome]) -> None:
        error = future.exception()
        with self._lock:
            self._waiting.append((number, None if error else future.result(), error))

    def send(self) -> None:
        with self._lock:
            answers, self._waiting = self._waiting, []
        if answers:
            try:
                write_message(self._stream, answers)
            except BrokenPipeError:  # the crawl is gone; what it sent is stored none the less
                return


def main() -> None:
    """Serve standard input."""
    leave_signals_to_the_parent()
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
