"""`hotnews import`, in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.importing.command import import_


@pytest.fixture
def do_import(archive_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return what imports files into an empty archive, and keeps their evidence beside the test's files."""
    monkeypatch.setenv("HOTNEWS_EVIDENCE", str(tmp_path / "evidence"))

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(import_, [*map(str, arguments), "--archive", archive_url])

    return run
