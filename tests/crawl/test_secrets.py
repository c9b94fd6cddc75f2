"""A password in the archive's URL is used and never written down."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

from sqlalchemy import make_url, text

from storage import Archive
from storage.database.engine import reading
from tests.crawl.conftest import Workplace

PASSWORD = "swordfish-4711"
TABLES = ("run", "site", "section", "fetch", "page")


def test_the_password_of_an_archive_stands_in_no_log_no_row_no_evidence_and_no_export(
    postgres_workplace: Workplace,
) -> None:
    url = make_url(postgres_workplace.archive_url).set(password=PASSWORD)
    workplace = replace(postgres_workplace, archive_url=url.render_as_string(hide_password=False))

    crawl = workplace.crawl(LOG_LEVEL="DEBUG")
    told = [
        workplace.hotnews(*command.split())
        for command in ("runs --json", "export", f"backup {workplace.folder}/copy")
    ]

    assert crawl.exit_code == 0, crawl.log
    assert f"postgres:***@{url.host}" in crawl.log
    for done in (crawl, *told):
        assert PASSWORD not in done.output + done.log
    assert not [path for path in files_of(workplace.folder) if PASSWORD.encode() in content_of(path)]
    with Archive(workplace.archive_url) as archive, reading(archive._engine) as connection:
        for table in TABLES:
            rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()
            assert PASSWORD not in repr(rows), table


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def content_of(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
