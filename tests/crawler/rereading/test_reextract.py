"""Today's rules over stored evidence: differences are shown, stored as ours, and stored once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crawler.cli import cli
from crawler.rereading.reextract import Reextraction
from storage.archive import Archive
from storage.records import Rejected
from tests.storage.evidence_samples import evidence_of, keep, long_text, real, store
from tests.storage.samples import DAY, START, finish, start, url, visit

PAGE = """<html><head><title>{title}</title></head><body><div class="nav"><a href="/">Home</a></div>
<h1>{title}</h1><p class="date">Updated: 2024-05-03</p>
<div class="content">{paragraphs}</div></body></html>"""


def page(title: str, *paragraphs: str) -> bytes:
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return PAGE.format(title=title, paragraphs=text).encode()


def body(name: str) -> tuple[str, ...]:
    return tuple(f"{long_text(name + str(part))}." for part in range(3))


@pytest.fixture
def archive_with_old_readings(archive: Archive, tmp_path: Path) -> Archive:
    """Hold two articles that older rules read wrongly and a page in which they found nothing."""
    archive.evidence_root = tmp_path / "evidence"
    run = start(archive)
    with evidence_of(archive, run) as writer:
        for name in ("a", "b"):
            wrong = real(f"Wrong {name}", "Home > News", *body(name), extractor_version="0")
            store(archive, run, writer, name, wrong, page(f"Harbour {name} opens", *body(name)))
        payload = page("Found today", *body("c"))
        pointer = keep(writer, "c", payload)
        digest = sha256(payload).hexdigest()
        archive.record(run, visit("c", Rejected(reason="empty-body"), digest=digest, evidence=pointer))
    finish(archive, run)
    return archive


def work(archive: Archive, **options: Any) -> Reextraction:
    return Reextraction(archive, **({"site": None, "since": None, "jobs": 1} | options))


def test_today_s_rules_become_revisions_that_are_ours(archive_with_old_readings: Archive) -> None:
    archive = archive_with_old_readings

    report = work(archive).store()

    first, second = archive.history(url("a"))
    assert (report.pages, report.changed, report.damages) == (3, 3, 0)
    assert (first.cause, second.cause) == ("first", "reextracted")
    assert (second.title, second.paragraphs) == ("Harbour a opens", body("a"))
    assert second.payload_digest == first.payload_digest
    assert archive.runs()[0].kind == "reextract"


def test_a_page_that_was_no_article_becomes_one_seen_when_it_was_fetched(
    archive_with_old_readings: Archive,
) -> None:
    archive = archive_with_old_readings

    work(archive).store()

    found = archive.article(url("c"))
    assert (found.title, found.state, found.first_seen) == ("Found today", "archived", START)


def test_a_large_file_is_read_and_stored_in_pieces(
    archive_with_old_readings: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.rereading.reextract.PAGES_AT_ONCE", 1)

    pieces = list(work(archive_with_old_readings)._readings(None))
    report = work(archive_with_old_readings).store()

    assert [(piece.pages, len(piece.changed)) for piece in pieces] == [(1, 1)] * 3
    assert len({piece.file for piece in pieces}) == 1
    assert (report.pages, report.changed, report.damages) == (3, 3, 0)
    assert work(archive_with_old_readings).store().changed == 0


def test_no_transaction_is_open_while_pages_are_read_and_stored(
    archive_with_old_readings: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.rereading.reextract.PAGES_AT_ONCE", 1)
    pool = archive_with_old_readings._engine.pool

    in_use = [pool.checkedout() for _ in work(archive_with_old_readings)._readings(None)]

    assert in_use == [0] * 3


def test_a_page_that_a_crawl_archives_meanwhile_is_left_to_it(
    archive_with_old_readings: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.rereading.reextract.PAGES_AT_ONCE", 1)
    archive = archive_with_old_readings
    readings = work(archive)._readings(None)
    next(readings)

    archive.record(start(archive), visit("c", real("Found by a crawl", *body("c")), at=START + DAY))

    assert [piece.pages for piece in readings] == [1, 0]


def test_the_archive_stays_whole(archive_with_old_readings: Archive) -> None:
    work(archive_with_old_readings).store()

    assert not [found for found in archive_with_old_readings.verify() if hasattr(found, "problem")]


def test_a_second_time_nothing_differs(archive_with_old_readings: Archive) -> None:
    work(archive_with_old_readings).store()

    again = work(archive_with_old_readings).store()

    assert (again.pages, again.changed) == (3, 0)
    assert len(archive_with_old_readings.runs()) == 2


def test_a_killed_run_goes_on_where_it_was(archive_with_old_readings: Archive) -> None:
    archive = archive_with_old_readings
    before = archive.history(url("b"))
    killed = work(archive)
    for reading in killed._readings(None):
        archive.record_all(killed._start(), [reading.changed[0].visit])

    again = work(archive).store()

    assert again.changed == 2
    assert [len(archive.history(url(name))) for name in ("a", "b")] == [2, len(before) + 1]


def test_a_preview_changes_nothing(archive_with_old_readings: Archive) -> None:
    report = work(archive_with_old_readings).preview()

    assert report.changed == 3
    assert archive_with_old_readings.article(url("a")).title == "Wrong a"
    assert len(archive_with_old_readings.runs()) == 1


def test_two_processes_read_the_same_as_one(archive_with_old_readings: Archive) -> None:
    readings = [list(work(archive_with_old_readings, jobs=jobs)._readings(None)) for jobs in (1, 2)]

    assert readings[0] == readings[1]


def test_an_edit_that_came_in_between_is_not_overwritten(archive_with_old_readings: Archive) -> None:
    archive = archive_with_old_readings
    (reading,) = work(archive)._readings(None)
    run = start(archive)
    edit = real("The publisher's edit", extractor_version="0")
    archive.record(run, visit("a", edit, at=START + DAY, digest="other"))

    late = archive.record_all(work(archive)._start(), [each.visit for each in reading.changed])

    assert late[0].change == "unchanged"
    assert archive.article(url("a")).title == "The publisher's edit"


@pytest.mark.parametrize(
    ("options", "pages"),
    [
        ({"site": "ningbo"}, 3),
        ({"site": "another"}, 0),
        ({"since": START}, 3),
        ({"since": START + timedelta(days=1)}, 0),
    ],
)
def test_sites_and_days_narrow_what_is_read(
    archive_with_old_readings: Archive, options: Mapping[str, object], pages: int
) -> None:
    assert work(archive_with_old_readings, **options).preview().pages == pages


def test_withheld_articles_are_not_read(archive_with_old_readings: Archive) -> None:
    archive_with_old_readings.withhold(url("a"), reason="court order")

    assert work(archive_with_old_readings).preview().pages == 2


def test_an_article_that_is_read_no_more_stays_and_drifts(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        run = start(archive)
        with evidence_of(archive, run) as writer:
            store(archive, run, writer, "a", real("Kept"), b"<html><body></body></html>")
        finish(archive, run)

    result = hotnews(sqlite_url, "--yes")

    assert result.exit_code == 4
    assert "no article today" in result.stderr
    with Archive(sqlite_url) as archive:
        assert archive.article(url("a")).title == "Kept"


def test_evidence_that_is_damaged_is_named_and_ends_with_7(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        run = start(archive)
        with evidence_of(archive, run) as writer:
            store(archive, run, writer, "a", real("Kept"), page("Harbour", *body("a")))
        finish(archive, run)
        next(archive.evidence_root.rglob("*.warc.gz")).unlink()

    result = hotnews(sqlite_url, "--yes")

    assert result.exit_code == 7
    assert f"{url('a')}: " in result.stderr


# The command


def hotnews(archive_url: str, *options: str, answer: str | None = None) -> Result:
    command = ["reextract", "--archive", archive_url, "--jobs", "1", *options]
    return CliRunner().invoke(cli, command, input=answer)


@pytest.fixture
def old_reading(sqlite_url: str) -> str:
    """Name an archive with one article that is read otherwise today."""
    with Archive(sqlite_url) as archive:
        run = start(archive)
        with evidence_of(archive, run) as writer:
            wrong = real("Wrong \x1b[31m", "Home > News", *body("a"), tables=(), attachments=())
            store(archive, run, writer, "a", wrong, page("Harbour opens", *body("a")))
        finish(archive, run)
    return sqlite_url


def title(archive_url: str) -> str:
    with Archive(archive_url) as archive:
        return archive.article(url("a")).title


def test_a_dry_run_shows_each_field_and_asks_nothing(old_reading: str) -> None:
    result = hotnews(old_reading, "--dry-run")

    assert result.exit_code == 0
    assert f"  {url('a')}\n" in result.stdout
    assert "  title: Wrong \\x1b[31m -> Harbour opens\n" in result.stdout
    assert "  body:\n    - Home > News\n" in result.stdout
    assert title(old_reading).startswith("Wrong")


def test_json_holds_each_field_before_and_after(old_reading: str) -> None:
    (line,) = hotnews(old_reading, "--dry-run", "--json").stdout.splitlines()

    record = json.loads(line)
    assert record["url"] == url("a")
    assert record["changes"]["title"]["after"] == "Harbour opens"
    assert record["changes"]["paragraphs"]["before"][0] == "Home > News"


@pytest.mark.parametrize(("answer", "stored"), [("y\n", True), ("n\n", False)])
def test_it_asks_before_it_stores(old_reading: str, answer: str, stored: bool) -> None:
    result = hotnews(old_reading, answer=answer)

    assert "Store 1 revision?" in result.stderr
    assert (title(old_reading) == "Harbour opens") is stored


def test_with_yes_it_stores_without_asking(old_reading: str) -> None:
    result = hotnews(old_reading, "--yes")

    assert result.exit_code == 0
    assert title(old_reading) == "Harbour opens"


def test_with_yes_and_dry_run_it_stores_nothing(old_reading: str) -> None:
    result = hotnews(old_reading, "--dry-run", "--yes")

    assert result.exit_code == 2
    assert title(old_reading).startswith("Wrong")


def test_a_site_that_the_archive_does_not_hold_is_named(old_reading: str) -> None:
    assert "no site 'nobody'" in hotnews(old_reading, "--dry-run", "--site", "nobody").stderr
