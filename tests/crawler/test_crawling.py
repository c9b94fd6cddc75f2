"""What `hotnews crawl` makes of its arguments: which sites it takes, in which order, and how each ends."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from crawler.cli import cli
from crawler.crawling import STOP_SIGNALS, Children, due_sites
from storage.archive import Archive
from storage.database.engine import writing
from storage.models import run
from storage.records import RunKind, SiteRecord
from storage.verdicts import Verdict


def test_sites_are_due_by_the_hour_the_longest_ago_first_and_no_wrong_clock_puts_one_off(
    archive_url: str, archive: Archive
) -> None:
    began = {
        "just-now": timedelta(minutes=-10),
        "an-hour-ago": timedelta(minutes=-55),
        "a-day-ago": timedelta(days=-1),
        "in-years": timedelta(days=2000),
    }
    for name, when in began.items():
        site = SiteRecord(key=name, title=name, base_url=f"http://{name}.test/", timezone="UTC")
        started = archive.start_run(site, [], kind=RunKind.CRAWL, code_version="1", options={})
        with writing(archive._engine) as connection:
            at = update(run).where(run.c.id == started.id).values(started_at=datetime.now(UTC) + when)
            connection.execute(at)

    assert due_sites([*began, "never"], archive_url) == ["never", "a-day-ago", "an-hour-ago", "in-years"]


def test_a_crawl_that_was_killed_says_nothing_itself_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    killed = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]

    verdict = Children().run("ningbo", killed, dict(os.environ))

    assert verdict is Verdict.CRASHED
    assert capsys.readouterr().err.startswith("ningbo: crashed (exit 1): killed by SIGKILL;")


def test_a_crawl_that_is_told_to_stop_before_it_takes_signals_is_incomplete(
    capsys: pytest.CaptureFixture[str],
) -> None:
    children = Children()
    before = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    told = "import os, signal; os.kill(os.getppid(), signal.SIGTERM); signal.pause()"

    with children.stop_on_signals():
        verdict = children.run("ningbo", [sys.executable, "-c", told], dict(os.environ))
    for number, handler in before.items():  # a command ignores them now, to its end
        signal.signal(number, handler)

    assert verdict is Verdict.INCOMPLETE
    assert capsys.readouterr().err == "ningbo: incomplete (exit 3): stopped before it began\n"


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("-a", "start", "'start': say NAME=VALUE"),
        ("-s", "DOWNLOAD_DELAY", "'DOWNLOAD_DELAY': say NAME=VALUE"),
        ("-s", "=1", "'=1': say NAME=VALUE"),
        ("--since", "yesterday", "'yesterday' is no day like 2026-05-06"),
    ],
)
def test_a_mistake_in_an_option_is_named_before_any_site_is_crawled(
    option: str, value: str, said: str
) -> None:
    result = CliRunner().invoke(cli, ["crawl", "ningbo", option, value])

    assert result.exit_code == 2
    assert said in result.stderr
