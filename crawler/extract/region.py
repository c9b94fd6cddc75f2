"""Which blocks of a page are its article: the generic decision, for pages of no known family."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from crawler.extract.blocks import Block, Reading
from crawler.extract.features import Clues, features_of
from crawler.extract.layout import Layout
from crawler.extract.model import Model

THRESHOLD = 0.5
_LINES = frozenset({"p", "li", "div"})
_SENTENCE_END = tuple('.!?。！？…”"')
_SENTENCE = range(16, 121)  # bytes of a closing one: of a longer line the trees know enough


def article_blocks(
    reading: Reading, clues: Clues, model: Model, containers: Sequence[etree._Element] = ()
) -> list[Block]:
    """Return the blocks of *reading* that are the article's text, in order; *containers* hold most of it."""
    layout = Layout(reading, containers)
    open_to_doubt = [block for block in reading.blocks if not layout.is_menu(block)]
    shares = model.probabilities(features_of(open_to_doubt, layout, clues))
    chosen = [block for block, share in zip(open_to_doubt, shares, strict=True) if share > THRESHOLD]
    return chosen + _closing_sentences(reading, chosen[-1]) if chosen else chosen


def _closing_sentences(reading: Reading, last: Block) -> list[Block]:
    """Return the whole sentences right behind the *last* block that stand as it does: short, but its end."""
    found = []
    for block in reading.blocks[last.index + 1 :]:
        alike = block.frame.tag in _LINES and block.frame.key == last.frame.key
        if (
            not alike
            or block.frame.parent is not last.frame.parent
            or block.links
            or block.size not in _SENTENCE
            or not block.text.endswith(_SENTENCE_END)
        ):
            break
        found.append(block)
    return found
