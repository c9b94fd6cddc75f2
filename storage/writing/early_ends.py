"""Closes a run whose work ended before its end, so that nobody takes it for one that goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING

from storage.errors import ArchiveError
from storage.verdicts import Verdict, verdict_of

if TYPE_CHECKING:
    from storage.archive_writing import ArchiveWriting
    from storage.writing.runs import Run


class ClosedEarly:
    """A context that closes *run* where an error leaves it; what it had done by then is *counts*."""

    def __init__(self, archive: ArchiveWriting, run: Run, counts: Callable[[], Mapping[str, int]]) -> None:
        self._archive = archive
        self._run = run
        self._counts = counts

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            return
        verdict, reason = meaning(error)
        try:
            self._archive.finish_run(self._run, verdict=verdict, reason=reason, counts=self._counts())
        except ArchiveError:
            self._archive.keep_end(self._run, verdict=verdict, reason=reason, counts=self._counts())


def meaning(error: BaseException) -> tuple[Verdict, str]:
    """Return what *error* makes of the run that it ends, and why."""
    if isinstance(error, KeyboardInterrupt):
        return Verdict.INCOMPLETE, "stopped before its end"
    if isinstance(error, ArchiveError):
        return verdict_of(error.exit_code), str(error)
    return Verdict.CRASHED, f"{type(error).__name__}: {error}"
