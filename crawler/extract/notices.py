"""Lines of Chinese notices that the block model leaves out: who is addressed, headings amid short lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from crawler.extract.blocks import Block
from crawler.extract.boilerplate import end_rule, top_rule
from crawler.extract.han_lines import is_han, opens_item
from crawler.extract.layout import cue_in
from crawler.extract.nearby import APART, in_one_text

_LONGEST_ADDRESS = 200  # bytes
_MOST_BETWEEN = 3  # lines
_MOST_ITEMS = 30  # lines of facts in a row, each behind its number or its label
_LINES = frozenset({"p", "div", "li"})


def addressees_over(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the line right over *chosen* that says to whom they are written: "各县人民政府："."""
    first = chosen[0]
    over = blocks[first.index - 1] if first.index else None
    if over is None or over.links or over.size > _LONGEST_ADDRESS or not over.text.endswith(("：", ":")):
        return []
    beside = over.frame.parent is first.frame.parent and over.frame.tag == first.frame.tag
    return [over] if beside and is_han(over.text) and not top_rule(over.text) else []


def lines_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the few Chinese lines without links between two *chosen* that all stand side by side."""
    found: list[Block] = []
    for before, behind in pairwise(chosen):
        between = blocks[before.index + 1 : behind.index]
        if 0 < len(between) <= _MOST_BETWEEN and all(_is_amid(block, before, behind) for block in between):
            found += between
    return found


def items_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the Chinese lines between two *chosen* that all open with a number or a label: "地址：..."."""
    found: list[Block] = []
    for before, behind in pairwise(chosen):
        between = blocks[before.index + 1 : behind.index]
        if 0 < len(between) <= _MOST_ITEMS and all(_is_item_beside(block, before) for block in between):
            found += between
    return found


def _is_item_beside(block: Block, before: Block) -> bool:
    frame = block.frame
    if block.links or frame.tag not in _LINES or not opens_item(block.text) or end_rule(block.text):
        return False
    return not frame.hints & ~before.frame.hints & APART and in_one_text(frame, before.frame)


def _is_amid(block: Block, before: Block, behind: Block) -> bool:
    beside = all(
        line.frame.parent is block.frame.parent and line.frame.tag == block.frame.tag
        for line in (before, behind)
    )
    return beside and is_han(block.text) and not (block.links or cue_in(block.text))
