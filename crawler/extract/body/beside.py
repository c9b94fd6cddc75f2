"""Lines beside a text: quotes out of it, whom to ask, facts of its publication, boxes that lead elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain, islice

from lxml import etree

from crawler.extract.body.boilerplate import end_rule, top_rule
from crawler.extract.body.letters import tells_of_letter
from crawler.extract.dates.date_labels import states_publication
from crawler.extract.lines.blocks import Block, Frame, Reading
from crawler.extract.lines.hints import Hint
from crawler.extract.lines.nearby import HEADINGS
from crawler.extract.text import squeeze, text_of

_MOST_QUOTES, _LEAST_QUOTED = 20, 30  # pulled out of one text, and letters of one that has no name for it
_CONTACT_BOX = re.compile(
    r"(?:^|[\s_-])(?:press|media|news|presse|medien|pr)[_-]?(?:contacts?|kontakte?)(?:$|[\s_-])"
    r"|(?:^|[\s_-])(?:contact|kontakt)[_-]?(?:box|card|block)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PULL_QUOTE = re.compile(
    r"pull[-_]?quote|(?:^|\s)pull(?:ed|-?(?:left|right))?(?:$|\s)|(?:^|[\s_-])zitat", re.IGNORECASE
)
_BOX_OF_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:(?:related|recommended|similar|more|other|latest)[_-]?(?:articles?|news|stories|posts?)"
    r"|newsletter|subscri(?:be|ption)|sign-?up|pop-?up|mailing-?list|e?-?mail-?alerts?"
    r"|donat(?:e|ions?)|fundrais(?:er|ing)|boilerplate|about[_-]?(?:box|card|block|us|company|organi[sz]ation|agency|authority|author))(?:$|[\s_-])",
    re.IGNORECASE,
)
_CELLS, _COLONS = frozenset({"td", "th"}), ":： "
_OVER_TEXT = _CELLS | {"li"}  # facts only there
_LONGEST_FACT = 90  # bytes
_LEAST_FACTS, _MOST_FACTS = 3, 12  # of one list
_FACT = re.compile(r"[^\s:：][^:：]{1,14}[:：].{0,60}$")
_OF_THE_PAGE = frozenset({"meta line", "date line", "counter"})
_LEAST_TEXT, _LEAST_AROUND_NAMED = 3, 2  # times as long as a box in it, and as one named for its purpose
_ELSEWHERE = frozenset({"feedback", "related", "share"})  # where the heading of a box leads
_LITTLE = 300  # bytes that may follow a text of any length
QUOTES = "«„“”\"'‘"
_AROUND_A_QUOTE = f"{QUOTES}.,!"  # a full stop of its own, where its sentence goes on in the text


class Beside:
    """Tells the lines beside the text of *blocks*, which are some of *readings*'."""

    def __init__(self, blocks: Sequence[Block], readings: Sequence[Reading]) -> None:
        self._blocks = blocks
        self._are_facts: dict[etree._Element | None, bool] = {None: False}
        self._quotes = 0
        self._whole = sum(block.size for block in blocks)
        self._boxed = {block for reading in readings for block in _boxed_in(reading, blocks, self._whole)}

    def rule(self, block: Block) -> str | None:
        """Return the rule for *block*, None if it is no such line."""
        if block in self._boxed:
            return "box"
        if self._tells_facts(block.frame.tag, block):
            return "facts"
        named = {_rule_named_by(each.get("class")): each for each in two_up(block.frame)}
        if "contact" in named:
            return "contact"
        if "box" in named and self._is_small(named["box"]):
            return "box"
        if "pull quote" not in named:
            return "pull quote" if self._is_quoted_again(block) else None
        if self._quotes >= _MOST_QUOTES:
            return None
        self._quotes += 1
        repeated = self._text.count(_as_quoted(block)) > 1 or self._says_who(block, named["pull quote"])
        return "pull quote" if repeated else None

    def _is_quoted_again(self, block: Block) -> bool:
        """Return whether *block* is of a quotation, of one paragraph, whose words stand amid a longer one."""
        quotation = _quotation_around(block.frame) if _may_be_quoted(block.frame) else None
        if quotation is None or self._quotes >= _MOST_QUOTES:
            return False
        self._quotes += 1
        quoting = next(quotation.iter("blockquote"))
        words = squeeze(text_of(next(chain(quoting.iter("p"), quoting.iterfind("div"), (quoting,)))))
        whole = squeeze(text_of(quotation))
        quoted = words.strip(_AROUND_A_QUOTE).lower()
        if len(quoted) < _LEAST_QUOTED or len(whole) - len(words) > _LONGEST_FACT:
            return False
        return self._text.count(quoted) > self._text.split("\n").count(quoted)

    def _tells_facts(self, tag: str, block: Block) -> bool:
        """Return whether *block* is of a list or a table of facts about the text."""
        if tag in ("dt", "dd"):
            facts = next(block.frame.element.iterancestors("dl"), None)
        elif tag not in _OVER_TEXT or block.index >= self._text_begins:
            return False
        elif tag in _CELLS:
            return _is_fact(block.frame.element)
        else:
            facts = block.frame.element.getparent()
        if facts not in self._are_facts:
            told = _lists_facts if tag == "li" else _terms_tell
            self._are_facts[facts] = facts is not None and told(facts)
        return self._are_facts[facts]

    def _says_who(self, block: Block, box: etree._Element) -> bool:
        """Return whether *block* says who is quoted in *box*, where the text quotes those words, too."""
        quoted = next((squeeze(text_of(words)).strip(_AROUND_A_QUOTE).lower() for words in box.iter("p")), "")
        return bool(quoted) and quoted not in _as_quoted(block) and quoted in self._text

    def _is_small(self, box: etree._Element) -> bool:
        """Return whether *box* stands amid the text: it neither opens it nor holds much of it."""
        opening = self._blocks[0].frame.element
        amid = box is not opening and box not in opening.iterancestors()
        return amid and self._box_sizes[box] * _LEAST_AROUND_NAMED <= self._whole

    @cached_property
    def _text_begins(self) -> int:
        """Return the index of the first line that is no fact for its length; cells over it may hold facts."""
        return next((block.index for block in self._blocks if block.size >= _LONGEST_FACT), 0)

    @cached_property
    def _text(self) -> str:
        return "\n".join(map(_as_quoted, self._blocks))

    @cached_property
    def _box_sizes(self) -> Counter[etree._Element]:
        sizes: Counter[etree._Element] = Counter()
        for block in self._blocks:
            sizes.update(dict.fromkeys(two_up(block.frame), block.size))
        return sizes


def _boxed_in(reading: Reading, blocks: Sequence[Block], whole: int) -> Iterator[Block]:
    """Yield the lines of boxes amid *blocks* whose heading says that they lead elsewhere.

    A heading among *blocks* over little else heads a tail, which is cut as a whole.
    """
    own = {each.index: each.size for each in blocks if each in _lines_at(reading, each.index)}
    headings = [
        (heading, box)
        for heading in (reading.blocks[min(own) + 1 : max(own)] if own else ())
        if heading.frame.tag in HEADINGS
        and (box := _headed_by(heading)).end - box.first > 1
        and end_rule(heading.text) in _ELSEWHERE
    ]
    if not headings:
        return
    sizes = list(accumulate((block.size for block in reading.blocks), initial=0))
    own_sizes = list(accumulate((own.get(index, 0) for index in range(len(sizes))), initial=0))
    last, boxed = max(own), 0  # index after the last box: one holds those within it
    for heading, box in headings:
        heads_a_tail = heading.index in own and _is_little(own_sizes[-1] - own_sizes[heading.index], whole)
        amid = boxed <= heading.index and box.end <= last and not heads_a_tail
        if amid and (sizes[box.end] - sizes[box.first]) * _LEAST_TEXT <= whole:
            yield from reading.blocks[box.first : box.end]
            boxed = box.end


def _is_little(below: int, whole: int) -> bool:
    return below * 2 <= whole and (below * 5 <= whole or below <= _LITTLE)


def _lines_at(reading: Reading, index: int) -> Sequence[Block]:
    return reading.blocks[index : index + 1]


def _headed_by(heading: Block) -> Frame:
    """Return the widest element that begins with *heading*."""
    box = heading.frame
    while box.parent is not None and box.parent.first == heading.index:
        box = box.parent
    return box


def _terms_tell(facts: etree._Element) -> bool:
    """Return whether a list of terms tells of a publication, or of a letter."""
    return states_publication(facts) or tells_of_letter(facts)


def _lists_facts(listed: etree._Element) -> bool:
    """Return whether each item of a list is a label and what it tells, and at least half tell of the page."""
    items = list(islice(listed.iterchildren("li"), _MOST_FACTS + 1))
    if not _LEAST_FACTS <= len(items) <= _MOST_FACTS or any(item.find(".//li") is not None for item in items):
        return False
    facts = [text_of(item) for item in items]
    known = sum(top_rule(fact) in _OF_THE_PAGE for fact in facts)
    return known * 2 >= len(facts) and all(map(_FACT.match, facts))


def _is_fact(cell: etree._Element) -> bool:
    """Return whether *cell* labels the cell behind it as a fact about the text, or holds such a fact."""
    before, behind = cell.getprevious(), cell.getnext()
    pairs = ((before, cell), (cell, behind))
    return any(
        top_rule(f"{text_of(label).rstrip(_COLONS)}: {text_of(value)}") in ("meta line", "date line")
        for label, value in pairs
        if _holds_no_cells(label) and _holds_no_cells(value)
    )


def _holds_no_cells(cell: etree._Element | None) -> bool:
    """Return whether *cell* is one, and no table of its own: tables of layout nest thousands deep."""
    return cell is not None and cell.find(".//td") is None


def _may_be_quoted(frame: Frame) -> bool:
    """Return whether *frame* may be of a quotation, by what is known of it already."""
    around = frame.parent
    if frame.hints & Hint.QUOTE or around is None:
        return True
    return around.tag == "figure" or "quote" in around.name.lower()


def _quotation_around(frame: Frame) -> etree._Element | None:
    """Return the widest element near *frame* that holds a quotation and who is quoted."""
    around = [each for each in two_up(frame) if each.tag == "blockquote" or _holds_a_quotation(each)]
    return around[-1] if around else None


def _holds_a_quotation(element: etree._Element) -> bool:
    named = element.tag == "figure" or (
        element.tag == "div" and "quote" in (element.get("class") or "").lower()
    )
    return named and element.find("blockquote") is not None


def _as_quoted(block: Block) -> str:
    return squeeze(block.text).strip(_AROUND_A_QUOTE).lower()


@lru_cache(maxsize=4096)
def _rule_named_by(name: str | None) -> str | None:
    if name is None:
        return None
    if _CONTACT_BOX.search(name):
        return "contact"
    return "pull quote" if _PULL_QUOTE.search(name) else "box" if _BOX_OF_OTHERS.search(name) else None


def two_up(frame: Frame) -> Iterator[etree._Element]:
    """Yield the element of *frame* and the two around it."""
    inner: Frame | None = frame
    for _ in range(3):
        if inner is None:
            return
        yield inner.element
        inner = inner.parent
