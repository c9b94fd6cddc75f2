"""What the block model sees of a line: its own shape, its frames, its neighbours, its place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.layout import Layout, cue_in
from crawler.extract.lines.short_lines import kept_for_short_lines
from crawler.extract.text import squeeze

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
# The features of the words, of their place, then those that all lines share that stand alike in one frame.
NAMES = (
    *("length", "words", "marks", "marks_share", "ends", "stops", "small_share", "cue", "capitals", "odd"),
    *("link_share", "bold_share", "links"),
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


class Clues:
    """What the page says elsewhere of its text: votes, not sources."""

    __slots__ = ("body", "description", "title_index", "title_words")

    def __init__(self, *, title_index: int, title_words: frozenset[str], body: str, description: str) -> None:
        self.title_index = title_index  # of the block that is the title; -1: none
        self.title_words = title_words
        self.body = body  # schema.org articleBody without whitespace
        self.description = description  # meta description without whitespace


def features_of(blocks: Sequence[Block], layout: Layout, clues: Clues) -> list[tuple[float, ...]]:
    """Return one row for each of *blocks*, which are some of *layout*'s, in the order of `NAMES`."""
    columns: Sequence[Sequence[float]] = (
        [layout.link_shares[block.index] for block in blocks],
        [block.emphasised / len(block.text) for block in blocks],
        [block.links for block in blocks],
        *_places_of(blocks, layout),
        *zip(*[_core_features(block.index, layout) for block in blocks], strict=True),
        *zip(*[layout.prose_around(block.index) for block in blocks], strict=True),
        *_neighbours_of(blocks, layout),
        *zip(*[_clue_features(block, layout, clues) for block in blocks], strict=True),
    )
    # Trees compare numbers of one kind in half of the time.
    own = zip(*[map(float, column) for column in columns], strict=True)
    shapes = (_shape_of(block.text) for block in blocks)
    shared = _shared_features(blocks, layout)
    return [(*shape, *mine, *alike) for shape, mine, alike in zip(shapes, own, shared, strict=True)]


def _shared_features(blocks: Iterable[Block], layout: Layout) -> Iterator[Sequence[float]]:
    """Yield for each of *blocks* what it shares with others, which most lines do: it is made once."""
    around: dict[Frame, list[float]] = {}
    alike: dict[tuple[Frame, int, int], list[float]] = {}
    for block in blocks:
        frame = block.frame
        parent = frame.parent or frame
        names = (parent, frame.key, frame.hints)
        if names not in alike:
            if parent not in around:
                around[parent] = list(map(float, _around(parent, layout)))
            alike[names] = [*around[parent], *map(float, _frame_features(frame, layout))]
        yield alike[names]


@kept_for_short_lines
def _shape_of(text: str) -> tuple[float, ...]:
    """Return what a line tells by its words alone, wherever it stands."""
    raw, sample = text.encode("utf-8", "replace"), text[:_LONGEST_SAMPLE]
    size, beyond = len(raw), len(raw) - len(text)
    marks = size - len(raw.translate(None, b",.;!?"))
    if beyond:
        marks += sum(map(text.count, "，。、；：？！"))
    return (
        float(size),
        float(text.count(" ") + 1 + beyond // 4),
        float(marks),
        marks / size,
        float(text[-1] in _ENDS),
        float(text[-1] in _STOPS),
        _small_words_in(sample) / (sample.count(" ") + 1),
        cue_in(text),
        float(text.isupper()),
        float("|" in text or "»" in text or "http" in text or "@" in text),
    )


def _small_words_in(text: str) -> int:
    """Return how many words of *text* begin with a small letter."""
    latin = text.encode("latin-1", "ignore")
    if beyond := len(text) - len(latin):
        if beyond != sum(map(text.count, _BEYOND_LATIN)):
            return len(_SMALL_WORD.findall(text))
        latin = text.encode("latin-1", "replace")
    shape = latin.translate(_SHAPES)  # the same count in a fifth of the time
    return shape.count(b" a") + shape.startswith(b"a")


def _places_of(blocks: Sequence[Block], layout: Layout) -> Sequence[Sequence[float]]:
    places = [block.index for block in blocks]
    count, size, prose = len(layout.blocks), max(1, layout.sizes[-1]), max(1, layout.prose[-1])
    return (
        [place / count for place in places],
        [layout.sizes[place] / size for place in places],
        [layout.prose[place] / prose for place in places],
        [layout.link_runs[place + 1] for place in places],
        [place in layout.pictured for place in places],
        *zip(*map(layout.heading_above, places), strict=True),
    )


def _core_features(index: int, layout: Layout) -> tuple[float, ...]:
    core = layout.core
    if core is None:
        return (0.0, 0.0, 0.0, 99.0)
    if core.first <= index < core.end:
        return (1.0, 0.0, 0.0, 0.0)
    return (0.0, max(0, core.first - index), max(0, index - core.end + 1), layout.away_from_core(index))


def _neighbours_of(blocks: Sequence[Block], layout: Layout) -> Sequence[Sequence[float]]:
    """Return what lines see of the two before and the two behind them."""
    every = layout.blocks
    # Two late, since nothing stands beside the first line and the last one.
    sizes = [0, 0, *(block.size for block in every), 0, 0]
    shares = [-1, -1, *layout.link_shares, -1, -1]
    keys = [None, None, *(block.frame.key for block in every), None, None]
    tags = [-1, -1, *(_TAG_CODES.get(block.frame.tag, 0) for block in every), -1, -1]
    places = [block.index + 2 for block in blocks]
    return (
        [sizes[place - 1] for place in places],
        [shares[place - 1] for place in places],
        [keys[place - 1] == keys[place] for place in places],
        [tags[place - 1] for place in places],
        [sizes[place - 2] for place in places],
        [sizes[place + 1] for place in places],
        [shares[place + 1] for place in places],
        [keys[place + 1] == keys[place] for place in places],
        [tags[place + 1] for place in places],
        [sizes[place + 2] for place in places],
        [shares[place + 2] for place in places],
    )


def _clue_features(block: Block, layout: Layout, clues: Clues) -> tuple[float, ...]:
    title, text = clues.title_index, block.text
    opening = text.split(maxsplit=1)[0]  # tells most lines apart from a clue, which has no blanks
    shared = len(clues.title_words.intersection(text.lower().split())) if len(text) < 300 else 0
    return (
        block.index - title if title >= 0 else -999.0,
        block.index == title,
        min(layout.repeats[text], 5),
        (opening in clues.body and squeeze(text) in clues.body) if clues.body else -1.0,
        opening in clues.description and len(line := squeeze(text)) > 20 and line in clues.description,
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
        *_bits_of(hints),
    )


@lru_cache(maxsize=4096)
def _bits_of(hints: int) -> tuple[float, ...]:
    return tuple(float(hints & bit > 0) for bit in _HINT_BITS)


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
