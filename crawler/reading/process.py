"""Reading pages in a process of its own, so that many requests at a time wait for no page that is read.

To read a page takes longer than all that Scrapy does for it, and Python runs one thread at a time. The
process is a fork: it has loaded what reads pages, and shares that memory with the crawl.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from traceback import format_exception
from types import TracebackType
from typing import IO, Any

from storage.correspondence import Answer, Correspondent, Counterpart, at_once, read_messages, write_message


class ReadingCrashed(Exception):
    """A page at which the rules failed; the message is the traceback."""


class ReadingEnded(Exception):
    """The process that reads pages is gone."""


class ReadingProcess(Correspondent):
    """Asks a fork that serves to read pages: a question is a function and what it is called with."""

    def __init__(
        self,
        counterpart: Counterpart,
        *,
        make_future: Callable[[], Any] = Future,
        deliver: Callable[[Callable[[], None]], None] = at_once,
    ) -> None:
        super().__init__(
            counterpart,
            ended=ReadingEnded("the process that reads pages has ended"),
            make_future=make_future,
            deliver=deliver,
        )


def serve_readings(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Answer the questions of each message of *incoming* together on *outgoing*, until it ends."""
    for questions in read_messages(incoming):
        write_message(outgoing, [answer_to(number, question) for number, question in questions])


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
