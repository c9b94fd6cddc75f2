"""The learned block decision: small trees, read from a file and turned into plain Python."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from math import exp, inf
from typing import Any, NamedTuple

from crawler.extract.body.features import NAMES, Clues
from crawler.extract.lines.blocks import Reading
from crawler.extract.lines.hints import Hint
from crawler.extract.markup.head import Head

# After so many trees a sum outside of these bounds is clear. Most lines are menus, which ten trees tell: of
# the lines of the dev corpora below the first bound none came back. Prose needs twenty: of their lines
# outside of the second bounds one in 250 would have changed sides, which moves no F1 by more than .004.
_STAGES = ((10, -1.25, inf), (20, -1.0, 1.0))

# To compile all the others as one expression takes 15 MB, which a long crawl never gives back.
_TREES_AT_ONCE = 20

_LONGEST_HEADLINE = 400


class Stage(NamedTuple):
    """The sum of some trees for a row, and the bounds outside of which the sum so far is clear."""

    sum_of: Callable[..., float]  # takes the features of a row one by one, in the order of `NAMES`
    lowest: float
    highest: float


class Model:
    """Trees that tell how likely a row of features is one of the article's lines."""

    def __init__(self, trees: Sequence[Any]) -> None:
        """Take *trees* as nested lists: [feature, threshold, left, right] or the number of a leaf."""
        self._trees = trees

    @cached_property
    def _stages(self) -> Sequence[Stage]:
        number = len(self._trees)
        unclear = range(_STAGES[-1][0] + _TREES_AT_ONCE, number, _TREES_AT_ONCE)
        stages = [*_STAGES, *((end, -inf, inf) for end in (*unclear, number))]
        ends = [end for end, _, _ in stages]
        bounds = [(lowest, highest) for _, lowest, highest in stages]
        return [
            Stage(_compiled(self._trees[start:end]), lowest, highest)
            for start, end, (lowest, highest) in zip((0, *ends), ends, bounds, strict=False)
        ]

    def probabilities(self, rows: Iterable[Sequence[float]]) -> list[float]:
        """Return for each row how likely it is a line of the article."""
        stages = self._stages
        return [1 / (1 + exp(-_sum_of(row, stages))) for row in rows]


@lru_cache(maxsize=8)
def load_model(path: str = "") -> Model:
    """Return the shipped model, or that of the file at *path*."""
    if path:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            text = file.read()
    else:
        text = files("crawler.extract.body").joinpath("block_model.json").read_text("utf-8")
    return Model(json.loads(text)["trees"])


def _compiled(trees: Sequence[Any]) -> Callable[..., float]:
    """Return a function that sums *trees* for a row: as code they take a third of what walking them does."""
    source = " + ".join(map(_expression, trees)) or "0.0"
    code: Callable[..., float] = eval(f"lambda {', '.join(NAMES)}: {source}")  # noqa: S307 - names, numbers
    return code


def _expression(node: Any) -> str:
    if not isinstance(node, list):
        return repr(float(node))
    name, threshold, left, right = node
    if name not in NAMES:
        raise ValueError(f"{name!r} is no feature of a line")
    return f"({_expression(left)} if {name} <= {float(threshold)!r} else {_expression(right)})"


def _sum_of(row: Sequence[float], stages: Sequence[Stage]) -> float:
    total = 0.0
    for sum_of, lowest, highest in stages:
        total += sum_of(*row)
        if total < lowest or total > highest:
            break
    return total


def clues_of(reading: Reading, head: Head, title: str) -> Clues:
    """Return what *head* and *title* tell of the blocks of *reading*."""
    bodies = [item["articleBody"] for item in head.schema if isinstance(item.get("articleBody"), str)]
    return Clues(
        title_index=_place_of(title, reading),
        title_words=frozenset(title.lower().split()),
        body="".join(max(bodies, key=len, default="").split()),
        description="".join((head.meta("description", "og:description") or "").split()),
    )


def _place_of(title: str, reading: Reading) -> int:
    """Return the index of the line that is *title*, or of a heading that has a kicker before it; -1: none."""
    squeezed = "".join(title.split())
    behind = -1
    for block in reading.blocks:
        if len(squeezed) <= len(block.text) < _LONGEST_HEADLINE:
            line = "".join(block.text.split())
            if line == squeezed:
                return block.index
            if behind < 0 and squeezed and block.frame.hints & Hint.HEADING and line.endswith(squeezed):
                behind = block.index
    return behind
