"""Lines that the block model leaves out and that belong to the text, between its lines and behind them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter

from crawler.extract.blocks import Block, Frame
from crawler.extract.boilerplate import end_rule
from crawler.extract.layout import cue_in
from crawler.extract.tables import is_data_table, table_of
from crawler.extract.visible_dates import is_day_alone

_LINES = frozenset({"p", "li", "div"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_PARTS = frozenset({"blockquote", "ul", "ol", "dl"})
_SENTENCE_END = tuple('.!?。！？…”"')
_SENTENCE = range(16, 121)  # bytes of a closing one: of a longer line the trees know enough
_MOST_WRAPPERS = 3  # elements around a section that another section has, too
_WHOLE_PAGE = frozenset({"html", "body", "main"})
_MOST_SIGNING, _LONGEST_SIGNING = 5, 90  # lines of a signature, and bytes of one
_BRACKETED = re.compile(r"[(（][^()（）]{2,30}[)）]")
_IN_ORDER = attrgetter("index")


def completed(blocks: Sequence[Block], chosen: Sequence[Block], *, contained: bool) -> list[Block]:
    """Return *chosen*, in order, with those of a page's *blocks* that belong to them.

    *contained* says that a family's container holds them, where a list is never another article's.
    """
    if not chosen:
        return []
    text = sorted([*chosen, *_items_begun(blocks, chosen)], key=_IN_ORDER)
    text += _closing_sentences(blocks, text)
    rules = (_signature, _headings_within, _parts_within, _tables_within)
    for rule in (*rules, _items_within) if contained else rules:
        text = sorted(text + rule(blocks, text), key=_IN_ORDER)
    return text


def _items_begun(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the other items, without links, of lists of which at least half are *chosen*."""
    items: dict[Frame, list[Block]] = defaultdict(list)
    begun = {listed for block in chosen if (listed := _list_of(block))}
    own = {block.index for block in chosen}
    for block in blocks[chosen[0].index :] if begun else ():
        listed = _list_of(block)
        if listed in begun and not block.links:
            items[listed].append(block)
    return [
        block
        for listed in items.values()
        if sum(block.index in own for block in listed) * 2 >= len(listed)
        for block in listed
        if block.index not in own
    ]


def _list_of(block: Block) -> Frame | None:
    """Return the list of which *block* is an item, or the paragraph of one."""
    item = block.frame.parent if block.frame.tag == "p" else block.frame
    return item.parent if item is not None and item.tag == "li" else None


def _closing_sentences(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the sentences right behind the last of *chosen* that stand like it, with headings over them.

    They are short, but whole: their end tells. Behind a list they stand like the text before it.
    """
    last = chosen[-1]
    before = {(block.frame.parent, block.frame.key) for block in chosen} if _list_of(last) else set()
    found: list[Block] = []
    headings: list[Block] = []
    for block in blocks[last.index + 1 :]:
        goes_on = (block.frame.parent, block.frame.key) in before
        if block.links or not (goes_on or _in_one_text(block.frame, last.frame)):
            break
        if block.frame.tag in _HEADINGS:
            headings.append(block)
            continue
        alike = block.frame.tag in _LINES and (goes_on or block.frame.key == last.frame.key)
        if not alike or block.size not in _SENTENCE or not block.text.endswith(_SENTENCE_END):
            break
        found += [*headings, block]
        headings = []
    return found


def _in_one_text(frame: Frame, last: Frame) -> bool:
    """Return whether two lines stand in one element, or in sections of one with wrappers of their own."""
    if frame.parent is last.parent:
        return True
    around = _wrappers(last)
    return any(wrapper in around for wrapper in _wrappers(frame) if wrapper.tag not in _WHOLE_PAGE)


def _wrappers(frame: Frame) -> list[Frame]:
    found: list[Frame] = []
    outer = frame.parent
    while outer is not None and len(found) < _MOST_WRAPPERS:
        found.append(outer)
        outer = outer.parent
    return found


def _signature(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the lines behind the text of *chosen* that sign it: a name, a day, "(公开发布)"."""
    last = next((block for block in reversed(chosen) if block.size > _LONGEST_SIGNING), chosen[-1])
    own = {block.index for block in chosen}
    lines: list[Block] = []
    signed = 0
    for block in blocks[last.index + 1 : last.index + 1 + _MOST_SIGNING]:
        if block.frame.parent is not last.frame.parent or block.links or block.size > _LONGEST_SIGNING:
            break
        if is_day_alone(block.text):
            signed = len(lines) + 1 if lines else 0
        elif end_rule(block.text):
            break
        lines.append(block)
    remark = lines[signed : signed + 1]
    bracketed = bool(remark and _BRACKETED.fullmatch(remark[0].text))
    return [block for block in lines[: signed + bracketed] if block.index not in own] if signed else []


def _headings_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the headings and the lines in bold that stand between *chosen* blocks, over one of them."""
    own = {block.index for block in chosen}
    return [
        block
        for block in blocks[chosen[0].index : chosen[-1].index]
        if block.index not in own
        and (block.frame.tag in _HEADINGS or _is_bold(block, first=block.index - 1 not in own))
        and not block.links
        and block.index + 1 in own
        and block.frame.parent is blocks[block.index + 1].frame.parent
    ]


def _is_bold(block: Block, *, first: bool) -> bool:
    """Return whether all of a line is in bold; that of the *first* of several may lead away from the text."""
    bold = block.frame.tag == "p" and block.emphasised * 10 >= len(block.text) * 9
    return bold and not (first and cue_in(block.text))


def _parts_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the quotations and lists without links that stand right between two of *chosen*."""
    own = {block.index for block in chosen}
    parts: dict[Frame, list[Block]] = defaultdict(list)
    for block in blocks[chosen[0].index + 1 : chosen[-1].index]:
        if part := _part_of(block.frame):
            parts[part].append(block)
    return [
        block
        for part, inside in parts.items()
        if not any(block.links for block in inside)
        and all(
            near.index in own and near.frame.parent is part.parent
            for near in (blocks[inside[0].index - 1], blocks[inside[-1].index + 1])
        )
        for block in inside
        if block.index not in own
    ]


def _part_of(frame: Frame) -> Frame | None:
    """Return the quotation or the list that is *frame* or holds it closely."""
    around = (frame, frame.parent, frame.parent.parent if frame.parent else None)
    return next((part for part in around if part is not None and part.tag in _PARTS), None)


def _tables_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the cells of the tables of data that stand between *chosen* blocks, beside one of them."""
    own = {block.index for block in chosen}
    beside = {block.frame.parent for block in chosen}
    known: dict[Frame, Frame | None] = {}
    data: dict[Frame, bool] = {}
    found = []
    for block in blocks[chosen[0].index : chosen[-1].index]:
        table = None if block.index in own else table_of(block.frame, known)
        if table is None or table.parent is None:
            continue
        if table not in data:
            near = table.parent in beside or table.parent.parent in beside  # in a wrapper that scrolls
            data[table] = near and is_data_table(table, blocks)
        if data[table]:
            found.append(block)
    return found


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
