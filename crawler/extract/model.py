"""The learned block decision: a few dozen small trees, read from a file and walked in plain Python."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from math import exp, inf
from typing import Any

from crawler.extract.blocks import Reading
from crawler.extract.features import NAMES, Clues
from crawler.extract.head import Head

# After so many trees a sum outside of these bounds is clear. Most lines are menus, which ten trees tell: of
# the lines of the dev corpora below the first bound none came back. Prose needs twenty: of 3,500 lines of
# sites the trees had not seen, none changed sides after these.
_STAGES = ((10, -1.25, inf), (20, -1.0, 1.0))

Tree = Any  # (feature index, threshold, left, right) or a float


@lru_cache(maxsize=8)
def load_model(path: str = "") -> tuple[Tree, ...]:
    """Return the trees of the shipped model, or of the file at *path*."""
    if path:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            text = file.read()
    else:
        text = files("crawler.extract").joinpath("block_model.json").read_text("utf-8")
    index = {name: position for position, name in enumerate(NAMES)}
    return tuple(_compile(tree, index) for tree in json.loads(text)["trees"])


def _compile(node: Any, index: dict[str, int]) -> Tree:
    if not isinstance(node, list):
        return float(node)
    name, threshold, left, right = node
    return (index[name], threshold, _compile(left, index), _compile(right, index))


def probabilities(rows: Sequence[Sequence[float]], trees: Sequence[Tree]) -> list[float]:
    """Return for each row how likely it is a line of the article."""
    stages = _stages_of(trees)
    return [1 / (1 + exp(-_sum_of(row, stages))) for row in rows]


def _stages_of(trees: Sequence[Tree]) -> list[tuple[Sequence[Tree], float, float]]:
    """Return *trees* cut where a sum may be clear, with the bounds outside of which it is."""
    stages: list[tuple[Sequence[Tree], float, float]] = []
    start = 0
    for end, lowest, highest in _STAGES:
        stages.append((trees[start:end], lowest, highest))
        start = end
    return [*stages, (trees[start:], -inf, inf)]


def _sum_of(row: Sequence[float], stages: Sequence[tuple[Sequence[Tree], float, float]]) -> float:
    total = 0.0
    for trees, lowest, highest in stages:
        for tree in trees:
            node = tree
            while type(node) is tuple:
                feature, threshold, left, right = node
                node = left if row[feature] <= threshold else right
            total += node
        if total < lowest or total > highest:
            break
    return total


def clues_of(reading: Reading, head: Head, title: str) -> Clues:
    """Return what *head* and *title* tell of the blocks of *reading*."""
    squeezed = "".join(title.split())
    index = next(
        (
            block.index
            for block in reading.blocks
            if len(block.text) < 400 and "".join(block.text.split()) == squeezed
        ),
        -1,
    )
    bodies = [item["articleBody"] for item in head.schema if isinstance(item.get("articleBody"), str)]
    return Clues(
        title_index=index,
        title_words=frozenset(title.lower().split()),
        body="".join(max(bodies, key=len, default="").split()),
        description="".join((head.meta("description", "og:description") or "").split()),
    )
