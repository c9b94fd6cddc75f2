"""How two lines of a page stand to each other: in one element, in sections of one text, in one list."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from lxml import etree

from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.hints import Hint
from crawler.extract.lines.layout import cue_in

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
SENTENCE_END = tuple('.!?。！？…”"')
APART = Hint.NAVIGATION | Hint.ASIDE | Hint.FORM | Hint.FIGURE | Hint.SHARE | Hint.COMMENTS | Hint.RELATED
APART |= Hint.PROMOTION | Hint.POPUP | Hint.BYLINE | Hint.CAPTION | Hint.TAGS | Hint.MEDIA
NEAR_WRAPPERS = 3  # those around a heading or a teaser, which stand nearer to what they head
_MOST_WRAPPERS = 5  # elements around a section that another section has, too
_WHOLE_PAGE = frozenset({"html", "body", "main"})
_BOXES = frozenset({"div", "section", "aside"})
_BOX_NAME = re.compile(
    r"callout|info-?box|fact-?box|fakta-?(?:ruta|boks|rute)|tietolaatikko|encadr[eé]|recuadro|kasten",
    re.IGNORECASE,
)
_PARTS = frozenset({"blockquote", "ul", "ol", "dl"})
_OPENING_MARKS = tuple('«„“"‘»')
_QUOTE_NAME = re.compile(r"quote|citation|zitat", re.IGNORECASE)


def wrappers_of(frame: Frame) -> list[Frame]:
    """Return the elements around a line, the innermost first; a quotation is none."""
    found: list[Frame] = []
    outer = unquoted(frame)
    while outer is not None and len(found) < _MOST_WRAPPERS:
        found.append(outer)
        outer = outer.parent
    return found


def unquoted(frame: Frame) -> Frame | None:
    """Return the frame around *frame*, or around the quotation that it stands in."""
    outer = frame.parent
    return outer.parent if outer is not None and outer.tag == "blockquote" else outer


def in_one_text(frame: Frame, last: Frame, most: int = _MOST_WRAPPERS) -> bool:
    """Return whether two lines stand in one element, or in sections of one with wrappers of their own."""
    if frame.parent is last.parent:
        return True
    around = wrappers_of(last)[:most]
    return any(wrapper in around for wrapper in wrappers_of(frame)[:most] if wrapper.tag not in _WHOLE_PAGE)


def components_of(chosen: Sequence[Block]) -> dict[tuple[Frame | None, int], int]:
    """Return the hints of a line of a text by what its components stand in and are called."""
    return {
        (wrapper.parent, wrapper.key): block.frame.hints
        for block in chosen
        for wrapper in wrappers_of(block.frame)[:NEAR_WRAPPERS]
        if wrapper.name
    }


def is_component(frame: Frame, components: Mapping[tuple[Frame | None, int], int]) -> bool:
    """Return whether a line is all that a component of a text holds, whatever else it stands in."""
    alone = (each for each in wrappers_of(frame) if each.end - each.first == 1)
    hints = next((components[at] for each in alone if (at := (each.parent, each.key)) in components), None)
    return hints is not None and not frame.hints & ~hints & APART


def list_around(frame: Frame) -> Frame | None:
    """Return the list of which *frame* is an item, or the paragraph of one."""
    item = frame.parent if frame.tag == "p" else frame
    return item.parent if item is not None and item.tag == "li" else None


def part_around(frame: Frame, beside: Collection[Frame | None] = ()) -> Frame | None:
    """Return the quotation, the list or the box *beside* a text that is *frame* or holds it closely."""
    around = (frame, frame.parent, frame.parent.parent if frame.parent else None)
    part = next((part for part in around if part is not None and _is_part(part, beside)), None)
    outer = part.parent if part is not None and part.tag == "blockquote" else None
    return outer if outer is not None and _holds_a_quotation(outer) else part


def leads_elsewhere(block: Block) -> bool:
    """Return whether most of a line is a link, or its first words lead to something else."""
    return block.linked * 2 >= len(block.text) or bool(cue_in(block.text))


def _is_part(frame: Frame, beside: Collection[Frame | None]) -> bool:
    if frame.tag in _PARTS:
        return True
    is_box = frame.tag in _BOXES and frame.parent in beside
    return (is_box and _matches(_BOX_NAME, frame.name)) or _holds_a_quotation(frame)


def _holds_a_quotation(frame: Frame) -> bool:
    """Return whether *frame* holds a quotation and who is quoted."""
    is_box = frame.tag in _BOXES and _matches(_QUOTE_NAME, frame.name)
    if not (is_box or frame.tag == "figure"):
        return False
    return frame.element.find("blockquote") is not None or (is_box and _opens_with_a_mark(frame.element))


def _opens_with_a_mark(element: etree._Element) -> bool:
    """Return whether the text of *element* begins with a quotation mark."""
    first = next(filter(None, map(str.strip, element.itertext())), "")
    return first.startswith(_OPENING_MARKS)


@lru_cache(maxsize=4096)
def _matches(pattern: re.Pattern[str], name: str) -> bool:
    return pattern.search(name) is not None
