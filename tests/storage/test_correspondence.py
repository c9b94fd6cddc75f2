"""Processes that answer questions end when nobody can ask them any more, and say why they ended before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from itertools import islice
from pathlib import Path
from threading import Thread

import pytest

from storage.correspondence import MOST_TOGETHER, Correspondent, Counterpart, read_messages
from tests.warm_python import warm_python

MORE_THAN_A_PIPE_HOLDS = b"x" * 1_000_000

FORKS = """
import os
from storage.correspondence import Correspondent, forked, read_messages, write_message

def serve(incoming, outgoing):
    for questions in read_messages(incoming):
        write_message(outgoing, [(number, (os.getpid(), question()), None) for number, question in questions])

def ask(counterpart):
    return Correspondent(counterpart, ended=EOFError("it has ended"))
"""
EACH_ENDS_ALONE = """
first = forked(serve)
second = forked(serve, beside=[first])
for each in map(ask, (first, second)):
    print(each.submit(os.getpid).result(10)[0] == each.counterpart.pid)
    each.close()
"""
NOBODY_ASKED = "forked(serve)"
ONE_FAILS = """
from operator import truediv
from functools import partial
asked = ask(forked(serve))
print(repr(asked.submit(partial(truediv, 1, 0)).exception(10)))
"""
BESIDE_THREADS = """
import threading
waiting = threading.Event()
threading.Thread(target=waiting.wait).start()
print(forked(serve))
waiting.set()
"""


@pytest.mark.parametrize(
    ("does", "prints", "says"),
    [
        (EACH_ENDS_ALONE, ["True", "True"], ""),
        (NOBODY_ASKED, [], ""),
        (ONE_FAILS, ["EOFError('it has ended')"], "ZeroDivisionError: division by zero"),
        (BESIDE_THREADS, ["None"], ""),
    ],
)
def test_a_fork_serves_ends_and_fails_as_a_process_of_its_own(
    tmp_path: Path, does: str, prints: list[str], says: str
) -> None:
    done = warm_python().run(["-c", FORKS + does], cwd=tmp_path, env=os.environ, timeout=60)

    assert (done.returncode, done.stdout.splitlines()) == (0, prints)
    assert (done.stderr.splitlines() or [""])[-1] == says


@contextmanager
def unheard() -> Iterator[tuple[Correspondent, BufferedReader]]:
    """Yield one that asks nobody, and the stream of what it asks."""
    (asked, ask), (told, tell) = os.pipe(), os.pipe()
    counterpart = Counterpart(
        pid=os.getpid(), questions=os.fdopen(ask, "wb"), answers=os.fdopen(told, "rb"), wait=lambda: None
    )
    asking = Correspondent(counterpart, ended=EOFError("it has ended"))
    with os.fdopen(asked, "rb") as questions:
        try:
            yield asking, questions
        finally:
            os.close(tell)
            asking.close()


def test_what_queues_is_sent_together_and_what_is_urgent_first_and_alone() -> None:
    with unheard() as (asking, questions):
        asking.submit(MORE_THAN_A_PIPE_HOLDS)
        questions.peek(1)  # it is being sent now, until it is read
        usual = [f"usual {number}" for number in range(MOST_TOGETHER + 2)]
        for question in usual:
            asking.submit(question)
        asking.submit("urgent", urgent=True)
        messages = [[question for _, question in message] for message in islice(read_messages(questions), 4)]

    assert messages == [[MORE_THAN_A_PIPE_HOLDS], ["urgent"], usual[:MOST_TOGETHER], usual[MOST_TOGETHER:]]


def test_closing_sends_what_is_queued() -> None:
    with unheard() as (asking, questions):
        for number in range(MOST_TOGETHER + 1):
            asking.submit(number)
        closing = Thread(target=asking.close)
        closing.start()
        sent = [question for message in read_messages(questions) for _, question in message]

    closing.join()
    assert sent == list(range(MOST_TOGETHER + 1))
