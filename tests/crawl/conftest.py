"""Whole crawls of the demo site in processes of their own, as cron and developers run them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, make_url

from crawler.demo.replies import Reply
from crawler.demo.server import RunningServer, serve
from crawler.demo.site import DemoSite
from storage import Archive
from storage.export.rows import export_row
from storage.rows import CoverageRow
from tests.conftest import database_url, postgres_database
from tests.crawler.probing import Loopback, running_servers
from tests.warm_python import warm_python

FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "RETRY_TIMES": 2}
HOTNEWS = ("-c", "from crawler.cli import main; main()")
SECONDS = 300  # a crawl that takes longer hangs, on a busy machine too


@dataclass(frozen=True)
class Crawl:
    """How a crawl ended and what it said."""

    exit_code: int
    output: str
    log: str


@dataclass
class Place:
    """An archive, and the ways to crawl into it."""

    archive_url: str
    folder: Path

    def run(self, *command: str, environment: Mapping[str, str] | None = None) -> Crawl:
        """Run a command of ours to its end."""
        done = warm_python().run(
            command, cwd=self.folder, env={**self.environment(), **(environment or {})}, timeout=SECONDS
        )
        return Crawl(done.returncode, done.stdout, done.stderr)

    def hotnews(self, *command: str) -> Crawl:
        """Run a command of `hotnews` to its end."""
        return self.run(*HOTNEWS, *command)

    def environment(self) -> dict[str, str]:
        """Return the environment of a crawl into this archive."""
        return {
            **os.environ,
            "SCRAPY_SETTINGS_MODULE": "crawler.settings",
            "HOTNEWS_ARCHIVE": self.archive_url,
        }

    def scrapy(self, spider: str, arguments: Mapping[str, str] | None = None, **settings: Any) -> list[str]:
        """Return the command line of a crawl."""
        command = ["-m", "scrapy", "crawl", spider]
        for name, value in (arguments or {}).items():
            command += ["-a", f"{name}={value}"]
        for name, value in (FAST | settings).items():
            command += ["-s", f"{name}={value}"]
        return command

    def crawl_lists(self, *lists: str, arguments: Mapping[str, str] | None = None, **settings: Any) -> Crawl:
        """Crawl list pages at these URLs without a declaration."""
        arguments = {"start": ",".join(lists), **(arguments or {})}
        return self.run(*self.scrapy("adhoc", arguments, ALLOW_PRIVATE_ADDRESSES=1, **settings))

    def certificates(self) -> dict[str, CoverageRow]:
        """Return what the last run certified, by section."""
        with Archive(self.archive_url) as archive:
            return {row.section: row for row in archive.coverage(run=archive.runs(limit=1)[0].run)}


@dataclass
class Workplace(Place):
    """An archive, a demo site, and the ways to crawl the one into the other."""

    site: DemoSite
    server: RunningServer
    _asked: int = field(default=0)

    def crawl(self, arguments: Mapping[str, str] | None = None, **settings: Any) -> Crawl:
        """Crawl the demo site."""
        return self.run(*self.scrapy("demo", {"base_url": self.server.url, **(arguments or {})}, **settings))

    def adhoc(self, *paths: str, **settings: Any) -> Crawl:
        """Crawl list pages of the demo site without a declaration."""
        return self.crawl_lists(*(self.server.url + path.lstrip("/") for path in paths), **settings)

    def requests(self) -> list[str]:
        """Return what was asked of the server since the last call."""
        asked = [f"{entry.method} {entry.target}" for entry in list(self.server.log)[self._asked :]]
        self._asked += len(asked)
        return asked

    def rows(self) -> dict[str, dict[str, Any]]:
        """Return the export, by path."""
        with Archive(self.archive_url) as archive:
            rows = [export_row(row) for row in archive.articles()]
        return {row["url"].removeprefix(self.server.url.rstrip("/")): row for row in rows}


def path_with(folder: Path) -> str:
    """Return a PYTHONPATH on which *folder* comes first."""
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Return a site that answers what a test wants."""
    with running_servers() as start:
        yield start()


@pytest.fixture
def place(archive_url: str, tmp_path: Path) -> Place:
    """Return an empty archive to crawl into, on SQLite and on PostgreSQL."""
    return Place(archive_url, tmp_path)


@pytest.fixture
def sqlite_place(sqlite_url: str, tmp_path: Path) -> Place:
    """Return an empty archive to crawl into, on SQLite."""
    return Place(sqlite_url, tmp_path)


@pytest.fixture
def workplace(archive_url: str, tmp_path: Path) -> Iterator[Workplace]:
    """Return a demo site of its own and an archive, on SQLite and on PostgreSQL."""
    yield from workplace_at(archive_url, tmp_path, DemoSite())


@pytest.fixture
def sqlite_workplace(sqlite_url: str, tmp_path: Path) -> Iterator[Workplace]:
    """Return a demo site of its own and an archive on SQLite."""
    yield from workplace_at(sqlite_url, tmp_path, DemoSite())


@pytest.fixture
def postgres_workplace(postgres_url: str, tmp_path: Path) -> Iterator[Workplace]:
    """Return a demo site of its own and an archive on PostgreSQL."""
    yield from workplace_at(postgres_url, tmp_path, DemoSite())


@pytest.fixture
def make_workplace(sqlite_url: str, tmp_path: Path) -> Iterator[Callable[[DemoSite], Workplace]]:
    """Return what makes a workplace with a demo site of the caller's choice."""
    made: list[Iterator[Workplace]] = []

    def make(site: DemoSite) -> Workplace:
        made.append(workplace_at(sqlite_url, tmp_path, site))
        return next(made[-1])

    yield make
    for opened in made:
        next(opened, None)


def workplace_at(archive_url: str, folder: Path, site: DemoSite) -> Iterator[Workplace]:
    """Yield a workplace whose *site* is served until the test ends."""
    with serve(site, port=0) as server:
        yield Workplace(archive_url, folder, site, server)


# What was crawled once, for the tests that begin there


class Stand:
    """One address at which each test finds a site of its own."""

    def __init__(self, new_site: Callable[[], DemoSite]) -> None:
        self.new_site = new_site
        self.site = new_site()

    def respond(self, *asked: Any) -> Reply:
        """Return what the site of the moment answers."""
        return self.site.respond(*asked)


@dataclass(frozen=True)
class Crawled:
    """A complete crawl of a site, of which each test gets a copy with the site as it was."""

    stand: Stand
    workplace: Workplace
    crawl: Crawl

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Workplace]:
        """Yield a copy of the folder and of the archive."""
        shutil.copytree(self.workplace.folder, folder)
        self.stand.site = self.stand.new_site()
        url = make_url(self.workplace.archive_url)
        if url.get_backend_name() == "sqlite":
            yield self._copied(f"sqlite:///{folder}/archive.db", folder)
            return
        with postgres_database(url, url.database) as name:
            evidence = folder / "archive" / f"{url.database}-evidence"
            evidence.rename(evidence.with_name(f"{name}-evidence"))
            yield self._copied(database_url(url, name), folder)

    def _copied(self, archive_url: str, folder: Path) -> Workplace:
        asked = len(self.workplace.server.log)
        return replace(
            self.workplace, archive_url=archive_url, site=self.stand.site, folder=folder, _asked=asked
        )


@contextmanager
def crawled_into(
    archive_url: str, folder: Path, new_site: Callable[[], DemoSite] = DemoSite
) -> Iterator[Crawled]:
    """Yield a complete crawl of a site, which goes on being served."""
    stand = Stand(new_site)
    with serve(stand, port=0) as server:
        workplace = Workplace(archive_url, folder, stand.site, server)
        crawl = workplace.crawl()
        assert crawl.exit_code == 0, crawl.log
        yield Crawled(stand, workplace, crawl)


@pytest.fixture(scope="session")
def sqlite_crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """Return a crawl of the demo site into SQLite."""
    folder = tmp_path_factory.mktemp("crawled")
    with crawled_into(f"sqlite:///{folder}/archive.db", folder) as crawled:
        yield crawled


@pytest.fixture(scope="session")
def postgres_crawl(
    postgres_server: URL, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Crawled]:
    """Return a crawl of the demo site into PostgreSQL."""
    folder = tmp_path_factory.mktemp("crawled")
    with (
        postgres_database(postgres_server, postgres_template) as name,
        crawled_into(database_url(postgres_server, name), folder) as crawled,
    ):
        yield crawled


@pytest.fixture(params=["sqlite_crawl", pytest.param("postgres_crawl", marks=pytest.mark.postgres)])
def crawl_once(request: pytest.FixtureRequest) -> Crawled:
    """Return a crawl of the demo site, into SQLite and into PostgreSQL."""
    crawled: Crawled = request.getfixturevalue(request.param)
    return crawled


@pytest.fixture
def crawled(crawl_once: Crawled, tmp_path: Path) -> Iterator[Workplace]:
    """Return a workplace whose demo site was crawled once, on SQLite and on PostgreSQL."""
    with crawl_once.copy(tmp_path / "crawled") as workplace:
        yield workplace


@pytest.fixture
def sqlite_crawled(sqlite_crawl: Crawled, tmp_path: Path) -> Iterator[Workplace]:
    """Return a workplace on SQLite whose demo site was crawled once."""
    with sqlite_crawl.copy(tmp_path / "crawled") as workplace:
        yield workplace
