"""`hotnews import`, in this process, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crawler.importing.command import import_
from storage import Archive
from storage.export.rows import export_row

TITLE = "Harbour Office Opens a Second Counter"
PARAGRAPHS = (
    "The office opened a second counter on the 8th. “Nobody should miss a tide for a stamp,” said Lu Qing.",
    "It serves skippers from 5:00 – an hour before the first ferry – and the office's old one stays.",
)

Import = Callable[..., Result]
Rows = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def do_import(archive_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Return what imports files into an empty archive, and keeps their evidence beside the test's files."""
    monkeypatch.setenv("HOTNEWS_EVIDENCE", str(tmp_path / "evidence"))

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(import_, [*map(str, arguments), "--archive", archive_url])

    return run


@pytest.fixture
def rows(archive_url: str) -> Rows:
    """Return what exports every article of the archive."""

    def read() -> list[dict[str, Any]]:
        with Archive(archive_url) as archive:
            return [export_row(row) for row in archive.articles()]

    return read
