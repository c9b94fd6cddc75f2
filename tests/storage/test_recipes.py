"""What the documentation shows of other programs does what it says."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.export.files import json_lines
from storage.export.parquet import write_parquet
from storage.locations import parse_url
from storage.records import SiteRecord, Visit
from storage.rows import ArticleFilter
from tests.doc_pages import DOCS, blocks
from tests.environments import programs_of
from tests.storage.samples import article, fetch, start, visit

RECIPES = DOCS / "how-to" / "read-the-archive.md"
HAIQU = SiteRecord(key="haiqu", title="海曙区", base_url="http://haiqu.test/", timezone="Asia/Shanghai")


def fill(archive: Archive) -> None:
    """Write three articles of two sites."""
    archive.record_all(start(archive), [visit(1, article()), visit(2, article("Another"))])
    chinese = article("宁波港口开放", published_day=None)
    address = "http://haiqu.test/1.html"
    of_haiqu = fetch(address, site=HAIQU, section=None)
    archive.record(start(archive, site=HAIQU), Visit(fetch=of_haiqu, result=chinese))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Return where the recipes' files lie, while the archive is still open, as during a crawl."""
    (tmp_path / "archive").mkdir()
    with Archive.create(f"sqlite:///{tmp_path}/archive/hotnews.db") as archive:
        fill(archive)
        lines = json_lines(archive.exported(ArticleFilter()))
        (tmp_path / "may.jsonl").write_text("".join(lines), "utf-8")
        with (tmp_path / "port.parquet").open("wb") as file:
            write_parquet(archive.exported(ArticleFilter()), file)
        yield tmp_path


def shown(program: str) -> list[list[str]]:
    """Return the words of each command line of *program* that the page shows."""
    lines = re.findall(rf"^{program} .*$", RECIPES.read_text("utf-8"), re.MULTILINE)
    assert lines
    return [shlex.split(line) for line in lines]


def told(*command: str | Path, folder: Path | None = None) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=60).stdout


def test_psql_counts_the_articles_of_each_site(postgres_url: str) -> None:
    [[program, _, *question]] = shown("psql")
    with Archive.create(postgres_url) as archive:
        fill(archive)
    address = parse_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)

    output = told(program, address, "--no-align", "--tuples-only", *question)

    assert output.split() == ["haiqu|1", "ningbo|2"]


def test_polars_reads_a_parquet_export(folder: Path) -> None:
    [recipe] = [block.text for block in blocks(RECIPES) if "import polars" in block.text]

    output = told(programs_of("tables") / "python", "-c", recipe, folder=folder)

    assert output.strip() == "[('haiqu', 1), ('ningbo', 2)]"


@pytest.mark.parametrize("command", shown("duckdb"), ids=" ".join)
def test_duckdb_asks_an_export(command: list[str], folder: Path) -> None:
    program, *question = command

    output = told(programs_of("tables") / program, "-csv", "-noheader", *question, folder=folder)

    assert output.split() == ["haiqu,1", "ningbo,2"]


def test_datasette_serves_the_views_of_an_archive_that_is_written_to(folder: Path) -> None:
    [[program, *serve]] = shown("datasette")
    question = "/hotnews/articles.json?_shape=array&_sort=url&_col=site&_col=title"

    output = told(programs_of("tables") / program, *serve, "--get", question, folder=folder)

    assert json.loads(output) == [
        {"site": "haiqu", "title": "宁波港口开放"},
        {"site": "ningbo", "title": "Harbour opens"},
        {"site": "ningbo", "title": "Another"},
    ]
