"""What a newcomer reads after the first crawl."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.demo.command import show_result
from storage.archive import Archive
from tests.storage.samples import NINGBO, finish, start


def test_the_result_is_told_in_words_without_markup(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    run = start(archive, site=replace(NINGBO, key="demo"))
    finish(archive, run)

    show_result(archive.url)

    shown = capsys.readouterr().out
    assert shown.strip().startswith("complete: ")
    assert "hotnews serve" in shown
    assert "[" not in shown
