"""Everything a server can do wrong: each address ends in a named state, and the rest of the run goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.demo import trouble
from crawler.demo.site import DemoSite
from crawler.demo.trouble import TROUBLES, Expected, Trouble
from storage import Archive
from tests.crawl.conftest import Crawl, Workplace, workplace_at

# What the archive says of a page, by what should come of it; a firewall's page counts as lost: ask again.
STATES = {
    Expected.ARTICLE: {("archived", None)},
    Expected.REJECTED: {
        ("rejected", reason) for reason in ("not-html", "not-found", "empty-body", "shell", "login")
    },
    Expected.MISSING: {("rejected", "not-found")},
    Expected.FAILED: {
        ("lost", "server-error"),
        ("lost", "truncated"),
        ("lost", "connection"),
        ("lost", "too-large"),
        ("rejected", "too-many-redirects"),
    },
    Expected.REFUSED: {("lost", "challenge"), ("lost", "refused")},
}


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workplace, Crawl]]:
    folder: Path = tmp_path_factory.mktemp("trouble")
    site = DemoSite(trouble=True, slow_seconds=0.1)
    for workplace in workplace_at(f"sqlite:///{folder}/archive.db", folder, site):
        yield workplace, workplace.adhoc(trouble.LIST, RETRY_TIMES=0, DOWNLOAD_TIMEOUT=5)


def states(workplace: Workplace) -> dict[str, tuple[str, str | None]]:
    with closing(sqlite3.connect(workplace.archive_url.removeprefix("sqlite:///"))) as connection, connection:
        rows = connection.execute("SELECT url, state, reason FROM page").fetchall()
    return {
        url.removeprefix(workplace.server.url.rstrip("/")): (state, reason) for url, state, reason in rows
    }


@pytest.mark.parametrize("case", [case for case in TROUBLES if case.listed], ids=lambda case: case.name)
def test_each_trouble_ends_as_it_should(troubled: tuple[Workplace, Crawl], case: Trouble) -> None:
    workplace, crawl = troubled

    assert states(workplace)[case.path] in STATES[case.expected], crawl.log


def test_what_can_be_read_is_archived_exactly(troubled: tuple[Workplace, Crawl]) -> None:
    workplace, _ = troubled
    rows = workplace.rows()

    for case in TROUBLES:
        if case.text is not None and case.listed:
            assert rows[case.path]["title"] == case.text.title
            assert rows[case.path]["body"].split("\n") == list(case.text.paragraphs), case.name


def test_the_run_ends_with_a_verdict_and_without_a_traceback(troubled: tuple[Workplace, Crawl]) -> None:
    workplace, crawl = troubled

    assert crawl.exit_code in {3, 4, 5}
    assert "Traceback" not in crawl.log
    with Archive(workplace.archive_url) as archive:
        assert archive.runs(limit=1)[0].counts["lost"] > 0
