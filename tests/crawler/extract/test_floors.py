"""Extraction quality on the shared corpora has floors; a change that lowers one says so and why."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))

import extraction  # noqa: E402

pytestmark = pytest.mark.corpus

DIGEST = "c4aaa8a65a0b757d"
FLOORS = {
    "gov": {"f1": 0.995, "title": 0.99, "date": 0.99, "exact": 0.95},
    "fundus": {"f1": 0.978, "exact": 0.48, "title": 0.85, "day": 0.98},
    "aeb": {"f1": 0.978, "exact": 0.54},
    "wcxb": {"f1": 0.968, "exact": 0.32, "title": 0.87, "day": 0.91},
    "traf": {"snippet_f1": 0.95, "title": 0.88, "day": 0.88},
}


@pytest.fixture(scope="module", autouse=True)
def corpora() -> None:
    if not extraction.shared().is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the shared corpora are absent: {extraction.shared()}")
        pytest.skip(f"the shared corpora are absent: {extraction.shared()} (set HOTNEWS_SHARED)")


def test_the_corpora_are_those_the_floors_were_measured_on() -> None:
    digest = hashlib.sha256()
    for name in ("gov-pages-dev/truth.jsonl", "extraction-dev/truth.jsonl"):
        digest.update((extraction.shared() / name).read_bytes())

    assert digest.hexdigest()[:16] == DIGEST


@pytest.mark.parametrize("corpus", FLOORS)
def test_extraction_stays_above_its_floors(corpus: str) -> None:
    figures = extraction.score(corpus, extraction.ours).figures

    assert {name: figures[name] for name in FLOORS[corpus] if figures[name] < FLOORS[corpus][name]} == {}
