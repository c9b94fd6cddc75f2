"""Crawls and commands whose output nobody takes."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.crawl.conftest import HOTNEWS, SECONDS, Workplace
from tests.crawl.running_crawls import verdict_in_archive


@pytest.mark.parametrize("begins", [["-m", "scrapy"], HOTNEWS])
def test_messages_that_nobody_takes_end_no_crawl(sqlite_workplace: Workplace, begins: Sequence[str]) -> None:
    fast = ["-s", "AUTOTHROTTLE_ENABLED=0", "-s", "DOWNLOAD_DELAY=0"]
    base_url = f"base_url={sqlite_workplace.server.url}"
    with Path("/dev/full").open("w") as full:
        child = subprocess.run(
            [sys.executable, "-P", *begins, "crawl", "demo", "-a", base_url, *fast],
            env=sqlite_workplace.environment(),
            stdout=full,
            stderr=full,
            timeout=SECONDS,
            check=False,
        )

    assert child.returncode == 0
    assert verdict_in_archive(sqlite_workplace) == "complete"


def test_a_crawl_that_is_started_without_any_stream_is_as_any_other(sqlite_workplace: Workplace) -> None:
    script = f"exec {shlex.join([sys.executable, '-P', *HOTNEWS])} crawl demo"
    fast = "-s AUTOTHROTTLE_ENABLED=0 -s DOWNLOAD_DELAY=0 <&- >&- 2>&-"
    command = f"{script} -a base_url={sqlite_workplace.server.url} {fast}"

    done = subprocess.run(["/bin/sh", "-c", command], env=sqlite_workplace.environment(), check=False)

    assert done.returncode == 0
    assert verdict_in_archive(sqlite_workplace) == "complete"


@pytest.mark.parametrize(
    ("redirected", "exit_code", "says"),
    [
        (">&-", 0, ""),
        (">/dev/full", 7, "hotnews: the output cannot be written: No space left on device"),
        ("-o /dev/full", 7, "hotnews: /dev/full cannot be written: No space left on device"),
        ("-o /no/folder", 2, "hotnews: Could not open file '/no/folder': No such file or directory"),
    ],
)
def test_an_output_that_takes_nothing_is_one_clear_line(
    sqlite_crawled: Workplace, redirected: str, exit_code: int, says: str
) -> None:
    script = f"import sys; sys.argv[0] = 'hotnews'; {HOTNEWS[1]}"
    command = f"exec {shlex.quote(sys.executable)} -P -c {shlex.quote(script)} export {redirected}"

    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env=sqlite_crawled.environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr.strip()) == (exit_code, says)
