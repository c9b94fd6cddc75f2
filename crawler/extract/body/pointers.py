"""What leads to other articles from amid a text: teasers, links behind an arrow or a label, in capitals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crawler.extract.body.boilerplate import end_rule
from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.hints import Hint
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
    over: dict[int, int] = {}  # by the place of a link, that of the line over all links around it
    opens: dict[int, bool] = {}
    names: dict[int, bool] = {}
    for block in chosen:
        if _leads_away(block):
            pointers.add(block.index)
        elif block.linked and _is_whole_link(block):
            place = over[block.index] = _over_links(blocks, block.index, over)
            if place not in opens:
                opens[place] = place >= 0 and _opens_links(blocks, place, chosen[-1].index)
                names[place] = place >= 0 and end_rule(blocks[place].text.rstrip(" |:>")) == "related"
            if opens[place] or (names[place] and block.frame.tag not in HEADINGS):
                pointers |= {place, block.index}
    return [block for block in chosen if block.index not in pointers] if pointers else chosen


def _over_links(blocks: Sequence[Block], link: int, known: Mapping[int, int]) -> int:
    """Return the place of the first line above the *link* that is none; -1: there is no such line."""
    place = link - 1
    while place >= 0 and _is_whole_link(blocks[place]):
        if place in known:
            return known[place]
        place -= 1
    return place


def _opens_links(blocks: Sequence[Block], heading: int, last: int) -> bool:
    """Return whether *heading* opens a box set aside, over the *last* line, of links alone."""
    around = (
        wrappers_of(blocks[heading].frame)[:NEAR_WRAPPERS] if blocks[heading].frame.tag in HEADINGS else ()
    )
    boxes = (each for each in around if each.first == heading and each.hints & Hint.ASIDE)
    box = max(boxes, key=lambda each: each.end, default=None)
    if box is None or not heading + 1 < box.end <= last:
        return False
    return all(map(_is_whole_link, blocks[heading + 1 : box.end]))


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
