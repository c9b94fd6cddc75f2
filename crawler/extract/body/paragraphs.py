"""From blocks to paragraphs: what a container's lines are, its tables apart, its furniture gone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from lxml import etree

from crawler.extract.body.beside import QUOTES, Beside
from crawler.extract.body.boilerplate import OWN, without_boilerplate
from crawler.extract.body.captions import captions_of, is_caption
from crawler.extract.body.template import SiteTemplate, furniture_rules
from crawler.extract.dates.day_lines import is_day_alone
from crawler.extract.lines.blocks import Block, Frame, Reading, read_blocks
from crawler.extract.lines.han_lines import opens_item
from crawler.extract.lines.hints import Hint
from crawler.extract.lines.nearby import HEADINGS
from crawler.extract.lines.tables import data_tables
from crawler.extract.lines.wrapped import unwrapped
from crawler.extract.text import squeeze
from crawler.extract.types import RemovedLine
from storage.records import Table

_SENTENCE_END = tuple('.!?。！？…：:；;”"»')
# A system that prints the day right before the text, without any blank.
_DATE_ON_TEXT = re.compile(
    r"(?:\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?:,? \d{1,2}:\d\d)?(?=[^\s\d.,:;)/-])"
)
# Behind the link to a file: (PDF, 1.2 MB).
_FACTS_OF_A_FILE = re.compile(
    r"[(\[]\s?(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|csv|zip)\b[^()\[\]]{0,40}[)\]]", re.IGNORECASE
)
_LEAST_DOUBLED = 2  # lines
_CUT, _CUT_MARKS, _LEAST_ABSTRACT = ".…⋯ ", ("...", "…", "⋯"), 20  # characters of one
_AROUND_A_DAY = " ()[]（）【】|-–—:："
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt"})
_MOST_KICKERS, _LONGEST_KICKER = 3, 80  # lines over a headline, and bytes of one
_MOST_OVER_H1 = 12  # of the facts and contacts that offices print there
_LONGEST_HEADING = 100  # characters in bold; longer ones are a lead
_LONGEST_TAIL_HEADING = 60  # bytes of a heading that may head what is no part of a text
_PARAGRAPH_BREAK = 80  # bytes; shorter lines between single <br> are verses or addresses
# What editors type before the points of a list: "○ Period: ...", "1. ...", "가. ...".
_POINT = re.compile(
    r"(?:[○●◎◇◆□■▶▷►▪•◦❍※ㅇ☞✓·・*–—-]|\(?\d{1,2}[.)]|[가-하][.)])\s?(?=[^\W\d_]|[\d「『“\"(（])"
)
_FEWEST_POINTS = 2
# Who holds an event; the foot of a page says so of the site, in no paragraph of the text.
_HOST = re.compile(r"(?:主[办辦]|承[办辦]|[协協][办辦]|指[导導])(?:[单單]位|方)?\s?[:：][^0-9]{2,60}")
_NUMBER = re.compile(r"[0-9０-９]{1,2}(?![0-9０-９%％:：/年月日時时])")
_FEWEST_COUNTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of an article and where it stands."""

    lines: tuple[str, ...]
    removed: tuple[RemovedLine, ...]
    tables: tuple[Table, ...]
    readings: tuple[Reading, ...]
    ruled: bool = False  # a family's rules found its container
    office: str | None = None  # that answered a letter
    facts: tuple[str, ...] = ()  # that stand elsewhere and tell of it, each behind its label

    def read_lines(self) -> list[str]:
        """Return every line that was read, also what is no part of the text."""
        return [*self.facts, *[block.text for reading in self.readings for block in reading.blocks]]


def ruled_blocks(reading: Reading) -> tuple[list[Block], list[RemovedLine]]:
    """Return the blocks of a container that a family's rules named, without what is never body."""
    kept, removed = [], []
    for block in reading.blocks:
        if (rule := _never_body(block)) is None:
            kept.append(block)
        else:
            removed.append(RemovedLine(text=block.text, rule=rule, position="body"))
    return kept, removed


def _never_body(block: Block) -> str | None:
    frame = block.frame
    if frame.hints & Hint.HIDDEN:
        return "hidden"
    if is_caption(frame):
        return "caption"
    if frame.hints & (Hint.NAVIGATION | Hint.SHARE) and block.linked * 2 > len(block.text):
        return "navigation"
    return None


def body_of(
    blocks: Sequence[Block],
    readings: Sequence[Reading],
    title: str,
    *,
    template: SiteTemplate | None = None,
    removed: Sequence[RemovedLine] = (),
) -> Body:
    """Return the body that *blocks* make: tables apart, lines split, furniture at both ends off."""
    above = _above_title(blocks, readings, title)
    kickers = [
        RemovedLine(text=block.text, rule="above the title", position="top") for block in blocks[:above]
    ]
    blocks = blocks[above:]
    tables, in_tables = data_tables(blocks)
    text = [(line, block) for block in blocks if block not in in_tables for line in lines_of(block)]
    rule_beside = Beside(blocks, readings).rule
    beside = {block: rule_beside(block) for block in blocks if block not in in_tables}
    beside |= dict.fromkeys(captions_of([*beside], readings), "caption")
    text, apart = _sorted_out(text, [beside[block] for _, block in text])
    headings = [_is_heading(block) for _, block in text]
    text, furniture = _sorted_out(text, furniture_rules([line for line, _ in text], headings, template))
    lines = [line for line, _ in text]
    over_tables = {block for block, below in pairwise(blocks) if below in in_tables}
    kept, taken = without_boilerplate(lines, title, _marks_of(text, over_tables))
    final = [lines[index] for index in kept]
    doubled = _take_doubled(final, title)
    glued = _take_glued_day(final)
    abstract = _take_abstract(final)
    return Body(
        lines=tuple(final),
        removed=(*removed, *apart, *kickers, *furniture, *taken, *doubled, *glued, *abstract),
        tables=tuple(tables),
        readings=tuple(readings),
    )


def _sorted_out(
    text: Sequence[tuple[str, Block]], rules: Sequence[str | None]
) -> tuple[list[tuple[str, Block]], list[RemovedLine]]:
    """Return the lines of *text* that no rule takes, and those that one does; *rules* stand line by line."""
    ruled = list(zip(text, rules, strict=True))
    kept = [each for each, rule in ruled if rule is None]
    return kept, [RemovedLine(text=line, rule=rule, position="body") for (line, _), rule in ruled if rule]


def _take_doubled(lines: list[str], title: str) -> Sequence[RemovedLine]:
    """Take the second copy of a text off, which a page holds for screens of another size; return it."""
    if len(lines) < 2 * _LEAST_DOUBLED or lines[0] not in lines[1:]:
        return ()
    again = lines.index(lines[0], 1)
    copy = lines[again:]
    between = 1 if squeeze(lines[again - 1]) == squeeze(title) else 0
    if len(copy) < _LEAST_DOUBLED or copy != lines[: again - between]:
        return ()
    doubled = lines[again - between :]
    del lines[again - between :]
    return [RemovedLine(text=line, rule="doubled text", position="end") for line in doubled]


def _take_glued_day(lines: list[str]) -> Sequence[RemovedLine]:
    """Take the day off that is printed right before the text of *lines*; return it."""
    day = _DATE_ON_TEXT.match(lines[0]) if lines else None
    if day is None or not lines[0][day.end() :].lstrip(QUOTES)[:1].isupper():
        return ()
    lines[0] = lines[0][day.end() :]
    return (RemovedLine(text=day[0], rule="date line", position="top"),)


def _take_abstract(lines: list[str]) -> Sequence[RemovedLine]:
    """Take a first line off that a system cut from the text below it; return it.

    "The council met in ..." over "The council met in the town hall", or the same without its full stop.
    """
    first = lines[0] if len(lines) > 1 else ""
    stem, below = squeeze(first.rstrip(_CUT)), list(map(squeeze, lines[1:4]))
    if len(stem) < _LEAST_ABSTRACT:
        return ()
    cut = first.endswith(_CUT_MARKS) and "".join(below).startswith(stem)
    unstopped = not first.endswith(_SENTENCE_END) and any(line in (f"{stem}.", f"{stem}。") for line in below)
    if not (cut or unstopped):
        return ()
    return (RemovedLine(text=lines.pop(0), rule="abstract", position="top"),)


def _above_title(blocks: Sequence[Block], readings: Sequence[Reading], title: str) -> int:
    """Return how many of *blocks* are short lines over the headline: a kicker, the name of a desk."""
    above = list(takewhile(lambda block: block.size <= _LONGEST_KICKER, blocks[:_MOST_OVER_H1]))
    if not above:
        return 0
    squeezed = squeeze(title)
    end = blocks[len(above)].index + 1 if len(above) < len(blocks) else None
    near = readings[0].blocks[above[0].index + 1 : end]
    headline = next((block for block in near if squeeze(block.text) == squeezed), None)
    if headline is None:
        return 0
    over = [block for block in above if block.index < headline.index]
    if headline.frame.tag != "h1" and len(over) > _MOST_KICKERS:
        return 0
    if headline.frame.tag != "h1":  # a sentence may be the first of a text in which a line repeats the title
        over = list(takewhile(lambda block: not block.text.endswith(_SENTENCE_END), over))
    return len(over)


def passed_over(reading: Reading, kept: Sequence[Block]) -> list[RemovedLine]:
    """Return the lines between *kept* ones, or beside them in one element, that are no part of the body."""
    if not kept:
        return []
    first, last = kept[0].index, kept[-1].index
    frame: Frame | None = kept[0].frame
    while frame is not None and not frame.first <= last < frame.end:
        frame = frame.parent
    within = frame if frame is not None and frame.tag not in ("html", "body") else None
    start, end = (within.first, within.end) if within else (first, last + 1)
    own = {block.index for block in kept}
    return [
        RemovedLine(
            text=block.text,
            rule="block decision",
            position="top" if block.index < first else "end" if block.index > last else "body",
        )
        for block in reading.blocks[start:end]
        if block.index not in own
    ]


def _mark_of(block: Block) -> str | None:
    """Return the rule for a line that is no end of a text: a heading, nothing but a link and its day."""
    text = block.text
    if (
        block.frame.tag in HEADINGS
        and block.size <= _LONGEST_TAIL_HEADING
        and (not text.endswith(_SENTENCE_END) or text.endswith(":"))
    ):
        return "heading of nothing"
    beside = (text[block.linked :], text[: len(text) - block.linked])
    if block.linked and _FACTS_OF_A_FILE.fullmatch(beside[0].strip()):
        return "link line"
    if block.linked * 2 < len(text) or text.endswith(_SENTENCE_END):
        return None
    alone = block.linked * 10 >= len(text) * 9
    return "link line" if alone or any(is_day_alone(each.strip(_AROUND_A_DAY)) for each in beside) else None


def _marks_of(text: Sequence[tuple[str, Block]], over_tables: Collection[Block]) -> list[str | None]:
    """Return for each line of *text* what the markup says of it as an end: a rule, `OWN`, or nothing."""
    marks = [None if block in over_tables else _mark_of(block) for _, block in text]
    for place, ((_, before), (line, block)) in enumerate(pairwise(text), 1):
        beside = before.frame.parent is block.frame.parent and before.frame.tag == block.frame.tag
        if beside and _HOST.fullmatch(line):
            marks[place] = OWN
    return marks


def _is_heading(block: Block) -> bool:
    """Return whether a line stands over what follows it: a heading, a line in bold, a label."""
    emphasised = block.emphasised * 10 >= len(block.text) * 9 and len(block.text) <= _LONGEST_HEADING
    return emphasised or block.frame.tag in _HEADINGS or block.text.endswith((":", "："))


def lines_of(block: Block) -> list[str]:
    """Return the paragraphs of *block*: single line breaks end one where the lines read like paragraphs."""
    if "\n" not in block.text:
        return [block.text]
    parts = block.text.split("\n")
    long = sum(len(part.encode("utf-8", "replace")) >= _PARAGRAPH_BREAK for part in parts)
    ended = sum(part.endswith(_SENTENCE_END) for part in parts)
    if long * 2 >= len(parts) and ended * 4 >= len(parts) * 3:
        return parts
    items = sum(part.endswith(_SENTENCE_END) or opens_item(part) for part in parts)
    if items * 4 >= len(parts) * 3 and any(map(opens_item, parts)):
        return parts
    listed = block.frame.tag != "pre" and (_are_points(parts) or _are_counted(parts))
    return parts if listed else [unwrapped(parts)]


def _are_points(lines: Sequence[str]) -> bool:
    """Return whether at least half of *lines*, and two, begin with the mark or the number of a point."""
    points = sum(_POINT.match(line) is not None for line in lines)
    return points >= _FEWEST_POINTS and points * 2 >= len(lines)


def _are_counted(lines: Sequence[str]) -> bool:
    """Return whether at least half of *lines*, and three, are counted from one, whatever stands behind."""
    numbers = [int(found[0]) for line in lines if (found := _NUMBER.match(line))]
    return (
        len(numbers) >= _FEWEST_COUNTED
        and len(numbers) * 2 >= len(lines)
        and numbers == list(range(1, len(numbers) + 1))
    )


def ruled_body(
    containers: Sequence[etree._Element],
    noise: frozenset[etree._Element],
    *,
    breaks: bool,
    title: str,
    template: SiteTemplate | None = None,
) -> Body:
    """Return the body inside of *containers*; *breaks* says whether one <br> ends a paragraph."""
    readings = [read_blocks(container, noise=noise, break_ends_line=breaks) for container in containers]
    blocks: list[Block] = []
    removed: list[RemovedLine] = []
    for reading in readings:
        kept, taken = ruled_blocks(reading)
        blocks.extend(kept)
        removed.extend(taken)
    return replace(body_of(blocks, readings, title, template=template, removed=removed), ruled=True)
