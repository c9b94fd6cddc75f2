"""The pages of the documentation, as the tests read them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])

FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CELL = re.compile(r"(?<!\\)\|")
CODE = re.compile(r"`([^`]+)`")


class Block(NamedTuple):
    """A fenced block of a page."""

    kind: str
    text: str


def name_of(page: Path) -> str:
    """Return the page's path in the repository."""
    return str(page.relative_to(ROOT))


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of *page* in order."""
    return [Block(kind.strip(), text) for kind, text in FENCE.findall(page.read_text("utf-8"))]


def prose(page: Path) -> str:
    """Return *page* without its fenced blocks."""
    return FENCE.sub("", page.read_text("utf-8"))


def rows(page: Path, heading: str = "") -> list[list[str]]:
    """Return the cells of each table row of *page*, or of its part under *heading*."""
    text = prose(page)
    if heading:
        text = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = (line for line in text.splitlines() if line.startswith("|") and not line.startswith("|---"))
    return [[cell.strip() for cell in CELL.split(line)[1:-1]] for line in lines]


def documented(page: Path, heading: str = "") -> list[str]:
    """Return what stands as `code` in the first cells of the tables, in order."""
    return [name for row in rows(page, heading) for name in CODE.findall(row[0])]
