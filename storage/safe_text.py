"""Text that every engine accepts, without NUL or lone surrogate; text that says nothing to a terminal."""

from __future__ import annotations

import re
from typing import overload

# What moves a cursor, colours a screen or renames its window, and what lets a line read backwards.
COMMANDING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@overload
def storable(text: str) -> str: ...
@overload
def storable(text: None) -> None: ...
def storable(text: str | None) -> str | None:
    """Return *text* without what PostgreSQL refuses; lone surrogates become U+FFFD.

    Articles come clean from the pipelines; URLs, headers and error texts come from sites.
    """
    if text is None:
        return None
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def harmless(text: str) -> str:
    """Return *text* without what would command a terminal."""
    return text if text.isprintable() else COMMANDING.sub("", text)


def printable(text: str) -> str:
    """Return *text* with control characters written out."""
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)


def harmless_json(text: str) -> str:
    """Return *text*, which is JSON, with what would command a terminal written as escapes."""
    return text if text.isprintable() else COMMANDING.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
