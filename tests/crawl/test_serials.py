"""Articles of several pages: archived whole and once, or not yet, and read again from evidence alone."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text

from crawler.demo.serials import LIST, SERIALS, Serial
from crawler.rereading.reextract import Reextraction
from storage import Archive
from storage.records import Change
from tests.crawl.conftest import Crawl, Workplace
from tests.crawl.crashes import Scenario, run_until

TRS, HANWEB, WORDPRESS, RECOVERING, INCOMPLETE = SERIALS
WHOLE = (TRS, HANWEB, WORDPRESS)


def crawl_command(workplace: Workplace, revisit: str = "due") -> list[str]:
    start = workplace.server.url + LIST.lstrip("/")
    return workplace.scrapy(
        "adhoc", {"start": start, "revisit": revisit}, ALLOW_PRIVATE_ADDRESSES=1, RETRY_TIMES=0
    )


def crawl(workplace: Workplace, revisit: str = "due") -> Crawl:
    return workplace.run(*crawl_command(workplace, revisit))


def bodies(workplace: Workplace) -> dict[str, str]:
    return {path: str(row["body"]) for path, row in workplace.rows().items()}


def body(serial: Serial, edition: int = 0) -> str:
    return "\n".join(serial.shown(edition).paragraphs)


def test_an_article_of_several_pages_is_one_article_and_half_of_one_is_none(workplace: Workplace) -> None:
    first = crawl(workplace)

    assert bodies(workplace) == {serial.path: body(serial) for serial in WHOLE}, first.log
    assert first.exit_code == 3  # two are lost: asked for again
    asked = Counter(workplace.requests())
    pages = [f"GET {path}" for serial in SERIALS for path in serial.paths]
    assert {page: asked[page] for page in pages} == dict.fromkeys(pages, 1)
    with Archive(workplace.archive_url) as archive:
        run = archive.runs(limit=1)[0]
        (host,) = (row for row in archive.hosts() if row.requests > 2)
    assert (run.counts["new"], run.counts["failed"], run.counts["lost"]) == (3, 2, 2)
    assert host.kinds == {"robots": 1, "list": 1, "article": 5, "part": 9}

    show_due_again(workplace)
    crawl(workplace)

    assert bodies(workplace)[RECOVERING.path] == body(RECOVERING)
    assert INCOMPLETE.path not in bodies(workplace)


def show_due_again(workplace: Workplace) -> None:
    """Let the pages that failed be due, as they are some time later."""
    engine = create_engine(workplace.archive_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE page SET next_visit = NULL WHERE state = 'lost'"))
    engine.dispose()


def test_an_edit_of_any_page_is_an_edit_and_the_same_bytes_are_kept_once(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workplace.folder)  # evidence of an archive on a server lies below it
    crawl(workplace)
    before = bodies(workplace)
    workplace.site.advance()

    again = crawl(workplace, revisit="all")

    changed = {path for path, now in bodies(workplace).items() if before.get(path) not in (None, now)}
    assert changed == {TRS.path}, again.log
    assert bodies(workplace)[TRS.path] == body(TRS, edition=1)
    with Archive(workplace.archive_url) as archive:
        url = workplace.server.url + TRS.path.lstrip("/")
        revisions = archive.history(url)
        kinds = [archive.evidence(url, part=part).kind for part in (1, 2, 3)]
        unchanged = archive.history(workplace.server.url + HANWEB.path.lstrip("/"))
    assert [revision.cause for revision in revisions] == ["first", "edited"]
    assert kinds == ["revisit", "response", "revisit"]
    assert len(unchanged) == 1


def test_the_same_article_comes_from_evidence_alone(sqlite_workplace: Workplace) -> None:
    crawl(sqlite_workplace)
    archive_url = sqlite_workplace.archive_url
    url = sqlite_workplace.server.url + TRS.path.lstrip("/")

    verified = sqlite_workplace.hotnews("verify")
    preview = sqlite_workplace.hotnews("reextract", "--dry-run", "--json")
    explained = sqlite_workplace.hotnews("explain", url, "--json")
    shown = sqlite_workplace.hotnews("evidence", url, "--part", "3", "--json")

    assert verified.exit_code == 0, verified.log
    assert (preview.exit_code, preview.output) == (0, ""), preview.log
    page = next(row for row in map(json.loads, explained.output.splitlines()) if row["what"] == "page")
    assert [part["url"].rpartition("/")[2] for part in page["parts"]] == [
        path.rpartition("/")[2] for path in TRS.paths[1:]
    ]
    assert page["differing"] == []
    record = json.loads(shown.output)
    assert (record["part"], record["parts"], record["url"][-9:]) == (3, 3, TRS.paths[2][-9:])

    with closing(sqlite3.connect(archive_url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE revision SET extractor_version = '0', digest = 'x' || digest")
    with Archive(archive_url) as archive:
        report = Reextraction(archive, site=None, since=None, jobs=1).store()
    assert report.outcomes == {Change.REEXTRACTED: 3}
    assert bodies(sqlite_workplace) == {serial.path: body(serial) for serial in WHOLE}


@pytest.mark.parametrize("point", ["crawl evidence 5 after", "writer commit 2 before"])
def test_a_crawl_that_dies_between_two_pages_of_an_article_archives_none_of_it(
    sqlite_workplace: Workplace, point: str
) -> None:
    texts = {serial.path: body(serial) for serial in SERIALS}

    assert run_until(sqlite_workplace, Scenario(crawl_command), point) == -9
    assert all(text == texts[path] for path, text in bodies(sqlite_workplace).items())

    show_due_again(sqlite_workplace)
    again = crawl(sqlite_workplace)

    found = bodies(sqlite_workplace)
    assert {path: found.get(path) for path in (serial.path for serial in WHOLE)} == {
        serial.path: body(serial) for serial in WHOLE
    }, again.log
    verified = sqlite_workplace.hotnews("verify")
    assert verified.exit_code == 0, verified.output
