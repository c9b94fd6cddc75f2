"""Reading pages in a process of its own, so that many requests at a time wait for no page that is read.

To read a page takes longer than all that Scrapy does for it, and Python runs one thread at a time. The
process is a fork: it has loaded what reads pages, and shares that memory with the crawl.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from traceback import format_exception
from types import TracebackType
from typing import IO, Any

from storage.correspondence import Answer, Correspondent, at_once, read_messages, write_message


class ReadingCrashed(Exception):
    """A page at which the rules failed; the message is the traceback."""


class ReadingEnded(Exception):
    """The process that reads pages is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """A process that was forked to read pages, and the pipes to and from it."""

    pid: int
    questions: IO[bytes]
    answers: IO[bytes]


def fork_reader() -> Fork | None:
    """Fork the process that reads pages; None where threads run, which might hold locks that it needs."""
    if threading.active_count() > 1:
        return None
    (asked, ask), (told, tell) = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(ask)
            os.close(told)
            serve(os.fdopen(asked, "rb"), os.fdopen(tell, "wb"))
        finally:
            os._exit(0)  # nothing of the crawl's is to be closed here
    os.close(asked)
    os.close(tell)
    return Fork(pid=pid, questions=os.fdopen(ask, "wb"), answers=os.fdopen(told, "rb"))


class ReadingProcess(Correspondent):
    """Asks a fork to read pages: a question is a function and what it is called with."""

    def __init__(
        self,
        fork: Fork,
        *,
        make_future: Callable[[], Any] = Future,
        deliver: Callable[[Callable[[], None]], None] = at_once,
    ) -> None:
        self._pid = fork.pid
        super().__init__(
            fork.questions,
            fork.answers,
            ended=ReadingEnded("the process that reads pages has ended"),
            make_future=make_future,
            deliver=deliver,
        )

    def close(self) -> None:
        """Let what is queued be read, then end the process."""
        super().close()
        os.waitpid(self._pid, 0)


def serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Answer each question of *incoming* on *outgoing*, until it ends: the parent alone decides when."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # a terminal sends them to the whole group
        signal.signal(number, signal.SIG_IGN)
    for questions in read_messages(incoming):
        for number, question in questions:
            write_message(outgoing, [answer_to(number, question)])


def answer_to(number: int, question: Callable[[], object]) -> Answer:
    """Return what *question* gives, or how it crashed, under its *number*."""
    result = None
    with _Crash() as crash:
        result = question()
    return number, result, crash.error


class _Crash(AbstractContextManager["_Crash"]):
    """A context that an exception ends, and does not leave: not every one of them can be sent."""

    error: ReadingCrashed | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> bool:
        if isinstance(error, Exception):
            self.error = ReadingCrashed("".join(format_exception(error)))
        return self.error is not None
