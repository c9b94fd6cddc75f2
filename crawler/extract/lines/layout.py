"""How the lines of a page lie: sums over them, by which each is weighed against the others."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter

from lxml import etree

from crawler.extract.lines.blocks import Block, Frame, Reading
from crawler.extract.lines.hints import Hint

_FAR_AWAY = Hint.COMMENTS | Hint.POPUP | Hint.FOOTER | Hint.NAVIGATION
_AWAY = _FAR_AWAY | Hint.RELATED | Hint.SHARE | Hint.ASIDE | Hint.PROMOTION | Hint.FORM
_FAR = 99  # lines; what lies farther off lies as far
_MENUS = (
    Hint.NAVIGATION | Hint.FOOTER | Hint.FORM | Hint.POPUP | Hint.RELATED | Hint.PROMOTION | Hint.MEDIA
)  # of which a short line apart from the text is never one of its lines
_LONGEST_ENTRY = 60  # bytes; a longer line may be text, wherever it stands
# Openings of lines that rarely belong to a text, told by the number of their group.
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
    r"|inhalt|table of|contents|on this page|summary|key )"
)
_SHORTEST_COPY = 400  # bytes; a paragraph may quote one line, only a copy holds the most of a text
_FEWEST_LINES = 3
_OPENING = 20  # characters of a line, by which most lines are told apart at once
_LONGEST_CUE = 40  # characters, and some to spare
_LONGEST_CUED = 400
_MOST_WRAPPERS = 4  # elements around one component of a text
_WHOLE = frozenset(
    {"article", "p", "li", "td", "tr"}
)  # of which another one alike is another text, or a line of it
_WHOLE_PAGE = frozenset({"html", "body"})
_OVER_HEADLINE = 1  # lines over the headline of an article: a kicker, a date
_MOST_WRAPPERS = 10  # around one line of a component
_FEW = 2  # lines of a core that may be a single component of a text
_ABOVE_HEADLINE = 0.3  # what a line over the first h1 counts


class Layout:
    """The blocks of *reading* with their running sums: the n-th of each is of the first n blocks."""

    __slots__ = (
        "_ends_around",
        "_starts_around",
        "blocks",
        "children",
        "core",
        "cues",
        "headings",
        "link_runs",
        "link_shares",
        "linked",
        "paths",
        "pictured",
        "prose",
        "prose_in_core",
        "repeats",
        "sizes",
    )  # fmt: skip

    def __init__(self, reading: Reading, containers: Collection[etree._Element] = ()) -> None:
        """Sum the blocks up; *containers* hold most of the article, if they are known."""
        blocks = self.blocks = reading.blocks
        linked = [block.linked * block.size // len(block.text) for block in blocks]
        prose = [block.size if is_prose(block) else 0 for block in blocks]
        self.sizes = list(accumulate((block.size for block in blocks), initial=0))
        self.linked = list(accumulate(linked, initial=0))
        self.prose = list(accumulate(prose, initial=0))
        self.link_shares = [block.linked / len(block.text) for block in blocks]
        self.link_runs = list(accumulate(self.link_shares, _longer_run, initial=0))
        self.repeats = Counter(map(attrgetter("text"), blocks))
        self.children = Counter(map(attrgetter("parent"), reading.frames))
        self.pictured = {index for index, _ in reading.images}
        self.headings = [block.index for block in blocks if block.frame.hints & Hint.HEADING]
        self.cues: dict[int, float] = {}
        self.paths = _paths_of(blocks, linked, prose)
        self.core = self._core_in(reading.frames, containers) or self._text_in(reading)
        first, end = (self.core.first, self.core.end) if self.core else (0, 0)
        self.prose_in_core = [index for index in range(first, end) if prose[index]]
        around = list(_outward(self.core))  # each begins before the last one and ends behind it
        self._starts_around = [-frame.first for frame in around]
        self._ends_around = [frame.end for frame in around]

    def _core_in(self, frames: Sequence[Frame], containers: Collection[etree._Element]) -> Frame | None:
        """Return the frame of the one among *containers* that holds most text: a lead is one long line."""
        known = set(containers)
        held = [frame for frame in frames if frame.element in known and self.prose_of(frame) > 0]
        return max(held, key=lambda frame: self.size_of(frame) - self.linked_of(frame), default=None)

    def _text_in(self, reading: Reading) -> Frame | None:
        """Return the core of *reading*, or what holds it and others named alike: a text in components."""
        core = frame = core_frame(reading)
        headline = headline_of(reading)
        for _ in range(_MOST_WRAPPERS if core else 0):
            outer = frame.parent if frame else None
            if frame is None or outer is None or frame.tag in _WHOLE or outer.tag in _WHOLE_PAGE:
                break
            if outer.first <= headline < outer.end:  # more than the text
                break
            if self.prose_of(outer) > self.prose_of(frame):
                alike = [
                    other for other in reading.frames if other.parent is outer and _named_alike(other, frame)
                ]
                whole = sum(map(self.prose_of, alike)) * 2 > self.prose_of(outer) + self.prose_of(frame)
                return outer if whole else core
            frame = outer
        return core

    def size_of(self, frame: Frame) -> int:
        """Return the bytes of text inside of *frame*."""
        return self.sizes[frame.end] - self.sizes[frame.first]

    def linked_of(self, frame: Frame) -> int:
        """Return the bytes of links inside of *frame*."""
        return self.linked[frame.end] - self.linked[frame.first]

    def prose_of(self, frame: Frame) -> int:
        """Return the bytes of lines that read like prose inside of *frame*."""
        return self.prose[frame.end] - self.prose[frame.first]

    def open_to_doubt(self) -> list[Block]:
        """Return the blocks that may be the article's: no comments below it, no menus, banners or copies."""
        # What holds for the whole core tells nothing of its parts.
        others = ~(self.core.hints if self.core else 0)
        comments, consent = Hint.COMMENTS & others, Hint.CONSENT & others
        first = self.core.first if self.core else 0
        copies = self.copies()
        return [
            block
            for block in self.blocks
            if block.index not in copies
            and not block.frame.hints & consent
            and not (block.frame.hints & comments and block.index >= first)
            and not self.is_menu(block)
        ]

    def copies(self) -> set[int]:
        """Return the indices of lines that hold the page's text once more, in one piece, for machines."""
        # A copy of the text is longer than each line of it: the first long line that is none ends the search.
        least = max(_SHORTEST_COPY, self.sizes[-1] / 8)
        long = [block for block in self.blocks if block.size >= least]
        found: set[int] = set()
        for block in sorted(long, key=attrgetter("size"), reverse=True):
            held = {
                line.text
                for line in self.blocks
                if is_prose(line) and line.size < block.size and line.text[:_OPENING] in block.text
            }
            if sum(map(len, held)) * 4 < len(block.text) * 3:
                break
            whole = "".join(block.text.split())
            held = {text for text in held if "".join(text.split()) in whole}
            if len(held) < _FEWEST_LINES or sum(map(len, held)) * 4 < len(block.text) * 3:
                break
            found.add(block.index)
        return found

    def is_menu(self, block: Block) -> bool:
        """Return whether *block* is one line of many that lead away from the article.

        The trees would say so of all but one in a thousand of these, and take longer.
        """
        core = self.core
        if core is None or core.first <= block.index < core.end:
            return False
        if block.size <= _LONGEST_ENTRY and block.frame.hints & _MENUS & ~core.hints:
            return True
        parent = block.frame.parent or block.frame
        # A line apart from the text, in a part of the page that is mostly links.
        return self._is_linked(parent) or self._is_linked(parent.parent or parent)

    def _is_linked(self, frame: Frame) -> bool:
        return self.linked_of(frame) * 3 > self.size_of(frame) * 2

    def away_from_core(self, index: int) -> int:
        """Return how many elements around the core, it too, do not hold a block that stands outside of it."""
        if index >= self._ends_around[0]:
            return bisect_right(self._ends_around, index)
        return bisect_left(self._starts_around, -index)

    def prose_around(self, index: int) -> tuple[float, int, int]:
        """Return the share of the core's prose above a block, and how far off its prose is: before, after."""
        places = self.prose_in_core
        if not places:
            return 0.0, _FAR, _FAR
        start, past = bisect_left(places, index), bisect_right(places, index)
        first, end = places[0], places[-1] + 1
        above = self.prose[min(max(index, first), end)] - self.prose[first]
        return (
            above / (self.prose[end] - self.prose[first]),
            min(index - places[start - 1], _FAR) if start else _FAR,
            min(places[past] - index, _FAR) if past < len(places) else _FAR,
        )

    def heading_above(self, index: int) -> tuple[int, float]:
        """Return how far above a block the last heading stands, and its cue."""
        place = bisect_right(self.headings, index) - 1
        if place < 0:
            return _FAR, 0.0
        heading = self.headings[place]
        return min(index - heading, _FAR), self.cue_of(heading)

    def cue_of(self, index: int) -> float:
        """Return the number of the group whose words open a block; 0: none."""
        if index not in self.cues:
            self.cues[index] = cue_in(self.blocks[index].text)
        return self.cues[index]


def _outward(frame: Frame | None) -> Iterator[Frame]:
    """Yield *frame* and all that are around it."""
    while frame is not None:
        yield frame
        frame = frame.parent


def cue_in(text: str) -> float:
    """Return the number of the group whose words open *text*; 0: none."""
    cue = _CUES.match(text[:_LONGEST_CUE].lower()) if len(text) < _LONGEST_CUED else None
    return float(cue.lastgroup[1]) if cue and cue.lastgroup else 0.0


def _longer_run(run: int, share: float) -> int:
    return run + 1 if share > 0.6 else 0


def is_prose(block: Block) -> bool:
    """Return whether *block* is long and mostly unlinked."""
    return block.size > 60 and block.linked * 3 < len(block.text)


def _paths_of(
    blocks: Sequence[Block], linked: Sequence[int], prose: Sequence[int]
) -> dict[int, tuple[float, ...]]:
    """Return for each way of nesting its share of the text, its lines, its links, its rank by prose."""
    sums: dict[int, list[int]] = {}
    for block, of_links, of_prose in zip(blocks, linked, prose, strict=True):
        row = sums.get(block.frame.key)
        if row is None:
            row = sums[block.frame.key] = [0, 0, 0, 0]
        row[0] += block.size
        row[1] += 1
        row[2] += of_links
        row[3] += of_prose
    total = max(1, sum(row[0] for row in sums.values()))
    ranks = {key: rank for rank, key in enumerate(sorted(sums, key=lambda key: -sums[key][3]))}
    return {
        key: (row[0] / total, row[1], row[2] / row[0], min(ranks[key], 9) if row[3] else 10.0)
        for key, row in sums.items()
    }


def core_frame(reading: Reading) -> Frame | None:
    """Return the frame that holds most of the page's prose closest together.

    Where it holds next to nothing, the text may stand in components, each line in wrappers of its own.
    """
    core = _densest_frame(reading, attrgetter("parent"))
    if core is None or sum(_is_sizeable(block) for block in reading.blocks[core.first : core.end]) > _FEW:
        return core
    wider = _densest_frame(reading, _around)
    more_than_text = wider is not None and wider.first + _OVER_HEADLINE < headline_of(reading) < wider.end
    return core if more_than_text else wider


def _densest_frame(reading: Reading, outer_of: Callable[[Frame], Frame | None]) -> Frame | None:
    """Return the frame to which the lines of *reading* give most weight, each to some around it.

    What stands over the headline seldom is the article: rotating banners have more prose than a short text.
    """
    headline = headline_of(reading)
    scores: dict[Frame, float] = {}
    for block in filter(_is_sizeable, reading.blocks):
        weight = min(block.size, 600) / 100 + 0.5
        if block.frame.hints & _AWAY:
            weight *= 0.05 if block.frame.hints & _FAR_AWAY else 0.3
        if block.index <= headline:
            weight *= _ABOVE_HEADLINE
        frame: Frame | None = block.frame
        for share in (1.0, 1.0, 0.6, 0.4):
            if frame is None:
                break
            scores[frame] = scores.get(frame, 0.0) + weight * share
            frame = outer_of(frame)
    return max(scores, key=lambda frame: scores[frame]) if scores else None


def _is_sizeable(block: Block) -> bool:
    return block.size >= 25 and block.linked * 3 <= len(block.text)


def _around(frame: Frame) -> Frame | None:
    """Return the innermost element around *frame* that holds more lines than it, within a few wrappers."""
    outer = frame.parent
    for _ in range(_MOST_WRAPPERS):
        if outer is None or outer.end - outer.first > frame.end - frame.first:
            return outer
        outer = outer.parent
    return None


def headline_of(reading: Reading) -> int:
    """Return the index of the first line in an h1; -1: none."""
    return next((block.index for block in reading.blocks if _in_headline(block)), -1)


def _named_alike(other: Frame, frame: Frame) -> bool:
    named = frame.tag == "section" or bool(frame.name)
    return named and other.end > other.first and other.key == frame.key


def _in_headline(block: Block) -> bool:
    frame = block.frame
    return frame.tag == "h1" or (frame.parent is not None and frame.parent.tag == "h1")
