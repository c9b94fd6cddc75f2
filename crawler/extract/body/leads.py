"""The lead of a text: the sentence between a headline and the lines that the block model chose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.hints import Hint
from crawler.extract.lines.layout import cue_in
from crawler.extract.lines.nearby import APART, NEAR_WRAPPERS, SENTENCE_END, wrappers_of

# "dek", "subtitle" and "teaser" name what newspapers print above a text, as often none of it.
_DEK = re.compile(r"(?:(?:^|[\s_-])d|(?<=[a-z])D)ek(?=$|[\s_A-Z-])")
_LEAD_NAME = re.compile(
    r"(?:^|[\s_-]|(?-i:(?<=[a-z])(?=[A-Z]))|article|artik+el|news|content|page)"
    r"(?:leads?|lede|intro(?:duction)?|chapo|ingress|entradilla|bajada|sapo|vorspann|abstract|summary|resum[eo]n?|sumario"
    r"|description|teaser-?text|standfirst"
    r"|manchet|perex|uvod|zajawka|inleiding|johdanto|sissejuhatus|copete|anons|bevezet[oő]|preamble)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FEWEST_POINTS, _LEAST_POINT = 2, 40  # items of a list that say what a text is about, and bytes of one
_UNSTOPPED = range(60, 400)  # bytes of a lead without a full stop
# What offices call a lead, and newspapers never a line that only their editors write over a text.
_PRESS_LEAD = re.compile(
    r"(?:^|\s)lead(?:$|\s)|(?:^|[\s_-])(?:chapo|ingress|bajada|sapo|entradilla|resumen|resumo)(?:$|[\s_-])"
    r"|(?:^|\s)documentDescription(?:$|\s)"  # of Plone, on which Brazil's portal and many towns stand
)
_MOST_AROUND = 4  # elements from an item to its list
_MOST_OVER_TEXT = 40  # lines between a headline and its text: a lead, credits, a table of contents


def lead_of(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the lead between a headline and *chosen*: sentences that are named so, or points in a list."""
    first = _behind_points(chosen)
    over = blocks[max(0, first.index - _MOST_OVER_TEXT) : first.index]
    headline = next((block for block in reversed(over) if _is_headline(block.frame)), None)
    if headline is None:
        return []
    text, own = first.frame, {block.index for block in chosen}
    below = [block for block in over if block.index > headline.index]
    beside = {*wrappers_of(headline.frame)[:NEAR_WRAPPERS], *wrappers_of(text)[:NEAR_WRAPPERS], _row_of(text)}
    points = _points_in(below, headline.frame, {text.parent, *beside})
    return [
        block
        for block in below
        if block in points or (_reads_as_one(block) and _named_a_lead(block.frame, beside))
        if not (block.links or cue_in(block.text) or _is_apart(block.frame, headline.frame))
        if block.index not in own
    ]


def _behind_points(chosen: Sequence[Block]) -> Block:
    """Return the first of *chosen*, or the first behind the list of points that it is one of."""
    listed = _list_of(chosen[0].frame)
    return next((block for block in chosen if listed is None or block.index >= listed.end), chosen[0])


def _reads_as_one(block: Block) -> bool:
    """Return whether a line is a sentence, or as long as one whose full stop an editor left out."""
    if block.text.endswith(SENTENCE_END):
        return True
    return block.size in _UNSTOPPED and any(
        _PRESS_LEAD.search(frame.name) for frame in islice(_around(block.frame), 2)
    )


def _points_in(over: Sequence[Block], headline: Frame, beside: Collection[Frame | None]) -> set[Block]:
    """Return the items of the lists *over* a text, in a component *beside* it, that say what it is about."""
    lists: dict[Frame, list[Block]] = defaultdict(list)
    for block in over:
        listed = _list_of(block.frame)
        if listed is not None and _alone(listed).parent in beside:
            lists[listed].append(block)
    return {
        block
        for items in lists.values()
        if len(items) >= _FEWEST_POINTS and min(item.size for item in items) >= _LEAST_POINT
        if any(item.emphasised * 2 < len(item.text) for item in items)  # a newspaper sets headlines in bold
        if not any(item.links or cue_in(item.text) or _is_apart(item.frame, headline) for item in items)
        for block in items
    }


def _list_of(frame: Frame) -> Frame | None:
    return next((outer for outer in _around(frame) if outer.tag in ("ul", "ol")), None)


def _around(frame: Frame) -> Iterator[Frame]:
    outer: Frame | None = frame
    for _ in range(_MOST_AROUND):
        if outer is None:
            return
        yield outer
        outer = outer.parent


def _is_headline(frame: Frame) -> bool:
    """Return whether *frame* is a headline; newspapers that call their own name h1 print it in a header."""
    if frame.tag == "h2":
        return bool(frame.hints & Hint.HEADER)
    return frame.tag == "h1" or (frame.parent is not None and frame.parent.tag == "h1")


def _row_of(text: Frame) -> Frame | None:
    """Return what holds the component that a line of a *text* stands in, beside other components."""
    return _alone(text.parent).parent if text.parent else None


def _alone(frame: Frame) -> Frame:
    """Return the widest element that holds no more than *frame*."""
    while (outer := frame.parent) is not None and (outer.first, outer.end) == (frame.first, frame.end):
        frame = outer
    return frame


def _is_apart(frame: Frame, headline: Frame) -> bool:
    """Return whether *frame* has a purpose of its own that its *headline* does not share."""
    apart = frame.hints & ~headline.hints & APART
    return bool(apart & ~Hint.RELATED if frame.hints & Hint.LEAD else apart)


def _named_a_lead(frame: Frame, beside: Collection[Frame | None]) -> bool:
    """Return whether *frame*, or what holds it, is named a lead and stands in one of *beside*."""
    around = (
        each
        for each in (frame, frame.parent)
        if each is not None and (each.parent in beside or _alone(each).parent in beside)
    )
    return any(_LEAD_NAME.search(each.name) and not _DEK.search(each.name) for each in around)
