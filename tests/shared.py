"""The shared corpora and examples: beside the project where they are had, never part of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

Test = TypeVar("Test", bound=Callable[..., Any])

SHARED = Path(os.environ.get("HOTNEWS_SHARED") or Path(__file__).parents[2] / "shared")
ABSENT = not SHARED.is_dir()

if ABSENT and os.environ.get("CI") == "true":
    raise RuntimeError(f"{SHARED} is not there, but CI must have it; HOTNEWS_SHARED names it")

_marks = (pytest.mark.corpus, pytest.mark.skipif(ABSENT, reason=f"the shared corpora are not at {SHARED}"))


def needs_shared(test: Test) -> Test:
    """Mark a test that reads the shared corpora; it is skipped where they are absent."""
    for mark in _marks:
        test = mark(test)
    return test
