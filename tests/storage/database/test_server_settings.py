"""What an administrator has set for a PostgreSQL server's other work, and what our own work makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import URL, Connection, NullPool, create_engine, make_url, text

from storage.archive import Archive
from storage.database.engine import make_engine, one_state, writing
from storage.errors import (
    ArchiveBusy,
    ArchiveError,
    ArchiveNotFound,
    ArchiveNotWritable,
    ArchiveUnreachable,
    NotAnArchive,
    QuestionTooLong,
)
from tests.conftest import database_url, postgres_database
from tests.storage.samples import article, start, visit

pytestmark = pytest.mark.postgres
CHINESE = "宁波舟山港货物吞吐量"


@contextmanager
def administrator(url: str) -> Iterator[Connection]:
    """Yield a connection of the administrator, each of whose statements stands alone."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


@contextmanager
def made(url: str, kind: str, options: str) -> Iterator[str]:
    """Yield the name of a DATABASE or ROLE that is there while it is needed."""
    name = f"hotnews_test_{uuid4().hex[:12]}"
    with administrator(url) as connection:
        connection.execute(text(f"CREATE {kind} {name} {options}"))
        try:
            yield name
        finally:
            connection.execute(text(f"DROP {kind} {name}"))


def archive_one(url: str) -> None:
    with Archive.create(url) as archive:
        archive.record(start(archive), visit("port", article(CHINESE)))


def with_options(url: str, options: str) -> str:
    return make_url(url).update_query_dict({"options": options}).render_as_string(hide_password=False)


@pytest.mark.parametrize(
    ("name", "ours"),
    [("statement_timeout", "0"), ("idle_in_transaction_session_timeout", "0"), ("lock_timeout", "1min")],
)
def test_bounds_of_other_work_are_none_of_ours_unless_the_url_names_them(
    postgres_url: str, name: str, ours: str
) -> None:
    with administrator(postgres_url) as connection:
        database = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE {database} SET {name} = '5s'"))

    shown = [bound(url, name) for url in (postgres_url, with_options(postgres_url, f"-c {name}=7s"))]

    assert shown == [ours, "7s"]


def bound(url: str, name: str) -> str:
    """Return how a transaction of ours has set *name*."""
    engine = make_engine(make_url(url))
    with one_state(engine) as connection:
        shown = str(connection.scalar(text(f"SHOW {name}")))
    engine.dispose()
    return shown


def test_the_encoding_of_the_environment_is_not_that_of_the_archive(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")

    archive_one(postgres_url)

    with Archive(postgres_url) as archive:
        assert [row.title for row in archive.articles()] == [CHINESE]


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_of_another_encoding_is_refused_before_anything_is_written(
    postgres_url: str, encoding: str
) -> None:
    options = f"TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'"
    with made(postgres_url, "DATABASE", options) as name:
        url = database_url(make_url(postgres_url), name)

        with pytest.raises(NotAnArchive, match=f"encoding is {encoding}.*createdb --encoding=UTF8"):
            Archive.create(url)
        with pytest.raises(ArchiveNotFound, match="no archive yet"):
            Archive(url)


def test_a_writer_that_holds_the_archive_for_too_long_is_named(postgres_url: str) -> None:
    engine = make_engine(make_url(with_options(postgres_url, "-c lock_timeout=50")))
    holding = make_engine(make_url(postgres_url))

    with (
        writing(holding),
        pytest.raises(ArchiveBusy, match="another program held it"),
        writing(engine),
    ):
        pass

    for used in (engine, holding):
        used.dispose()


@pytest.mark.parametrize(
    ("code", "kind", "says"),
    [
        ("53200", ArchiveNotWritable, r"short of something \(.*it said so"),
        ("53400", ArchiveNotWritable, r"short of something \(.*it said so"),
        ("57P05", ArchiveNotWritable, r"ended the work \(.*it said so"),
        ("58000", ArchiveNotWritable, "disk could not be read or written"),
        ("08006", ArchiveUnreachable, "connection to the server was lost"),
        ("40P01", ArchiveBusy, "other transactions stood in the way"),
        ("40001", ArchiveUnreachable, "took back what was being read"),
        ("55P03", ArchiveBusy, "another program held it"),
        ("25P03", ArchiveNotWritable, "a transaction took too long"),
        ("42501", ArchiveNotWritable, r"have the owner GRANT it \(it said so"),
        ("57014", QuestionTooLong, "took too long"),
    ],
)
def test_what_a_server_says_of_itself_is_no_fault_of_a_visit(
    postgres_url: str, code: str, kind: type[ArchiveError], says: str
) -> None:
    engine = make_engine(make_url(postgres_url))

    with pytest.raises(kind, match=says) as raised, one_state(engine) as connection:
        connection.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'it said so' USING ERRCODE = '{code}'; END $$"))

    engine.dispose()
    assert len(str(raised.value).splitlines()) == 1


def test_a_search_path_that_leads_nowhere_is_one_clear_line(postgres_server: URL) -> None:
    with postgres_database(postgres_server) as name:
        url = with_options(database_url(postgres_server, name), "-c search_path=nowhere")

        with pytest.raises(ArchiveNotFound, match="CREATE SCHEMA"):
            Archive.create(url)


def test_a_reader_without_rights_is_told_which_it_lacks(postgres_url: str) -> None:
    with made(postgres_url, "ROLE", "LOGIN") as name:
        url = make_url(postgres_url).set(username=name).render_as_string(hide_password=False)

        with pytest.raises(ArchiveNotWritable, match=r"GRANT it \(permission denied for table"):
            Archive(url)
