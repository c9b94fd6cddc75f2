"""Data as frameworks write it into a page for their scripts: the table of Nuxt, the rows of Next.js."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_WRAPPERS = frozenset({"ShallowReactive", "Reactive", "ShallowRef", "Ref", "Date"})
_DEEPEST = 24  # of such tables, which wrap every object
_PUSH = re.compile(r"__next_f\.push\(\s{0,9}(?=\[1\s?,)")
_ROW = re.compile(r"([0-9a-f]{1,4}):(?=[\[{]|T[0-9a-f]{1,6},)")
_MOST_FAILURES = 50  # rows of another form, each of which may be read to the end
_SIZE = re.compile(r"T([0-9a-f]{1,6}),")
_REFERENCE = re.compile(r"\$([0-9a-f]{1,4})")
_LONGEST_REFERENCE = 5
_decoder = json.JSONDecoder()


def _wraps(item: list[Any]) -> bool:
    return len(item) == 2 and isinstance(item[0], str) and item[0] in _WRAPPERS


def from_table(table: Any) -> Any:
    """Return the value that *table* stands for, if it is Nuxt's: a list of values named by their places."""
    if not (isinstance(table, list) and table and isinstance(table[0], list) and _wraps(table[0])):
        return table
    made: dict[int, Any] = {}

    def value_at(place: Any, depth: int) -> Any:
        if not isinstance(place, int) or not 0 <= place < len(table) or depth > _DEEPEST:
            return None
        if place not in made:
            made[place] = None  # what holds itself ends here
            made[place] = value_of(table[place], depth + 1)
        return made[place]

    def value_of(item: Any, depth: int) -> Any:
        if isinstance(item, dict):
            return {name: value_at(place, depth) for name, place in item.items()}
        if not isinstance(item, list):
            return item
        if _wraps(item):
            return item[1] if item[0] == "Date" else value_at(item[1], depth)
        return [value_at(place, depth) for place in item]

    return value_at(0, 0)


def flight_pieces(script: str) -> Iterator[str]:
    """Yield the pieces of rows that *script* sends: `self.__next_f.push([1,"2:[...]"])`."""
    for call in _PUSH.finditer(script):
        try:
            value, _ = _decoder.raw_decode(script, call.end())
        except (ValueError, RecursionError):
            continue
        if len(value) > 1 and isinstance(value[1], str):
            yield value[1]


def flight_values(pieces: Iterable[str]) -> Iterator[Any]:
    """Yield the JSON values in the rows that *pieces* make together, with long texts in their places."""
    texts: dict[str, str] = {}
    values: list[Any] = []
    for name, value in _rows("".join(pieces)):
        if isinstance(value, str):
            texts[name] = value
        else:
            values.append(value)
    return (_with_texts(value, texts) for value in values)


def _rows(sent: str) -> Iterator[tuple[str, Any]]:
    """Yield the rows `1a:[...]`, `1b:{...}` and `1c:T5e,text`, whose length is in bytes, with their names."""
    start = failed = 0
    while failed < _MOST_FAILURES and (row := _ROW.search(sent, start)):
        start = row.end()
        if size := _SIZE.match(sent, start):
            length = int(size[1], 16)
            text = sent[size.end() : size.end() + length].encode("utf-8", "replace")[:length]
            shown = text.decode("utf-8", "ignore")
            start = size.end() + len(shown)
            yield row[1], shown
            continue
        try:
            value, start = _decoder.raw_decode(sent, start)
        except (ValueError, RecursionError):
            failed += 1
        else:
            yield row[1], value


def _with_texts(value: Any, texts: dict[str, str], depth: int = 0) -> Any:
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return {name: _with_texts(each, texts, depth + 1) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_texts(each, texts, depth + 1) for each in value]
    short = isinstance(value, str) and len(value) <= _LONGEST_REFERENCE
    reference = _REFERENCE.fullmatch(value) if short else None
    return texts.get(reference[1], value) if reference else value
