"""Text that every engine accepts: no NUL, no lone surrogate."""

from __future__ import annotations

from typing import overload


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
