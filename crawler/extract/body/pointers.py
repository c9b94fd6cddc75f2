"""What leads to other articles from amid a text: teasers, links behind an arrow or a label, in capitals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crawler.extract.body.boilerplate import end_rule
from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.layout import cue_in
from crawler.extract.lines.nearby import HEADINGS, NEAR_WRAPPERS, wrappers_of

_ARROWS = (">>", "»", "→", "►", "➤")
_FEWEST_BLANKS = 3  # in a headline
_LEAST_TEASERS = 4  # that would make up a whole text


def without_teasers(blocks: Sequence[Block], chosen: Sequence[Block]) -> Sequence[Block]:
    """Return *chosen* without small articles of their own under a heading that is a link to them."""
    sizes = {block.index: block.size for block in chosen}
    whole, first = sum(sizes.values()), chosen[0].index
    items: dict[Frame, int] = {}
    for block in blocks[first + 1 : chosen[-1].index + 1]:
        if block.frame.tag not in HEADINGS or block.linked * 10 < len(block.text) * 9:
            continue
        item = next(
            (wrapper for wrapper in wrappers_of(block.frame)[:NEAR_WRAPPERS] if wrapper.tag == "article"),
            None,
        )
        if item is not None and item not in items and item.first > first:
            items[item] = sum(sizes.get(index, 0) for index in range(item.first, item.end))
    small = [item for item, size in items.items() if size * _LEAST_TEASERS < whole]
    inside = {index for item in small for index in range(item.first, item.end)}
    return [block for block in chosen if block.index not in inside] if inside else chosen


def without_pointers(blocks: Sequence[Block], chosen: Sequence[Block]) -> Sequence[Block]:
    """Return *chosen* without links to other articles: behind an arrow or below "Related news"."""
    pointers: set[int] = set()
    heads: dict[int, int] = {}
    related = {-1: False}  # by place, whether the line leads to other articles
    for block in chosen:
        if _leads_away(block):
            pointers.add(block.index)
        elif block.linked and _is_whole_link(block) and block.frame.tag not in HEADINGS:
            over = heads[block.index] = _head_over(blocks, block.index, heads)
            if over not in related:
                related[over] = end_rule(blocks[over].text.rstrip(" |:>")) == "related"
            if related[over]:
                pointers |= {over, block.index}
    return [block for block in chosen if block.index not in pointers] if pointers else chosen


def _head_over(blocks: Sequence[Block], index: int, heads: Mapping[int, int]) -> int:
    """Return the place of the line over the links down to *index*, -1: none; *heads* are known."""
    over = index - 1
    while over >= 0 and _is_whole_link(blocks[over]):
        if over in heads:
            return heads[over]
        over -= 1
    return over


def _is_whole_link(block: Block) -> bool:
    return block.linked * 10 >= len(block.text) * 9


def _leads_away(block: Block) -> bool:
    """Return whether a line leads to another article: a link behind an arrow or a label, or in capitals."""
    text = block.text.strip("<> »«")
    if block.linked * 10 < len(text) * 9:
        label = block.text[: len(block.text) - block.linked].rstrip(" |:>")
        return block.linked > len(label) > 0 and end_rule(label) == "related"
    label, _, behind = text.partition(":")
    if behind and end_rule(label) == "related":
        return True
    in_capitals = (
        block.frame.tag == "p" and text.isupper() and text.count(" ") >= _FEWEST_BLANKS and "\n" not in text
    )
    return (in_capitals and not cue_in(text)) or block.text.startswith(_ARROWS)
