"""Lines that the block model leaves out and that belong to the text, between its lines and behind them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from operator import attrgetter

from crawler.extract.blocks import Block, Frame
from crawler.extract.boilerplate import end_rule
from crawler.extract.hints import Hint
from crawler.extract.layout import cue_in
from crawler.extract.tables import is_data_table, table_of
from crawler.extract.visible_dates import is_day_alone

_LINES = frozenset({"p", "li", "div"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BOXES = frozenset({"div", "section", "aside"})
# "dek", "subtitle" and "teaser" name what newspapers print above a text, as often none of it.
_LEAD_NAME = re.compile(
    r"(?:^|[\s_-])(?:leads?|lede|intro|chapo|ingress|entradilla|bajada|sapo|vorspann)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOX_NAME = re.compile(r"callout|info-?box|fact-?box|faktaruta|encadr[eé]|recuadro|kasten", re.IGNORECASE)
_APART = Hint.NAVIGATION | Hint.ASIDE | Hint.FORM | Hint.FIGURE | Hint.SHARE | Hint.COMMENTS | Hint.RELATED
_APART |= Hint.PROMOTION | Hint.POPUP | Hint.BYLINE | Hint.CAPTION | Hint.TAGS | Hint.MEDIA
_PARTS = frozenset({"blockquote", "ul", "ol", "dl"})
_SENTENCE_END = tuple('.!?。！？…”"')
_SENTENCE = range(16, 121)  # bytes of a closing one: of a longer line the trees know enough
_MOST_WRAPPERS = 5  # elements around a section that another section has, too
_NEAR_WRAPPERS = 3  # those around a heading or a teaser, which stand nearer to what they head
_WHOLE_PAGE = frozenset({"html", "body", "main"})
_MOST_OVER_TEXT = 16  # lines between a headline and its text: a lead, credits, a table of contents
_MOST_SIGNING, _LONGEST_SIGNING = 5, 90  # lines of a signature, and bytes of one
_ANNEX = re.compile(r"附件|\d{1,2}\s?[.、．]\s?\S.{0,80}$")
_ARROWS = (">>", "»", "→", "►", "➤")
_LEAST_TEASERS = 4  # that would make up a whole text
_BRACKETED = re.compile(r"[(（][^()（）]{2,30}[)）]")
_IN_ORDER = attrgetter("index")


def completed(blocks: Sequence[Block], chosen: Sequence[Block], *, contained: bool) -> list[Block]:
    """Return *chosen*, in order, with those of a page's *blocks* that belong to them.

    *contained* says that a family's container holds them, where a list is never another article's.
    """
    if not contained and chosen:
        chosen = [block for block in _without_teasers(blocks, chosen) if not _leads_away(block)]
    if not chosen:
        return []
    text = sorted([*_lead(blocks, chosen), *chosen, *_items_begun(blocks, chosen)], key=_IN_ORDER)
    for closing in (_closing_list, _closing_sentences, _closing_list):
        text += closing(blocks, text)
    rules = (_signature, _sentences_within, _headings_within, _parts_within, _tables_within)
    for rule in (*rules, _items_within) if contained else rules:
        text = sorted(text + rule(blocks, text), key=_IN_ORDER)
    return text


def _without_teasers(blocks: Sequence[Block], chosen: Sequence[Block]) -> Sequence[Block]:
    """Return *chosen* without small articles of their own under a heading that is a link to them."""
    sizes = {block.index: block.size for block in chosen}
    whole, first = sum(sizes.values()), chosen[0].index
    items: dict[Frame, int] = {}
    for block in blocks[first + 1 : chosen[-1].index + 1]:
        if block.frame.tag not in _HEADINGS or block.linked * 10 < len(block.text) * 9:
            continue
        item = next(
            (wrapper for wrapper in _wrappers(block.frame)[:_NEAR_WRAPPERS] if wrapper.tag == "article"), None
        )
        if item is not None and item not in items and item.first > first:
            items[item] = sum(sizes.get(index, 0) for index in range(item.first, item.end))
    small = [item for item, size in items.items() if size * _LEAST_TEASERS < whole]
    inside = {index for item in small for index in range(item.first, item.end)}
    return [block for block in chosen if block.index not in inside] if inside else chosen


def _leads_away(block: Block) -> bool:
    """Return whether a line is an arrow and a link: it leads to another article in the midst of a text."""
    return block.text.startswith(_ARROWS) and block.linked * 10 >= len(block.text) * 9


def _lead(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the sentence that is named the lead of the text and stands beside the headline over *chosen*."""
    first = chosen[0].index
    over = blocks[max(0, first - _MOST_OVER_TEXT) : first]
    headline = next((block for block in reversed(over) if block.frame.tag == "h1"), None)
    if headline is None:
        return []
    beside = _wrappers(headline.frame)[:_NEAR_WRAPPERS]
    return [
        block
        for block in over
        if block.index > headline.index
        and _LEAD_NAME.search(block.frame.element.get("class") or "")
        and not block.frame.hints & _APART
        and block.frame.parent in beside
        and block.text.endswith(_SENTENCE_END)
        and not (block.links or cue_in(block.text))
    ]


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


def _closing_list(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the items of a list without links that stands right behind the last of *chosen*, beside it."""
    last = chosen[-1]
    first = blocks[last.index + 1] if last.index + 1 < len(blocks) else None
    around = _part_of(first.frame, ()) if first is not None else None
    if around is None or around.parent is not last.frame.parent or around.hints & ~last.frame.hints & _APART:
        return []
    items = blocks[around.first : around.end]
    return [] if any(item.links or cue_in(item.text) for item in items) else list(items)


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
    around, before = _unquoted(frame), _unquoted(last)
    if around is None or before is None or (around is frame.parent and before is last.parent):
        return False
    return frame.tag == last.tag and around.key == before.key


def _stands_behind_list(frame: Frame, last: Frame) -> bool:
    """Return whether *last* is of a list that stands beside *frame*."""
    item = last.parent if last.tag == "p" else last
    listed = item.parent if item is not None and item.tag == "li" else None
    return listed is not None and listed.parent is frame.parent


def _unquoted(frame: Frame) -> Frame | None:
    """Return the frame around *frame*, or around the quotation that it stands in."""
    outer = frame.parent
    return outer.parent if outer is not None and outer.tag == "blockquote" else outer


def _in_one_text(frame: Frame, last: Frame, most: int = _MOST_WRAPPERS) -> bool:
    """Return whether two lines stand in one element, or in sections of one with wrappers of their own."""
    if frame.parent is last.parent:
        return True
    around = _wrappers(last)[:most]
    return any(wrapper in around for wrapper in _wrappers(frame)[:most] if wrapper.tag not in _WHOLE_PAGE)


def _wrappers(frame: Frame) -> list[Frame]:
    found: list[Frame] = []
    outer = _unquoted(frame)
    while outer is not None and len(found) < _MOST_WRAPPERS:
        found.append(outer)
        outer = outer.parent
    return found


def _signature(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the lines behind the text of *chosen* that sign it: a name, a day, "(公开发布)"."""
    recent = reversed(chosen[-_MOST_SIGNING:])
    last = next((block for block in recent if block.size > _LONGEST_SIGNING), chosen[-1])
    own = {block.index for block in chosen}
    lines = [] if last.size > _LONGEST_SIGNING else [last]
    signed = 0
    for block in blocks[last.index + 1 :]:
        if block.index not in own and _ANNEX.match(block.text):  # named between the text and who signs it
            continue
        end = len(lines) >= 2 * _MOST_SIGNING or block.links or block.size > _LONGEST_SIGNING
        if end or block.frame.parent is not last.frame.parent:
            break
        if is_day_alone(block.text):
            signed = len(lines) + 1 if lines else 0
        elif end_rule(block.text):
            break
        lines.append(block)
    remark = lines[signed : signed + 1]
    bracketed = bool(remark and _BRACKETED.fullmatch(remark[0].text))
    return [block for block in lines[: signed + bracketed] if block.index not in own] if signed else []


def _sentences_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the sentences without links between *chosen* blocks that are nested and named as most are."""
    own = {block.index for block in chosen}
    ((most, _),) = Counter(block.frame.key for block in chosen).most_common(1)
    return [
        block
        for block in blocks[chosen[0].index : chosen[-1].index]
        if block.index not in own
        and block.frame.key == most
        and not block.links
        and block.size >= _SENTENCE.start
        and block.text.endswith(_SENTENCE_END)
    ]


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
        and _stands_over(block, blocks[block.index + 1])
    ]


def _stands_over(heading: Block, block: Block) -> bool:
    """Return whether *heading* is that of *block*, beside it or in a section of the same text."""
    if heading.frame.parent is block.frame.parent:
        return True
    apart = heading.frame.hints & ~block.frame.hints & _APART
    return not (apart or cue_in(heading.text)) and _in_one_text(heading.frame, block.frame, _NEAR_WRAPPERS)


def _is_bold(block: Block, *, first: bool) -> bool:
    """Return whether all of a line is in bold; that of the *first* of several may lead away from the text."""
    bold = block.frame.tag == "p" and block.emphasised * 10 >= len(block.text) * 9
    return bold and not (first and cue_in(block.text))


def _parts_within(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the quotations and lists without links that stand right between two of *chosen*."""
    own = {block.index for block in chosen}
    beside = {block.frame.parent for block in chosen}
    parts: dict[Frame, list[Block]] = defaultdict(list)
    for block in blocks[chosen[0].index + 1 : chosen[-1].index]:
        if part := _part_of(block.frame, beside):
            parts[part].append(block)
    return [
        block
        for part, inside in parts.items()
        if not any(block.links for block in inside) and _is_between(part, inside, blocks, own)
        for block in inside
        if block.index not in own
    ]


def _is_between(part: Frame, inside: Sequence[Block], blocks: Sequence[Block], own: Collection[int]) -> bool:
    """Return whether the lines right before and behind a *part* are the text's, one of them beside it."""
    near = (blocks[inside[0].index - 1], blocks[inside[-1].index + 1])
    beside = [line.frame.parent is part.parent for line in near]
    return (
        any(beside)
        and all(line.index in own for line in near)
        and (all(beside) or _in_one_text(near[0].frame, near[1].frame))
    )


def _part_of(frame: Frame, beside: Collection[Frame | None]) -> Frame | None:
    """Return the quotation, the list or the box *beside* the text that is *frame* or holds it closely."""
    around = (frame, frame.parent, frame.parent.parent if frame.parent else None)
    return next((part for part in around if part is not None and _is_part(part, beside)), None)


def _is_part(frame: Frame, beside: Collection[Frame | None]) -> bool:
    named = (
        frame.tag in _BOXES and frame.parent in beside and _BOX_NAME.search(frame.element.get("class") or "")
    )
    return frame.tag in _PARTS or bool(named)


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
