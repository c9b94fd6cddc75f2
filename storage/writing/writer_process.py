"""Group commit in a process of its own, so that what the archive computes takes no time from the crawl.

Python runs one thread at a time: search tokens, fingerprints and alignments of a writer thread would be
taken from the reactor. The process speaks pickles over its standard input and output, ends with its
parent, and writes through the same `GroupCommit`.
"""

from __future__ import annotations

import gc
import pickle
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

from storage.errors import ArchiveError, ArchiveNotWritable
from storage.writing.writer import GroupCommit, Prepare, as_it_is

if TYPE_CHECKING:
    from storage.records import Outcome, Visit
    from storage.writing.runs import Run

CACHE_KIB = 16_384  # a larger cache writes no faster, to 300,000 articles neither
_LENGTH = struct.Struct("!I")
_Message = tuple[int, "Visit[Any]"]


def at_once(give_answers: Callable[[], None]) -> None:
    """Give answers on the thread that has them."""
    give_answers()


class WriterProcess:
    """Writes visits as `GroupCommit` does, in another process; `submit` never waits.

    *prepare* is a function of a module, which that process imports. The answers of a transaction are
    given by one call, which *deliver* makes where those who wait for them are; *make_future* makes what
    they wait for.
    """

    def __init__(
        self,
        archive_url: str,
        run: Run,
        *,
        prepare: Prepare = as_it_is,
        make_future: Callable[[], Any] = Future,
        deliver: Callable[[Callable[[], None]], None] = at_once,
    ) -> None:
        self._make_future = make_future
        self._deliver = deliver
        self._pending: dict[int, Any] = {}
        self._outgoing: SimpleQueue[_Message | None] = SimpleQueue()
        self._sent = 0
        self._ended: ArchiveNotWritable | None = None
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "storage.writing.writer_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        write_message(self._process.stdin, (archive_url, run, prepare))
        self._sender = threading.Thread(target=self._send, args=(self._process.stdin,), daemon=True)
        self._receiver = threading.Thread(target=self._receive, args=(self._process.stdout,), daemon=True)
        self._sender.start()
        self._receiver.start()

    def submit(self, visit: Visit[Any]) -> Any:
        """Queue *visit*; the future holds its outcome once it is stored, or why it is not."""
        future = self._make_future()
        with self._lock:
            if self._ended is not None:
                future.set_exception(self._ended)
                return future
            self._sent += 1
            self._pending[self._sent] = future
        self._outgoing.put((self._sent, visit))
        return future

    def close(self) -> None:
        """Write what is queued, then end the process."""
        self._outgoing.put(None)
        self._sender.join()
        self._receiver.join()
        self._process.wait()

    def _send(self, stream: IO[bytes]) -> None:
        try:
            while messages := self._queued():
                write_message(stream, messages)
            stream.close()
        except OSError:  # the process is gone; the receiver knows it too, and says so
            return

    def _queued(self) -> list[_Message]:
        """Return what has queued, after waiting for the first; nothing when it is time to close."""
        messages = []
        message = self._outgoing.get()
        while message is not None:
            messages.append(message)
            if self._outgoing.empty():
                return messages
            message = self._outgoing.get()
        if messages:
            self._outgoing.put(None)  # close after these
        return messages

    def _receive(self, stream: IO[bytes]) -> None:
        with stream:
            for answers in read_messages(stream):
                with self._lock:
                    waiting = [(self._pending.pop(number), *answer) for number, *answer in answers]
                self._deliver(partial(answer, waiting))
        with self._lock:
            self._ended = ArchiveNotWritable("the process that writes the archive has ended")
            waiting = [(future, None, self._ended) for future in self._pending.values()]
            self._pending.clear()
        self._deliver(partial(answer, waiting))


def answer(waiting: Iterable[tuple[Any, Any, BaseException | None]]) -> None:
    """Give each future of *waiting* its result, or its error, unless nobody waits any more."""
    for future, outcome, error in waiting:
        if future.done():
            continue
        if error is None:
            future.set_result(outcome)
        else:
            future.set_exception(error)


def write_message(stream: IO[bytes], message: object) -> None:
    """Write one message: its length, then its pickle."""
    payload = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(payload)) + payload)
    stream.flush()


def read_messages(stream: IO[bytes]) -> Iterator[Any]:
    """Yield the messages of *stream* until it ends, whole ones only."""
    while len(head := stream.read(_LENGTH.size)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        payload = stream.read(length)
        if len(payload) < length:
            return
        yield pickle.loads(payload)  # noqa: S301 - our own child, over a pipe of ours


def serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Write the visits of *incoming* and answer each on *outgoing*, until *incoming* ends."""
    import storage.writing.visits  # noqa: F401 - it would be loaded for the first visit
    from storage.archive import Archive

    messages = read_messages(incoming)
    archive_url, run, prepare = next(messages)
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
        self._waiting: list[tuple[int, Outcome | None, BaseException | None]] = []

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
    """Serve standard input; the parent alone decides when it is over."""
    for number in (signal.SIGINT, signal.SIGTERM):  # a terminal sends them to the whole group
        signal.signal(number, signal.SIG_IGN)
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
