"""Questions to another process of ours and its answers: pickles over two pipes, a future for each."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from queue import PriorityQueue
from typing import IO, Any

_LENGTH = struct.Struct("!I")
# Questions of a message, each of which wakes a process. What is urgent waits for two of them at most: the one
# that is being answered, and the one in the pipe.
MOST_TOGETHER = 16
PIPE_BYTES = 1 << 20  # what Linux lets anybody have; it begins with a sixteenth
_URGENT, _USUAL, _LAST = range(3)
Numbered = tuple[int, Any]
Answer = tuple[int, Any, BaseException | None]
Serve = Callable[[IO[bytes], IO[bytes]], None]  # answers the questions of a stream on another until it ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """A process that answers questions: the pipes to and from it, and the call that waits for its end."""

    pid: int
    questions: IO[bytes]
    answers: IO[bytes]
    wait: Callable[[], object]


def forked(serve: Serve, *, beside: Iterable[Counterpart] = ()) -> Counterpart | None:
    """Fork a process that serves; it shares what this one has loaded.

    None where threads run, which might hold locks that it needs. It lets go of the pipes to those that were
    forked *beside* it: they end once nobody can ask them any more.
    """
    if threading.active_count() > 1:
        return None
    (asked, ask), (told, tell) = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        others = (each.questions.fileno() for each in beside)
        _serve_to_the_end(serve, asked, tell, closing=(ask, told, *others))
    os.close(asked)
    os.close(tell)
    _widen(ask)
    questions, answers = os.fdopen(ask, "wb"), os.fdopen(told, "rb")
    return Counterpart(pid=pid, questions=questions, answers=answers, wait=partial(os.waitpid, pid, 0))


def _widen(pipe: int) -> None:
    """Let a message of pages go through *pipe* at once, where the system can do that."""
    with contextlib.suppress(AttributeError, OSError):  # of Linux alone; denied beyond a user's share
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def _serve_to_the_end(serve: Serve, asked: int, tell: int, *, closing: Iterable[int]) -> None:
    try:
        leave_signals_to_the_parent()
        for descriptor in closing:
            os.close(descriptor)
        serve(os.fdopen(asked, "rb"), os.fdopen(tell, "wb"))
    finally:
        failure = sys.exc_info()
        if failure[0] is not None:
            sys.excepthook(*failure)
        os._exit(failure[0] is not None)  # nothing of the parent's is to be closed here


def leave_signals_to_the_parent() -> None:
    """Ignore what a terminal sends to the whole group: the parent alone decides when this process ends."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def at_once(give_answers: Callable[[], None]) -> None:
    """Give answers on the thread that has them."""
    give_answers()


class Correspondent:
    """Asks another process; `submit` never waits.

    The answers that arrive together are given by one call, which *deliver* makes where those who wait for
    them are; *make_future* makes what they wait for. Once the process is gone every answer is *ended*.
    """

    def __init__(
        self,
        counterpart: Counterpart,
        *,
        ended: Exception,
        make_future: Callable[[], Any] = Future,
        deliver: Callable[[Callable[[], None]], None] = at_once,
    ) -> None:
        self.counterpart = counterpart
        self._make_future = make_future
        self._deliver = deliver
        self._pending: dict[int, Any] = {}
        self._outgoing: PriorityQueue[tuple[int, int, Any]] = PriorityQueue()  # rank, number, question
        self._sent = 0
        self._farewell = ended
        self._lock = threading.Lock()
        self.has_ended = False
        self._sender = threading.Thread(target=self._send, args=(counterpart.questions,), daemon=True)
        self._receiver = threading.Thread(target=self._receive, args=(counterpart.answers,), daemon=True)
        self._sender.start()
        self._receiver.start()

    def submit(self, question: object, *, urgent: bool = False) -> Any:
        """Queue *question*, an *urgent* one first; the future holds its answer, or why there is none."""
        future = self._make_future()
        with self._lock:
            if self.has_ended:
                future.set_exception(self._farewell)
                return future
            self._sent += 1
            self._pending[self._sent] = future
            self._outgoing.put((_URGENT if urgent else _USUAL, self._sent, question))
        return future

    def close(self) -> None:
        """Wait for the answers to what is queued, and for the end of the process."""
        self._outgoing.put((_LAST, 0, None))
        self._sender.join()
        self._receiver.join()
        self.counterpart.wait()

    def _send(self, stream: IO[bytes]) -> None:
        try:
            while messages := self._queued():
                write_message(stream, messages)
            stream.close()
        except OSError:  # the process is gone; the receiver knows it too, and says so
            return

    def _queued(self) -> list[Numbered]:
        """Return what has queued, after waiting for the first; nothing when it is time to close."""
        messages: list[Numbered] = []
        while len(messages) < MOST_TOGETHER and not (messages and self._outgoing.empty()):
            rank, number, question = self._outgoing.get()
            if rank == _LAST:
                if messages:
                    self._outgoing.put((_LAST, 0, None))  # close after these
                break
            messages.append((number, question))
            if rank == _URGENT:
                break
        return messages

    def _receive(self, stream: IO[bytes]) -> None:
        with stream:
            for answers in read_messages(stream):
                with self._lock:
                    waiting = [(self._pending.pop(number), *answer) for number, *answer in answers]
                self._deliver(partial(answer, waiting))
        with self._lock:
            self.has_ended = True
            waiting = [(future, None, self._farewell) for future in self._pending.values()]
            self._pending.clear()
        self._deliver(partial(answer, waiting))


def answer(waiting: Iterable[tuple[Any, Any, BaseException | None]]) -> None:
    """Give each future of *waiting* its result, or its error, unless nobody waits any more."""
    for future, result, error in waiting:
        if future.done():
            continue
        if error is None:
            future.set_result(result)
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
        yield pickle.loads(payload)  # noqa: S301 - a process of ours, over a pipe of ours
