"""Another rule is another version; where nothing changed it is the same everywhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crawler.extract import extract_article, version

PAGE = (
    b"<h1>A second counter opens</h1>" + b"<p>The harbour office opened a second counter in the port.</p>" * 5
)


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the rules of which the version is told."""
    for folder in ("crawler/extract", "crawler/platforms", "pipelines"):
        shutil.copytree(
            version._ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    monkeypatch.setattr(version, "_ROOT", tmp_path)
    return tmp_path


def test_an_article_names_the_rules_that_read_it() -> None:
    article = extract_article(PAGE, "https://www.harbour.example.gov/1.html")

    assert article.extractor_version == version.extractor_version()


@pytest.mark.parametrize(
    "rule",
    [
        "crawler/extract/body/boilerplate.toml",
        "crawler/extract/dates/written.py",
        "crawler/platforms/trs.py",
        "crawler/extract/body/block_model.json",
    ],
)
def test_another_rule_is_another_version(copied: Path, rule: str) -> None:
    told = version.extractor_version.__wrapped__
    before = told()
    with (copied / rule).open("a") as file:
        file.write("\n")

    assert before == version.extractor_version()
    assert told() != before
