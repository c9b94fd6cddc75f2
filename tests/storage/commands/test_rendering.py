"""What commands do to a reader that has seen enough."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from crawler.cli import cli
from storage.archive import Archive
from storage.commands import rendering
from storage.records import Link
from storage.verdicts import Verdict
from tests.storage.samples import article, finish, list_visit, start, url, visit
from tests.terminal import Terminal

TITLE = "市政府召开常务会议 研究部署防汛防台和老旧小区改造工作 副市长彭致远出席并讲话"
TEXT = "港口局召开航运服务座谈会，研究部署防汛防台和老旧小区改造工作。 副市长彭致远出席并讲话。" * 3


# Which engine the rows came from matters to none but an export, which reads while it writes.
@pytest.mark.parametrize(
    "command", ["search title", "search title --json", "export", "runs", "stats", "stories"]
)
def test_a_closed_pipe_ends_a_command_quietly(sqlite_url: str, command: str) -> None:
    assert said_to_a_closed_pipe(sqlite_url, command) == (0, "")


def test_a_closed_pipe_ends_an_export_of_postgresql_quietly(postgres_url: str) -> None:
    assert said_to_a_closed_pipe(postgres_url, "export") == (0, "")


def said_to_a_closed_pipe(url: str, command: str) -> tuple[int, str]:
    """Return how a command ends that has something to say and nobody to take it, and its messages."""
    with Archive(url) as archive:
        run = start(archive)
        archive.record_all(run, [visit(name, article(f"Title {name}", "One text.")) for name in range(3)])
        finish(archive, run)
    words = ["-c", "from crawler.cli import main; main()", *command.split(), "--archive", url]
    with subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        child.stdout.close()
        assert child.stderr is not None
        said = child.stderr.read()
    return child.returncode, said


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_any_encoding_of_the_output_takes_any_text(sqlite_url: str, encoding: str) -> None:
    with Archive(sqlite_url) as archive:
        archive.record(start(archive), visit(1, article("港口 café 𠮷", "One text.")))

    def shown(*options: str) -> str:
        command = [sys.executable, "-c", "from crawler.cli import main; main()", "search", "港口", *options]
        environment = os.environ | {"PYTHONIOENCODING": encoding, "HOTNEWS_ARCHIVE": sqlite_url}
        done = subprocess.run(command, capture_output=True, env=environment, check=True)
        return done.stdout.decode(encoding)

    written = "港口 café 𠮷".encode(encoding, "backslashreplace").decode(encoding)
    assert shown().splitlines()[0] == written
    assert json.loads(shown("--json"))["title"] == "港口 café 𠮷"


def run(archive: Archive, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, [*arguments, "--archive", archive.url])
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize(
    "command", ["search 港口", "stories", "runs", "coverage", "stats", "history {id}", "show {id}"]
)
def test_chinese_fits_80_columns_and_ids_times_and_words_are_not_broken(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    crawl = start(archive)
    archive.record_all(
        crawl, [list_visit(1, 2), visit(1, article(TITLE, TEXT)), visit(2, article(TITLE, TEXT))]
    )
    archive.finish_run(
        crawl, verdict=Verdict.INCOMPLETE, reason="1 page lost: " + TITLE, counts={"listed": 2}
    )
    monkeypatch.setattr(rendering, "QuietConsole", Terminal)
    [first, second] = [row.id for row in archive.articles()]

    shown = run(archive, *command.format(id=first).split()).stdout

    assert [line for line in shown.splitlines() if cell_len(line) > 80] == []
    if command == "stories":
        assert {first, second} <= set(shown.split())
    if command == "runs":
        assert "incomplete" in shown.split()
        assert f"{archive.runs()[0].run}: 1 page lost" in shown


@pytest.fixture(scope="module")
def empty(shared_archive_url: str) -> Iterator[Archive]:
    """Open an archive that nobody writes to."""
    with Archive(shared_archive_url) as archive:
        yield archive


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("search port", "nothing found: the archive is empty; `hotnews crawl` or `hotnews import` fills it"),
        ("stories", "no stories"),
        ("runs", "no runs: `hotnews crawl SITE` begins one"),
        ("runs ningbo", "no runs of 'ningbo'"),
        ("coverage", "no certificates"),
        ("politeness", "no requests"),
    ],
)
def test_an_empty_archive_is_answered_in_a_sentence(empty: Archive, command: str, sentence: str) -> None:
    assert sentence in run(empty, *command.split()).stdout
    assert run(empty, *command.split(), "--json").stdout == ""


@pytest.mark.parametrize("command", ["runs nowhere", "coverage nowhere"])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_site_that_the_archive_does_not_hold_is_named(
    empty: Archive, command: str, form: tuple[str, ...]
) -> None:
    assert run(empty, *command.split(), *form).stderr == "the archive holds no site 'nowhere'\n"


def test_a_search_says_how_much_it_does_not_show_and_takes_the_most_relevant(archive: Archive) -> None:
    archive.record_all(
        start(archive),
        [
            visit(1, article("Port", "Port, port and port.")),
            visit(2, article("Roads", "A road to the port.")),
        ],
    )

    newest = run(archive, "search", "port", "--limit", "1", "--sort", "newest")
    relevant = run(archive, "search", "port", "--limit", "1", "--sort", "relevance")

    assert newest.stderr == relevant.stderr == "1 of 2 articles; --limit shows more\n"
    assert relevant.stdout.startswith("Port\n")
    assert run(archive, "search", "port").stderr == ""


def test_show_prints_tables_and_images_of_an_article(archive: Archive) -> None:
    body = article(
        "With a table",
        "One text.",
        tables=((("Year", "Ships"), ("2024", "12")),),
        images=(Link(url="http://ningbo.test/a.jpg", title="Ships"), Link(url="http://ningbo.test/b.jpg")),
    )
    archive.record(start(archive), visit("a", body))

    shown = CliRunner().invoke(cli, ["show", url("a"), "--archive", archive.url]).output

    assert "Year | Ships\n2024 | 12\n" in shown
    assert "image: Ships http://ningbo.test/a.jpg" in shown
    assert "image: http://ningbo.test/b.jpg" in shown


def test_a_pipe_gets_addresses_and_paragraphs_in_one_line(archive: Archive) -> None:
    text = "A paragraph that is longer than any terminal is wide. " * 9 + "Its end."
    archive.record(start(archive), visit("long", article("Long", text)))

    shown = CliRunner().invoke(cli, ["show", url("long"), "--archive", archive.url]).output

    assert text in shown.splitlines()


@pytest.mark.parametrize("command", ["runs", "coverage"])
def test_what_looks_like_markup_is_a_name_like_any_other(empty: Archive, command: str) -> None:
    shown = CliRunner().invoke(cli, [command, "[/x]", "--archive", empty.url])

    assert shown.exit_code == 0
    assert "'[/x]'" in shown.output


def test_show_says_why_there_is_no_date(archive: Archive) -> None:
    undated = article("Undated", "One text.", published_day=None, published_from="none: no date on the page")
    archive.record(start(archive), visit("a", undated))

    shown = CliRunner().invoke(cli, ["show", url("a"), "--archive", archive.url]).output

    assert "  published: unknown, no date on the page\n" in shown


def test_no_value_commands_a_terminal(archive: Archive) -> None:
    commands = "\x1b\x07\x9b\u202e\x7f"
    spell = f"port{commands}[31m"
    question = f"select '{spell}' as spell"

    shown = run(archive, "sql", question).stdout
    as_json = run(archive, "sql", question, "--json").stdout

    assert shown.split() == ["spell", "port[31m"]
    assert not set(commands) & set(as_json)
    assert json.loads(as_json) == {"spell": spell}
