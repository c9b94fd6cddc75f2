"""A title element of two parts, told apart by the lines of the page: the headline and a name beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter

from crawler.extract.headlines.candidates import MOST_HEADLINES
from crawler.extract.headlines.office_names import OFFICE
from crawler.extract.lines.blocks import Block
from crawler.extract.types import Candidate

_LEAST, _LEAST_HAN = 7, 5  # letters of a headline
_STROKES = tuple(":|-–—·»>")
_STEP = re.compile(r"[>»›/:：]")
_SPACED = re.compile(r"\s[^\w\s]{1,2}\s|\s{2,}|[|｜·»«•_]")


def line_within(title: str, blocks: Sequence[Block]) -> Candidate | None:
    """Return the line among *blocks* that is the headline in *title*, one of its ends.

    Where both ends are lines of the page, the headline is the lower one: names of sites stand at the top.
    A lone one must say more than what stands beside it, and lead nowhere.
    """
    blocks = blocks[:MOST_HEADLINES]
    ends = list(_ends_of(title, blocks))
    named = [block for block in ends if title.endswith(block.text) and _follows_names(title, block, blocks)]
    if named:
        offered, best = named, attrgetter("size")
    elif {title.startswith(block.text) for block in ends} == {True, False}:
        offered, best = ends, attrgetter("index")
    else:
        offered = [block for block in ends if block.linked * 2 < len(block.text) and _says_more(title, block)]
        best = attrgetter("size")
    line = max(offered, key=best, default=None) or _amid(title, blocks)
    if line is None:
        return None
    return Candidate(field="title", value=line.text, rule="line within the title element")


def _amid(title: str, blocks: Sequence[Block]) -> Block | None:
    """Return the line in bold between a kind and a name in *title*: "Press Release: Bridge opens | City"."""
    for block in blocks:
        text = block.text
        if len(text) < _LEAST or block.emphasised * 10 < len(text) * 9 or text not in title:
            continue
        before, _, behind = (part.strip() for part in title.partition(text))
        if before.endswith(_STROKES) and behind.startswith(_STROKES):
            return block
    return None


def _ends_of(title: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the first block of each text that is one end of *title*, parted from the rest."""
    seen: set[str] = set()
    for block in blocks:
        text = block.text
        if text in seen or len(text) < (_LEAST if text.isascii() else _LEAST_HAN) or text not in title:
            continue
        seen.add(text)
        before, _, behind = title.partition(text)
        if bool(before) != bool(behind) and _is_parted(before[-3:] or behind[:3], at_end=bool(before)):
            yield block


def _follows_names(title: str, line: Block, blocks: Sequence[Block]) -> bool:
    """Return whether *title* is the site's name, that of the section, and *line*: "City News Bridge opens".

    The section is the last step of the path that the page shows above *line*, or the site is an office.
    """
    before = title[: -len(line.text)].rstrip()
    steps = (_STEP.split(block.text)[-1].strip() for block in blocks[: line.index])
    return any(len(step) > 1 and before.endswith(step) for step in steps) or bool(
        OFFICE.search(before.split()[0]) if before else False
    )


def _is_parted(beside: str, *, at_end: bool) -> bool:
    near = beside[-1] if at_end else beside[0]
    return bool(_SPACED.search(f" {beside} ")) if near.isspace() else not near.isalnum()


def _says_more(title: str, line: Block) -> bool:
    before, _, behind = title.partition(line.text)
    if before and before[-1].isspace():  # what stands last behind a separator is as a rule the site's name
        return False
    return len(line.text) > max(map(len, _SPACED.split(before or behind)))
