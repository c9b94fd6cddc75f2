"""Which blocks of a page are its article: the generic decision, for pages of no known family."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from crawler.extract.blocks import Block, Reading
from crawler.extract.features import Clues, features_of
from crawler.extract.layout import Layout
from crawler.extract.model import Model

THRESHOLD = 0.5


def article_blocks(
    reading: Reading, clues: Clues, model: Model, containers: Sequence[etree._Element] = ()
) -> list[Block]:
    """Return the blocks of *reading* that are the article's text, in order; *containers* hold most of it."""
    layout = Layout(reading, containers)
    open_to_doubt = [block for block in reading.blocks if not layout.is_menu(block)]
    shares = model.probabilities(features_of(open_to_doubt, layout, clues))
    return [block for block, share in zip(open_to_doubt, shares, strict=True) if share > THRESHOLD]
