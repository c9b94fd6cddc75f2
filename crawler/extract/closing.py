"""The end of a text: lists and short sentences behind the last line that the block model chose."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.blocks import Block, Frame
from crawler.extract.layout import cue_in
from crawler.extract.nearby import APART, HEADINGS, in_one_text, list_around, part_around, unquoted

_LINES = frozenset({"p", "li", "div"})
_SENTENCE_END = tuple('.!?。！？…”"')
_SENTENCE = range(16, 121)  # bytes of a closing one: of a longer line the trees know enough


def closing_of(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the lines behind *text* that belong to it."""
    found: list[Block] = []
    for closing in (_closing_list, _closing_sentences, _closing_list):
        found += closing(blocks, [*text, *found])
    return found


def _closing_list(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the items of a list without links that stands right behind the last of *chosen*, beside it."""
    last = chosen[-1]
    first = blocks[last.index + 1] if last.index + 1 < len(blocks) else None
    around = part_around(first.frame) if first is not None else None
    if around is None or around.parent is not last.frame.parent or around.hints & ~last.frame.hints & APART:
        return []
    items = blocks[around.first : around.end]
    return [] if any(item.links or cue_in(item.text) for item in items) else list(items)


def _closing_sentences(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the sentences right behind the last of *chosen* that stand like it, with headings over them.

    They are short, but whole: their end tells. Behind a list they stand like the text before it.
    """
    last = chosen[-1]
    before = {(block.frame.parent, block.frame.key) for block in chosen} if list_around(last.frame) else set()
    found: list[Block] = []
    headings: list[Block] = []
    for block in blocks[last.index + 1 :]:
        goes_on = (block.frame.parent, block.frame.key) in before
        if block.links or not (goes_on or in_one_text(block.frame, last.frame)):
            break
        if block.frame.tag in HEADINGS:
            headings.append(block)
            continue
        alike = block.frame.tag in _LINES and (goes_on or _stand_alike(block.frame, last.frame))
        if not alike or block.size not in _SENTENCE or not block.text.endswith(_SENTENCE_END):
            break
        found += [*headings, block]
        headings = []
    return found


def _stand_alike(frame: Frame, last: Frame) -> bool:
    """Return whether two lines are nested and named alike, but for a quotation around one of them."""
    if frame.key == last.key or (frame.tag == "p" and _stands_behind_list(frame, last)):
        return True
    around, before = unquoted(frame), unquoted(last)
    if around is None or before is None or (around is frame.parent and before is last.parent):
        return False
    return frame.tag == last.tag and around.key == before.key


def _stands_behind_list(frame: Frame, last: Frame) -> bool:
    """Return whether *last* is of a list that stands beside *frame*."""
    item = last.parent if last.tag == "p" else last
    listed = item.parent if item is not None and item.tag == "li" else None
    return listed is not None and listed.parent is frame.parent
