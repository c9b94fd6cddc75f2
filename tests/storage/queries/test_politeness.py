"""What was asked of each host, and how long it was waited for."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from crawler.cli import cli
from storage.archive import Archive
from storage.errors import BadQuery
from storage.records import RunKind
from tests.storage.samples import START, article, failed, finish, list_visit, next_run, start, visit

RULE = "robots.txt allows; AutoThrottle"
OTHER = "http://mirror.test:8080/1.html"


def crawl(archive: Archive) -> str:
    """Ask two hosts, four seconds apart; return the run's key."""
    run = start(archive)
    later = [START + timedelta(seconds=4 * number) for number in range(4)]
    archive.record_all(
        run,
        [
            list_visit("a", "b", at=later[0]),
            visit("a", article("A"), later[1], waited_seconds=1.5, rule=RULE),
            visit("b", failed(), later[2], status=None, waited_seconds=3.25, rule="Crawl-delay 3"),
            visit(OTHER, article("B"), later[3], waited_seconds=0.0, rule=RULE),
        ],
    )
    finish(archive, run)
    return run.key


def test_each_host_is_counted_with_its_waits_and_rules(archive: Archive) -> None:
    key = crawl(archive)

    first, other = archive.hosts()

    assert (first.host, first.run, first.requests) == ("ningbo.test", key, 3)
    assert first.kinds == {"list": 1, "article": 2}
    assert (first.first_at, first.last_at) == (START, START + timedelta(seconds=8))
    assert (first.seconds_between, first.longest_wait_seconds) == (4.0, 3.25)
    assert first.rules == {"not noted": 1, RULE: 1, "Crawl-delay 3": 1}
    assert (other.host, other.requests, other.seconds_between) == ("mirror.test:8080", 1, None)


def test_the_requests_to_a_host_come_in_order(archive: Archive) -> None:
    crawl(archive)

    rows = list(archive.requests("NINGBO.test"))

    assert [(row.kind, row.status, row.waited_seconds) for row in rows] == [
        ("list", 200, None),
        ("article", 200, 1.5),
        ("article", None, 3.25),
    ]


def test_only_the_last_crawl_of_a_site_counts_unless_a_run_is_named(archive: Archive) -> None:
    first = crawl(archive)
    again = start(archive)
    archive.record(again, visit("a", article("A")))
    finish(archive, next_run(archive, again))

    assert archive.hosts() == []
    assert [row.requests for row in archive.hosts(run=again.key)] == [1]
    assert sum(row.requests for row in archive.hosts(run=first)) == 4


@pytest.mark.parametrize("kind", [RunKind.IMPORT, RunKind.REEXTRACT])
def test_what_asks_nobody_is_not_shown(archive: Archive, kind: RunKind) -> None:
    run = archive.start_run(None, [], kind=kind, code_version="1", options={})
    archive.record(run, visit("a", article("A")))

    assert archive.hosts() == []


def test_an_unknown_run_is_named(archive: Archive) -> None:
    with pytest.raises(BadQuery, match="there is no run 'none'"):
        archive.hosts(run="none")


def test_the_command_shows_hosts_and_requests(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        crawl(archive)

    def shown(*arguments: str) -> str:
        return CliRunner().invoke(cli, ["politeness", *arguments, "--archive", sqlite_url]).stdout

    assert "       1  Crawl-delay 3\n" in shown()
    assert max(map(len, shown().splitlines())) <= 60
    assert "article  200  waited 1.500 s  robots.txt allows; AutoThrottle  http://ningbo.test/" in shown(
        "ningbo.test"
    )
    assert shown("ningbo.example").startswith("no requests to 'ningbo.example'")
    assert json.loads(shown("--json").splitlines()[1])["host"] == "mirror.test:8080"
    assert [json.loads(line)["waited_seconds"] for line in shown("ningbo.test", "--json").splitlines()] == [
        None,
        1.5,
        3.25,
    ]
