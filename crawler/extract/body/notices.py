"""Lines of Chinese and Japanese notices that the block model leaves out: addressees, facts, short lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from crawler.extract.body.boilerplate import end_rule, top_rule
from crawler.extract.lines.blocks import Block
from crawler.extract.lines.han_lines import is_han, opens_item
from crawler.extract.lines.layout import cue_in
from crawler.extract.lines.nearby import APART, in_one_text

_LONGEST_ADDRESS = 200  # bytes
_MOST_BETWEEN = 3  # lines
_MOST_NOTED = 60  # lines under "記"
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


def noted_below(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the lines from "記" to "以上", between which a Japanese notice says when, where and what."""
    first, last = chosen[0], chosen[-1]
    near = blocks[first.index + 1 : last.index + 1 + _MOST_BETWEEN]
    begin = next((block for block in near if block.text == "記"), None)
    if begin is None or not in_one_text(begin.frame, first.frame):
        return []
    noted = blocks[begin.index : begin.index + _MOST_NOTED]
    end = next((block.index for block in noted if block.text.strip("（）()。") == "以上"), None)
    lines = blocks[begin.index : end + 1] if end is not None else []
    own = {block.index for block in chosen}
    within = not any(block.links or block.frame.hints & ~first.frame.hints & APART for block in lines)
    return [block for block in lines if block.index not in own] if within else []


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
    linked = block.links and not (_is_linked_item(block) and _is_linked_item(before))
    return beside and is_han(block.text) and not (linked or cue_in(block.text))


def _is_linked_item(block: Block) -> bool:
    """Return whether *block* is one of several annexes that a text counts: "1.", and a link."""
    return opens_item(block.text) and block.linked * 10 >= len(block.text) * 9
