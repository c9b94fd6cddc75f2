"""A server's application over a filled archive, made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from starlette.types import ASGIApp

from crawler.serving import explain
from storage import Archive
from storage.web.application import make_application
from storage.web.door import Door
from tests.storage.samples import url
from tests.storage.web.asgi import Reply, ask
from tests.storage.web.filled import fill

Ask = Callable[..., Reply]
Serve = Callable[..., ASGIApp]


@pytest.fixture(scope="session")
def filled_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name an archive with one of everything; read only."""
    url = f"sqlite:///{tmp_path_factory.mktemp('filled') / 'archive.db'}"
    with Archive.create(url) as archive:
        fill(archive)
    return url


@pytest.fixture(scope="session")
def app(filled_url: str) -> Iterator[ASGIApp]:
    """Return the application over the filled archive."""
    with closing(Door(filled_url, explain)) as door:
        yield make_application(door)


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
def serve() -> Iterator[Serve]:
    """Return what makes an application over the archive at a URL."""
    with ExitStack() as doors:
        yield lambda url, **options: make_application(
            doors.enter_context(closing(Door(url, explain))), **options
        )
