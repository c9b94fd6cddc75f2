"""The lead of a text: the sentence between a headline and the lines that the block model chose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.blocks import Block
from crawler.extract.layout import cue_in
from crawler.extract.nearby import APART, NEAR_WRAPPERS, wrappers_of

# "dek", "subtitle" and "teaser" name what newspapers print above a text, as often none of it.
_LEAD_NAME = re.compile(
    r"(?:^|[\s_-])(?:leads?|lede|intro|chapo|ingress|entradilla|bajada|sapo|vorspann)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_OVER_TEXT = 16  # lines between a headline and its text: a lead, credits, a table of contents
_SENTENCE_END = tuple('.!?。！？…”"')


def lead_of(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the sentence that is named the lead of the text and stands beside the headline over *chosen*."""
    first = chosen[0].index
    over = blocks[max(0, first - _MOST_OVER_TEXT) : first]
    headline = next((block for block in reversed(over) if block.frame.tag == "h1"), None)
    if headline is None:
        return []
    beside = wrappers_of(headline.frame)[:NEAR_WRAPPERS]
    return [
        block
        for block in over
        if block.index > headline.index
        and _LEAD_NAME.search(block.frame.element.get("class") or "")
        and not block.frame.hints & APART
        and block.frame.parent in beside
        and block.text.endswith(_SENTENCE_END)
        and not (block.links or cue_in(block.text))
    ]
