"""Bodies as publishers' editors write them: one text, four habits of mark-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby

from crawler.demo.content import Block, BlockKind, Table, Text

_ENTITIES = str.maketrans({"“": "&ldquo;", "”": "&rdquo;", "–": "&ndash;", "—": "&mdash;"})


def body_markup(text: Text, style: int) -> str:
    """Return the body of *text*; *style* 0 is tidy, 1 blank-indented, 2 pasted from Word, 3 line breaks."""
    if style == 3 and all(_is_plain(block) for block in text.blocks):
        return _broken_lines(text)
    paragraph = (_tidy, _indented, _pasted)[style % 3]
    groups = ((is_item, tuple(blocks)) for is_item, blocks in groupby(text.blocks, _is_item))
    return "\n".join(
        _items(blocks) if is_item else "\n".join(_each(blocks, paragraph)) for is_item, blocks in groups
    )


def cut(title: str, length: int, mark: str = "…") -> str:
    """Return *title* as lists show it."""
    return title if len(title) <= length else title[:length].rstrip() + mark


def _each(blocks: Iterable[Block | Table], paragraph: Callable[[str], str]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield _table(block)
        elif block.kind is BlockKind.HEADING:
            yield f"<h3>{escape(block.text, quote=False)}</h3>"
        else:
            yield paragraph(block.text)


def _is_item(block: Block | Table) -> bool:
    return isinstance(block, Block) and block.kind is BlockKind.ITEM


def _is_plain(block: Block | Table) -> bool:
    return isinstance(block, Block) and block.kind is BlockKind.PARAGRAPH


def _tidy(line: str) -> str:
    return f'<p style="text-indent: 2em; text-align: justify;">{escape(line, quote=False)}</p>'


def _indented(line: str) -> str:
    words = escape(line, quote=False).translate(_ENTITIES)
    return f'<p>&nbsp;&nbsp;&nbsp;&nbsp;<span style="font-size: 16px;">{words}</span></p>'


def _pasted(line: str) -> str:
    words = escape(line, quote=False)
    return (
        f'<p class="MsoNormal" style="line-height:150%"><span lang="EN-US" style="font-family:SimSun">{words}'
        "<o:p></o:p></span></p>\n<p>&nbsp;</p>"
    )


def _broken_lines(text: Text) -> str:
    lines = (f"&emsp;&emsp;{escape(line, quote=False)}" for line in text.paragraphs)
    return f"<div>{'<br><br>'.join(lines)}</div>"


def _items(blocks: Iterable[Block | Table]) -> str:
    items = (f"<li>{escape(block.text, quote=False)}</li>" for block in blocks if isinstance(block, Block))
    return f"<ul>\n{''.join(items)}\n</ul>"


def _table(table: Table) -> str:
    rows = ("".join(f"<td>{escape(cell, quote=False)}</td>" for cell in row) for row in table.rows)
    lines = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table border="1" cellspacing="0"><tbody>\n{lines}\n</tbody></table>'
