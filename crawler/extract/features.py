"""What the block model sees of a line: its own shape, its frames, its neighbours, its place on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.blocks import Block, Frame, Reading
from crawler.extract.hints import Hint

_HINT_BITS = tuple(1 << bit for bit in range(27))
_TAG_CODES = {
    "p": 1, "h1": 2, "h2": 3, "h3": 4, "h4": 5, "h5": 6, "h6": 7, "li": 8, "div": 9, "section": 10,
    "article": 11,
    "td": 12, "th": 13, "blockquote": 14, "figcaption": 15, "dd": 16, "dt": 17, "pre": 18, "body": 19,
    "header": 20, "footer": 21, "aside": 22, "caption": 23, "center": 24, "summary": 25, "details": 26,
    "address": 27,
}  # fmt: skip
_SMALL_WORD = re.compile(r"(?<![^\W\d_])[a-zà-öø-ÿа-я]")
_ENDS = frozenset(".!?…。！？”\"»“’'）)」』;；:：—*]】")
_STOPS = frozenset(".!?…。！？”\"»“’'」』")
# Openings of lines that rarely belong to a text; the code of the group is the feature.
_CUES = re.compile(
    r"(?P<c1>read (?:more|next|also|full)|see (?:also|more)|more (?:from|on|about|stories"
    r"|news)|related|recommended|you (?:may|might)|"
    r"mehr (?:zu|aus|lesen)|lesen sie|weiter|auch interessant|zum thema|siehe|à lire"
    r"|lire (?:aussi|la suite)|leia|ver más|lea |"
    r"相关|推荐|延伸|継|関連|most (?:read|popular)|trending|latest|popular|don't miss|watch|next"
    r"|previous|voir|lees ook|mira|también)"
    r"|(?P<c2>subscri|sign ?up|newsletter|join |get (?:the|our)|download|register|log ?in"
    r"|already|abonn|jetzt|become a|support|donate|follow|"
    r"folgen|like us|enter your|click|buy |shop|order|start your|suscr|assin|inscri)"
    r"|(?P<c3>copyright|©|\(c\)|all rights|privacy|terms|cookie|we use|impressum"
    r"|datenschutz|版权|反馈|disclaimer|affiliate|this (?:site|article was originally"
    r"|story was)|"
    r"alle rechte|tous droits|todos los derechos)"
    r"|(?P<c4>photo|image|picture|foto|bild|quelle|source|credit|getty|reuters|ap photo"
    r"|afp|dpa|©|illustration|video|file|图|来源|symbolbild|imago)"
    r"|(?P<c5>share|teilen|tweet|print|email|facebook|twitter|whatsapp|comment|leave a"
    r"|kommentar|reply|loading|advert|anzeige|werbung|sponsor|"
    r"skip|back to|partager|compart|分享|打印|关闭|publicidad|publicit)"
    r"|(?P<c6>by |von |par |por |written by|author|about the|posted|published|updated"
    r"|last |date|stand:|veröff|publi|editor|责任|编辑|作者|发布|时间|"
    r"staff|reporter|edited|reporting by|autor|text:|von:|de |door )"
    r"|(?P<c7>tags?\b|topics?\b|filed|categor|schlagw|themen|mots|temas|标签|关键|in this"
    r"|inhalt|table of|contents|on this page|summary|key )",
    re.IGNORECASE,
)

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


def features_of(reading: Reading, clues: Clues, core: Frame | None) -> list[list[float]]:
    """Return one row for each block of *reading*, in the order of `NAMES`; *core* holds the article."""
    blocks = reading.blocks
    shapes = [_shape_of(block) for block in blocks]
    paths = _paths_of(blocks)
    places = _places_of(blocks)
    hints: dict[int, list[float]] = {}
    heading = _headings_of(blocks, shapes)
    gaps = _gaps_of(blocks, core)
    pictured = {index for index, _ in reading.images}
    counts: dict[str, int] = {}
    for block in blocks:
        counts[block.text] = counts.get(block.text, 0) + 1
    total = max(1, sum(block.size for block in blocks))
    core_hints = core.hints if core else 0  # what holds for the core as a whole tells nothing of its parts
    rows = []
    for index, block in enumerate(blocks):
        frame = block.frame
        row = [
            *shapes[index],
            *places[index],
            *_frame_features(frame),
            *paths[frame.key],
            *_core_features(index, frame, core, total),
            *gaps[index],
            *_neighbour_features(index, blocks, shapes),
            *_clue_features(index, block, clues, counts[block.text]),
            *heading[index],
            1.0 if index in pictured else 0.0,
            float(total),
        ]
        bits = hints.get(frame.hints)
        if bits is None:
            own = frame.hints & ~core_hints
            bits = hints[frame.hints] = [1.0 if own & bit else 0.0 for bit in _HINT_BITS]
        row += bits
        rows.append(row)
    return rows


def _shape_of(block: Block) -> tuple[float, ...]:
    text = block.text
    length, size = len(text), block.size
    words = text.count(" ") + 1 + (size - length) // 4
    count = text.count
    marks = count(",") + count(".") + count(";") + count("!") + count("?")
    if not text.isascii():
        marks += (
            count("，") + count("。") + count("、") + count("；") + count("：") + count("？") + count("！")
        )
    sample = text if length < 300 else text[:300]
    small = len(_SMALL_WORD.findall(sample))
    cue = _CUES.match(text) if length < 400 else None
    last = text[-1]
    return (
        size,
        words,
        block.linked / length,
        block.emphasised / length,
        marks,
        marks / size,
        1.0 if last in _ENDS else 0.0,
        1.0 if last in _STOPS else 0.0,
        small / (sample.count(" ") + 1),
        float(cue.lastgroup[1]) if cue and cue.lastgroup else 0.0,
        _TAG_CODES.get(block.frame.tag, 0),
        1.0 if text.isupper() else 0.0,
        1.0 if "|" in text or "»" in text or "http" in text or "@" in text else 0.0,
        block.links,
    )


def _places_of(blocks: Sequence[Block]) -> list[tuple[float, ...]]:
    total = max(1, sum(block.size for block in blocks))
    total_prose = max(1, sum(block.size for block in blocks if is_prose(block)))
    before = prose = 0
    places: list[tuple[float, ...]] = []
    count = len(blocks)
    for index, block in enumerate(blocks):
        places.append((block.frame.depth, index / count, before / total, prose / total_prose, count))
        before += block.size
        if is_prose(block):
            prose += block.size
    return places


def is_prose(block: Block) -> bool:
    """Return whether *block* is long and mostly unlinked."""
    return block.size > 60 and block.linked * 3 < len(block.text)


def _frame_features(frame: Frame) -> tuple[float, ...]:
    if frame.features is None:
        parent = frame.parent or frame
        grand = parent.parent or parent
        frame.features = (
            _TAG_CODES.get(parent.tag, 0),
            _TAG_CODES.get(grand.tag, 0),
            parent.characters,
            parent.linked / (parent.characters or 1),
            parent.prose / (parent.characters or 1),
            parent.end - parent.first,
            parent.children,
            grand.characters,
            grand.linked / (grand.characters or 1),
            grand.prose / (grand.characters or 1),
            grand.end - grand.first,
        )
    return frame.features


def _paths_of(blocks: Sequence[Block]) -> dict[int, tuple[float, ...]]:
    sums: dict[int, list[int]] = {}
    for block in blocks:
        row = sums.setdefault(block.frame.key, [0, 0, 0, 0])
        row[0] += block.size
        row[1] += 1
        row[2] += block.linked * block.size // len(block.text)
        if is_prose(block):
            row[3] += block.size
    total = max(1, sum(row[0] for row in sums.values()))
    ranks = {key: rank for rank, key in enumerate(sorted(sums, key=lambda key: -sums[key][3]))}
    return {
        key: (row[0] / total, row[1], row[2] / row[0], min(ranks[key], 9) if row[3] else 10.0)
        for key, row in sums.items()
    }


_FAR_AWAY = Hint.COMMENTS | Hint.POPUP | Hint.FOOTER | Hint.NAVIGATION
_AWAY = _FAR_AWAY | Hint.RELATED | Hint.SHARE | Hint.ASIDE | Hint.PROMOTION | Hint.FORM


def core_frame(reading: Reading) -> Frame | None:
    """Return the frame that holds most of the page's prose closest together."""
    scores: dict[Frame, float] = {}
    for block in reading.blocks:
        size = block.size
        if size < 25 or block.linked * 3 > len(block.text):
            continue
        weight = min(size, 600) / 100 + 0.5
        if block.frame.hints & _AWAY:
            weight *= 0.05 if block.frame.hints & _FAR_AWAY else 0.3
        frame: Frame | None = block.frame
        for share in (1.0, 1.0, 0.6, 0.4):
            if frame is None:
                break
            scores[frame] = scores.get(frame, 0.0) + weight * share
            frame = frame.parent
    return max(scores, key=lambda frame: scores[frame]) if scores else None


def _core_features(index: int, frame: Frame, core: Frame | None, total: int) -> tuple[float, ...]:
    if core is None:
        return (0.0, 0.0, 0.0, 99.0, 0.0, 0.0)
    before = max(0, core.first - index)
    after = max(0, index - core.end + 1)
    distance = 0
    outer: Frame | None = core
    while outer is not None and not (outer.first <= index < outer.end):
        outer = outer.parent
        distance += 1
    inside = not before and not after
    return (
        1.0 if inside else 0.0,
        before,
        after,
        distance,
        core.characters / total,
        frame.depth - core.depth,
    )


def _gaps_of(blocks: Sequence[Block], core: Frame | None) -> list[tuple[float, ...]]:
    """Return, for each block, the share of the core's prose above it and how far the next prose is."""
    first, end = (core.first, core.end) if core else (0, 0)
    prose = [first <= block.index < end and is_prose(block) for block in blocks]
    total = sum(block.size for block, good in zip(blocks, prose, strict=True) if good) or 1
    until: list[int] = []
    distance = 99
    for good in reversed(prose):
        until.append(min(distance, 99))
        distance = 1 if good else distance + 1
    until.reverse()
    rows: list[tuple[float, ...]] = []
    before, since = 0, 99
    for block, good, ahead in zip(blocks, prose, until, strict=True):
        rows.append((before / total, min(since, 99), ahead))
        since += 1
        if good:
            before += block.size
            since = 1
    return rows


def _neighbour_features(
    index: int, blocks: Sequence[Block], shapes: Sequence[tuple[float, ...]]
) -> tuple[float, ...]:
    count = len(blocks)
    key = blocks[index].frame.key
    before = shapes[index - 1] if index else None
    after = shapes[index + 1] if index + 1 < count else None
    before2 = shapes[index - 2] if index > 1 else None
    after2 = shapes[index + 2] if index + 2 < count else None
    return (
        before[0] if before else 0.0,
        before[2] if before else -1.0,
        1.0 if before and blocks[index - 1].frame.key == key else 0.0,
        before[10] if before else -1.0,
        before2[0] if before2 else 0.0,
        after[0] if after else 0.0,
        after[2] if after else -1.0,
        1.0 if after and blocks[index + 1].frame.key == key else 0.0,
        after[10] if after else -1.0,
        after2[0] if after2 else 0.0,
        after2[2] if after2 else -1.0,
    )


def _clue_features(index: int, block: Block, clues: Clues, repeats: int) -> tuple[float, ...]:
    title = clues.title_index
    text = block.text
    squeezed = "".join(text.split()) if clues.body or clues.description else ""
    shared = len(clues.title_words.intersection(text.lower().split())) if len(text) < 300 else 0
    return (
        float(index - title) if title >= 0 else -999.0,
        1.0 if index == title else 0.0,
        float(min(repeats, 5)),
        (1.0 if squeezed in clues.body else 0.0) if clues.body else -1.0,
        1.0 if clues.description and len(squeezed) > 20 and squeezed in clues.description else 0.0,
        shared / (len(clues.title_words) or 1),
    )


def _headings_of(blocks: Sequence[Block], shapes: Sequence[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """Return, for each block, the run of linked lines around it and the last heading above it."""
    rows: list[tuple[float, ...]] = []
    run = 0
    since, cue = 99, 0.0
    for block, shape in zip(blocks, shapes, strict=True):
        run = run + 1 if shape[2] > 0.6 else 0
        since += 1
        if block.frame.hints & Hint.HEADING:
            since, cue = 0, shape[9]
        rows.append((run, min(since, 99), cue))
    return rows
