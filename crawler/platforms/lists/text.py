"""Text of markup as one line that a reader would see."""

from __future__ import annotations

from lxml import etree

from crawler.extract.text import one_line, raw_text_of


def text_of(element: etree._Element) -> str:
    """Return the text inside *element* on one line."""
    return tidy(raw_text_of(element))


def tidy(text: str) -> str:
    """Return *text* on one line, without invisible characters."""
    return " ".join(text.split()) if text.isascii() else one_line(text)
