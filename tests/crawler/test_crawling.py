"""Which sites `hotnews crawl --due` takes, and in which order."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from crawler.crawling import Children, due_sites
from storage.archive import Archive
from storage.engine import writing
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
