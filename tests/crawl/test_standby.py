"""A hot standby of the archive's server answers every question, and says so where it is to be written to."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from crawler.demo.site import DemoSite
from storage import Archive
from tests.crawl.conftest import SECONDS, Workplace, workplace_at
from tests.postgres_server import PROGRAMS, Server, own_server, standby_of


@pytest.fixture
def at_the_standby(tmp_path: Path) -> Iterator[Workplace]:
    """Return a workplace that was crawled, and asks a standby from then on."""
    if not PROGRAMS:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no PostgreSQL server is installed")
    with own_server() as server, standby_of(server) as standby:
        for workplace in workplace_at(server.url, tmp_path, DemoSite()):
            crawl = workplace.crawl({"limit": "10"})
            assert crawl.exit_code == 0, crawl.log
            follow(standby, server)
            yield replace(workplace, archive_url=standby.url)


def follow(standby: Server, server: Server) -> None:
    """Wait until *standby* knows all that *server* does."""
    written = ask(server, "SELECT pg_current_wal_lsn()")
    deadline = time.monotonic() + SECONDS
    while ask(standby, f"SELECT pg_last_wal_replay_lsn() < '{written}'") and time.monotonic() < deadline:
        time.sleep(0.02)  # the standby is the only sign of how far it is


def ask(server: Server, question: str) -> object:
    engine = create_engine(make_url(server.url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        answer = connection.scalar(text(question))
    engine.dispose()
    return answer


QUESTIONS = (
    "search harbour",
    "export",
    "export --format package -o articles.zip",
    "runs",
    "stats",
    "coverage",
    "politeness",
    "stories",
    "verify",
    "reextract --dry-run",
)
WRITINGS = ("crawl demo", "import articles.jsonl", "rededup --apply")
READ_ONLY = "the server is read-only; name one that takes writes"


@pytest.mark.postgres
def test_a_standby_answers_whatever_is_asked_and_says_where_else_to_write(at_the_standby: Workplace) -> None:
    (at_the_standby.folder / "articles.jsonl").write_text("")
    answers = {command: at_the_standby.hotnews(*command.split()) for command in QUESTIONS}
    refusals = {command: at_the_standby.hotnews(*command.split()) for command in WRITINGS}
    with Archive.read_only(at_the_standby.archive_url, seconds=SECONDS) as reader:
        rows = list(reader.articles())
        history = reader.history(rows[0].id)

    assert {command: done.log for command, done in answers.items() if done.exit_code != 0} == {}
    assert len(answers["export"].output.splitlines()) == len(rows) == 10
    assert len(history) == 1
    assert {done.exit_code for done in refusals.values()} == {7}
    assert all(done.log.splitlines()[-1].endswith(READ_ONLY) for done in refusals.values())
