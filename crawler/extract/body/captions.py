"""Captions: lines that say what a picture beside a text shows, and are none of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from crawler.extract.lines.blocks import Block, Frame, Reading
from crawler.extract.lines.hints import Hint
from crawler.extract.lines.nearby import SENTENCE_END

_NAME = re.compile(
    r"caption|legende|bildunterschrift|(?:img|image|photo|pic)[_-]?(?:desc|txt)", re.IGNORECASE
)
_BESIDE_MEDIA = re.compile(
    r"(?:media|image|img|photo|foto|picture|bild)_{0,2}-?(?:desc|info|legend|txt|sub)", re.IGNORECASE
)
_OF_WHAT_HAS_ONE = re.compile(r"(?:^|[\s_-])(?:has|with|no|without)[_-]?captions?(?:$|[\s_-])", re.IGNORECASE)
# What holds a picture and the line below it, where only editors know that line as a caption.
_PICTURE_BOX = re.compile(
    r"(?:^|[\s_-])(?:fotos?|photos?|images?|imagen|imatge|immagine|picture|bild|billede|kuva|zdjecie|obrazek|resim)"
    r"(?:[_-](?:box|wrap(?:per)?|container|block|article|news))?(?:$|\s)",
    re.IGNORECASE,
)
# Who took a picture, behind what it shows, as the Chinese press prints it: "... 记者 陈露 摄".
_TAKEN_BY = re.compile(
    r"[^。！？]{0,80}(?:。|\s|[/／|）)])?[^。！？]{0,16}(?:[摄攝]影?|供[图圖]|资料图片?|資料圖片?)[)）\]】]?"
)
_LAST = frozenset("摄攝影图圖片")
_CLOSED = ")）]】"
_MOST_AROUND, _LONGEST_CREDIT = 3, 120  # frames, and bytes
_LEAST_TEXT = 2  # times as long as the captions amid it


def is_caption(frame: Frame) -> bool:
    """Return whether *frame* holds the caption of a picture or a table."""
    if not frame.hints & Hint.CAPTION:
        return False
    return any(tag in ("figcaption", "caption") or _NAME.search(name) for tag, name in _around(frame))


def captions_of(blocks: Sequence[Block], readings: Sequence[Reading]) -> set[Block]:
    """Return those of *blocks* that are captions of the pictures they stand beside, if they are few."""
    # What opens a story in pictures is its text, whoever took the first of them.
    named = [
        block
        for place, block in enumerate(blocks)
        if (block.frame.hints & Hint.CAPTION and _names_a_caption(block.frame))
        or _is_beside_media(block.frame.name)
        or (place > 0 and (_says_who_took_it(block) or _is_alone_with_a_picture(block)))
    ]
    credited = {block for block in blocks if block.frame.tag == "figure" and _is_credit(block)}
    if not named or sum(block.size for block in named) * _LEAST_TEXT > sum(block.size for block in blocks):
        return credited
    near = {place + step for reading in readings for place, _ in reading.images for step in (-1, 0, 1)}
    return credited | {block for block in named if block.index in near}


def _is_credit(block: Block) -> bool:
    """Return whether a line beside the caption of a figure is no sentence."""
    return block.size <= _LONGEST_CREDIT and not block.text.endswith(SENTENCE_END)


def _says_who_took_it(block: Block) -> bool:
    return block.text[-2:].rstrip(_CLOSED)[-1:] in _LAST and _TAKEN_BY.fullmatch(block.text) is not None


def _is_alone_with_a_picture(block: Block) -> bool:
    """Return whether *block* is all that the box of a picture says."""
    frame = block.frame.parent
    return (
        frame is not None
        and frame.end - frame.first == 1
        and _PICTURE_BOX.search(frame.name) is not None
        and frame.element.find(".//img") is not None
    )


def _names_a_caption(frame: Frame) -> bool:
    if any(tag == "blockquote" for tag, _ in _around(frame)):  # who is quoted
        return False
    return any(tag == "figcaption" or _is_name_of_caption(name) for tag, name in _around(frame))


@lru_cache(maxsize=4096)
def _is_beside_media(name: str) -> bool:
    return _BESIDE_MEDIA.search(name) is not None


@lru_cache(maxsize=4096)
def _is_name_of_caption(name: str) -> bool:
    return _NAME.search(_OF_WHAT_HAS_ONE.sub(" ", name)) is not None


def _around(frame: Frame) -> list[tuple[str, str]]:
    """Return tag and class of *frame* and of the two around it."""
    found: list[tuple[str, str]] = []
    inner: Frame | None = frame
    while inner is not None and len(found) < _MOST_AROUND:
        found.append((inner.tag, inner.name))
        inner = inner.parent
    return found
