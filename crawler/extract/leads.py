"""The lead of a text: the sentence between a headline and the lines that the block model chose."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from crawler.extract.blocks import Block, Frame
from crawler.extract.hints import Hint
from crawler.extract.layout import cue_in
from crawler.extract.nearby import APART, NEAR_WRAPPERS, SENTENCE_END, wrappers_of

# "dek", "subtitle" and "teaser" name what newspapers print above a text, as often none of it.
_DEK = re.compile(r"(?:(?:^|[\s_-])d|(?<=[a-z])D)ek(?=$|[\s_A-Z-])")
_LEAD_NAME = re.compile(
    r"(?:^|[\s_-]|(?-i:(?<=[a-z])(?=[A-Z])))"
    r"(?:leads?|lede|intro(?:duction)?|chapo|ingress|entradilla|bajada|sapo|vorspann|abstract|summary|resum[eo]n?|sumario"
    r"|description|teaser-?text|standfirst)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_OVER_TEXT = 40  # lines between a headline and its text: a lead, credits, a table of contents


def lead_of(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the sentences that are named a lead, beside the headline over *chosen* or beside these."""
    first = chosen[0].index
    over = blocks[max(0, first - _MOST_OVER_TEXT) : first]
    headline = next((block for block in reversed(over) if block.frame.tag == "h1"), None)
    if headline is None:
        return []
    beside = {*wrappers_of(headline.frame)[:NEAR_WRAPPERS], *wrappers_of(chosen[0].frame)[:NEAR_WRAPPERS]}
    return [
        block
        for block in over
        if block.index > headline.index
        and _named_a_lead(block.frame, beside)
        and not _is_apart(block.frame, headline.frame)
        and block.text.endswith(SENTENCE_END)
        and not (block.links or cue_in(block.text))
    ]


def _is_apart(frame: Frame, headline: Frame) -> bool:
    """Return whether *frame* has a purpose of its own that its *headline* does not share."""
    apart = frame.hints & ~headline.hints & APART
    return bool(apart & ~Hint.RELATED if frame.hints & Hint.LEAD else apart)


def _named_a_lead(frame: Frame, beside: Collection[Frame]) -> bool:
    """Return whether *frame*, or what holds it, is named a lead and stands in one of *beside*."""
    around = (each for each in (frame, frame.parent) if each is not None and each.parent in beside)
    names = (each.element.get("class") or "" for each in around)
    return any(_LEAD_NAME.search(name) and not _DEK.search(name) for name in names)
