"""Archives to be damaged: copies of one that was filled once and found whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import make_url

from storage.archive import Archive
from storage.verification import Finding
from tests.conftest import database_url, postgres_database
from tests.storage.evidence_samples import fill


class Filled(NamedTuple):
    """Where an archive that nobody writes to any more lies, and its evidence."""

    url: str
    evidence: Path


@pytest.fixture(scope="module")
def filled(shared_archive_url: str, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Fill an archive with three articles and their evidence, on each engine; nothing in it is damaged."""
    evidence = tmp_path_factory.mktemp("filled") / "evidence"
    with Archive(shared_archive_url) as archive:
        archive.evidence_root = evidence
        fill(archive)
        assert [found for found in archive.verify() if isinstance(found, Finding)] == []
    return Filled(shared_archive_url, evidence)


@pytest.fixture
def whole(filled: Filled, tmp_path: Path) -> Iterator[Archive]:
    """Open a copy of an archive in which nothing is damaged, with a copy of its evidence."""
    evidence = shutil.copytree(filled.evidence, tmp_path / "evidence")
    url = make_url(filled.url)
    if url.get_backend_name() == "sqlite":
        path = shutil.copy(str(url.database), tmp_path / "whole.db")
        yield from _opened(f"sqlite:///{path}", evidence)
        return
    with postgres_database(url.set(database="postgres"), url.database) as name:
        yield from _opened(database_url(url, name), evidence)


def _opened(url: str, evidence: Path) -> Iterator[Archive]:
    with Archive(url) as archive:
        archive.evidence_root = evidence
        yield archive
