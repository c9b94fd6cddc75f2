"""Who signs a text below its last line, as newspapers of Vietnam print it: in bold or at the right."""

from __future__ import annotations

import re
from itertools import chain

from crawler.extract.body.paragraphs import Body
from crawler.extract.headlines.headline_credits import NAME_WORD
from crawler.extract.lines.blocks import Block

_NAME = re.compile(rf"{NAME_WORD}(?:\s{NAME_WORD}){{1,3}}(?:\s?[-–/]\s?{NAME_WORD}(?:\s{NAME_WORD}){{1,3}})?")


def is_signature(line: str) -> bool:
    """Return whether *line* is a name, or two, and nothing else."""
    return _NAME.fullmatch(line) is not None


def signature_of(body: Body) -> str | None:
    """Return the name that stands set off behind the last line of *body*, None where none does."""
    if not body.lines:
        return None
    blocks = list(chain.from_iterable(reading.blocks for reading in body.readings))
    last = next(
        (place for place in range(len(blocks) - 1, -1, -1) if blocks[place].text == body.lines[-1]), None
    )
    behind = blocks[last + 1] if last is not None and last + 1 < len(blocks) else None
    return behind.text if behind and is_signature(behind.text) and _is_set_off(behind) else None


def _is_set_off(block: Block) -> bool:
    """Return whether a line is no link, and in bold or at the right."""
    aligned = f"{block.frame.element.get('style') or ''} {block.frame.element.get('align') or ''}"
    return not block.links and (block.emphasised * 10 >= len(block.text) * 9 or "right" in aligned)
