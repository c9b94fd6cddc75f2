"""Texts that editors put together from components: the next one behind the last line of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from crawler.extract.body.boilerplate import end_rule, heads_a_tail
from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.layout import cue_in
from crawler.extract.lines.nearby import APART, SENTENCE_END, components_of, is_component, leads_elsewhere

# What systems call a part of a text, and those of its kinds that hold none of it.
_COMPONENT = re.compile(r"paragraph|component|slice|content-?block|text-?block", re.IGNORECASE)
_OTHER_KIND = re.compile(
    r"conta[ck]t|kontakt|teaser|promo|cta|relat|links?\b|download|share|social|newsletter|signup|card|event|map"
    r"|banner|author|webform|view\b",
    re.IGNORECASE,
)
_MOST_AROUND = 5  # elements from a line to its component
_MOST_LINES = 40
_LAST_LINES = 3  # of a text, which stand in components as the one behind does
_MOST_PARTS = 12  # lines behind a text
_LEAST_SENTENCE, _LONGEST_ITEM = 16, 90  # bytes


def closing_component(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the lines of the component right behind that of the last line of *text*, if it has sentences."""
    last = text[-1]
    following = next(iter(blocks[last.index + 1 : last.index + 2]), None)
    component = _component_behind(following, last) if following else None
    if component is None or component.hints & ~last.frame.hints & APART:
        return []
    lines = blocks[component.first : min(component.end, component.first + _MOST_LINES)]
    whole = any(line.text.endswith(SENTENCE_END) for line in lines)
    return list(lines) if whole and not any(map(_is_none_of_a_text, lines)) else []


def sentence_of_component(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the sentence behind *text* and a box of little, which is all that one more component holds."""
    last = text[-1]
    components = components_of(text[-_LAST_LINES:])
    for block in blocks[last.index + 1 : last.index + 1 + _MOST_PARTS]:
        if is_component(block.frame, components):
            whole = block.text.endswith(SENTENCE_END) and block.size >= _LEAST_SENTENCE and not block.links
            return [block] if whole and not (cue_in(block.text) or end_rule(block.text)) else []
        if block.size > _LONGEST_ITEM and not block.frame.hints & ~last.frame.hints & APART:
            break
    return []


def _component_behind(following: Block, last: Block) -> Frame | None:
    """Return the component that *following* opens, beside one of the same name that *last* stands in."""
    own = {frame.parent: frame for frame in _components_of(last)}
    if not own:
        return None
    for frame in _components_of(following):
        beside = own.get(frame.parent)
        if beside is not None and beside is not frame and frame.first == following.index:
            shared = set(frame.name.split()) & set(beside.name.split())
            if any(map(_COMPONENT.search, shared)) and not _OTHER_KIND.search(frame.name):
                return frame
    return None


def _components_of(block: Block) -> list[Frame]:
    found: list[Frame] = []
    frame: Frame | None = block.frame
    while frame is not None and len(found) < _MOST_AROUND:
        found.append(frame)
        frame = frame.parent
    return [frame for frame in islice(found, 1, None) if _names_a_component(frame.name)]


@lru_cache(maxsize=4096)
def _names_a_component(name: str) -> bool:
    return _COMPONENT.search(name) is not None


def _is_none_of_a_text(line: Block) -> bool:
    text = line.text
    return leads_elsewhere(line) or bool(cue_in(text) or heads_a_tail(text) or end_rule(text))
