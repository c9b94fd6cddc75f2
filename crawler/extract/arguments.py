"""What the public functions are called with, checked at the door."""

from __future__ import annotations


def require_markup(html: object, url: object) -> None:
    """Accept a page as it was received, and its address.

    :raises TypeError: if either is something else.
    """
    if not isinstance(html, bytes | bytearray):
        hint = ": encode it, or pass the body as it was received" if isinstance(html, str) else ""
        raise TypeError(f"html is {_named(html)}, bytes are wanted{hint}")
    _require_address(url)


def require_dump(dump: object, url: object) -> None:
    """Accept a saved text and its address.

    :raises TypeError: if either is something else.
    """
    if not isinstance(dump, str):
        hint = ": decode it" if isinstance(dump, bytes | bytearray) else ""
        raise TypeError(f"dump is {_named(dump)}, a str is wanted{hint}")
    _require_address(url)


def _require_address(url: object) -> None:
    if not isinstance(url, str):
        raise TypeError(f"url is {_named(url)}, a str is wanted ('' where there is none)")


def _named(value: object) -> str:
    return "None" if value is None else f"of type {type(value).__name__}"
