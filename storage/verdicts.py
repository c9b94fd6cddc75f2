"""How a run ended, and which ending counts when there are several."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """How a run ended; `exit_code` is what the command returns."""

    COMPLETE = "complete"
    CRASHED = "crashed"
    USAGE = "usage"
    INCOMPLETE = "incomplete"
    DRIFTED = "drifted"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    STORAGE = "storage"
    BUSY = "busy"

    @property
    def exit_code(self) -> int:
        """Return the exit code of a command that ends with this verdict."""
        return _EXIT_CODES[self]


_EXIT_CODES = {verdict: code for code, verdict in enumerate(Verdict)}

# The first of these decides when a run has several causes, or a command several sites.
PRECEDENCE = (
    Verdict.STORAGE,
    Verdict.CRASHED,
    Verdict.USAGE,
    Verdict.UNREACHABLE,
    Verdict.REFUSED,
    Verdict.DRIFTED,
    Verdict.INCOMPLETE,
    Verdict.BUSY,
    Verdict.COMPLETE,
)


def verdict_of(exit_code: int) -> Verdict:
    """Return the verdict an exit code stands for; a process that a signal killed has crashed."""
    by_code = {code: verdict for verdict, code in _EXIT_CODES.items()}
    return by_code.get(exit_code, Verdict.CRASHED)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict that stands for all of *verdicts*; of none, `complete`."""
    return min(verdicts, key=PRECEDENCE.index, default=Verdict.COMPLETE)
