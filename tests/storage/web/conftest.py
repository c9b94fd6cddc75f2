"""A server's application over a filled archive, made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from storage import Archive
from storage.web.application import make_application
from tests.storage.samples import url
from tests.storage.web.asgi import Reply, ask
from tests.storage.web.filled import fill

Ask = Callable[..., Reply]


@pytest.fixture(scope="session")
def filled_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name an archive with one of everything; read only."""
    url = f"sqlite:///{tmp_path_factory.mktemp('filled') / 'archive.db'}"
    with Archive.create(url) as archive:
        fill(archive)
    return url


@pytest.fixture(scope="session")
def app(filled_url: str) -> ASGIApp:
    """Return the application over the filled archive."""
    return make_application(filled_url)


@pytest.fixture(scope="session")
def get(app: ASGIApp) -> Ask:
    """Return what asks the application over the filled archive."""
    return lambda target, **options: ask(app, target, **options)


@pytest.fixture(scope="session")
def ids(filled_url: str) -> Iterator[Callable[[object], str]]:
    """Return what gives the id of a sample article by its name."""
    with Archive(filled_url) as archive:
        yield (
            lambda name: (
                archive.article(str(name) if "://" in str(name) or ":" in str(name) else url(name)).id
            )
        )


@pytest.fixture
def make_app(tmp_path: Path) -> Callable[..., ASGIApp]:
    """Return what makes an application over the archive of a path in the test's folder."""
    return lambda name="archive.db", **options: make_application(f"sqlite:///{tmp_path / name}", **options)
