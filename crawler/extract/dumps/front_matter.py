"""The fields over a text in Markdown: YAML between fences of ---, or TOML between fences of +++."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_FENCES, _LONGEST, _QUOTES = ("---", "+++"), 80, "\"'"
_TOML = re.compile(r"([\w-]{1,40})\s*=\s*(.*)")
_BLOCK = re.compile(r"[>|][+-]?\d?")  # the value of a field follows, on lines of its own
_NAMED = {"heading": "title", "headline": "title", "pubdate": "date", "publishdate": "date"}


def without_fence(raw: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the fields that some programs write over a text between two fences, and *raw* below them."""
    fence = raw[0].strip() if raw else ""
    if fence not in _FENCES:
        return (), raw
    front = raw[1:_LONGEST]
    end = next((place for place, line in enumerate(front) if line.strip() == fence), None)
    if end is None:
        return (), raw
    return list(_fields_of(front[:end])), raw[end + 2 :]


def _fields_of(front: Sequence[str]) -> Iterator[str]:
    """Yield a line a field that has a value of its own; lists and tables of TOML are left out."""
    lines = [*front, ""]
    for place, line in enumerate(lines[:-1]):
        if line.startswith((" ", "-", "[", "#", "\t")) or not line.strip():
            continue
        toml = _TOML.fullmatch(line)
        name, value = (toml[1], toml[2]) if toml else (line.partition(":")[0], line.partition(":")[2])
        value = value.strip()
        if _BLOCK.fullmatch(value):
            value = " ".join(_indented(lines[place + 1 :]))
        name = _NAMED.get(name.strip().lower(), name.strip())
        if not value.startswith(("[", "{")) and value not in ("true", "false"):
            yield f"{name.capitalize()}: {value.strip(_QUOTES)}"


def _indented(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith((" ", "\t")):
            return
        yield line.strip()
