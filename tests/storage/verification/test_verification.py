"""A whole archive passes; one damage at a time is found, named and told apart from what runs leave."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.database.engine import writing
from storage.evidence.warc import open_mark
from storage.records import FingerprintedArticle
from storage.search.document_numbers import LAST_PLACE, place_of
from storage.verification import Check, Checked, Finding, Status
from storage.verification.fts_index import read_lengths
from tests.storage.evidence_samples import evidence_of, fill, keep, long_text, real, store
from tests.storage.samples import START, article, finish, start, url, visit

Damage = Callable[[Archive], None]


def findings(archive: Archive, jobs: int = 1) -> list[Finding]:
    return [found for found in archive.verify(jobs=jobs) if isinstance(found, Finding)]


def sql(*statements: str) -> Damage:
    """Return what writes into the database past us, as somebody with a shell would."""

    def damage(archive: Archive) -> None:
        if archive._engine.dialect.name == "sqlite":
            path = str(archive._engine.url.database)
            with closing(sqlite3.connect(path)) as connection, connection:  # foreign keys are off by default
                for statement in statements:
                    connection.execute(statement)
            connection.close()
            return
        with writing(archive._engine) as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                connection.exec_driver_sql(statement)

    return damage


def warc_file(archive: Archive) -> Path:
    return next(archive.evidence_root.rglob("*.warc.gz"))


def flip(archive: Archive) -> None:
    """Flip a bit in the middle of the record of page b."""
    pointer = archive.history(url("b"))[0]
    assert pointer.warc_offset is not None
    assert pointer.warc_length is not None
    content = bytearray(warc_file(archive).read_bytes())
    content[pointer.warc_offset + pointer.warc_length // 2] ^= 0x10
    warc_file(archive).write_bytes(content)


def cut(archive: Archive) -> None:
    """Cut the file in the middle of the last record that a row names."""
    pointer = archive.history(url("a"))[-1]
    assert pointer.warc_offset is not None
    os.truncate(warc_file(archive), pointer.warc_offset + 40)


def exchange_files(archive: Archive) -> None:
    """Let the row of page b point at the record of page c, which is whole."""
    other = archive.history(url("c"))[0]
    sql(
        f'UPDATE "fetch" SET warc_offset = {other.warc_offset}, warc_length = {other.warc_length}'
        f" WHERE url = '{url('b')}'"
    )(archive)


LATEST = "(SELECT latest_revision FROM article WHERE id = 1)"
FOREIGN_TOKENS = {
    "sqlite": "INSERT INTO search_index (rowid, title, body, characters)"
    f" VALUES ({place_of(77)}, 'stray', 'words', '')",
    "postgresql": "INSERT INTO search_index VALUES (77, 0, true, 1, NULL, '''stray'':1'::tsvector, '')",
}
UNINDEX = {
    "sqlite": "DELETE FROM search_index_docsize"
    f" WHERE id = (SELECT {LAST_PLACE} - document FROM article WHERE id = 2)",
    "postgresql": "DELETE FROM search_index WHERE number = (SELECT document FROM article WHERE id = 2)",
}


def by_engine(statements: dict[str, str]) -> Damage:
    return lambda archive: sql(statements[archive._engine.dialect.name])(archive)


DAMAGES: tuple[tuple[str, Damage, Check, str], ...] = (
    (
        "a body is rewritten",
        sql(f"UPDATE revision SET body = 'forged' WHERE id = {LATEST}"),
        Check.CHAIN,
        "digest",
    ),
    (
        "a title is rewritten",
        sql(f"UPDATE revision SET title = 'forged' WHERE id = {LATEST}"),
        Check.CHAIN,
        "digest",
    ),
    ("a cell is rewritten", sql("UPDATE revision SET tables = NULL WHERE id = 2"), Check.CHAIN, "digest"),
    (
        "an annex is renamed",
        sql("UPDATE attachment SET title = 'forged' WHERE revision_id = 2"),
        Check.CHAIN,
        "digest",
    ),
    (
        "a digest is rewritten",
        sql("UPDATE revision SET digest = 'forged' WHERE id = 2"),
        Check.CHAIN,
        "chain breaks",
    ),
    (
        "a payload is renamed",
        sql("UPDATE revision SET payload_digest = 'x' WHERE id = 2"),
        Check.CHAIN,
        "chain breaks",
    ),
    (
        "a revision is deleted",
        sql("DELETE FROM attachment WHERE revision_id = 1", "DELETE FROM revision WHERE id = 1"),
        Check.CHAIN,
        "revision 1 is missing",
    ),
    (
        "the last revision is deleted",
        sql(
            "DELETE FROM attachment WHERE revision_id = 4",
            "DELETE FROM revision WHERE id = 4",
            "UPDATE article SET revisions = 1, latest_revision = 1 WHERE id = 1",
        ),
        Check.RUNS,
        "missing or changed",
    ),
    ("a run is rewritten", sql("UPDATE run SET digest = 'forged'"), Check.RUNS, "missing or changed"),
    (
        "a page is deleted",
        sql("DELETE FROM page WHERE id = 2"),
        Check.REFERENCES,
        "page_id that is not there",
    ),
    ("an article is deleted", sql("DELETE FROM article WHERE id = 3"), Check.REFERENCES, "article"),
    ("a document is lost", by_engine(UNINDEX), Check.SEARCH, "does not hold its text"),
    ("a document is made up", by_engine(FOREIGN_TOKENS), Check.SEARCH, "of no article"),
    (
        "a date is moved",
        sql("UPDATE article SET document = 5 WHERE id = 2"),
        Check.SEARCH,
        "newest-first order",
    ),
    (
        "fingerprints are lost",
        sql("DELETE FROM fingerprint_hot WHERE article_id = 2"),
        Check.FINGERPRINTS,
        "missing",
    ),
    (
        "fingerprints are made up",
        sql("INSERT INTO fingerprint (hash, article_id) VALUES (7, 2)"),
        Check.FINGERPRINTS,
        "of another text",
    ),
    (
        "a text's digest is rewritten",
        sql("UPDATE article SET text_digest = 'x' WHERE id = 2"),
        Check.FINGERPRINTS,
        "digest of its text",
    ),
    ("a bit of the evidence flips", flip, Check.EVIDENCE, "gzip member"),
    ("the evidence is cut", cut, Check.EVIDENCE, "cut short"),
    ("a file is deleted", lambda archive: warc_file(archive).unlink(), Check.EVIDENCE, "No such file"),
    ("a row points at another page", exchange_files, Check.EVIDENCE, "whose digest its row keeps"),
    (
        "a row points beside its record",
        sql('UPDATE "fetch" SET warc_offset = warc_offset + 1 WHERE id = 3'),
        Check.EVIDENCE,
        "no record begins there",
    ),
    (
        "a row is of another length",
        sql('UPDATE "fetch" SET warc_length = warc_length + 1 WHERE id = 3'),
        Check.EVIDENCE,
        "its row says",
    ),
    (
        "a fetch is rewritten",
        sql("UPDATE \"fetch\" SET digest = 'x' WHERE id = 3"),
        Check.EVIDENCE,
        "another payload",
    ),
    (
        "a pointer leads out of the folder",
        sql("UPDATE \"fetch\" SET warc_file = '../../secret' WHERE id = 3"),
        Check.EVIDENCE,
        "leads out",
    ),
)


@pytest.mark.parametrize(
    ("damage", "check", "words"), [row[1:] for row in DAMAGES], ids=[row[0] for row in DAMAGES]
)
def test_a_damage_is_found_where_a_whole_archive_passes(
    whole: Archive, damage: Damage, check: Check, words: str
) -> None:
    damage(whole)

    every = findings(whole)
    found = [each for each in every if each.check is check]
    assert any(words in each.problem for each in found), every
    assert Status.DAMAGED in {each.status for each in found}
    assert all(each.subject and each.remedy for each in found)


def test_the_article_of_a_damaged_record_is_named(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        flip(archive)

        (found,) = findings(archive)

        assert archive.article(url("b")).id in found.subject
        assert warc_file(archive).name in found.subject


def test_a_damaged_record_hides_no_other_damage_behind_it(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        flip(archive)
        sql(f"UPDATE \"fetch\" SET digest = 'x' WHERE url = '{url('c')}'")(archive)

        found = [
            each.problem for each in findings(archive) if "record" in each.subject or " at " in each.subject
        ]

        assert any("gzip member" in problem for problem in found)
        assert any("whose digest its row keeps" in problem for problem in found)


def test_a_document_that_was_taken_out_with_other_words_is_found(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        sql(
            "INSERT INTO search_index (search_index, rowid, title, body, characters)"
            f" SELECT 'delete', {LAST_PLACE} - document, 'other', 'words', '' FROM article WHERE id = 2"
        )(archive)

        (found,) = findings(archive)

        assert "does not hold its text" in found.problem


# What runs leave is no damage


def test_a_clock_that_was_put_back_between_two_runs_is_no_damage(archive: Archive) -> None:
    for number in range(2):
        run = start(archive)
        archive.record(run, visit(number, real(f"Title {number}")))
        finish(archive, run)
    with writing(archive._engine) as connection:
        connection.execute(text("UPDATE run SET finished_at = '2090-01-01 00:00:00+00:00' WHERE id = 1"))

    assert [each for each in archive.verify() if isinstance(each, Finding)] == []


def test_records_of_a_killed_run_are_orphans(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        run = fill(archive)
        with evidence_of(archive, run) as writer:
            keep(writer, "lost", b"never stored")
            keep(writer, "lost too", b"never stored")

        (found,) = findings(archive)

        assert found.status is Status.ORPHAN
        assert "2 whole records" in found.problem


@pytest.mark.parametrize(("is_open", "status"), [(True, Status.ORPHAN), (False, Status.DAMAGED)])
def test_a_torn_end_is_an_orphan_while_its_file_may_grow_and_a_damage_once_it_was_closed(
    sqlite_url: str, *, is_open: bool, status: Status
) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        path = warc_file(archive)
        path.write_bytes(path.read_bytes() + path.read_bytes()[:50])
        if is_open:
            open_mark(path).touch()

        (found,) = findings(archive)

        assert found.status is status


def test_a_revisit_is_checked_with_the_record_it_refers_to(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        run = start(archive)
        with evidence_of(archive, run) as writer:
            first = store(archive, run, writer, "a", real("Title a"))
            pointer = keep(writer, "a", b"", at=START.replace(day=7), original=first)
        digest = archive.history(url("a"))[0].payload_digest
        archive.record(run, visit("a", real("Title a"), digest=digest, evidence=pointer))
        finish(archive, run)
        assert findings(archive) == []

        content = bytearray(warc_file(archive).read_bytes())
        content[first.offset + first.length // 2] ^= 0x10
        warc_file(archive).write_bytes(content)

        assert len(findings(archive)) == 2  # the page's record, and the one that refers to it


# Every kind of archive passes


@pytest.mark.parametrize("jobs", [1, 2])
def test_runs_copies_and_empty_archives_pass(archive: Archive, tmp_path: Path, jobs: int) -> None:
    archive.evidence_root = tmp_path / "evidence"
    assert findings(archive, jobs) == []
    for number in range(3):
        run = start(archive)
        with evidence_of(archive, run) as writer:
            copy: FingerprintedArticle = real("Shared text", long_text("shared"), f"Only here: {number}.")
            store(archive, run, writer, f"copy-{number}", copy)
            store(archive, run, writer, f"exact-{number}", real("Same", long_text("same")))
            store(archive, run, writer, "short", real("Short", f"See the annex {number}."), b"%d" % number)
            store(archive, run, writer, "undated", real("Undated", "No date.", published_day=None))
            store(archive, run, writer, "empty", real("Only tables", *()), None)
        finish(archive, run)

    assert findings(archive, jobs) == []


def test_imports_that_overlap_pass(archive: Archive) -> None:
    first, second = start(archive, None), start(archive, None)
    archive.record(second, visit("b", real("Title b")))
    finish(archive, second)
    archive.record(first, visit("a", real("Title a")))
    finish(archive, first)
    third = start(archive, None)
    archive.record(third, visit("c", real("Title c")))
    finish(archive, third)

    assert findings(archive) == []


def test_each_check_says_how_much_it_examined(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)

        ended = {each.check: each.examined for each in archive.verify() if isinstance(each, Checked)}

    assert list(ended) == list(Check)
    assert ended[Check.CHAIN] == 4
    assert ended[Check.SEARCH] == 3


def test_a_damaged_page_of_the_database_is_found(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        run = start(archive)
        archive.record_all(run, [visit(n, article(f"T{n}", "y" * 5_000)) for n in range(200)])
        finish(archive, run)
        path = Path(str(archive._engine.url.database))
    with closing(sqlite3.connect(path)) as connection, connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'revision'").fetchone()[0]
        leaf = connection.execute("SELECT max(pageno) FROM dbstat WHERE name = 'revision'").fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    place = (max(root, leaf[0]) - 1) * 16384
    content[place : place + 16384] = os.urandom(16384)
    path.write_bytes(content)

    with Archive(sqlite_url) as archive:
        found = findings(archive)

    assert Check.DATABASE in {each.check for each in found}


def garble_the_index(archive: Archive) -> None:
    """Write bytes that are no text over the tokens of the index."""
    with closing(sqlite3.connect(str(archive._engine.url.database))) as connection, connection:
        for number, block in connection.execute("SELECT id, block FROM search_index_data").fetchall():
            garbled = block.replace(b"harbour", b"\xff" * 7)
            connection.execute("UPDATE search_index_data SET block = ? WHERE id = ?", (garbled, number))
    connection.close()


@pytest.mark.parametrize(
    ("damage", "check", "words"),
    [
        (garble_the_index, Check.SEARCH, "a value that nobody wrote"),
        (sql("UPDATE revision SET body = x'00ff' WHERE id = 2"), Check.CHAIN, "not what its table holds"),
        (sql("UPDATE revision SET body = CAST(x'ff' AS TEXT) WHERE id = 2"), Check.CHAIN, "nobody wrote"),
        (sql("UPDATE revision SET tables = '[[' WHERE id = 2"), Check.VALUES, "tables that nobody wrote"),
    ],
)
def test_what_cannot_even_be_read_is_a_damage_and_the_other_checks_go_on(
    sqlite_url: str, damage: Damage, check: Check, words: str
) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        damage(archive)

        found = list(archive.verify())

    assert words in next(each.problem for each in found if isinstance(each, Finding) and each.check is check)
    assert [each.check for each in found if isinstance(each, Checked)] == list(Check)


@pytest.mark.parametrize(
    ("packed", "lengths"),
    [(b"", []), (b"\x05\x00\x7f", [5, 0, 127]), (b"\x81\x00\x03", [128, 3]), (b"\x81\x80\x01", [16385])],
)
def test_packed_lengths_are_read(packed: bytes, lengths: list[int]) -> None:
    assert read_lengths(packed) == lengths
