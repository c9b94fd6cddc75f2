"""The pages of one article, imported: one article where all are there, said where one is not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crawler.account.drift import pages_behind
from crawler.demo.serials import SERIALS, Serial
from crawler.demo.site import DemoSite
from crawler.extract import PageContext
from crawler.extracting import extract
from crawler.importing.command import import_
from crawler.rereading.fixture import fixture
from crawler.rereading.reextract import Reextraction
from storage import Archive
from storage.export.rows import export_row
from storage.verification.findings import Finding
from tests.saved_pages import read_article

SITE = "http://www.lanhai.example"
TRS, HANWEB, WORDPRESS = SERIALS[:3]


def save(folder: Path, order: list[tuple[Serial, int]]) -> Path:
    """Save pages of the demo site as a browser does, under names in that order."""
    folder.mkdir()
    site = DemoSite()
    for place, (serial, number) in enumerate(order):
        path = serial.paths[number]
        reply = site.respond("GET", path, {"host": "www.lanhai.example"})
        note = f"<!-- saved from url=(0014){SITE}{path} -->\n".encode()
        (folder / f"{place:02}.html").write_bytes(note + reply.body)
    return folder


def rows(archive_url: str) -> dict[str, dict[str, Any]]:
    with Archive(archive_url) as archive:
        return {row["url"]: row for row in map(export_row, archive.articles())}


def bodies(archive_url: str) -> dict[str, str]:
    return {url.removeprefix(SITE): row["body"] for url, row in rows(archive_url).items()}


def body(serial: Serial) -> str:
    return "\n".join(serial.text.paragraphs)


@pytest.mark.parametrize("seed", range(3))
def test_all_pages_of_an_article_make_one_article_in_any_order(
    do_import: Callable[..., Result], archive_url: str, tmp_path: Path, seed: int
) -> None:
    pages = [(serial, number) for serial in (TRS, HANWEB, WORDPRESS) for number in range(len(serial.paths))]
    random.Random(seed).shuffle(pages)
    folder = save(tmp_path / "saved", pages)

    result = do_import(folder)

    assert result.exit_code == 0, result.output
    assert "9 documents: 3 new; 6 are further pages of these articles" in result.stderr
    assert bodies(archive_url) == {serial.path: body(serial) for serial in (TRS, HANWEB, WORDPRESS)}


def test_importing_the_same_pages_again_changes_nothing_and_keeps_nothing_twice(
    do_import: Callable[..., Result], archive_url: str, tmp_path: Path
) -> None:
    folder = save(tmp_path / "saved", [(TRS, 0), (TRS, 1), (TRS, 2)])
    do_import(folder)
    kept = sorted((tmp_path / "evidence").rglob("*.warc.gz"))

    again = do_import(folder)

    assert "3 documents: 1 unchanged" in again.stderr
    assert sorted((tmp_path / "evidence").rglob("*.warc.gz")) == kept
    with Archive(archive_url) as archive:
        assert archive.evidence_parts(SITE + TRS.path) == 3
        assert [each for each in archive.verify() if isinstance(each, Finding)] == []
        preview = Reextraction(archive, site=None, since=None, jobs=1)
        preview.as_json = None
        report = preview.preview()
    assert (report.pages, report.changed, report.unread) == (1, 0, 0)


@pytest.mark.parametrize(
    ("numbers", "url", "lacking"), [((0,), 0, 1), ((0, 1), 0, 2), ((1,), 1, 2), ((0, 2), 0, 1)]
)
def test_a_page_whose_others_are_not_there_is_archived_as_it_is_and_said_so(
    do_import: Callable[..., Result],
    archive_url: str,
    tmp_path: Path,
    numbers: tuple[int, ...],
    url: int,
    lacking: int,
) -> None:
    folder = save(tmp_path / "saved", [(TRS, number) for number in numbers])

    result = do_import(folder)

    assert f"archived without its further page {SITE}{TRS.paths[lacking]}" in result.stderr
    assert "1 lack further pages" in result.stderr
    assert bodies(archive_url)[TRS.paths[url]] == "\n".join(
        line for number in numbers if number < lacking for line in TRS.part(number, 0).paragraphs
    )


def test_one_page_of_several_says_where_the_article_goes_on(
    do_import: Callable[..., Result], archive_url: str, tmp_path: Path
) -> None:
    folder = save(tmp_path / "saved", [(HANWEB, 0), (HANWEB, 1)])
    do_import(folder)

    shown = CliRunner().invoke(extract, [str(folder / "00.html"), "--url", SITE + HANWEB.path])
    assert f"goes on at: {SITE}{HANWEB.paths[1]}" in shown.stdout


@pytest.mark.parametrize("serial", [TRS, HANWEB, WORDPRESS], ids=lambda serial: serial.name)
def test_all_pages_of_an_article_are_kept_as_a_test_and_read_as_one(
    do_import: Callable[..., Result], archive_url: str, tmp_path: Path, serial: Serial
) -> None:
    numbers = range(len(serial.paths))
    do_import(save(tmp_path / "saved", [(serial, number) for number in numbers]))
    into = tmp_path / "pages"

    kept = CliRunner().invoke(fixture, [SITE + serial.path, "--into", str(into), "--archive", archive_url])

    page, *parts, expected = map(Path, kept.stdout.splitlines())
    assert [part.name for part in parts] == [f"{page.stem}.part{number + 1}.html" for number in numbers[1:]]
    paragraphs = json.loads(expected.read_text())["paragraphs"]
    assert paragraphs == list(serial.text.paragraphs)
    read = read_article(page, platform=None, context=PageContext())
    assert list(read.paragraphs) == paragraphs
    with Archive.create(f"sqlite:///{tmp_path}/again.db") as again:
        done = CliRunner().invoke(import_, [str(into), "--archive", again.url])
        assert done.exit_code == 0, done.output
        assert [row.paragraphs for row in again.articles()] == [serial.text.paragraphs]


def test_a_drift_keeps_all_pages_of_the_article_that_shows_it(
    do_import: Callable[..., Result], archive_url: str, tmp_path: Path
) -> None:
    do_import(save(tmp_path / "saved", [(HANWEB, number) for number in range(len(HANWEB.paths))]))

    with Archive(archive_url) as archive:
        stored = archive.stored_page(SITE + HANWEB.path)
        assert stored is not None
        pages = pages_behind(stored, archive.evidence_root)

    assert [page.url for page in pages] == [SITE + path for path in HANWEB.paths]
    for page, saved in zip(pages, sorted((tmp_path / "saved").iterdir()), strict=True):
        assert page.markup == saved.read_bytes()


def test_a_page_that_is_kept_as_a_test_already_stays_and_is_named(
    do_import: Callable[..., Result], archive_url: str, tmp_path: Path
) -> None:
    do_import(save(tmp_path / "saved", [(HANWEB, number) for number in range(len(HANWEB.paths))]))
    command = [SITE + HANWEB.path, "--into", str(tmp_path / "pages"), "--archive", archive_url]
    *_, expected = map(Path, CliRunner().invoke(fixture, command).stdout.splitlines())
    expected.write_text("{}")

    again = CliRunner().invoke(fixture, command)

    assert expected.read_text() == "{}"
    assert f"{expected} was there already" in again.stderr
