"""Make the copies that other offices publish: whole, extended, shortened, with other figures."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.demo.content import Block, Text

_NUMBER = re.compile(r"\d{2,}")


def extended(text: Text, lead: str) -> Text:
    """Return *text* behind a paragraph of its own."""
    return replace(text, blocks=(Block(text=lead), *text.blocks))


def excerpt(text: Text, *, blocks: int) -> Text:
    """Return the first *blocks* of *text*."""
    return replace(text, blocks=text.blocks[:blocks])


def corrected(text: Text) -> Text:
    """Return *text* with the first longer number of its body counted one up."""
    for position, block in enumerate(text.blocks):
        if isinstance(block, Block) and _NUMBER.search(block.text):
            changed = replace(block, text=_NUMBER.sub(_next_number, block.text, count=1))
            return replace(text, blocks=(*text.blocks[:position], changed, *text.blocks[position + 1 :]))
    return text


def continued(text: Text, line: str) -> Text:
    """Return *text* with *line* as its last paragraph."""
    return replace(text, blocks=(*text.blocks, Block(text=line)))


def _next_number(found: re.Match[str]) -> str:
    return str(int(found.group()) + 1)
