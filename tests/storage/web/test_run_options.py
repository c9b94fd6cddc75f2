"""What a run's page says governed it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from storage.web.run_options import option_texts
from tests.storage.web.conftest import Ask


@pytest.mark.parametrize(
    ("options", "texts"),
    [
        ({"revisit": "due", "full": False}, ["--revisit due"]),
        ({"revisit": "all", "full": True, "limit": 5}, ["--revisit all", "--full", "--limit 5"]),
        ({"since": "2026-05-01"}, ["--since 2026-05-01"]),
        ({"limit": None, "since": None}, []),
        ({"removal_checks": 3, "removal_days": 14.0}, ["-s REMOVAL_CHECKS=3", "-s REMOVAL_DAYS=14"]),
        ({"removal_days": 0.5, "evidence": True}, ["-s REMOVAL_DAYS=0.5", "-s EVIDENCE_ENABLED=1"]),
        ({"process": {"pid": 7, "boot_id": None}}, ["process: pid 7, boot id -"]),
        ({"algorithm": "2", "code_version": "0.1.0"}, ["algorithm: 2", "code version: 0.1.0"]),
    ],
)
def test_options_of_a_run_read_as_the_command_line_takes_them(
    options: Mapping[str, object], texts: list[str]
) -> None:
    assert list(option_texts(options)) == texts


def test_the_page_of_a_run_shows_no_values_of_a_programming_language(get: Ask) -> None:
    runs = get("/api/runs").json["runs"]

    pages = [get(f"/runs/{run['run']}").text for run in runs]

    assert pages
    assert any('<code class="typed">-s REMOVAL_CHECKS=1</code>' in page for page in pages)
    assert not any("=False" in page or "=None" in page or "{&#39;" in page for page in pages)
