"""What a command says and is told, by whomever it was started: streams that are closed or full, signals."""

from __future__ import annotations

import logging
import os
import signal
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from _typeshed import ReadableBuffer

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE_SECONDS = 2.0  # with a command that ends: who repeats Ctrl-C sooner means nothing else by it
INTERRUPTED = 3  # the exit code of what is incomplete (`storage.verdicts` is not loaded for it)


def open_closed_streams() -> None:
    """Let nobody read what is written to a stream that the caller closed (`>&-`), or write what is read.

    Otherwise the next file that is opened, the archive perhaps, takes the number of the stream.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):  # by their numbers
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115 - open to the end
            os.set_inheritable(stream.fileno(), True)  # noqa: FBT003 - its only name
            setattr(sys, name, stream)


def write_any_character() -> None:
    """Let characters that the encoding of the output lacks be written as escapes, as in messages."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def talk_to_whoever_listens() -> None:
    """Let messages go unheard that nobody takes: a log on a full disk, or a closed pipe, ends no work."""
    said = sys.__stderr__
    if said is None or said is not sys.stderr:  # somebody has seen to it already
        return
    unheard = BufferedWriter(_Unheard(said.fileno(), "w", closefd=False))
    sys.stderr = TextIOWrapper(unheard, said.encoding, said.errors, line_buffering=True, write_through=True)


class _Unheard(FileIO):
    def write(self, content: ReadableBuffer, /) -> int:
        try:
            return super().write(content) or 0
        except OSError:
            return memoryview(content).nbytes


def end_on_signals() -> None:
    """Let SIGTERM and a closed terminal end a command as Ctrl-C does, unless `nohup` has them ignored."""
    stop = _Stop()
    for number in STOP_SIGNALS:
        if signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
            signal.signal(number, stop)


def hear_no_more_signals() -> None:
    """Let nothing but SIGKILL end what is done already but for its last words."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    # An interrupt that passed an `exec`, of which imports are full, counts as one that nobody caught, until
    # the next `exec`: `python -m` would end by SIGINT, whatever the exit code is.
    exec("")  # noqa: S102


class _Stop:
    """Interrupts a command once. While it puts away what it holds it is not interrupted again, but ended."""

    def __init__(self) -> None:
        self._told_at: float | None = None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self._told_at is None:
            self._told_at = monotonic()
            # What connections say of work that is broken off is no news to whoever broke it off.
            logging.getLogger("sqlalchemy").setLevel(logging.CRITICAL)
            raise KeyboardInterrupt
        if monotonic() - self._told_at > PATIENCE_SECONDS:
            os.write(2, b"hotnews: interrupted again, and ended at once\n")
            os._exit(INTERRUPTED)


def forget_output() -> None:
    """Throw away what is still to be written to the output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
