"""A whole archive passes; one damage at a time is found, named and told apart from what runs leave."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.search.document_numbers import LAST_PLACE
from storage.verification import Check, Checked, Finding, Status
from storage.verification.fts_index import read_lengths
from tests.storage.evidence_samples import evidence_of, fill, keep, real, store
from tests.storage.samples import START, article, finish, start, url, visit
from tests.storage.verification.damages import (
    FOREIGN_TOKENS,
    LATEST,
    UNINDEX,
    Damage,
    by_engine,
    cut,
    exchange_files,
    findings,
    flip,
    garble_a_page,
    sql,
    warc_file,
)

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


def test_a_damaged_page_of_the_database_is_found(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        run = start(archive)
        archive.record_all(run, [visit(n, article(f"T{n}", "y" * 5_000)) for n in range(200)])
        finish(archive, run)
    garble_a_page("revision", Path(sqlite_url.removeprefix("sqlite:///")))

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
