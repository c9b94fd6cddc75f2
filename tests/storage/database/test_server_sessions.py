"""What sessions on a server are set to, and what is left of it to whom a pooler gives them next."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text

from storage.archive import Archive
from storage.database.engine import reading, writing
from storage.database.private_copies import private_copies
from storage.errors import ArchiveNotWritable
from storage.models import article
from tests.postgres_pooler import pooler
from tests.storage.samples import article as an_article
from tests.storage.samples import finish, start, visit

STATE = (
    "SELECT current_setting('lock_timeout'), current_setting('statement_timeout'),"
    " current_setting('transaction_read_only'), (SELECT count(*) FROM pg_prepared_statements)"
)
AS_THE_SERVER_SAYS = ("0", "0", "off", 0)


def left_behind(connection: Connection) -> tuple[object, ...]:
    """Return what the next client of this session would find."""
    session = connection.connection.driver_connection
    assert session is not None
    session.rollback()
    session.read_only = None
    return tuple(session.execute(STATE).fetchone())


@pytest.mark.parametrize("transaction", [reading, writing])
def test_our_bounds_hold_behind_a_pooler_and_end_with_the_transaction(
    postgres_url: str, transaction: object
) -> None:
    with pooler(postgres_url) as url, Archive(url) as archive:
        for _ in range(8):  # the driver prepares what it was asked five times
            with transaction(archive._engine) as connection:
                ours = tuple(connection.execute(text(STATE)).one())
        with archive._engine.connect() as connection:
            left = left_behind(connection)

    assert ours == ("1min", "0", "off", 0)
    assert left == AS_THE_SERVER_SAYS


def test_our_bounds_hold_for_a_session_that_is_ours_alone(postgres_url: str) -> None:
    with Archive(postgres_url) as archive, archive._engine.connect() as connection:
        assert left_behind(connection)[0] == "1min"


def test_a_reader_behind_a_pooler_leaves_no_session_that_writes_nothing(postgres_url: str) -> None:
    with pooler(postgres_url) as url, Archive.read_only(url, seconds=5) as reader:
        with reading(reader._engine) as connection:
            asked = tuple(connection.execute(text(STATE)).one())
        with pytest.raises(ArchiveNotWritable):
            start(reader)
        with reader._engine.connect() as connection:
            left = left_behind(connection)

    assert asked == ("1min", "5s", "on", 0)
    assert left == AS_THE_SERVER_SAYS


def test_private_copies_are_gone_with_their_transaction(postgres_url: str) -> None:
    with (
        Archive(postgres_url) as archive,
        private_copies(archive._engine, full=[article], empty=[]) as connection,
    ):
        session = connection.connection.driver_connection
        assert session is not None
        session.commit()
        (left,) = session.execute("SELECT count(*) FROM pg_class WHERE relpersistence = 't'").fetchone()

    assert left == 0


def test_a_run_behind_a_pooler_is_a_run_like_any_other(postgres_url: str) -> None:
    with pooler(postgres_url) as url, Archive(url) as archive:
        run = start(archive)
        for number in range(8):
            archive.record(run, visit(number, an_article(f"Title {number}")))
        finish(archive, run)

        assert archive.article_count() == 8
        assert len(archive.search("title")) == 8
