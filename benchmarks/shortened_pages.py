"""Pages cut down to a few lines, to learn from: short notices are rare in the corpora, not on real sites."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from crawler.extract.lines.blocks import Reading

_WHOLE = ("html", "body", "main")


class Cut(NamedTuple):
    """What is left of a page: so many lines of its body, and such a share of its furniture."""

    lines: int
    furniture: float
    seed: str


def cuts_of(name: str) -> tuple[Cut, Cut]:
    """Return the cuts of the page of that *name*, the same each time: one ordinary, one of a bare theme."""
    luck = random.Random(name)
    return (
        Cut(lines=luck.choice((1, 2, 2, 3, 4, 5)), furniture=0.6, seed=name),
        Cut(lines=luck.choice((1, 2, 3, 4, 5, 8)), furniture=0.08, seed=name),
    )


def shorten(reading: Reading, labels: Sequence[float], cut: Cut) -> None:
    """Take out of the tree of *reading* what *cut* does not leave; *labels* say which lines are body."""
    luck = random.Random(cut.seed)
    for frame in reading.frames:
        own = labels[frame.first : frame.end]
        if not own or frame.tag in _WHOLE or frame.parent is None:
            continue
        if all(label == 1 for label in own):
            if sum(label == 1 for label in labels[: frame.first]) >= cut.lines:
                _drop(frame.element)
        elif not any(own) and luck.random() > cut.furniture:
            _drop(frame.element)


def _drop(element: etree._Element) -> None:
    """Take *element* out of its tree, but not the text that follows it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
