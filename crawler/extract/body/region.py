"""Which blocks of a page are its article: the generic decision, for pages of no known family."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lxml import etree

from crawler.extract.body.completion import completed
from crawler.extract.body.features import Clues, features_of
from crawler.extract.body.gaps import is_whole_sentence
from crawler.extract.body.model import Model
from crawler.extract.body.short_texts import short_text, text_below_lead
from crawler.extract.lines.blocks import Block, Reading
from crawler.extract.lines.layout import Layout

LEAST, MOST = 0.4, 0.5  # bounds of the share that makes a line the article's
SURE = 0.85  # the expected F1 above which a page is clear, and half a chance is asked for
CLEAR = 0.25  # a line below it is none of the article's, whatever the others are


def article_blocks(
    reading: Reading, clues: Clues, model: Model, containers: Sequence[etree._Element] = ()
) -> list[Block]:
    """Return the blocks of *reading* that are the article's text, in order; *containers* hold most of it."""
    layout = Layout(reading, containers)
    blocks = layout.open_to_doubt()
    shares = model.probabilities(features_of(blocks, layout, clues))
    least = least_share([block.size for block in blocks], shares)
    held = set(containers)
    chosen = [
        block
        for block, share in zip(blocks, shares, strict=True)
        if share > least or (held and _is_sentence_in(held, block))
    ]
    if not chosen:
        return short_text(reading.blocks, clues.title_index)
    chosen += text_below_lead(reading.blocks, chosen)
    return completed(reading.blocks, chosen, contained=bool(containers))


def _is_sentence_in(containers: Collection[etree._Element], block: Block) -> bool:
    """Return whether *block* is a sentence right inside one of *containers*, whatever the trees say."""
    outer = block.frame.parent
    return outer is not None and outer.element in containers and is_whole_sentence(block, outer.hints)


def least_share(sizes: Sequence[int], shares: Sequence[float]) -> float:
    """Return how likely a line must be of the article to be taken, on a page with these *shares*.

    Of all choices of the likeliest lines, that of the highest expected F1 takes what is likelier than half
    of that F1 (Lipton, Elkan and Narayanaswamy, 2014): a page of which the trees are unsure is read more
    freely.
    """
    # The trees are not asked to the end of lines that are clear: their shares are rough, and count nothing.
    expected = sum(size * share for size, share in zip(sizes, shares, strict=True) if share >= CLEAR)
    best = right = taken = 0.0
    for share, size in sorted(zip(shares, sizes, strict=True), reverse=True):
        if share < LEAST:
            break
        right += size * share
        taken += size
        best = max(best, 2 * right / (taken + expected))
    return MOST if best > SURE else max(best / 2, LEAST)
