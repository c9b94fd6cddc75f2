"""Which blocks of a page are its article: the generic decision, for pages of no known family."""

from __future__ import annotations

from crawler.extract.blocks import Block, Reading
from crawler.extract.features import Clues, features_of
from crawler.extract.model import Tree, probabilities

THRESHOLD = 0.5


def article_blocks(reading: Reading, clues: Clues, trees: tuple[Tree, ...]) -> list[Block]:
    """Return the blocks of *reading* that are the article's text, in order."""
    shares = probabilities(features_of(reading, clues), trees)
    return [block for block, share in zip(reading.blocks, shares, strict=True) if share > THRESHOLD]
