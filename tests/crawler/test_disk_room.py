"""Room for a run is measured while other runs put their journals away."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.disk_room import require_room, size_of
from storage import Archive
from storage.errors import ArchiveNotWritable


def test_what_is_gone_by_the_time_it_is_measured_takes_no_room(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"12345")

    sizes = [size_of(path) for path in (tmp_path / "archive.db", tmp_path / "archive.db-wal", tmp_path)]

    assert sizes == [5, 0, 0]


def test_a_disk_without_room_is_named_by_the_folder_of_the_archive(sqlite_url: str, tmp_path: Path) -> None:
    with Archive(sqlite_url) as archive, pytest.raises(ArchiveNotWritable) as refusal:
        require_room(archive, least_free_mb=10**9, budget_mb=0)

    assert str(refusal.value).startswith(f"{tmp_path}: ")
