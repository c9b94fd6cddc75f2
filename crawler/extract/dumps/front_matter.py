"""The fields over a text in Markdown: YAML between fences of ---, or TOML between fences of +++."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_FENCES, _LONGEST, _QUOTES = ("---", "+++"), 80, "\"'"
_TOML = re.compile(r"([\w-]{1,40})\s*=\s*(.*)")
_READ, _MOST_READ = re.compile(r"(?:Title|URL Source|Published Time|Number of Pages|Warning): "), 6
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


def under_title(raw: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the fields that a reader for machines writes over a page in Markdown, and *raw* below them."""
    said = [place for place, line in enumerate(raw[:_LONGEST]) if line.strip()]
    fields = [raw[place].strip() for place in said[:_MOST_READ]]
    end = next((at for at, line in enumerate(fields) if line == "Markdown Content:"), None)
    if not end or not fields[0].startswith("Title: ") or not all(map(_READ.match, fields[:end])):
        return (), raw
    return fields[:end], raw[said[end] + 1 :]


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
