"""Pieces cut from raw text in linear time: between two marks, and the pairs of a script's object."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PAIR = re.compile(
    r"""(["']?)([A-Za-z_][\w.-]{0,60})\1\s{0,8}:\s{0,8}(?:"([^"\n]{0,500})"|'([^'\n]{0,500})'|([^\s,{}"']{1,200}))"""
)
_OBJECT_LENGTH = 4_000  # characters; parameters are short


def cuts(text: str, start: str, end: str) -> Iterator[str]:
    """Yield what stands between each *start* and the next *end*."""
    at = text.find(start)
    while at >= 0:
        stop = text.find(end, at + len(start))
        if stop < 0:
            return
        yield text[at + len(start) : stop]
        at = text.find(start, stop + len(end))


def cut(text: str, start: str, end: str) -> str | None:
    """Return what stands between the first *start* and the next *end*, or None."""
    return next(cuts(text, start, end), None)


def without_cdata(text: str) -> str:
    """Return *text* without the marks of a CDATA section around it."""
    return text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip()


def pairs_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return the names and values of an object written in a script, which need not be JSON."""
    return tuple(
        (match[2], next(value for value in match.group(3, 4, 5) if value is not None))
        for match in _PAIR.finditer(text[:_OBJECT_LENGTH])
    )


def object_after(text: str, name: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of the object that follows the first *name* in a script; none where none does."""
    at = text.find(name)
    opening = text.find("{", at) if at >= 0 else -1
    if opening < 0 or opening - at > len(name) + 20:
        return ()
    return pairs_of(text[opening : max(text.find("}", opening), opening) + 1])
