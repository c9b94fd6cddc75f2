"""What an unchanged site costs, and that what changed is found: 500 articles in eight sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from crawler.demo.load import LoadSite
from crawler.demo.replies import Reply
from storage import Archive
from storage.database.engine import writing
from storage.models import page
from tests.crawl.conftest import Workplace, workplace_at

ARTICLES, SECTIONS, NEW, EDITED = 500, 8, 20, 14
LISTS = [f"/load/{number}/index.html" for number in range(1, SECTIONS + 1)]


class Uncacheable(LoadSite):
    """Says of every answer that nobody may keep it; an archive keeps it none the less."""

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """Return the answer of the load site, never to be kept."""
        reply = super().respond(method, target, headers, body)
        return replace(reply, headers=(*reply.headers, ("Cache-Control", "no-store, max-age=0")))


@pytest.fixture
def workplace(sqlite_url: str, tmp_path: Path) -> Iterator[Workplace]:
    """Return an archive that a first crawl has filled."""
    for workplace in workplace_at(sqlite_url, tmp_path, Uncacheable(articles=ARTICLES, sections=SECTIONS)):
        first = workplace.adhoc(*LISTS)
        assert first.exit_code == 0, first.log
        assert len(workplace.rows()) == ARTICLES
        yield workplace


def test_an_unchanged_site_costs_its_lists_and_what_changed_is_found_when_it_is_due(
    workplace: Workplace,
) -> None:
    first_bytes = sum(each.size_bytes for each in workplace.server.log)
    workplace.requests()

    again = crawled(workplace)
    workplace.site.advance(new=NEW, edited=EDITED)
    with_new = crawled(workplace)
    a_season_passes(workplace)
    with_edits = crawled(workplace)

    assert len(again) <= SECTIONS + 2
    assert sum(again.values()) <= first_bytes * 0.02
    rows = workplace.rows()
    assert set(rows) == {workplace.site.path(number) for number in workplace.site.numbers()}
    assert len(with_new) <= 2 * SECTIONS + 2 + NEW  # a list is read until a page of it brings nothing new
    edited = {workplace.site.path(number) for number in range(EDITED)}
    assert {path for path, row in rows.items() if row["revisions"] > 1} == edited
    # Whatever was not edited was answered by 304: no byte of it came again.
    assert {path for path, size in with_edits.items() if size and "/art/" in path} == edited
    assert len(with_edits) <= SECTIONS + 2 + ARTICLES + NEW


def crawled(workplace: Workplace) -> dict[str, int]:
    """Crawl and return the bytes of each path that was asked for."""
    before = len(workplace.server.log)
    crawl = workplace.adhoc(*LISTS)
    assert crawl.exit_code == 0, crawl.log
    return {each.target: each.size_bytes for each in workplace.server.log[before:]}


def a_season_passes(workplace: Workplace) -> None:
    """Let every known page be due, as they all are after some months."""
    with Archive(workplace.archive_url) as archive, writing(archive._engine) as connection:
        connection.execute(update(page).values(next_visit=datetime.now(UTC)))
