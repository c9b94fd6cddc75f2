"""Gaps in a text that are its own: code, lists under a heading, sentences beside the headings of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from operator import attrgetter

from crawler.extract.body.boilerplate import end_rule, heads_a_tail
from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.layout import cue_in
from crawler.extract.lines.nearby import (
    APART,
    HEADINGS,
    SENTENCE_END,
    in_one_text,
    leads_elsewhere,
    list_around,
)

_MOST_LINES = 20
_LEAST_SENTENCE = 40  # bytes
_OF_BYLINES = 6.0  # the cue of "by", "de", "por": they open sentences, too
_CUT = ("…", "...")  # of what the text of another page begins with
_PARAGRAPHS = frozenset({"p", "div"})
_WHOLE_PAGE = frozenset({"body", "html", "main"})


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
    """Return the headings, or lines with a colon, over a list, that alone stand between two *chosen*."""
    found: list[Block] = []
    for before, lines, behind in _gaps(blocks, chosen):
        heading, *items = lines
        text = before.frame.parent
        beside = heading.frame.parent is text and behind.frame.parent is text
        if beside and items and (_heads(heading) or _introduces(heading)) and all(map(_is_item, items)):
            lists = {list_around(item.frame) for item in items}
            if all(listed is not None and listed.parent is text for listed in lists):
                found += lines
    return found


def introduced_list_behind(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the list right behind *text*, be it of links, with the line before it that ends with a colon.

    Only where a family's container holds them: others print such lists of other articles, too.
    """
    last = text[-1]
    near = blocks[last.index + 1 : last.index + 2 + _MOST_LINES]
    beside = [block for block in near if _stands_beside(block, last)]
    heads = list(takewhile(_heads, beside))
    line = next(iter(beside[len(heads) :]), None)
    if line is None or not _introduces(line) or heads_a_tail(line.text) or cue_in(line.text):
        return []
    items = list(takewhile(_is_listed, beside[len(heads) + 1 :]))
    found = [*heads, line, *items]
    return found if items and found[-1].index - last.index == len(found) else []


def _stands_beside(block: Block, last: Block) -> bool:
    """Return whether *block* stands in the element that *last* does, alone or in a list."""
    listed, around = list_around(block.frame), list_around(last.frame)
    text = around.parent if around else last.frame.parent
    return (listed.parent if listed else block.frame.parent) is text


def _is_listed(block: Block) -> bool:
    return list_around(block.frame) is not None


def sentences_beside_headings(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the sentences without links in the very element that holds a heading of *chosen*.

    Of a short text the trees are unsure. Behind the last of *chosen*, only sentences under headings count.
    """
    own = {block.index for block in chosen}
    last = chosen[-1].index
    hints = max(chosen, key=attrgetter("size")).frame.hints
    texts = {text for block in chosen if (text := _headed_by(block, hints))}
    end = max((text.end for text in texts), default=0)
    found: list[Block] = []
    for block in blocks[chosen[0].index : end]:
        if block.frame.parent not in texts or block.index in own:
            continue
        if is_whole_sentence(block, hints):
            above = blocks[block.index - 1]
            if block.index < last:
                found.append(block)
            elif above.index not in own and above.frame.parent is block.frame.parent and _heads(above):
                found += [above, block]
    return found


def _headed_by(heading: Block, hints: int) -> Frame | None:
    """Return the element that holds *heading*, if it is one and has no purpose beyond *hints*."""
    frame = heading.frame
    if frame.tag not in HEADINGS or frame.hints & ~hints & APART:
        return None
    return frame.parent if frame.parent and frame.parent.tag not in _WHOLE_PAGE else None


def is_whole_sentence(block: Block, hints: int) -> bool:
    """Return whether *block* is a paragraph that ends, leads nowhere and has no purpose beyond *hints*."""
    whole = block.frame.tag in _PARAGRAPHS and block.size >= _LEAST_SENTENCE
    if not whole or block.links or not block.text.endswith(SENTENCE_END) or block.text.endswith(_CUT):
        return False
    leads_away = cue_in(block.text) not in (0.0, _OF_BYLINES) or end_rule(block.text)
    return not (block.frame.hints & ~hints & APART or leads_away)


def _gaps(blocks: Sequence[Block], chosen: Sequence[Block]) -> Iterator[tuple[Block, Sequence[Block], Block]]:
    """Yield the few lines between two neighbours of *chosen*, with both."""
    for before, behind in pairwise(chosen):
        if 1 < behind.index - before.index <= _MOST_LINES + 1:
            yield before, blocks[before.index + 1 : behind.index], behind


def _heads(heading: Block) -> bool:
    text = heading.text
    leads_away = cue_in(text) or heads_a_tail(text) or end_rule(text)
    return heading.frame.tag in HEADINGS and not (heading.linked or leads_away)


def _introduces(line: Block) -> bool:
    """Return whether *line* ends with a colon, as one does right before a list."""
    return (
        line.frame.tag in _PARAGRAPHS
        and line.text.endswith((":", "："))
        and not (line.links or end_rule(line.text))
    )


def _is_item(block: Block) -> bool:
    return list_around(block.frame) is not None and not leads_elsewhere(block)
