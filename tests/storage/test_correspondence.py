"""Processes that answer questions end when nobody can ask them any more, and say why they ended before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.warm_python import warm_python

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
