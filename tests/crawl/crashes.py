"""Crawls and other work that die at a point of the caller's choice, and what must be true after the next one.

`python -m tests.crawl.crashes` (`make crash`) goes through every point of every scenario.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, make_url, select

from crawler.demo.site import DemoSite
from storage import Archive
from storage.database.engine import reading, writing
from storage.errors import ArchiveNotFound
from storage.models import copy_link, fetch, fingerprint, fingerprint_hot
from storage.verification.findings import Finding, Status
from tests.conftest import SERVER, database_url, postgres_database
from tests.crawl.conftest import HOTNEWS, SECONDS, Workplace, path_with, workplace_at
from tests.crawler.furnished import FurnishedSite
from tests.warm_python import warm_python

HOOK = Path(__file__).with_name("crash_hook")
SAVED_PAGES = 24
# Of one run and not of the articles: when it was. Of the server's port, which is part of every URL: the rest.
OF_A_RUN = {"first_seen", "last_seen"}
OF_A_PORT = {"id", "url", "story", "duplicate_of", "attachments", "images", "digest"}


@dataclass(frozen=True)
class Scenario:
    """Work that may die at any of its points, and what is there before it."""

    command: Callable[[Workplace], list[str]]
    prepare: Callable[[Workplace], None] = lambda _workplace: None
    site: Callable[[], DemoSite] = DemoSite
    crawled: bool = False  # before all that
    repeats: bool = True  # what was stored may be asked for again

    def begin(self, workplace: Workplace) -> None:
        """Bring an empty archive to where the work begins."""
        if self.crawled:
            crawl = workplace.crawl()
            assert crawl.exit_code == 0, crawl.log
        self.prepare(workplace)


def first_crawl(workplace: Workplace, **settings: Any) -> list[str]:
    """Return the command of a crawl into an empty archive."""
    return workplace.scrapy("demo", {"base_url": workplace.server.url}, **settings)


def later_crawl(workplace: Workplace) -> list[str]:
    """Return the command of a crawl that visits every known page again."""
    arguments = {"base_url": workplace.server.url, "revisit": "all", "full": "1"}
    return workplace.scrapy("demo", arguments)


def publish_three_editions(workplace: Workplace) -> None:
    """Let the site publish, edit and remove pages three times."""
    for _ in range(3):
        workplace.site.advance()


def save_pages(workplace: Workplace) -> None:
    """Put pages of the site into a folder, as a browser saves them."""
    folder = workplace.folder / "saved"
    folder.mkdir()
    for number, path in enumerate([*workplace.site.truth()][:SAVED_PAGES]):
        reply = workplace.site.respond("GET", path, {"host": "lanhai.example"})
        origin = f"<!-- saved from url=(0000)http://lanhai.example{path} -->\n"
        (folder / f"{number:03}.html").write_bytes(origin.encode() + reply.body)


def lose_the_index(workplace: Workplace) -> None:
    """Empty the tables by which copies are found."""
    with Archive(workplace.archive_url) as archive, writing(archive._engine) as connection:
        for table in (fingerprint, fingerprint_hot, copy_link):
            connection.execute(delete(table))


SCENARIOS = {
    "first crawl": Scenario(first_crawl, repeats=False),
    "later crawl": Scenario(later_crawl, publish_three_editions, crawled=True),
    "import": Scenario(lambda _: [*HOTNEWS, "import", "saved"], save_pages),
    # The first run taught the furniture of the pages, so that each of them is read otherwise now.
    "reextract": Scenario(
        lambda _: [*HOTNEWS, "reextract", "--yes", "--jobs", "1"], site=FurnishedSite, crawled=True
    ),
    "rededup": Scenario(lambda _: [*HOTNEWS, "rededup", "--apply"], lose_the_index, crawled=True),
}
FIRST_CRAWL = SCENARIOS["first crawl"]


def run_until(workplace: Workplace, scenario: Scenario, point: str) -> int:
    """Do the work of *scenario* until *point* and return how it ended."""
    return _run(workplace, scenario, HOTNEWS_CRASH_AT=point)


def points_of(workplace: Workplace, scenario: Scenario) -> list[str]:
    """Do the work undisturbed and return every point that was reached, each once, in order."""
    log = workplace.folder / "points"
    assert _run(workplace, scenario, HOTNEWS_CRASH_LOG=str(log)) == 0
    return list(dict.fromkeys(log.read_text("utf-8").splitlines()))


def _run(workplace: Workplace, scenario: Scenario, **variables: str) -> int:
    environment = {**workplace.environment(), "PYTHONPATH": path_with(HOOK), **variables}
    done = warm_python().run(
        scenario.command(workplace),
        cwd=workplace.folder,
        env=environment,
        timeout=SECONDS,
        first=f"import os, runpy; os.setsid(); runpy.run_path({str(HOOK / 'sitecustomize.py')!r})",
    )
    return done.returncode


@contextmanager
def crawling(workplace: Workplace, *, until: int) -> Iterator[subprocess.Popen[bytes]]:
    """Crawl the demo site; the block begins once so many requests were made, and ends with the crawl."""
    with subprocess.Popen(
        [sys.executable, "-P", *first_crawl(workplace, DOWNLOAD_DELAY=0.01)],
        cwd=workplace.folder,
        env=workplace.environment(),
        stderr=subprocess.DEVNULL,
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


def makes_up(
    workplace: Workplace, undisturbed: dict[str, dict[str, Any]], scenario: Scenario = FIRST_CRAWL
) -> str:
    """Do the work again and return what is wrong with the result; nothing, if all is well."""
    stored = _stored(workplace)
    workplace.requests()
    again = workplace.run(*scenario.command(workplace))
    if again.exit_code != 0:
        return f"the next run ended with {again.exit_code}:\n{again.log}"
    found = comparable(workplace)
    if found != undisturbed:
        differing = [
            path for path in found.keys() | undisturbed.keys() if found.get(path) != undisturbed.get(path)
        ]
        return f"other than undisturbed: {', '.join(sorted(differing)[:5])}"
    repeated = (stored & {request.split()[1] for request in workplace.requests()}) - _looked_at(workplace)
    if repeated and not scenario.repeats:
        return f"stored already and asked for again: {', '.join(sorted(repeated))}"
    return "".join(f"damaged: {each}\n" for each in _damages(workplace))


def _damages(workplace: Workplace) -> list[Finding]:
    with Archive(workplace.archive_url) as archive:
        evidence = next(workplace.folder.rglob(archive.evidence_root.name))
        found = [each for each in archive.verify(evidence=evidence) if isinstance(each, Finding)]
    return [each for each in found if each.status is Status.DAMAGED]


def _stored(workplace: Workplace) -> set[str]:
    try:
        return set(workplace.rows())
    except ArchiveNotFound:  # it died while it made the archive
        return set()


def _looked_at(workplace: Workplace) -> set[str]:
    """Return the paths of copies, and of their originals, that answered 304: a look tells what has moved."""
    rows = workplace.rows()
    originals = {row["duplicate_of"] for row in rows.values()}
    with Archive(workplace.archive_url) as archive, reading(archive._engine) as connection:
        unmodified = set(connection.scalars(select(fetch.c.url).where(fetch.c.status == 304)))
    return {
        path
        for path, row in rows.items()
        if row["url"] in unmodified and (row["duplicate_of"] or row["id"] in originals)
    }


def undisturbed_rows(folder: Path, scenario: Scenario = FIRST_CRAWL) -> dict[str, dict[str, Any]]:
    """Return what the archive holds after work that nothing disturbed."""
    for workplace in workplace_at(f"sqlite:///{folder}/archive.db", folder, scenario.site()):
        scenario.begin(workplace)
        done = workplace.run(*scenario.command(workplace))
        assert done.exit_code == 0, done.log
        return comparable(workplace)
    raise AssertionError("unreachable")


# Every point


@contextmanager
def workplace_on(engine: str, scenario: Scenario) -> Iterator[Workplace]:
    """Yield a demo site and an archive of their own, as the work finds them."""
    with tempfile.TemporaryDirectory() as name, _archive_on(engine, Path(name)) as url:
        for workplace in workplace_at(url, Path(name), scenario.site()):
            scenario.begin(workplace)
            yield workplace


@contextmanager
def _archive_on(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/archive.db"
        return
    server = make_url(os.environ[SERVER])
    with postgres_database(server) as name:
        yield database_url(server, name)


def failures_of(name: str, engine: str) -> Iterator[str]:
    """Die at every point, do the work again, and yield each point after which something is wrong."""
    scenario = SCENARIOS[name]
    with tempfile.TemporaryDirectory() as folder:
        undisturbed = undisturbed_rows(Path(folder), scenario)
    with workplace_on(engine, scenario) as workplace:
        points = points_of(workplace, scenario)
    for number, point in enumerate(points, 1):
        with workplace_on(engine, scenario) as workplace:
            code = run_until(workplace, scenario, point)
            wrong = makes_up(workplace, undisturbed, scenario)
        told = f"{name}, {number}/{len(points)} {point}: ended with {code}, {wrong or 'made up for'}\n"
        sys.stdout.write(told)
        sys.stdout.flush()
        if wrong:
            yield told


def main() -> None:
    """Go through the scenarios that the command line names, or all, and count the failures."""
    engine, *names = sys.argv[1:] or ["sqlite"]
    failures = [told for name in names or SCENARIOS for told in failures_of(name, engine)]
    sys.stdout.write(f"{engine}: {len(failures)} failures\n")
    sys.stdout.write("".join(failures))
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
