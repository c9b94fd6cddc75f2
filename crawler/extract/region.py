"""Which blocks of a page are its article: the generic decision, for pages of no known family."""

from __future__ import annotations

from crawler.extract.blocks import Block, Frame, Reading
from crawler.extract.hints import Hint

_AWAY = (
    Hint.NAVIGATION
    | Hint.FOOTER
    | Hint.COMMENTS
    | Hint.RELATED
    | Hint.SHARE
    | Hint.POPUP
    | Hint.HIDDEN
    | Hint.ASIDE
)


def article_blocks(reading: Reading) -> list[Block]:
    """Return the blocks of *reading* that are the article's text, in order."""
    best = _best_frame(reading)
    if best is None:
        return []
    return [
        block
        for block in reading.blocks[best.first : best.end]
        if block.linked * 2 < len(block.text) and not block.frame.hints & ~best.hints & _AWAY
    ]


def _best_frame(reading: Reading) -> Frame | None:
    scores: dict[int, float] = {}
    frames: dict[int, Frame] = {}
    for block in reading.blocks:
        size = len(block.text)
        if size < 25 or block.linked * 3 > size or block.frame.hints & _AWAY:
            continue
        weight = min(size, 600) / 100 + 0.5
        frame: Frame | None = block.frame
        for share in (1.0, 1.0, 0.6, 0.4):
            if frame is None:
                break
            scores[id(frame)] = scores.get(id(frame), 0.0) + weight * share
            frames[id(frame)] = frame
            frame = frame.parent
    return frames[max(scores, key=lambda key: scores[key])] if scores else None
