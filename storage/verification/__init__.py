"""Looks whether an archive is whole: database, values, references, chains, indexes, evidence."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.database.engine import STUMBLES, one_state
from storage.database.failures import RESTORE
from storage.errors import ArchiveDamaged, ArchiveError
from storage.locations import masked
from storage.verification.chains import check_chain, check_runs
from storage.verification.database_file import check_database
from storage.verification.findings import Check, Checked, Finding, Findings, Status
from storage.verification.fingerprint_rows import check_fingerprints
from storage.verification.pointers import check_evidence
from storage.verification.references import check_references
from storage.verification.search_documents import check_search
from storage.verification.values import check_values

__all__ = ["Check", "Checked", "Finding", "Status", "damage_behind", "verify"]

SENSELESS = (DBAPIError, sqlite3.Error, *STUMBLES)
QUICK_CHECKS = (check_values, check_database, check_references)  # of what makes a reader stumble


def verify(engine: Engine, root: Path, *, jobs: int) -> Iterator[Finding | Checked]:
    """Yield each finding as it is made, and each check when it has ended.

    What is compared with each other is of one state of the database, so a crawl may go on; *jobs* processes
    read the evidence under *root*.
    """
    checks: dict[Check, Findings] = {
        Check.DATABASE: _at_once(engine, check_database),
        Check.VALUES: _at_once(engine, check_values),
        Check.REFERENCES: _at_once(engine, check_references),
        Check.CHAIN: check_chain(engine),
        Check.RUNS: _at_once(engine, check_runs),
        Check.SEARCH: _at_once(engine, check_search),
        Check.FINGERPRINTS: _at_once(engine, check_fingerprints),
        Check.EVIDENCE: check_evidence(engine, root, jobs),
    }
    for check, findings in checks.items():
        yield from _counted(check, _guarded(check, findings))


def _at_once(engine: Engine, run: Callable[[Connection], Findings]) -> Findings:
    """Go through a check in one transaction."""
    with one_state(engine) as connection:
        return (yield from run(connection))


def _guarded(check: Check, findings: Findings) -> Findings:
    """Go through one check; where the database itself cannot be read on, that is the finding."""
    try:
        return (yield from findings)
    except ArchiveDamaged as error:
        yield Finding(check=check, subject="the database", problem=str(error), remedy=RESTORE)
        return 0
    except SENSELESS as error:
        problem = f"a row is not what its table holds ({type(error).__name__}: {error})"
        yield Finding(check=check, subject="the database", problem=problem, remedy=RESTORE)
        return 0


def _counted(check: Check, findings: Findings) -> Iterator[Finding | Checked]:
    counts = dict.fromkeys(Status, 0)
    try:
        while True:
            finding = next(findings)
            counts[finding.status] += 1
            yield finding
    except StopIteration as ended:
        yield Checked(
            check=check,
            examined=ended.value,
            damages=counts[Status.DAMAGED],
            orphans=counts[Status.ORPHAN],
            unread=counts[Status.UNREAD],
        )


def damage_behind(engine: Engine) -> ArchiveDamaged | None:
    """Return the damage over which a reader stumbled; None where there is none, and the fault ours."""
    try:
        with one_state(engine) as connection:
            found = next((each for check in QUICK_CHECKS for each in check(connection)), None)
    except (ArchiveError, *STUMBLES) as error:
        return error if isinstance(error, ArchiveDamaged) else None
    if found is None:
        return None
    return ArchiveDamaged(
        f"{masked(engine.url)} is damaged: {found.subject}: {found.problem}; {found.remedy}"
    )
