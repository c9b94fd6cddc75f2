"""Headings of a text: over a line of it, also in components of their own; none stands over nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.hints import Hint
from crawler.extract.lines.layout import cue_in
from crawler.extract.lines.nearby import (
    APART,
    HEADINGS,
    NEAR_WRAPPERS,
    in_one_text,
    leads_elsewhere,
    list_around,
    wrappers_of,
)

_NEXT_STEPS = re.compile(
    r"next (?:steps?|stages?|phases?)|(?:key|quick) \w{4,12}|summary|editor(?:'s|’s|s'|s’|s)? notes?",
    re.IGNORECASE,
)
_MOST_UNSHOWN = 3  # lines between two components
_FEWEST_LINKS = 2


def headings_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the headings and the lines in bold that stand between *chosen* blocks, over one of them."""
    own = {block.index for block in chosen}
    return [
        block
        for block in blocks[chosen[0].index : chosen[-1].index]
        if block.index not in own
        and (block.frame.tag in HEADINGS or _is_bold(block, blocks, own) or _introduces(block, blocks))
        and not block.linked  # but to itself
        and (below := _shown_below(block, blocks)).index in own
        and _stands_over(block, below)
        and not _is_of_another_box(block, below, blocks, own)
    ]


def _is_of_another_box(heading: Block, below: Block, blocks: Sequence[Block], own: Collection[int]) -> bool:
    """Return whether *heading* stands below a line of a box, above *below*, of which none is the text's."""
    around = [wrapper for wrapper in wrappers_of(heading.frame) if wrapper.end <= below.index]
    inside = blocks[around[-1].first : around[-1].end] if around else ()
    shown = (line for line in inside if line.index < heading.index and not line.frame.hints & Hint.HIDDEN)
    return any(shown) and not any(line.index in own for line in inside)


def _shown_below(block: Block, blocks: Sequence[Block]) -> Block:
    """Return the first line below *block* that is shown; between components stand what listeners are told."""
    below = blocks[block.index + 1 : block.index + 2 + _MOST_UNSHOWN]
    return next((line for line in below if not line.frame.hints & Hint.HIDDEN), below[0])


def _introduces(block: Block, blocks: Sequence[Block]) -> bool:
    """Return whether *block* ends with a colon, right before a list beside it."""
    listed = list_around(blocks[block.index + 1].frame)
    beside = listed is not None and listed.parent is block.frame.parent
    return beside and block.frame.tag in ("p", "div") and block.text.endswith(":")


def _stands_over(heading: Block, block: Block) -> bool:
    """Return whether *heading* is that of *block*, beside it or in a section of the same text."""
    if heading.frame.parent is block.frame.parent or heading.text.endswith(":"):
        return True
    apart = heading.frame.hints & ~block.frame.hints & APART
    if apart or leads_away_from(heading.text):
        return False
    component = _component_of(heading)
    return in_one_text(heading.frame, block.frame, NEAR_WRAPPERS) or (
        component is not None and in_one_text(component, block.frame)
    )


def _component_of(heading: Block) -> Frame | None:
    """Return the widest element near *heading* that holds nothing else, if there is one around it."""
    alone = [
        wrapper
        for wrapper in wrappers_of(heading.frame)
        if wrapper.first == heading.index and wrapper.end == heading.index + 1
    ]
    return alone[-1] if alone else None


def leads_away_from(heading: str) -> bool:
    """Return whether *heading* leads to something else than what stands below it in a text."""
    return bool(cue_in(heading)) and _NEXT_STEPS.fullmatch(heading) is None


def _is_bold(block: Block, blocks: Sequence[Block], own: Collection[int]) -> bool:
    """Return whether all of a line is in bold; that of the first of several may lead away from the text."""
    if block.emphasised * 10 < len(block.text) * 9:
        return False
    before, behind = blocks[block.index - 1], blocks[block.index + 1]
    if block.frame.tag == "div":  # a line among lines that are no paragraphs either, or anything else
        return before.index in own and all(_stands_like(block, line) for line in (before, behind))
    return block.frame.tag == "p" and (before.index in own or not cue_in(block.text))


def _stands_like(block: Block, line: Block) -> bool:
    return line.frame.tag == block.frame.tag and line.frame.parent is block.frame.parent


def without_headings_of_nothing(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return *text* without the headings amid it of which nothing else is its own: of boxes, over links."""
    own = {block.index for block in text}
    first, last = text[0].index, text[-1].index
    return [
        block
        for block in text
        if block.frame.tag not in HEADINGS
        or not first < block.index < last
        or not (_heads_another_box(block, own) or _heads_links(block, blocks, own))
    ]


def _heads_another_box(heading: Block, own: Collection[int]) -> bool:
    box = _box_of(heading)
    return box is not None and not any(index in own for index in range(heading.index + 1, box.end))


def _heads_links(heading: Block, blocks: Sequence[Block], own: Collection[int]) -> bool:
    """Return whether a list of links stands right below *heading*, and none of it belongs to the text."""
    first = blocks[heading.index + 1]
    listed = list_around(first.frame)
    if listed is None or listed.first != first.index or listed.end - listed.first < _FEWEST_LINKS:
        return False
    items = blocks[listed.first : listed.end]
    return all(leads_elsewhere(item) and item.index not in own for item in items)


def _box_of(heading: Block) -> Frame | None:
    """Return the widest element near *heading* that begins with it and holds more lines."""
    around = [
        wrapper for wrapper in wrappers_of(heading.frame)[:NEAR_WRAPPERS] if wrapper.first == heading.index
    ]
    return around[-1] if around and around[-1].end > heading.index + 1 else None
