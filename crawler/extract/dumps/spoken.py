"""Pages as a screen reader speaks them: "heading level 1 ...", "link ...", "banner landmark"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LEVEL = re.compile(r"heading level (\d)[,:]?\s+(\S.*)", re.IGNORECASE)
_CONTROL = re.compile(
    r"(?:visited )?link(?: graphic)? .{1,120}"
    r"|(?:button|graphic|image|check ?box|edit|search|combo box) .{1,80}"
    r"|(?:banner|navigation|main|content ?info(?:rmation)?|complementary|search|region|form)"
    r"(?: info)? landmark(?: .{1,60})?"
    r"|(?:nested )?list with \d{1,3} items?|out of (?:nested )?list"
    r"|out of .{1,30} landmark|separator|clickable",
    re.IGNORECASE,
)
_LEAST = 4  # such lines


def is_spoken(raw: Sequence[str]) -> bool:
    """Return whether a screen reader spoke *raw*."""
    lines = [line.strip() for line in raw]
    levels = sum(_LEVEL.fullmatch(line) is not None for line in lines)
    return levels > 0 and levels + sum(is_control(line) for line in lines) >= _LEAST


def is_control(line: str) -> bool:
    """Return whether a spoken *line* is a landmark, a link or a control, and no text."""
    return _CONTROL.fullmatch(line) is not None


def heading_of(line: str) -> tuple[int, str] | None:
    """Return the rank and the words of a spoken heading."""
    found = _LEVEL.fullmatch(line)
    return (int(found[1]), found[2]) if found else None
