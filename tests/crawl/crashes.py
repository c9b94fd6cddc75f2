"""Crawls that die at a point of the caller's choice, and what must be true after the next one.

`python -m tests.crawl.crashes` (`make crash`) goes through every point of a crawl of the demo site.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from crawler.demo.site import DemoSite
from tests.conftest import SERVER, database_url, postgres_database
from tests.crawl.conftest import SECONDS, Workplace, workplace_at

HOOK = Path(__file__).with_name("crash_hook")
# Of one run and not of the articles: when it was. Of the server's port, which is part of every URL: the rest.
OF_A_RUN = {"first_seen", "last_seen"}
OF_A_PORT = {"id", "url", "story", "duplicate_of", "attachments", "images", "digest"}


def crawl_until(workplace: Workplace, point: str) -> int:
    """Crawl the demo site until *point* and return how the crawl ended."""
    return _run(workplace, HOTNEWS_CRASH_AT=point)


def points_of(workplace: Workplace) -> list[str]:
    """Crawl the demo site undisturbed and return every point that was reached, each once, in order."""
    log = workplace.folder / "points"
    assert _run(workplace, HOTNEWS_CRASH_LOG=str(log)) == 0
    return list(dict.fromkeys(log.read_text("utf-8").splitlines()))


def _run(workplace: Workplace, **variables: str) -> int:
    command = workplace.scrapy("demo", {"base_url": workplace.server.url}, DOWNLOAD_DELAY=0.01)
    environment = {**workplace.environment(), "PYTHONPATH": str(HOOK), **variables}
    with subprocess.Popen(
        [sys.executable, "-P", *command], env=environment, stderr=subprocess.DEVNULL, start_new_session=True
    ) as child:
        return child.wait(SECONDS)


@contextmanager
def crawling(workplace: Workplace, *, until: int) -> Iterator[subprocess.Popen[bytes]]:
    """Crawl the demo site; the block begins once so many requests were made, and ends with the crawl."""
    command = workplace.scrapy("demo", {"base_url": workplace.server.url}, DOWNLOAD_DELAY=0.01)
    with subprocess.Popen(
        [sys.executable, "-P", *command], env=workplace.environment(), stderr=subprocess.DEVNULL
    ) as child:
        deadline = time.monotonic() + SECONDS
        while len(workplace.server.log) < until and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)  # the server's log is the only sign of how far another process is
        yield child
        child.wait(SECONDS)


def comparable(workplace: Workplace) -> dict[str, dict[str, Any]]:
    """Return the export by path, without what belongs to one run or one port; stories as sets of paths."""
    rows = workplace.rows()
    stories: dict[str, list[str]] = {}
    for path, row in rows.items():
        stories.setdefault(row["story"], []).append(path)
    return {
        path: {name: value for name, value in row.items() if name not in OF_A_RUN | OF_A_PORT}
        | {"story": sorted(stories[row["story"]])}
        for path, row in rows.items()
    }


def makes_up(workplace: Workplace, undisturbed: dict[str, dict[str, Any]]) -> str:
    """Crawl again and return what is wrong with the result; nothing, if all is well."""
    stored = set(workplace.rows()) if _is_there(workplace) else set()
    workplace.requests()
    again = workplace.crawl()
    if again.exit_code != 0:
        return f"the next run ended with {again.exit_code}:\n{again.log}"
    found = comparable(workplace)
    if found != undisturbed:
        differing = [
            path for path in found.keys() | undisturbed.keys() if found.get(path) != undisturbed.get(path)
        ]
        return f"other than undisturbed: {', '.join(sorted(differing)[:5])}"
    repeated = stored & {request.split()[1] for request in workplace.requests()}
    return f"stored already and asked for again: {', '.join(sorted(repeated))}" if repeated else ""


def _is_there(workplace: Workplace) -> bool:
    path = workplace.archive_url.removeprefix("sqlite:///")
    return path == workplace.archive_url or Path(path).exists()


def undisturbed_rows(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what a crawl that nothing disturbed archives."""
    for workplace in workplace_at(f"sqlite:///{folder}/archive.db", folder, DemoSite()):
        assert workplace.crawl().exit_code == 0
        return comparable(workplace)
    raise AssertionError("unreachable")


# Every point


@contextmanager
def workplace_on(engine: str) -> Iterator[Workplace]:
    """Yield a demo site and an archive of their own."""
    with tempfile.TemporaryDirectory() as name, _archive_on(engine, Path(name)) as url:
        yield from workplace_at(url, Path(name), DemoSite())


@contextmanager
def _archive_on(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/archive.db"
        return
    server = make_url(os.environ[SERVER])
    with postgres_database(server) as name:
        yield database_url(server, name)


def main() -> None:
    """Die at every point of a crawl, crawl again, and name the points after which something is missing."""
    engine = sys.argv[1] if len(sys.argv) > 1 else "sqlite"
    with tempfile.TemporaryDirectory() as folder:
        undisturbed = undisturbed_rows(Path(folder))
    with workplace_on(engine) as workplace:
        points = points_of(workplace)
    failures = 0
    for number, point in enumerate(points, 1):
        with workplace_on(engine) as workplace:
            code = crawl_until(workplace, point)
            wrong = makes_up(workplace, undisturbed)
        failures += bool(wrong)
        sys.stdout.write(f"{number}/{len(points)} {point}: ended with {code}, {wrong or 'made up for'}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(points)} points on {engine}, {failures} failures\n")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
