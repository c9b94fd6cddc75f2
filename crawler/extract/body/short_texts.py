"""The few sentences of a short notice, of which the block model takes none, or nothing but its lead."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from crawler.extract.body.boilerplate import end_rule, heads_a_tail, top_rule
from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.hints import Hint
from crawler.extract.lines.nearby import APART, SENTENCE_END

_MOST_FACTS = 8  # lines of them under a headline
_MOST_BETWEEN = 4  # lines of a player and the like, between the facts and the text
_MOST_LINES = 40
_LEAST = 24  # bytes of the sentences together
_OF_A_PUBLICATION = frozenset({"meta line", "date line"})


def short_text(blocks: Sequence[Block], headline: int) -> list[Block]:
    """Return the sentences, with what stands among them, below the facts under the line at *headline*.

    None where no facts stand there: then nothing says that the line is the headline of a text.
    """
    below = blocks[headline + 1 :] if headline >= 0 else []
    facts = list(takewhile(lambda block: top_rule(block.text) is not None, below[:_MOST_FACTS]))
    if not any(top_rule(block.text) in _OF_A_PUBLICATION for block in facts):
        return []
    behind = below[len(facts) :]
    begun = next((place for place, block in enumerate(behind[:_MOST_BETWEEN]) if _is_sentence(block)), None)
    if begun is None:
        return []
    while begun and behind[begun - 1].frame.parent is behind[begun].frame.parent:  # its heading
        begun -= 1
    text = _whole(list(takewhile(_goes_on, behind[begun : begun + _MOST_LINES])))
    return text if sum(block.size for block in text) >= _LEAST else []


def text_below_lead(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the lines of the element, named for a text, right behind a lead that is all of *chosen*."""
    lead = chosen[-1]
    if sum(block.frame.tag != "h1" for block in chosen) != 1 or lead.frame.hints & Hint.BODY:
        return []
    behind = blocks[lead.index + 1 : lead.index + 2 + _MOST_BETWEEN]
    first = next((block for block in behind if top_rule(block.text) not in _OF_A_PUBLICATION), None)
    named = _named_for_text(first) if first else None
    if named is None or named.first <= lead.index or named.hints & ~lead.frame.hints & APART:
        return []
    return _whole(list(takewhile(_goes_on, blocks[named.first : min(named.end, named.first + _MOST_LINES)])))


def _named_for_text(block: Block) -> Frame | None:
    """Return the outermost element around *block* whose name says that it holds a text."""
    frame: Frame | None = block.frame
    found = None
    while frame is not None and frame.hints & Hint.BODY:
        found, frame = frame, frame.parent
    return found if found and found.first == block.index else None


def _whole(text: list[Block]) -> list[Block]:
    """Return *text* up to its last sentence."""
    while text and not _is_sentence(text[-1]):
        text.pop()
    return text


def _is_sentence(block: Block) -> bool:
    return block.text.endswith(SENTENCE_END) and block.linked * 2 < len(block.text)


def _goes_on(block: Block) -> bool:
    return block.linked * 2 < len(block.text) and not (end_rule(block.text) or heads_a_tail(block.text))
