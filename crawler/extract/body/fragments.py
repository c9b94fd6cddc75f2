"""Markup that is no page but a text that somebody took out of one: all of its lines are the text."""

from __future__ import annotations

import re

from crawler.extract.body.paragraphs import lines_of
from crawler.extract.lines.blocks import read_blocks
from crawler.extract.lines.tables import data_tables
from crawler.extract.markup.page import parse
from storage.records import Table

_BEGINS = re.compile(
    r"<(?:p|div|br|h[1-6]|ul|ol|li|table|article|section|span|strong|em|b|i|a|img|figure|blockquote)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)


def is_markup(text: str) -> bool:
    """Return whether *text* holds elements of HTML."""
    return "<" in text and _BEGINS.search(text) is not None


def read_fragment(markup: str) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    """Return the lines of *markup* as paragraphs, and its tables."""
    blocks = read_blocks(parse(markup)).blocks
    tables, cells = data_tables(blocks)
    return tuple(line for block in blocks if block not in cells for line in lines_of(block)), tuple(tables)
