"""Text of markup as one line that a reader would see."""

from __future__ import annotations

import re

from lxml import etree

from crawler.extract.text import raw_text_of

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")


def text_of(element: etree._Element) -> str:
    """Return the text inside *element* on one line."""
    return tidy(raw_text_of(element))


def tidy(text: str) -> str:
    """Return *text* on one line, without invisible characters."""
    if not text.isascii() and _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def is_han(text: str) -> bool:
    """Tell whether *text* holds a Han character."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)
