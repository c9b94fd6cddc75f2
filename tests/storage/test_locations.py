"""Where an archive and its evidence lie, however they are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.errors import ArchiveNotFound
from storage.locations import DEFAULT_URL, archive_url, evidence_root, masked, parse_url


@pytest.mark.parametrize(
    ("url", "backend", "database"),
    [
        ("sqlite:///a.db", "sqlite", "{here}/a.db"),
        ("sqlite:////x/a.db", "sqlite", "/x/a.db"),
        ("sqlite+pysqlite:////x/a.db", "sqlite", "/x/a.db"),
        ("a.db", "sqlite", "{here}/a.db"),
        ("/x/a.db", "sqlite", "/x/a.db"),
        ("/x/50% off?/#1 宁波 & é/100%25.db", "sqlite", "/x/50% off?/#1 宁波 & é/100%25.db"),
        ("sqlite:////x/100%25%3F.db", "sqlite", "/x/100%?.db"),
        ("postgresql://u@h/d", "postgresql", "d"),
        ("postgres://u@h/d", "postgresql", "d"),
        ("postgresql+psycopg://u@h/d", "postgresql", "d"),
    ],
)
def test_urls_and_paths_name_an_archive(
    url: str, backend: str, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    parsed = parse_url(url)

    assert parsed.get_backend_name() == backend
    assert parsed.database == database.format(here=tmp_path)


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "sqlite:///:memory:", "/", "sqlite:////", "~nobody-here/a.db"]
)
def test_what_names_no_file_is_no_archive(url: str) -> None:
    with pytest.raises(ArchiveNotFound, match=r"names no file|no such user"):
        parse_url(url)


@pytest.mark.parametrize("url", ["sqlite:///a%00b.db", "a\0b.db", "caf\udce9.db", "sqlite:///caf\udce9.db"])
def test_a_name_that_cannot_be_shown_is_no_archive(url: str) -> None:
    with pytest.raises(ArchiveNotFound, match="no name that can be shown; rename the file"):
        parse_url(url)


def test_a_relative_path_in_a_folder_that_is_gone_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()

    with pytest.raises(ArchiveNotFound, match="the current folder is gone"):
        parse_url("a.db")


def test_a_password_is_never_shown() -> None:
    assert masked(parse_url("postgresql://u:secret@h/d")) == "postgresql+psycopg://u:***@h/d"


@pytest.mark.parametrize("path", ["/x/a b/宁波 #1.db", "/x/50% off?.db", "/x/100%25.db", "/x/me@host:1.db"])
def test_what_is_shown_of_a_path_is_readable_and_leads_there(path: str) -> None:
    shown = masked(parse_url(path))

    assert shown == "sqlite:///" + path.replace("%", "%25").replace("?", "%3F")
    assert parse_url(shown).database == path


def test_an_archive_behind_a_link_has_one_folder_of_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOTNEWS_EVIDENCE", raising=False)
    (tmp_path / "disk").mkdir()
    (tmp_path / "link.db").symlink_to("disk/archive.db")
    link, file = (str(tmp_path / name) for name in ("link.db", "disk/archive.db"))

    together = evidence_root(parse_url(link)), evidence_root(parse_url(file))
    (tmp_path / "link-evidence").mkdir()  # of a link that was crawled into before

    assert together == (tmp_path / "disk/archive-evidence",) * 2
    assert evidence_root(parse_url(link)) == tmp_path / "link-evidence"


def test_the_environment_names_archive_and_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOTNEWS_ARCHIVE", raising=False)
    monkeypatch.delenv("HOTNEWS_EVIDENCE", raising=False)
    assert archive_url() == DEFAULT_URL
    assert evidence_root(parse_url("/x/news.db")) == Path("/x/news-evidence")

    monkeypatch.setenv("HOTNEWS_ARCHIVE", "/y/a.db")
    monkeypatch.setenv("HOTNEWS_EVIDENCE", "/elsewhere")
    assert archive_url() == "/y/a.db"
    assert evidence_root(parse_url("/x/news.db")) == Path("/elsewhere")
