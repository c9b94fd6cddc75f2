"""Lines that the block model leaves out and that belong to the text, between its lines and behind them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise
from operator import attrgetter

from crawler.extract.body.boilerplate import end_rule, heads_a_tail
from crawler.extract.body.closing import closing_of, linked_sentences_behind
from crawler.extract.body.gaps import (
    code_within,
    headed_lists_within,
    introduced_list_behind,
    sentences_beside_headings,
)
from crawler.extract.body.headings import headings_within, leads_away_from, without_headings_of_nothing
from crawler.extract.body.leads import lead_of
from crawler.extract.body.notices import addressees_over, items_within, lines_within, noted_below
from crawler.extract.body.parts_within import parts_within
from crawler.extract.body.pointers import without_next_articles, without_pointers, without_teasers
from crawler.extract.dates.day_lines import is_day_alone
from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.layout import cue_in
from crawler.extract.lines.nearby import (
    APART,
    HEADINGS,
    NEAR_WRAPPERS,
    SENTENCE_END,
    components_of,
    in_one_text,
    is_component,
    leads_elsewhere,
    list_around,
    wrappers_of,
)
from crawler.extract.lines.tables import is_data_table, table_of

_LEAST_SENTENCE = 16  # bytes
_MOST_SIGNING, _LONGEST_SIGNING = 5, 90  # lines of a signature, and bytes of one
_SET_OFF = frozenset({"div", "p", "section"})
_ANNEX = re.compile(r"附件|\d{1,2}\s?[.、．]\s?\S.{0,80}$")
_MOST_IN_SECTION = 12  # lines of a list and its heading
_BRACKETED = re.compile(r"[(（][^()（）]{2,30}[)）]")
_IN_ORDER = attrgetter("index")


def completed(blocks: Sequence[Block], chosen: Sequence[Block], *, contained: bool) -> list[Block]:
    """Return *chosen*, in order, with those of a page's *blocks* that belong to them.

    *contained* says that a family's container holds them, where a list is never another article's.
    """
    if not contained and chosen:
        chosen = without_next_articles(blocks, chosen)
        chosen = without_pointers(blocks, without_teasers(blocks, chosen))
    if not chosen:
        return []
    text = sorted([*lead_of(blocks, chosen), *chosen, *_items_begun(blocks, chosen)], key=_IN_ORDER)
    text += closing_of(blocks, text)
    if contained:
        text += linked_sentences_behind(blocks, text)
        text += introduced_list_behind(blocks, text)
    for rule in (*_RULES, _items_within) if contained else _RULES:
        text = sorted(text + rule(blocks, text), key=_IN_ORDER)
    return text if contained else without_headings_of_nothing(blocks, text)


def _items_begun(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the other items, without links, of lists of which at least half are *chosen*."""
    items: dict[Frame, list[Block]] = defaultdict(list)
    begun = {listed for block in chosen if (listed := list_around(block.frame))}
    outer = {around for listed in begun if listed.parent and (around := list_around(listed.parent))}
    begun |= outer
    own = {block.index for block in chosen}
    for block in blocks[min(listed.first for listed in begun) :] if begun else ():
        listed = list_around(block.frame)
        if listed in begun and not block.links:
            items[listed].append(block)
    return [
        block
        for listed, inside in items.items()
        if listed in outer or sum(block.index in own for block in inside) * 2 >= len(inside)
        for block in inside
        if block.index not in own
    ]


def _signature(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the lines behind the text of *chosen* that sign it: a name, a day, "(公开发布)"."""
    recent = reversed(chosen[-_MOST_SIGNING:])
    last = next((block for block in recent if block.size > _LONGEST_SIGNING), chosen[-1])
    own = {block.index for block in chosen}
    lines = [] if last.size > _LONGEST_SIGNING else [last]
    signed = 0
    for block in blocks[last.index + 1 :]:
        if _is_in_table_behind(block, last):
            continue
        if block.index not in own and _ANNEX.match(block.text):  # between the text and who signs it
            continue
        end = len(lines) >= 2 * _MOST_SIGNING or block.links or block.size > _LONGEST_SIGNING
        if end or block.frame.parent is not last.frame.parent:
            break
        if is_day_alone(block.text):
            if lines or block.index in own or _is_remark(blocks, block.index + 1):
                signed = len(lines) + 1
            else:  # a day alone may be anything's
                signed = 0
        elif block.index not in own and end_rule(block.text):
            break
        lines.append(block)
    bracketed = _is_remark(lines, signed)
    return [block for block in lines[: signed + bracketed] if block.index not in own] if signed else []


def _is_remark(blocks: Sequence[Block], place: int) -> bool:
    """Return whether the line at *place* stands in brackets: "(公开发布)"."""
    return place < len(blocks) and _BRACKETED.fullmatch(blocks[place].text) is not None


def _is_in_table_behind(block: Block, last: Block) -> bool:
    """Return whether *block* is the cell of a table behind *last*."""
    table = table_of(block.frame, {})
    return table is not None and table.parent is last.frame.parent


def _sentences_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the sentences without links between *chosen* blocks that are nested and named as most are."""
    own = {block.index for block in chosen}
    sentences = [
        block
        for block in blocks[chosen[0].index : chosen[-1].index]
        if block.index not in own
        and not block.links
        and block.size >= _LEAST_SENTENCE
        and block.text.endswith(SENTENCE_END)
    ]
    if not sentences:
        return []
    ((most, _),) = Counter(block.frame.key for block in chosen).most_common(1)
    components = components_of(chosen)
    return [
        block
        for block in sentences
        if block.frame.key == most or _is_set_off(block, blocks, own) or is_component(block.frame, components)
    ]


def _is_set_off(block: Block, blocks: Sequence[Block], own: Collection[int]) -> bool:
    """Return whether *block* stands right between two lines of a text, beside both, in a frame of its own."""
    before, behind = blocks[block.index - 1], blocks[block.index + 1]
    frame = block.frame
    beside = before.frame.parent is frame.parent or behind.frame.parent is frame.parent
    near = (
        before.index in own and behind.index in own and in_one_text(before.frame, behind.frame, NEAR_WRAPPERS)
    )
    return near and beside and frame.tag in _SET_OFF and not (frame.hints & APART or cue_in(block.text))


def _sections_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the lists under headings of their own that stand in a box between two of *chosen*."""
    found: list[Block] = []
    for before, behind in pairwise(chosen):
        between = blocks[before.index + 1 : behind.index]
        if 1 < len(between) <= _MOST_IN_SECTION and before.frame.parent is behind.frame.parent:
            section = _section_headed(between[0], before.frame)
            if section is not None and section.end == behind.index and _is_listing(between):
                found += between
    return found


def _boxes_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the sentences without links of a box amid the text, of which the heading alone is *chosen*."""
    own = {block.index for block in chosen}
    found: list[Block] = []
    for before, heading in pairwise(chosen[:-1]):
        if heading.frame.tag in HEADINGS and heading.index + 1 not in own:
            section = _section_headed(heading, before.frame)
            lines = blocks[heading.index + 1 : section.end] if section is not None else []
            sentences = [line for line in lines if not leads_elsewhere(line)]
            if all(line.text.endswith(SENTENCE_END) and not line.links for line in sentences):
                found += [line for line in sentences if line.index not in own]
    return found


def _section_headed(heading: Block, text: Frame) -> Frame | None:
    """Return the box beside *text* that begins with *heading*, if it has no purpose of its own."""
    for wrapper in wrappers_of(heading.frame):
        if wrapper.parent is text.parent and wrapper.first == heading.index:
            return None if wrapper.hints & ~text.hints & APART else wrapper
    return None


def _is_listing(lines: Sequence[Block]) -> bool:
    """Return whether *lines* are a heading and a list below it, that lead nowhere."""
    heading, *others = lines
    return (
        heading.frame.tag in HEADINGS
        and not (leads_away_from(heading.text) or heads_a_tail(heading.text) or end_rule(heading.text))
        and any(line.frame.tag == "li" for line in others)
        and not any(line.links or cue_in(line.text) for line in others)
    )


def _tables_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the cells of the tables of data between *chosen* blocks or right behind, beside one of them."""
    own = {block.index for block in chosen}
    beside = {block.frame.parent for block in chosen}
    known: dict[Frame, Frame | None] = {}
    data: dict[Frame, bool] = {}
    found = []
    for block in blocks[chosen[0].index : _behind_table(blocks, chosen[-1])]:
        table = None if block.index in own else table_of(block.frame, known)
        if table is None or table.parent is None:
            continue
        if table not in data:
            near = table.parent in beside or table.parent.parent in beside  # in a wrapper that scrolls
            data[table] = near and is_data_table(table, blocks)
        if data[table]:
            found.append(block)
    return found


def _behind_table(blocks: Sequence[Block], last: Block) -> int:
    """Return where the table ends that stands right behind *last*, beside it; else the place of *last*."""
    following = blocks[last.index + 1] if last.index + 1 < len(blocks) else None
    table = table_of(following.frame, {}) if following else None
    return table.end if table is not None and table.parent is last.frame.parent else last.index


def _items_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the items of lists of which some are *chosen*, without links, between the first and the last."""
    own = {block.index for block in chosen}
    lists = {block.frame.parent for block in chosen if block.frame.tag == "li"}
    return [
        block
        for block in blocks[chosen[0].index : chosen[-1].index]
        if block.index not in own
        and block.frame.tag == "li"
        and block.frame.parent in lists
        and not block.links
    ]


_RULES = (
    addressees_over,
    noted_below,
    _signature,
    _sentences_within,
    headings_within,
    parts_within,
    code_within,
    headed_lists_within,
    sentences_beside_headings,
    _sections_within,
    _boxes_within,
    _tables_within,
    lines_within,
    items_within,
)
