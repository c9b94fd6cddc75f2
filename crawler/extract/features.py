"""What the block model sees of a line: its own shape, its frames, its neighbours, its place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

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
# Of the letters of Latin-1: what that pattern sees in them.
_SHAPES = bytes(
    ord("a" if _SMALL_WORD.match(chr(code)) else "A" if chr(code).isalpha() else " ") for code in range(256)
)
_BEYOND_LATIN = "’‘“”„–—…•"  # what Western texts have beside: no letters
_LONGEST_SAMPLE = 300
_ENDS = frozenset(".!?…。！？”\"»“’'）)」』;；:：—*]】")
_STOPS = frozenset(".!?…。！？”\"»“’'」』")
# The features of the line itself, then those that all lines share that stand alike in one frame.
NAMES = (
    *("length", "words", "link_share", "bold_share", "marks", "marks_share", "ends", "stops", "small_share"),
    *("cue", "capitals", "odd", "links"),
    *("index_share", "before_share", "prose_before", "link_run", "image_before", "headed", "heading_cue"),
    *("core_inside", "core_before", "core_after", "core_distance"),
    *("core_prose_before", "since_prose", "until_prose"),
    *("previous_length", "previous_link_share", "previous_same", "previous_tag", "previous2_length"),
    *("next_length", "next_link_share", "next_same", "next_tag", "next2_length", "next2_link_share"),
    *("title_distance", "is_title", "repeated", "schema", "described", "title_words"),
    *("parent_tag", "grand_tag"),
    *("parent_length", "parent_link_share", "parent_prose_share", "parent_blocks", "parent_children"),
    *("grand_length", "grand_link_share", "grand_prose_share", "grand_blocks"),
    *("tag", "depth", "core_depth"),
    *("path_share", "path_count", "path_link_share", "path_prose_rank"),
    *("core_share", "count", "text_length_total"),
    *(f"hint{bit}" for bit in range(27)),
)
_NO_LINE = (0.0, -1.0, None, -1.0)  # beside the first and the last


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
    seen = _seen_beside(layout)
    # Most lines share these with others: they are made once.
    around: dict[Frame, list[float]] = {}
    alike: dict[tuple[int, int], list[float]] = {}
    rows = []
    for block in blocks:
        frame = block.frame
        parent, names = frame.parent or frame, (frame.key, frame.hints)
        if parent not in around:
            around[parent] = list(map(float, _around(parent, layout)))
        if names not in alike:
            alike[names] = list(map(float, _frame_features(frame, layout)))
        own = (
            *_shape_of(block, layout),
            *_place_of(block, layout),
            *_core_features(block, layout),
            *layout.prose_around(block.index),
            *_neighbour_features(frame.key, *seen[block.index : block.index + 5]),
            *_clue_features(block, layout, clues),
        )
        # Trees compare numbers of one kind in half of the time.
        rows.append([*map(float, own), *around[parent], *alike[names]])
    return rows


def _shape_of(block: Block, layout: Layout) -> tuple[float, ...]:
    text = block.text
    length, size = len(text), block.size
    raw = text.encode("utf-8", "replace")
    marks = len(raw) - len(raw.translate(None, b",.;!?"))
    if len(raw) != length:
        marks += sum(map(text.count, "，。、；：？！"))
    last = text[-1]
    sample = text if length < _LONGEST_SAMPLE else text[:_LONGEST_SAMPLE]
    return (
        size,
        text.count(" ") + 1 + (size - length) // 4,
        layout.link_shares[block.index],
        block.emphasised / length,
        marks,
        marks / size,
        last in _ENDS,
        last in _STOPS,
        _small_words_in(sample) / (sample.count(" ") + 1),
        layout.cue_of(block.index),
        text.isupper(),
        "|" in text or "»" in text or "http" in text or "@" in text,
        block.links,
    )


def _small_words_in(text: str) -> int:
    """Return how many words of *text* begin with a small letter."""
    latin = text.encode("latin-1", "ignore")
    beyond = len(text) - len(latin)
    if beyond and beyond != sum(map(text.count, _BEYOND_LATIN)):
        return len(_SMALL_WORD.findall(text))
    shape = text.encode("latin-1", "replace").translate(_SHAPES)  # the same count in a fifth of the time
    return shape.count(b" a") + shape.startswith(b"a")


def _place_of(block: Block, layout: Layout) -> tuple[float, ...]:
    index = block.index
    return (
        index / len(layout.blocks),
        layout.sizes[index] / max(1, layout.sizes[-1]),
        layout.prose[index] / max(1, layout.prose[-1]),
        layout.link_runs[index + 1],
        index in layout.pictured,
        *layout.heading_above(index),
    )


def _core_features(block: Block, layout: Layout) -> tuple[float, ...]:
    core, index = layout.core, block.index
    if core is None:
        return (0.0, 0.0, 0.0, 99.0)
    if core.first <= index < core.end:
        return (1.0, 0.0, 0.0, 0.0)
    distance = 0
    outer: Frame | None = core
    while outer is not None and not (outer.first <= index < outer.end):
        outer = outer.parent
        distance += 1
    return (0.0, max(0, core.first - index), max(0, index - core.end + 1), distance)


_Seen: TypeAlias = tuple[float, float, int | None, float]


def _seen_beside(layout: Layout) -> list[_Seen]:
    """Return what neighbours see of each line: size, share of links, key of nesting, tag; two late."""
    seen: list[_Seen] = [
        (block.size, share, block.frame.key, _TAG_CODES.get(block.frame.tag, 0))
        for block, share in zip(layout.blocks, layout.link_shares, strict=True)
    ]
    return [_NO_LINE, _NO_LINE, *seen, _NO_LINE, _NO_LINE]


def _neighbour_features(
    key: int, before2: _Seen, before: _Seen, _: _Seen, after: _Seen, after2: _Seen
) -> tuple[float, ...]:
    return (
        *(before[0], before[1], before[2] == key, before[3], before2[0]),
        *(after[0], after[1], after[2] == key, after[3], after2[0], after2[1]),
    )


def _clue_features(block: Block, layout: Layout, clues: Clues) -> tuple[float, ...]:
    title, text = clues.title_index, block.text
    # Blanks are single: without them at least half of a line is left. What is longer cannot be in a clue.
    may_be_told = len(text) < 2 * max(len(clues.body), len(clues.description))
    squeezed = "".join(text.split()) if may_be_told else text
    shared = len(clues.title_words.intersection(text.lower().split())) if len(text) < 300 else 0
    return (
        block.index - title if title >= 0 else -999.0,
        block.index == title,
        min(layout.repeats[text], 5),
        squeezed in clues.body if clues.body else -1.0,
        bool(clues.description) and len(squeezed) > 20 and squeezed in clues.description,
        shared / (len(clues.title_words) or 1),
    )


def _frame_features(frame: Frame, layout: Layout) -> tuple[float, ...]:
    """Return what holds for every line in a frame that is nested and named as *frame* is."""
    core = layout.core
    # What holds for the whole core tells nothing of its parts.
    hints = frame.hints & ~core.hints if core else frame.hints
    return (
        _TAG_CODES.get(frame.tag, 0),
        frame.depth,
        frame.depth - core.depth if core else 0.0,
        *layout.paths[frame.key],
        layout.size_of(core) / max(1, layout.sizes[-1]) if core else 0.0,
        len(layout.blocks),
        max(1, layout.sizes[-1]),
        *(hints & bit > 0 for bit in _HINT_BITS),
    )


def _around(parent: Frame, layout: Layout) -> tuple[float, ...]:
    """Return what stands in the frame around a line's own, and in the one around that."""
    grand = parent.parent or parent
    characters, of_grand = layout.size_of(parent), layout.size_of(grand)
    return (
        _TAG_CODES.get(parent.tag, 0),
        _TAG_CODES.get(grand.tag, 0),
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
