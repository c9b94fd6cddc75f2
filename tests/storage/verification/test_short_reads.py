"""A verification keeps no archive from clearing up, and is misled by nothing that is written meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.database.engine import reading
from storage.verification import Check, Finding, chains, pointers
from tests.storage.evidence_samples import evidence_of, fill, long_text, real, store
from tests.storage.samples import finish, start
from tests.storage.verification.damages import findings, flip, sql


def crawl(archive: Archive, number: int) -> None:
    """Bring a new article and an edit of the first one, with their evidence."""
    run = start(archive)
    with evidence_of(archive, run) as writer:
        store(archive, run, writer, f"new-{number}", real(f"New {number}"))
        edited = real("Harbour a opens", long_text(f"edition{number}"))
        store(archive, run, writer, "a", edited, f"edition {number}".encode())
    finish(archive, run)


def holds_a_transaction(archive: Archive) -> bool:
    """Return whether some reader keeps the database from clearing up what was replaced."""
    with reading(archive._engine) as connection:
        if connection.dialect.name == "postgresql":
            others = "datname = current_database() AND pid != pg_backend_pid()"
            statement = f"SELECT count(*) FROM pg_stat_activity WHERE {others} AND backend_xmin IS NOT NULL"
            return bool(connection.scalar(text(statement)))
    with archive._engine.connect() as connection:  # outside of any transaction
        return bool(connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar())


@pytest.mark.parametrize(
    ("check", "damage"),
    [
        (Check.EVIDENCE, flip),
        (Check.CHAIN, sql("UPDATE attachment SET title = 'forged' WHERE revision_id = 1")),
    ],
)
def test_no_transaction_is_open_once_a_part_of_a_check_was_read(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Check, damage: object
) -> None:
    monkeypatch.setattr(chains, "BATCH", 1)
    archive.evidence_root = tmp_path / "evidence"
    fill(archive)
    assert callable(damage)
    damage(archive)
    verification = archive.verify(jobs=1)

    found = next(each for each in verification if isinstance(each, Finding) and each.check is check)
    crawl(archive, 1)

    assert not holds_a_transaction(archive)
    assert found not in list(verification)


def test_what_is_written_during_a_verification_is_no_damage(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chains, "BATCH", 1)
    monkeypatch.setattr(pointers, "ROWS", 1)
    archive.evidence_root = tmp_path / "evidence"
    fill(archive)

    found = []
    for number, each in enumerate(archive.verify(jobs=1)):
        crawl(archive, number)
        found.append(each)

    assert [each for each in found if isinstance(each, Finding)] == []
    assert findings(archive) == []
