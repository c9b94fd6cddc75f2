"""Which blocks of a page are its article: the generic decision, for pages of no known family."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from crawler.extract.blocks import Block, Reading
from crawler.extract.features import Clues
from crawler.extract.model import Tree, probabilities, rows_of

THRESHOLD = 0.5


def article_blocks(
    reading: Reading, clues: Clues, trees: Sequence[Tree], containers: Sequence[etree._Element] = ()
) -> list[Block]:
    """Return the blocks of *reading* that are the article's text, in order; *containers* hold most of it."""
    shares = probabilities(rows_of(reading, clues, containers), trees)
    return [block for block, share in zip(reading.blocks, shares, strict=True) if share > THRESHOLD]
