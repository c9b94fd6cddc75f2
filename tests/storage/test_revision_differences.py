"""What revisions changed, as the terminal and JSON show it."""

from __future__ import annotations

import json
from functools import partial

import pytest
from click.testing import CliRunner

from crawler.cli import cli
from storage.archive import Archive
from storage.commands import difference_rendering
from storage.commands.rendering import QuietConsole
from storage.records import FingerprintedArticle, Link
from tests.storage.samples import article, edited, finish, next_run, start, visit

OPENS, FERRIES = "The harbour opens on Monday.", "Ferries run every hour."
CHEAP, DEAR = "Tickets cost 5 yuan.", "Tickets cost 8 yuan and children pay nothing."
WELCOME, CHINESE, CHINESE_LATER = "All are welcome.", "新码头于周一启用。", "新码头于周二启用。"
PRICE = "票价为五元。"


@pytest.fixture
def revised(archive: Archive) -> str:
    """Return the archive's URL; its one article has three revisions, one of them with other words."""
    run = start(archive)
    first = article("Harbour opens", OPENS, FERRIES, CHEAP, WELCOME, CHINESE, PRICE, source="Harbour office")
    archive.record(run, visit(1, first))
    second = edited(first, OPENS, FERRIES, DEAR, WELCOME, CHINESE, PRICE, source="Harbour office")
    run = next_run(archive, run)
    archive.record(run, visit(1, second))
    run = next_run(archive, run)
    later = (OPENS, FERRIES, DEAR, WELCOME, CHINESE_LATER)
    archive.record(run, visit(1, edited(second, *later, title="Harbour opens late", source=None)))
    finish(archive, run)
    return archive.url


def history(archive_url: str, *options: str, **environment: str) -> str:
    with Archive(archive_url) as archive:
        (row,) = archive.articles()
    arguments = ["history", row.id, "--diff", "--archive", archive_url, *options]
    result = CliRunner().invoke(cli, arguments, env=environment)
    assert result.exit_code == 0, result.output
    return result.output


def test_each_revision_shows_the_words_that_it_changed(revised: str) -> None:
    shown = history(revised)

    assert "revision 2 after 1: edited, seen " in shown
    assert "Tickets cost [-5-]{+8+} yuan{+ and children pay nothing+}." in shown
    assert "... 1 unchanged" in shown
    assert "title: Harbour opens{+ late+}" in shown
    assert "source: [-Harbour office-]{+-+}" in shown
    assert "新码头于周[-一-]{+二+}启用。" in shown
    assert "[-票价为五元。-]" in shown
    assert "\x1b" not in shown


def test_programs_get_the_same_as_json_lines(revised: str) -> None:
    lines = [json.loads(line) for line in history(revised, "--json").splitlines()]

    assert [(line["before"], line["after"], line["cause"]) for line in lines] == [
        (1, 2, "edited"),
        (2, 3, "edited"),
    ]
    assert lines[1]["facts"] == [{"name": "source", "before": "Harbour office", "after": None}]
    assert [row["kind"] for row in lines[1]["paragraphs"]] == ["same"] * 4 + ["changed", "removed"]


def test_tables_and_attachments_that_changed_are_shown(archive: Archive) -> None:
    def schedule(price: str, file: str) -> FingerprintedArticle:
        link = Link(url=f"http://ningbo.test/{file}.pdf", title="Timetable")
        return article(
            "Harbour opens", OPENS, tables=((("Adults", price), ("Children", "0")),), attachments=(link,)
        )

    run = start(archive)
    archive.record(run, visit(1, schedule("5", "a")))
    run = next_run(archive, run)
    archive.record(run, visit(1, schedule("8", "b")))
    finish(archive, run)

    shown = history(archive.url)

    assert "tables:\n  Adults | [-5-]{+8+}\n" in shown
    assert "attachments:\n  Timetable http://ningbo.test/[-a-]{+b+}.pdf" in shown


def test_an_article_that_never_changed_says_so(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))
    finish(archive, run)

    assert history(archive.url) == "one revision, nothing has changed since\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_without_colours_what_changed_stands_in_brackets(
    revised: str, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    terminal = partial(QuietConsole, force_terminal=True, width=80)
    monkeypatch.setattr(difference_rendering, "console", terminal)

    coloured = history(revised, TERM="xterm-256color")
    plain = history(revised, **{"TERM": "xterm-256color", name: value})

    assert "[-5-]" not in coloured
    assert "Tickets cost [-5-]{+8+} yuan{+ and children pay nothing+}." in plain
