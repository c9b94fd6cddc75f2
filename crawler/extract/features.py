"""What the block model sees of a line: its own shape, its frames, its neighbours, its place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.extract.blocks import Block, Frame
from crawler.extract.layout import Layout

_HINT_BITS = tuple(1 << bit for bit in range(27))
_TAG_CODES = {
    "p": 1, "h1": 2, "h2": 3, "h3": 4, "h4": 5, "h5": 6, "h6": 7, "li": 8, "div": 9, "section": 10,
    "article": 11,
    "td": 12, "th": 13, "blockquote": 14, "figcaption": 15, "dd": 16, "dt": 17, "pre": 18, "body": 19,
    "header": 20, "footer": 21, "aside": 22, "caption": 23, "center": 24, "summary": 25, "details": 26,
    "address": 27,
}  # fmt: skip
_SMALL_WORD = re.compile(r"(?<![^\W\d_])[a-zà-öø-ÿа-я]")
_SHAPES = {
    code: "a" if "a" <= chr(code) <= "z" else "A" if "A" <= chr(code) <= "Z" else " " for code in range(128)
}
_LONGEST_SAMPLE = 300
_ENDS = frozenset(".!?…。！？”\"»“’'）)」』;；:：—*]】")
_STOPS = frozenset(".!?…。！？”\"»“’'」』")
NAMES = (
    *(
        "length",
        "words",
        "link_share",
        "bold_share",
        "marks",
        "marks_share",
        "ends",
        "stops",
        "small_share",
        "cue",
        "tag",
    ),
    *("capitals", "odd", "links"),
    *("depth", "index_share", "before_share", "prose_before", "count", "parent_tag", "grand_tag"),
    *("parent_length", "parent_link_share", "parent_prose_share", "parent_blocks", "parent_children"),
    *("grand_length", "grand_link_share", "grand_prose_share", "grand_blocks"),
    *("path_share", "path_count", "path_link_share", "path_prose_rank"),
    *("core_inside", "core_before", "core_after", "core_distance", "core_share", "core_depth"),
    *("core_prose_before", "since_prose", "until_prose"),
    *("previous_length", "previous_link_share", "previous_same", "previous_tag", "previous2_length"),
    *("next_length", "next_link_share", "next_same", "next_tag", "next2_length", "next2_link_share"),
    *("title_distance", "is_title", "repeated", "schema", "described", "title_words"),
    *("link_run", "headed", "heading_cue", "image_before", "text_length_total"),
    *(f"hint{bit}" for bit in range(27)),
)


class Clues:
    """What the page says elsewhere of its text: votes, not sources."""

    __slots__ = ("body", "description", "title_index", "title_words")

    def __init__(self, *, title_index: int, title_words: frozenset[str], body: str, description: str) -> None:
        self.title_index = title_index  # of the block that is the title; -1: none
        self.title_words = title_words
        self.body = body  # schema.org articleBody without whitespace
        self.description = description  # meta description without whitespace


def features_of(blocks: Iterable[Block], layout: Layout, clues: Clues) -> list[list[float]]:
    """Return one row for each of *blocks*, which are some of *layout*'s, in the order of `NAMES`."""
    core_hints = (
        layout.core.hints if layout.core else 0
    )  # what holds for the whole core tells nothing of parts
    around: dict[Frame, tuple[float, ...]] = {}
    bits: dict[int, list[float]] = {}
    rows = []
    for block in blocks:
        frame = block.frame
        parent = frame.parent or frame
        if parent not in around:
            around[parent] = _around(parent, layout)
        if frame.hints not in bits:
            own = frame.hints & ~core_hints
            bits[frame.hints] = [1.0 if own & bit else 0.0 for bit in _HINT_BITS]
        row = (
            *_shape_of(block, layout),
            *_place_of(block, layout),
            *around[parent],
            *layout.paths[frame.key],
            *_core_features(block, layout),
            *layout.prose_around(block.index),
            *_neighbour_features(block, layout),
            *_clue_features(block, layout, clues),
            layout.link_runs[block.index + 1],
            *layout.heading_above(block.index),
            1.0 if block.index in layout.pictured else 0.0,
            max(1, layout.sizes[-1]),
            *bits[frame.hints],
        )
        rows.append(list(map(float, row)))  # trees compare numbers of one kind in half of the time
    return rows


def _shape_of(block: Block, layout: Layout) -> tuple[float, ...]:
    text = block.text
    length, size = len(text), block.size
    count = text.count
    marks = count(",") + count(".") + count(";") + count("!") + count("?")
    if not text.isascii():
        marks += (
            count("，") + count("。") + count("、") + count("；") + count("：") + count("？") + count("！")
        )
    sample = text if length < _LONGEST_SAMPLE else text[:_LONGEST_SAMPLE]
    last = text[-1]
    return (
        size,
        count(" ") + 1 + (size - length) // 4,
        layout.link_shares[block.index],
        block.emphasised / length,
        marks,
        marks / size,
        1.0 if last in _ENDS else 0.0,
        1.0 if last in _STOPS else 0.0,
        _small_words_in(sample) / (sample.count(" ") + 1),
        layout.cue_of(block.index),
        _TAG_CODES.get(block.frame.tag, 0),
        1.0 if text.isupper() else 0.0,
        1.0 if "|" in text or "»" in text or "http" in text or "@" in text else 0.0,
        block.links,
    )


def _small_words_in(text: str) -> int:
    """Return how many words of *text* begin with a small letter."""
    if not text.isascii():
        return len(_SMALL_WORD.findall(text))
    shape = text.translate(_SHAPES)  # the same count in a third of the time
    return shape.count(" a") + shape.startswith("a")


def _place_of(block: Block, layout: Layout) -> tuple[float, ...]:
    index, count = block.index, len(layout.blocks)
    parent = block.frame.parent or block.frame
    return (
        block.frame.depth,
        index / count,
        layout.sizes[index] / max(1, layout.sizes[-1]),
        layout.prose[index] / max(1, layout.prose[-1]),
        count,
        _TAG_CODES.get(parent.tag, 0),
        _TAG_CODES.get((parent.parent or parent).tag, 0),
    )


def _around(parent: Frame, layout: Layout) -> tuple[float, ...]:
    """Return what stands in the frame around a line's own, and in the one around that."""
    grand = parent.parent or parent
    characters, of_grand = layout.size_of(parent), layout.size_of(grand)
    return (
        characters,
        layout.linked_of(parent) / (characters or 1),
        layout.prose_of(parent) / (characters or 1),
        parent.end - parent.first,
        layout.children[parent],
        of_grand,
        layout.linked_of(grand) / (of_grand or 1),
        layout.prose_of(grand) / (of_grand or 1),
        grand.end - grand.first,
    )


def _core_features(block: Block, layout: Layout) -> tuple[float, ...]:
    core, index = layout.core, block.index
    if core is None:
        return (0.0, 0.0, 0.0, 99.0, 0.0, 0.0)
    before = max(0, core.first - index)
    after = max(0, index - core.end + 1)
    distance = 0
    outer: Frame | None = core
    while outer is not None and not (outer.first <= index < outer.end):
        outer = outer.parent
        distance += 1
    return (
        0.0 if before or after else 1.0,
        before,
        after,
        distance,
        layout.size_of(core) / max(1, layout.sizes[-1]),
        block.frame.depth - core.depth,
    )


def _neighbour_features(block: Block, layout: Layout) -> tuple[float, ...]:
    blocks, shares, index = layout.blocks, layout.link_shares, block.index
    key = block.frame.key
    before = blocks[index - 1] if index else None
    before2 = blocks[index - 2] if index > 1 else None
    after, after2 = (*blocks[index + 1 : index + 3], None, None)[:2]
    return (
        before.size if before else 0.0,
        shares[index - 1] if before else -1.0,
        1.0 if before and before.frame.key == key else 0.0,
        _TAG_CODES.get(before.frame.tag, 0) if before else -1.0,
        before2.size if before2 else 0.0,
        after.size if after else 0.0,
        shares[index + 1] if after else -1.0,
        1.0 if after and after.frame.key == key else 0.0,
        _TAG_CODES.get(after.frame.tag, 0) if after else -1.0,
        after2.size if after2 else 0.0,
        shares[index + 2] if after2 else -1.0,
    )


def _clue_features(block: Block, layout: Layout, clues: Clues) -> tuple[float, ...]:
    title, text = clues.title_index, block.text
    # Blanks are single: without them at least half of a line is left. What is longer cannot be in a clue.
    may_be_told = len(text) < 2 * max(len(clues.body), len(clues.description))
    squeezed = "".join(text.split()) if may_be_told else text
    shared = len(clues.title_words.intersection(text.lower().split())) if len(text) < 300 else 0
    return (
        block.index - title if title >= 0 else -999.0,
        1.0 if block.index == title else 0.0,
        min(layout.repeats[text], 5),
        (1.0 if squeezed in clues.body else 0.0) if clues.body else -1.0,
        1.0 if clues.description and len(squeezed) > 20 and squeezed in clues.description else 0.0,
        shared / (len(clues.title_words) or 1),
    )
