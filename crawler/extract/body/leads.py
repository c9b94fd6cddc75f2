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
    r"|description|(?:wysiwyg|text)-?teaser|teaser-?text|standfirst"
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
# What newspapers print as a lead in other languages than English, where only editors write such lines.
_SUBTITLE_NAME = re.compile(
    r"sub-?(?:title|head(?:line|er|ing)?|line)(?![a-z])|(?<![a-z])deck(?![a-z])|strapline|epigraph|excerpt|catenaccio"
    r"|subt[ií]t(?:ul|ol)|sous-?titre|ondertitel|alaotsikko|sottotitolo|unter(?:zeile|titel)|under(?:rubrik|titt?el)|podtyt|podtit|podnaslov|altbaslik|alt-baslik",
    re.IGNORECASE,
)
_SUBTITLE = range(50, 500)  # bytes
_ENGLISH = (" the ", " of ", " and ", " was ", " with ", " from ", " that ")
_ENGLISH_EACH = 200  # characters of an English text for each of its small words: no other has so many
_MOST_TOLD_BY = 20  # lines
# Where it is written from, or what of: "Berlin. The council ...", "KYIV (Reuters) - ...".
_PLACE = re.compile(
    r"[^\W\d_a-z](?!rof\.|rau\.)[\w/-]{3,24}(?:\s[^\W\d_][\w/-]{1,20}){0,3}"
    r"(?:\.|\s?\([^()]{2,24}\)\s?[-–—.:]?|,?\s[–—])\s(?=[^\W\d_a-z]|[„“\"»«])"
)
_MOST_AROUND = 4  # elements from an item to its list
_MOST_BELOW = 3  # lines from a headline to the line below it that is marked like one
_MOST_OVER_TEXT = 40  # lines between a headline and its text: a lead, credits, a table of contents


def lead_of(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the lead between a headline and *chosen*: sentences that are named so, or points in a list."""
    first = _behind_points(chosen)
    over = blocks[max(0, first.index - _MOST_OVER_TEXT) : first.index]
    headline = _headline_in(over)
    if headline is None:
        return []
    text, own = first.frame, {block.index for block in chosen}
    below = [block for block in over if block.index > headline.index]
    beside = {*wrappers_of(headline.frame)[:NEAR_WRAPPERS], *wrappers_of(text)[:NEAR_WRAPPERS], _row_of(text)}
    points = _points_in(below, headline.frame, {text.parent, *beside})
    return [
        block
        for block in below
        if block in points
        or (_reads_as_one(block) and _is_lead(block, beside))
        or (block.size in _SUBTITLE and _named_a_subtitle(block.frame, beside) and not _is_english(chosen))
        if not (block.links or cue_in(block.text) or _is_apart(block.frame, headline.frame))
        if block.index not in own
    ]


def _headline_in(over: Sequence[Block]) -> Block | None:
    """Return the last headline of the lines *over* a text: of two close together the upper one."""
    headlines = [block for block in over if _is_headline(block.frame)]
    if not headlines:
        return None
    last = headlines[-1]
    near = (block for block in headlines if 0 < last.index - block.index <= _MOST_BELOW)
    if last.frame.tag != "h2":
        return last
    around = wrappers_of(last.frame)[:NEAR_WRAPPERS]
    return next((block for block in near if block.frame.tag == "h1" and block.frame.parent in around), last)


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
        return bool(frame.hints & Hint.HEADER) or (frame.parent is not None and frame.parent.tag == "hgroup")
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


def _is_lead(block: Block, beside: Collection[Frame | None]) -> bool:
    """Return whether *block* is named a lead or says where it is written from, and stands in *beside*."""
    return _named_a_lead(block.frame, beside) or (
        _PLACE.match(block.text) is not None and any(True for _ in _standing_in(block.frame, beside))
    )


def _named_a_lead(frame: Frame, beside: Collection[Frame | None]) -> bool:
    """Return whether *frame*, or what holds it, is named a lead and stands in one of *beside*."""
    return any(
        _LEAD_NAME.search(each.name) and not _DEK.search(each.name) for each in _standing_in(frame, beside)
    )


def _named_a_subtitle(frame: Frame, beside: Collection[Frame | None]) -> bool:
    """Return whether *frame*, or what holds it, is named like the line below a headline, in *beside*."""
    named = (
        _SUBTITLE_NAME.search(each.name) or _LEAD_NAME.search(each.name) or _DEK.search(each.name)
        for each in (frame, frame.parent)
        if each is not None
    )
    return any(around in beside for around in wrappers_of(frame)[:NEAR_WRAPPERS]) and any(named)


def _is_english(text: Sequence[Block]) -> bool:
    """Return whether the lines of a *text* have the small words of English as often as English does."""
    whole = " ".join(block.text for block in text[:_MOST_TOLD_BY]).lower()
    return sum(map(whole.count, _ENGLISH)) * _ENGLISH_EACH > len(whole)


def _standing_in(frame: Frame, beside: Collection[Frame | None]) -> Iterator[Frame]:
    """Yield *frame* and what holds it, if they stand in one of *beside*."""
    for each in (frame, frame.parent):
        if each is not None and (each.parent in beside or _alone(each).parent in beside):
            yield each
