"""Gaps in a text that are its own: code between two of its lines, and lists under a heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.extract.body.boilerplate import end_rule, heads_a_tail
from crawler.extract.lines.blocks import Block
from crawler.extract.lines.layout import cue_in
from crawler.extract.lines.nearby import HEADINGS, in_one_text, leads_elsewhere, list_around

_MOST_LINES = 20


def code_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the preformatted lines that alone stand between two *chosen*."""
    return [
        line
        for before, lines, _ in _gaps(blocks, chosen)
        if all(line.frame.tag == "pre" and not line.links for line in lines)
        and in_one_text(lines[0].frame, before.frame)
        for line in lines
    ]


def headed_lists_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the headings with a list below them, that alone stand beside and between two *chosen*."""
    found: list[Block] = []
    for before, lines, behind in _gaps(blocks, chosen):
        heading, *items = lines
        text = before.frame.parent
        beside = heading.frame.parent is text and behind.frame.parent is text
        if beside and items and _heads(heading) and all(map(_is_item, items)):
            lists = {list_around(item.frame) for item in items}
            if all(listed is not None and listed.parent is text for listed in lists):
                found += lines
    return found


def _gaps(blocks: Sequence[Block], chosen: Sequence[Block]) -> Iterator[tuple[Block, Sequence[Block], Block]]:
    """Yield the few lines between two neighbours of *chosen*, with both."""
    for before, behind in pairwise(chosen):
        if 1 < behind.index - before.index <= _MOST_LINES + 1:
            yield before, blocks[before.index + 1 : behind.index], behind


def _heads(heading: Block) -> bool:
    text = heading.text
    leads_away = cue_in(text) or heads_a_tail(text) or end_rule(text)
    return heading.frame.tag in HEADINGS and not (heading.linked or leads_away)


def _is_item(block: Block) -> bool:
    return list_around(block.frame) is not None and not leads_elsewhere(block)
