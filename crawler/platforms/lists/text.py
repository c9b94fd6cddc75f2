"""Text of markup as one line that a reader would see."""

from __future__ import annotations

from itertools import accumulate, islice

from lxml import etree

from crawler.extract.text import one_line, raw_text_of, squeeze

_MANY = 300  # elements


def text_of(element: etree._Element) -> str:
    """Return the text inside *element* on one line."""
    return tidy(raw_text_of(element))


def shows_more_than(element: etree._Element, most: float) -> bool:
    """Return whether the text of *element* has more than *most* characters; a page is not read to its end."""
    if next(islice(element.iter(), _MANY, None), None) is not None:
        letters = accumulate(len(squeeze(text)) for text in element.itertext())
        if any(number > most for number in letters):
            return True
    return len(text_of(element)) > most


def tidy(text: str) -> str:
    """Return *text* on one line, without invisible characters."""
    return " ".join(text.split()) if text.isascii() else one_line(text)
