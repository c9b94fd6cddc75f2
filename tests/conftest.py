"""What every test may ask for: an empty archive on each engine.

SQLite archives are copies of one made at the start; PostgreSQL ones are databases copied from a
template on the server that `HOTNEWS_TEST_POSTGRES` names. Without it those tests are skipped, except
in CI, where its absence is a failure.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import URL, NullPool, create_engine, make_url, text

from storage.archive import Archive
from tests.doc_pages import ROOT

SERVER = "HOTNEWS_TEST_POSTGRES"

# Of whole crawls, some of a minute: they begin first, so that what is left for the end is short.
LONG = ("tests/crawl/", "tests/test_docs_commands.py", "tests/storage/test_crashes.py")

# No example fails because the machine is busy.
settings.register_profile(
    "busy machine", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("busy machine")


def pytest_configure() -> None:
    """Hear Ctrl-C, and let what is started hear it: a job in the background of a script would ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Collect all tests without looking for garbage among them, now and ever after: they stay to the end."""
    gc.disable()
    result = yield
    gc.freeze()
    gc.enable()
    return result


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take long."""
    items.sort(key=lambda item: not item.path.relative_to(ROOT).as_posix().startswith(LONG))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty archive on SQLite, to be copied."""
    path = tmp_path_factory.mktemp("template") / "archive.db"
    Archive.create(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> URL:
    """Return the URL of the server that the environment names."""
    server = os.environ.get(SERVER)
    if not server:
        reason = f"{SERVER} names no PostgreSQL server"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return make_url(server)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: URL) -> Iterator[str]:
    """Name an empty archive on the server, to be copied."""
    with postgres_database(postgres_server) as name:
        Archive.create(database_url(postgres_server, name)).close()
        yield name


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def archive_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Name an empty archive, on SQLite and on PostgreSQL."""
    yield from _sqlite(request, tmp_path) if request.param == "sqlite" else _postgres(request)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def shared_archive_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Name an archive for a whole module, on each engine: for tests that fill it once and then only ask."""
    folder = tmp_path_factory.mktemp("shared")
    yield from _sqlite(request, folder) if request.param == "sqlite" else _postgres(request)


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Name an empty archive on SQLite."""
    yield from _sqlite(request, tmp_path)


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Name an empty archive on PostgreSQL."""
    yield from _postgres(request)


@pytest.fixture
def archive(archive_url: str) -> Iterator[Archive]:
    """Open an empty archive, on SQLite and on PostgreSQL."""
    with Archive(archive_url) as opened:
        yield opened


def _sqlite(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    path = folder / "archive.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    yield f"sqlite:///{path}"


def _postgres(request: pytest.FixtureRequest) -> Iterator[str]:
    server = request.getfixturevalue("postgres_server")
    with postgres_database(server, request.getfixturevalue("postgres_template")) as name:
        yield database_url(server, name)


@contextmanager
def postgres_database(server: URL, template: str | None = None) -> Iterator[str]:
    """Make a database of its own on the server; it is dropped at the end."""
    admin = create_engine(
        server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=NullPool
    )
    name = f"hotnews_test_{uuid4().hex[:12]}"
    copied = f" TEMPLATE {template} STRATEGY FILE_COPY" if template else ""  # half of the work of the default
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}{copied}"))
    yield name
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


def database_url(server: URL, database: str) -> str:
    """Return the URL of a database on the server."""
    return server.set(drivername="postgresql+psycopg", database=database).render_as_string(
        hide_password=False
    )
