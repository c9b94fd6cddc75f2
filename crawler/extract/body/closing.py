"""The end of a text: lists, boxes and short sentences behind the last line that the block model chose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from crawler.extract.body.boilerplate import end_rule, heads_a_tail
from crawler.extract.body.captions import is_caption
from crawler.extract.body.components import closing_component, sentence_of_component
from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.han_lines import opens_item
from crawler.extract.lines.hints import Hint
from crawler.extract.lines.layout import cue_in
from crawler.extract.lines.nearby import (
    APART,
    HEADINGS,
    SENTENCE_END,
    in_one_text,
    leads_elsewhere,
    part_around,
    unquoted,
    wrappers_of,
)
from crawler.extract.lines.tables import is_data_table, table_of

_OF_QUOTATIONS = Hint.FIGURE | Hint.CAPTION
_LINES = frozenset({"p", "li", "div"})
_SENTENCE = range(16, 121)  # bytes of a closing one: of a longer line the trees know enough
_LONGEST_ITEM = 90  # bytes
# What a speech ends with.
_THANKS = re.compile(
    r"(?:(?:i|we) )?thank you(?: (?:all|very much|so much|kindly))?|(?:je vous remercie|merci)(?: beaucoup)?"
    r"|(?:vielen|herzlichen) dank|muchas gracias|muito obrigad[oa]|grazie|děkuji|dziękuję|спасибо|дякую"
    r"|[谢謝]{2}(?:大家|各位)?|asante sana|siyabonga|terima kasih",
    re.IGNORECASE,
)
_EMBEDDED_NAME = re.compile(r"tweet|instagram|tiktok|embed", re.IGNORECASE)
_COLUMN = re.compile(r"col|row|grid|cell|span|wrap|container|flex", re.IGNORECASE)  # they share but a layout
_NAME = re.compile(r"(?:[^\W\d_a-z][\w.'’-]{0,20}\s){1,3}[^\W\d_a-z][\w'’-]{1,24}")
_MARKS = "■□●○◆◇▼▲◎"
_OPENING = re.compile(rf"[{_MARKS}(（\d]")
_NUMBER = re.compile(r"[(（]?(\d{1,2})[)）.．、\s](?!\d)")
_FEWEST_QUESTIONS = 2
_RATE = re.compile(r"\([^()]{1,20}=[^()]{1,60}\)")  # ($1 = 10.05 crowns), as agencies end a text
# What a letter ends with, over the name of who wrote it.
_FAREWELL = re.compile(
    r"(?:yours |very )?(?:sincerely|respectfully|faithfully|truly)(?: yours| submitted)?,"
    r"|(?:with )?(?:best|kind|warm) regards,|mit freundlichen grüßen,?",
    re.IGNORECASE,
)
_MOST_SIGNING = 6  # lines
# Of releases of Canada's departments, whatever their text stands in.
_PART_OF_RELEASE = re.compile(r"quotes?|quick facts|citations?|faits en bref", re.IGNORECASE)
_NEAR = 20  # lines behind a text, among which its notes begin
_MOST_PARTS = 12
_MOST_HEADS, _LONGEST_HEAD = 2, 200  # lines over a list, and bytes of one


def closing_of(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the lines behind *text* that belong to it."""
    found: list[Block] = []
    near = blocks[text[-1].index + 1 : text[-1].index + _NEAR]
    blocks = blocks[: next((block.index for block in near if _is_note(block)), None)]
    for _ in range(_MOST_PARTS):
        so_far = [*text, *found]
        parts = (closing(blocks, so_far) for closing in _CLOSINGS)
        if not (part := next(filter(None, parts), None)):
            break
        found += part
    return found


def _behind(blocks: Sequence[Block], last: Block) -> int:
    """Return the place of the first line behind *last*, its captions and the tables of data beside it."""
    place = last.index + 1
    while place < len(blocks):
        if is_caption(blocks[place].frame):
            place += 1
        elif table := _table_beside(blocks, place, last):
            place = table.end
        else:
            break
    return place


def _table_beside(blocks: Sequence[Block], place: int, last: Block) -> Frame | None:
    """Return the table of data that begins at *place*, beside *last* or in a wrapper that scrolls."""
    table = table_of(blocks[place].frame, {})
    if table is None or table.parent is None or table.first <= last.index:
        return None
    beside = last.frame.parent in (table.parent, table.parent.parent)
    return table if beside and is_data_table(table, blocks) else None


def _is_note(block: Block) -> bool:
    """Return whether *block* is one of the notes at the foot of a text."""
    return any("footnote" in wrapper.name for wrapper in wrappers_of(block.frame))


def _closing_list(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the items of a list that stands right behind *text*, beside it, with the lines over it.

    It leads nowhere: most of each item is no link.
    """
    last = text[-1]
    if rest := _rest_of_quotation(blocks, last):
        return rest
    heads: list[Block] = []
    following = _behind(blocks, last)
    for block in blocks[following : following + 1 + _MOST_HEADS]:
        part = part_around(block.frame)
        if part is not None and part.first > last.index and not _is_embedded(part):
            items = blocks[part.first : part.end]
            beside = _stands_beside(part, heads[0].frame if heads else None, last.frame)
            return [*heads, *items] if beside and not any(map(leads_elsewhere, items)) else []
        if not _is_head(block):
            break
        heads.append(block)
    return []


def _rest_of_quotation(blocks: Sequence[Block], last: Block) -> list[Block]:
    """Return the lines behind *last* in the quotation that it stands in, or who is quoted, behind it."""
    quotation = part_around(last.frame)
    if quotation is None or last.frame.tag == "li" or not quotation.hints & Hint.QUOTE:
        return []
    inside = [block for block in blocks[last.index + 1 : quotation.end] if not leads_elsewhere(block)]
    return inside or [block for block in blocks[quotation.end :][:1] if _is_who_is_quoted(block, quotation)]


def _is_who_is_quoted(block: Block, quotation: Frame) -> bool:
    """Return whether the line right behind a *quotation*, beside it, names somebody and no more."""
    frame = block.frame
    beside = frame.tag == "p" and frame.parent is quotation.parent and not frame.hints & APART
    bare = not block.links and block.size <= _LONGEST_ITEM and not block.text.endswith((*SENTENCE_END, ":"))
    return beside and bare and not (cue_in(block.text) or end_rule(block.text))


def _stands_beside(part: Frame, head: Frame | None, last: Frame) -> bool:
    """Return whether a list or a quotation, under its *head*, stands beside the *last* line of a text."""
    quoted = part.tag == "figure" or bool(part.hints & Hint.QUOTE)
    apart = APART & ~(_OF_QUOTATIONS if quoted else 0) | Hint.HIDDEN
    if part.hints & ~last.hints & apart:
        return False
    if head is None:
        return _in_one_place(part.parent, last.parent) or (quoted and in_one_text(part, last))
    before = part_around(last)
    return head.parent is part.parent and _in_one_place(part.parent, before.parent if before else last.parent)


def _in_one_place(frame: Frame | None, other: Frame | None) -> bool:
    """Return whether two frames are one, or stand side by side and share a class: components of a text."""
    if frame is other:
        return True
    if frame is None or other is None or frame.parent is not other.parent or frame.tag != other.tag:
        return False
    named, others = (each.name.split() for each in (frame, other))
    return any(name in others and _COLUMN.search(name) is None for name in named)


def _is_embedded(part: Frame) -> bool:
    """Return whether a quotation shows what somebody wrote on another site."""
    return _EMBEDDED_NAME.search(part.name) is not None


def _is_head(block: Block) -> bool:
    """Return whether a line stands over what follows it: a heading, a line in bold or before a colon."""
    if block.links or block.size > _LONGEST_HEAD:
        return False
    bold = block.emphasised * 10 >= len(block.text) * 9
    marked = block.frame.tag in _LINES and (bold or block.text.endswith((":", "：")))
    heads = marked or block.frame.tag in HEADINGS
    return heads and not (heads_a_tail(block.text) or end_rule(block.text))


def _closing_sentences(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the sentences right behind the last of *chosen* that stand like it, with headings over them.

    They are short, but whole: their end tells. Behind a list or a box they stand like the text before it.
    """
    last = chosen[-1]
    before = {(block.frame.parent, block.frame.key) for block in chosen}
    found: list[Block] = []
    headings: list[Block] = []
    place = _behind(blocks, last)
    if _is_button_within(blocks, place, chosen):
        place += 1
    for block in blocks[place:]:
        goes_on = (block.frame.parent, block.frame.key) in before
        if (block.links and leads_elsewhere(block)) or not (goes_on or in_one_text(block.frame, last.frame)):
            break
        if block.frame.tag in HEADINGS:
            headings.append(block)
            continue
        alike = block.frame.tag in _LINES and (goes_on or _stand_alike(block.frame, last.frame))
        whole = (
            _is_short_sentence(block)
            or _is_item(block)
            or _goes_on_like(headings[-1] if headings else last, blocks)
        )
        if not alike or not whole:
            break
        found += [*headings, block]
        headings = []
    return found


def _is_button_within(blocks: Sequence[Block], place: int, chosen: Sequence[Block]) -> bool:
    """Return whether a text in components goes on behind the line at *place*, a button in one of its own."""
    if place + 1 >= len(blocks):
        return False
    button, line, last = blocks[place], blocks[place + 1], chosen[-1]
    if button.size > _LONGEST_ITEM or button.linked * 10 < len(button.text) * 9:
        return False
    alike = line.frame.key == last.frame.key and line.frame.parent is not last.frame.parent
    return alike and not (line.links or cue_in(button.text)) and in_one_text(line.frame, last.frame)


def _is_short_sentence(block: Block) -> bool:
    if block.size not in _SENTENCE:
        return _THANKS.fullmatch(block.text.rstrip(".!。！")) is not None
    return block.text.rstrip(")").endswith(SENTENCE_END)


def _closing_rate(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the rate of exchange right behind *text*, whatever component it stands in."""
    last = text[-1]
    line = next(iter(blocks[_behind(blocks, last) :][:1]), None)
    if line is None or line.links or line.size > _LONGEST_ITEM or not _RATE.fullmatch(line.text):
        return []
    return [line] if in_one_text(line.frame, last.frame) else []


def _goes_on_like(heading: Block, blocks: Sequence[Block]) -> bool:
    """Return whether *heading* has the next number, or the mark, of the heading before it: "2.", "■"."""
    if heading.frame.tag not in HEADINGS or not _OPENING.match(heading.text):
        return False
    over = reversed(blocks[max(0, heading.index - _NEAR) : heading.index])
    before = next((block.text for block in over if block.frame.tag in HEADINGS), "")
    if heading.text[0] in _MARKS:
        return before.startswith(heading.text[0])
    number, counted = _NUMBER.match(heading.text), _NUMBER.match(before)
    return number is not None and counted is not None and int(number[1]) == int(counted[1]) + 1


def _is_item(block: Block) -> bool:
    """Return whether a Chinese line goes on with the next number of a text or with another fact."""
    return block.size <= _LONGEST_ITEM and opens_item(block.text) and not end_rule(block.text)


def _closing_section(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the section right behind *text* that has a heading, sentences, and a wrapper of its own.

    Such are the parts that a reader opens one by one.
    """
    last = text[-1]
    heading = next(iter(blocks[_behind(blocks, last) :][:1]), None)
    if heading is None or not _opens_a_section(heading) or cue_in(heading.text):
        return []
    section = next((each for each in wrappers_of(heading.frame) if each.end > heading.index + 1), None)
    if section is None or section.first != heading.index or section.hints & ~last.frame.hints & APART:
        return []
    lines = blocks[section.first + 1 : section.end]
    sentences = sum(line.size for line in lines if line.text.endswith(SENTENCE_END))
    whole = sum(line.size for line in lines)
    near = in_one_text(heading.frame, last.frame)
    return (
        [heading, *lines] if near and sentences * 2 > whole and not any(map(leads_elsewhere, lines)) else []
    )


def _closing_name(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the name right behind the line with which a letter ends: "With kind regards,"."""
    last = text[-1]
    name = next(iter(blocks[last.index + 1 : last.index + 2]), None)
    if name is None or name.links or not last.text.endswith((",", "，")) or last.size > _LONGEST_ITEM:
        return []
    beside = name.frame.parent is last.frame.parent and name.frame.tag == last.frame.tag
    return [name] if beside and _NAME.fullmatch(name.text) else []


def _closing_answer(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the sentence below the heading that ends *text*, if it stands like others of the text: "No."."""
    last = text[-1]
    answer = next(iter(blocks[last.index + 1 : last.index + 2]), None)
    if answer is None or last.frame.tag not in HEADINGS or answer.links:
        return []
    alike = any(block.frame.key == answer.frame.key for block in text)
    whole = alike and answer.text.endswith(SENTENCE_END) and in_one_text(answer.frame, last.frame)
    return [answer] if whole and not end_rule(answer.text) else []


def _closing_questions(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return two or more questions right behind *text*, their answers and the heading over them."""
    last = text[-1]
    lines = blocks[_behind(blocks, last) :]
    found = [*lines[:1]] if lines and lines[0].frame.tag in HEADINGS and _is_head(lines[0]) else []
    asked, answered = 0, True
    for line in lines[len(found) :]:
        question = line.text.endswith("?") and line.size <= _LONGEST_HEAD
        near = in_one_text(line.frame, last.frame) and not line.frame.hints & ~last.frame.hints & APART
        whole = answered if question else asked > 0 and line.text.endswith(SENTENCE_END)
        if not near or line.links or not whole:
            break
        found.append(line)
        asked, answered = asked + question, not question
    return found if asked >= _FEWEST_QUESTIONS and answered else []


def _closing_signature(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return who signs the letter that ends *text*: the short lines right below "Sincerely,"."""
    last = text[-1]
    below = blocks[last.index + 1 : last.index + 2 + _MOST_SIGNING]
    if _FAREWELL.fullmatch(last.text):
        return list(takewhile(lambda line: _signs(line, last), below))
    farewell, *signing = below or [last]
    if not _FAREWELL.fullmatch(farewell.text) or not _signs(farewell, last):
        return []
    return [farewell, *takewhile(lambda line: _signs(line, last), signing)]


def _signs(line: Block, last: Block) -> bool:
    """Return whether *line* may be one of a signature beside *last*: short, and no sentence."""
    beside = line.frame.parent is last.frame.parent and not line.links and line.size <= _LONGEST_ITEM
    return beside and not (line.text.endswith(SENTENCE_END) or end_rule(line.text))


def _closing_part_of_release(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the "Quotes" and the "Quick facts" behind *text*, each with its heading."""
    heading, *lines = blocks[_behind(blocks, text[-1]) :][:_NEAR] or [text[-1]]
    if heading.frame.tag not in HEADINGS or not _PART_OF_RELEASE.fullmatch(heading.text):
        return []
    part = list(takewhile(lambda line: line.frame.tag not in HEADINGS and not line.links, lines))
    return [heading, *part] if part else []


def linked_sentences_behind(blocks: Sequence[Block], text: Sequence[Block]) -> list[Block]:
    """Return the sentences right behind *text*, and like it, that are links: "Click here for more on ...".

    Only where a family's container holds them: others hold links to other articles, too.
    """
    last = text[-1]
    return list(takewhile(lambda line: _is_linked_sentence(line, last), blocks[last.index + 1 :]))


def _is_linked_sentence(line: Block, last: Block) -> bool:
    alike = line.frame.parent is last.frame.parent and line.frame.key == last.frame.key
    whole = line.links == 1 and line.text.endswith(".") and line.size >= _SENTENCE.start
    return alike and whole and not (heads_a_tail(line.text) or end_rule(line.text))


def _opens_a_section(heading: Block) -> bool:
    """Return whether *heading* is one, or the line of a part by which a reader opens it."""
    if heading.frame.tag == "summary":
        return not (heading.links or heads_a_tail(heading.text) or end_rule(heading.text))
    return heading.frame.tag in HEADINGS and _is_head(heading)


def _stand_alike(frame: Frame, last: Frame) -> bool:
    """Return whether two lines are nested and named alike, but for a quotation around one of them."""
    if frame.key == last.key or (frame.tag == "p" and _stands_behind_list(frame, last)):
        return True
    around, before = unquoted(frame), unquoted(last)
    if around is None or before is None:
        return False
    if last.tag == "blockquote" and last.parent is frame.parent:  # a quotation without paragraphs of its own
        return frame.tag == "p"
    if around is frame.parent and before is last.parent:
        return False
    return frame.tag == last.tag and around.key == before.key


def _stands_behind_list(frame: Frame, last: Frame) -> bool:
    """Return whether *last* is of a list that stands beside *frame*."""
    item = last.parent if last.tag == "p" else last
    listed = item.parent if item is not None and item.tag == "li" else None
    return listed is not None and listed.parent is frame.parent


_CLOSINGS = (
    *(_closing_list, _closing_sentences, _closing_section, _closing_answer, _closing_questions),
    *(sentence_of_component, _closing_rate, _closing_signature, _closing_name, _closing_part_of_release),
    closing_component,
)
