"""What a verification finds: damages and orphans by name, and what was looked at."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum

RESTORE_ROWS = "restore the database from a backup; nobody but hotnews may write into it"


class Check(StrEnum):
    """What is compared with what."""

    DATABASE = "database"  # the SQLite file with its own structure
    VALUES = "values"  # each column with what its type says
    REFERENCES = "references"  # row numbers with the rows they name
    CHAIN = "chain"  # revisions with their digests, and with those before them
    RUNS = "runs"  # runs with what they wrote, and with the run before
    SEARCH = "search"  # the search index with the latest texts
    FINGERPRINTS = "fingerprints"  # the fingerprints with the latest texts
    EVIDENCE = "evidence"  # WARC records with the rows that point at them


class Status(StrEnum):
    """How bad a finding is."""

    DAMAGED = "damaged"
    UNREAD = "unread"  # this user may not read it: nothing is known of it
    ORPHAN = "orphan"  # whole, and of no row: what a killed run leaves, never an error


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it should be: where, what, and what to do."""

    check: Check
    status: Status = Status.DAMAGED
    subject: str  # an article's id, a run's key, a table, a file
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One check that came to its end."""

    check: Check
    examined: int  # records, rows, articles
    damages: int
    orphans: int = 0
    unread: int = 0  # files that this user may not read


Findings = Generator[Finding, None, int]  # returns how many things were examined
