"""What `hotnews extract` shows of one page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.extracting import extract

SENTENCE = "The ferry to the outer islands runs again from Monday, twice a day, said the port office. "
PAGE = f"""<html><head><title>Ferry returns - Example Office</title></head><body><h1>Ferry returns</h1>
<p>8 June 2019</p><p>{SENTENCE * 3}</p>
<p>[b]It had been in the dock\x1b[31m\u202e of the northern yard.[/b]</p>
<p>Print</p></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(PAGE)
    return tmp_path / "page.html"


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(extract, [*map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result


def test_an_article_is_shown_whole_and_as_it_is_written(page: Path) -> None:
    lines = run(page, "--url", "https://www.example.gov/1.html").stdout.splitlines()

    assert lines[:2] == ["Ferry returns", "  url: https://www.example.gov/1.html"]
    assert (SENTENCE * 3).strip() in lines
    assert "[b]It had been in the dock[31m of the northern yard.[/b]" in lines


def test_each_candidate_and_removed_line_is_explained_in_a_line(page: Path) -> None:
    shown = run(page, "--explain").stdout

    rows = [line.split() for line in shown.splitlines()]
    assert ["what", "value", "rule"] in rows
    assert ["removed,", "top", "8", "June", "2019", "date", "line"] in rows
    assert not set("\x1b\u202e") & set(shown)


def test_json_is_one_record(page: Path) -> None:
    [line] = run(page, "--json").stdout.splitlines()

    assert json.loads(line)["title"] == "Ferry returns"
    assert "removed" not in json.loads(line)
    assert "removed" in json.loads(run(page, "--json", "--explain").stdout)
