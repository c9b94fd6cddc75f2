"""Quotations, lists and boxes that stand right between two lines of a text, alone or one behind another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from crawler.extract.body.captions import is_caption
from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.nearby import in_one_text, leads_elsewhere, part_around

_LISTS = frozenset({"ul", "ol", "dl"})
_WHO = frozenset(
    {"footer", "cite", "p", "blockquote"}
)  # elements that say who is quoted, behind the quotation


def parts_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the quotations and lists that lead nowhere and stand right between two of *chosen*."""
    own = {block.index for block in chosen}
    beside = {block.frame.parent for block in chosen}
    parts: dict[Frame, list[Block]] = defaultdict(list)
    for block in blocks[chosen[0].index + 1 : chosen[-1].index]:
        if part := part_around(block.frame, beside):
            parts[part].append(block)
    leading_nowhere = {
        part: inside
        for part, inside in parts.items()
        if not any(map(leads_elsewhere if part.tag in _LISTS else _has_links, inside))
    }
    return [
        block
        for part, inside in _runs_of(leading_nowhere)
        if _is_begun(part, inside, own) or _is_between(part, inside, blocks, own)
        for block in inside
        if block.index not in own
    ]


def _runs_of(parts: Mapping[Frame, Sequence[Block]]) -> Iterator[tuple[Frame, Sequence[Block]]]:
    """Yield the first of *parts* that stand right behind each other in one element, with the lines of all."""
    first: Frame | None = None
    lines: list[Block] = []
    for part, inside in parts.items():
        if first and first.parent is part.parent and lines[-1].index + 1 == inside[0].index:
            lines += inside
            continue
        if first:
            yield first, lines
        first, lines = part, [*inside]
    if first:
        yield first, lines


def _has_links(block: Block) -> bool:
    return block.links > 0


def _is_between(part: Frame, inside: Sequence[Block], blocks: Sequence[Block], own: Collection[int]) -> bool:
    """Return whether the lines right before and behind a *part* are the text's, one of them beside it."""
    near = (_uncaptioned(blocks, inside[0].index, -1), _uncaptioned(blocks, inside[-1].index, 1))
    if _is_component_of_quotation(part) and all(in_one_text(part, line.frame) for line in near):
        return all(line.index in own for line in near)
    beside = [line.frame.parent is part.parent or _in_component(line.frame, part) for line in near]
    return (
        any(beside)
        and all(line.index in own for line in near)
        and (all(beside) or in_one_text(near[0].frame, near[1].frame))
    )


def _is_begun(part: Frame, inside: Sequence[Block], own: Collection[int]) -> bool:
    """Return whether a quotation or a box is the text's already, all but who is quoted or a few facts."""
    if part.tag == "blockquote":
        return inside[0].index in own and inside[-1].frame.tag in _WHO
    begun = sum(block.index in own for block in inside)
    return part.tag not in _LISTS and inside[0].index in own and begun * 2 >= len(inside)


def _uncaptioned(blocks: Sequence[Block], place: int, step: int) -> Block:
    """Return the next line from *place*, in the direction of *step*, that is no caption of a picture."""
    beyond = blocks[place + step]
    return blocks[place + 2 * step] if is_caption(beyond.frame) and 1 < place < len(blocks) - 2 else beyond


def _is_component_of_quotation(part: Frame) -> bool:
    """Return whether *part* is a quotation or holds one, in a text that stands in components."""
    return part.tag == "blockquote" or (part.tag != "figure" and part.element.find("blockquote") is not None)


def _in_component(frame: Frame, part: Frame) -> bool:
    """Return whether a line stands in a component of a text that stands beside a *part*."""
    return frame.parent is not None and frame.parent.parent is part.parent
