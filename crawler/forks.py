"""Processes that are forked for one run, before it opens anything."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.reading.process import serve_readings
from storage.correspondence import Counterpart, forked
from storage.writing import writer_process


@dataclass(frozen=True, slots=True, kw_only=True)
class Forks:
    """The one that writes and the one that reads pages, where they could be forked."""

    writer: Counterpart | None = None
    reader: Counterpart | None = None

    @classmethod
    def made(cls, *, for_pages: bool) -> Forks:
        """Fork, if this process has no threads; a reader only where pages are asked for."""
        writer = forked(writer_process.serve)
        reader = forked(serve_readings, beside=filter(None, [writer])) if for_pages else None
        return cls(writer=writer, reader=reader)
