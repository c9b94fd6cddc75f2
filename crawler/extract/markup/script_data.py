"""What scripts of a page hold or write: JSON values, and the markup of `document.write`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from crawler.extract.markup.framework_data import flight_pieces, flight_values, from_table

_SCRIPTS = etree.XPath("//script[not(@src)][contains(., '{')]/text()")
_FLIGHT = etree.XPath("//script[not(@src)][contains(., '__next_f.push')]/text()")
_COMPONENTS = etree.XPath("//@*[starts-with(., '[{') or starts-with(., '{\"')]")  # what they are given
_WRITERS = etree.XPath("//script[not(@src)][contains(., 'document.write')]/text()")
_START = re.compile(r"[\[{]\s{0,40}[\[{\"]")
_MOST_STARTS = 20  # places in a script where data may begin
_DEEPEST = 12
_MOST_VALUES = 50_000
_WRITTEN = re.compile(
    r"document\.write(?:ln)?\(\s{0,9}"
    r"(?:\"(?P<double>(?:[^\"\\\n]|\\.){1,200000}+)\"|'(?P<single>(?:[^'\\\n]|\\.){1,200000}+)')"
)
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([nrt])|(.))")
_decoder = json.JSONDecoder()

_ANGULAR = re.compile("&([aqslg]);")
_ANGULAR_SIGNS = {"a": "&", "q": '"', "s": "'", "l": "<", "g": ">"}


def held_values(tree: etree._Element) -> Iterator[Any]:
    """Yield the lists and objects of JSON that *tree* holds for its scripts, outer ones before inner ones."""
    for holder in (_SCRIPTS, _COMPONENTS):
        for text in holder(tree):
            yield from values_inside(map(from_table, _values(_of_angular(str(text)))))
    pieces = (piece for script in _FLIGHT(tree) for piece in flight_pieces(str(script)))
    yield from values_inside(flight_values(pieces))


def _of_angular(script: str) -> str:
    """Return *script* with the characters that Angular writes otherwise into the state of a page."""
    return _ANGULAR.sub(lambda found: _ANGULAR_SIGNS[found[1]], script) if "{&q;" in script else script


def written_markup(tree: etree._Element) -> str:
    """Return the markup that the scripts of *tree* write into it."""
    return "".join(
        _ESCAPED.sub(_unescaped, match["double"] or match["single"])
        for script in _WRITERS(tree)
        for match in _WRITTEN.finditer(str(script))
    )


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else found[3] or " "


def _values(script: str) -> Iterator[Any]:
    """Yield the JSON values of *script*; what is no JSON is passed over."""
    start, tries = 0, 0
    while (found := _START.search(script, start)) and tries < _MOST_STARTS:
        tries += 1
        try:
            value, start = _decoder.raw_decode(script, found.start())
        except (ValueError, RecursionError):
            start = found.start() + 1
        else:
            yield value


def values_inside(values: Iterable[Any]) -> Iterator[Any]:
    """Yield the lists and objects among JSON *values* and inside of them."""
    waiting = [(value, 0) for value in values]
    seen = 0
    while waiting and seen < _MOST_VALUES:
        value, depth = waiting.pop()
        seen += 1
        if depth > _DEEPEST or not isinstance(value, dict | list):
            continue
        yield value
        waiting += [(inner, depth + 1) for inner in (value.values() if isinstance(value, dict) else value)]
