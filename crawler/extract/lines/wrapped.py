"""Lines of the Far East that were wrapped at a column: no blank belongs where one of them ended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from crawler.extract.lines.han_lines import opens_item

_WIDE = re.compile("[\u2e80-\u303e\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]")
_AMID = re.compile(rf"{_WIDE.pattern}[ \t\r]*\n\s*{_WIDE.pattern}")
_STOPS = tuple("。！？；：」』）!?;:")
_WRAPPED_AT = range(40, 101)  # columns
_SLACK = 4  # of columns: a mark that may not begin a line takes a character along, a number its digits


def is_wrapped(text: str) -> bool:
    """Return whether a line of *text* ends amid characters of the Far East, between which no blanks are."""
    return _AMID.search(text) is not None


def unwrapped(lines: Sequence[str]) -> str:
    """Return *lines* as one, with blanks between them but for where a sentence was wrapped."""
    width = max(map(_columns, lines))
    if width not in _WRAPPED_AT:
        return " ".join(lines)
    whole = [lines[0]]
    for line, after in pairwise(lines):
        full = _columns(line) >= width - _SLACK
        whole.append(after if full and _goes_on(line, after) and not opens_item(after) else f" {after}")
    return "".join(whole)


def without_hanging_lines(text: str) -> str:
    """Return preformatted *text* where the lines that hang below the head of an item go on in its line."""
    lines = text.split("\n")
    width = max(_columns(line.rstrip()) for line in lines)
    if width not in _WRAPPED_AT:
        return text
    kept = [lines[:1]]
    head, depth = _indent(lines[0]), -1  # of the item, and of what hangs below it
    for above, line in pairwise(lines):
        indent = _indent(line)
        hangs = indent == depth if depth >= 0 else indent > head
        full = _columns(above.rstrip()) >= width - _SLACK
        if hangs and full and _goes_on(above.rstrip(), line.lstrip()) and not opens_item(line.lstrip()[:4]):
            kept[-1][-1] = kept[-1][-1].rstrip()
            kept[-1].append(line.lstrip())
            depth = indent
        else:
            kept.append([line])
            head, depth = indent, -1
    return "\n".join(map("".join, kept))


def _goes_on(line: str, after: str) -> bool:
    ends_amid = _WIDE.match(line[-1:]) is not None and not line.endswith(_STOPS)
    return ends_amid and _WIDE.match(after) is not None


def _columns(line: str) -> int:
    return len(line) if line.isascii() else len(line) + len(_WIDE.findall(line))


def _indent(line: str) -> int:
    return _columns(line) - _columns(line.lstrip())
