"""Other people's programs that read what we write, each kind in an environment of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def programs_of(kind: str) -> Path:
    """Return the folder of the programs in `.venv-KIND`; where it was not made, skip, or in CI fail."""
    folder = ROOT / f".venv-{kind}" / "bin"
    if not folder.is_dir():
        reason = f"there is no .venv-{kind}; `make .venv-{kind}/ready` makes it"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
