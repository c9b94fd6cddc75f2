"""Letters to a mayor and their answers, which Chinese portals lay out as a table of facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.extract.credits import clean_value, labelled
from crawler.extract.lines.blocks import read_blocks
from crawler.extract.lines.han_lines import is_han
from crawler.extract.markup.page import Page
from crawler.extract.text import squeeze, text_of

_ASKING = "来信|信件|写信|留言|咨询|诉求|问题|提问|投诉|建议|反映|求助"
_ANSWERING = "答复|回复|回信|回答|办理|处理"
_ASKED = tuple(_ASKING.split("|"))
_ANSWERED_WORDS = (*_ANSWERING.split("|"), "官方", "部门", "单位")
_ASKED_OF = ("内容", "描述", "正文", "详情")
_ANSWERED_OF = ("内容", "结果", "意见", "情况", "正文", "详情", "回复", "答复", "回应")
_LABELS = {
    "title": re.compile(f"(?:{_ASKING})?(?:标题|主题|题目)"),
    "question": re.compile(f"(?:{_ASKING})(?:内容|正文|详情|描述)|内容"),
    "answer": re.compile(
        f"(?:官方|部门|单位)?(?:{_ANSWERING}|{_ASKING})?(?:{_ANSWERING})(?:内容|正文|详情|结果|意见|情况)"
        "|(?:官方|部门|单位)(?:答复|回复|回应)"
    ),
    "office": re.compile(f"(?:{_ANSWERING}|承办|受理)(?:单位|部门|机构|机关)"),
    "answered": re.compile(f"(?:{_ANSWERING}|办结)(?:时间|日期)"),
    "other": re.compile(
        f"(?:{_ASKING}|{_ANSWERING}|查询|当前)?(?:人|姓名|时间|日期|编号|编码|类别|类型|分类|状态|满意度)"
    ),
}
_LABELLING = ("th", "td", "dt", "dd", "li", "p", "div", "span", "label", "em", "i", "b", "strong", "font")
_HEADINGS = ("h2", "h3", "h4", "h5")
_OFFICES = [f"{done}{who}" for done in ("答复", "回复", "办理", "承办") for who in ("单位", "部门")]
_ANSWERED = [f"{done}{when}" for done in ("答复", "回复", "办结") for when in ("时间", "日期")]
_CELLS = frozenset({"td", "th"})
_LONGEST_LABEL = 12
_MOST_LABELS = 30  # of one letter; around each of them the page is read again
_MOST_TERMS = 12  # in a list of facts
_HIGHEST = 4  # elements around a label that hold nothing else
_BEHIND = re.compile(
    r"\s{0,99}+([\u4e00-\u9fff][\u4e00-\u9fff ]{0,10}[\u4e00-\u9fff])\s{0,3}[:：]\s{0,99}+(?=\S)"
)
_LEAST_SENTENCE, _SENTENCE_END = 40, ("。", "！", "？", "；")
_LONGEST_DAY = 40
_LEAST_TITLE, _LONGEST_TITLE = 6, 100
_LEAST_ANSWER = 12  # characters; "已办结" is a state


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What was asked and what was answered: the elements that hold it, and the facts about it."""

    question: tuple[etree._Element, ...]
    answer: tuple[etree._Element, ...]
    title: str | None
    office: str | None
    facts: tuple[str, ...]  # "label：value", of the answer

    @property
    def containers(self) -> tuple[etree._Element, ...]:
        """Return the elements that hold the text, in order."""
        return (*self.question, *self.answer)


def letter_of(page: Page) -> Letter | None:
    """Return the letter and the answer that *page* shows, None where it is no such page."""
    titles = page.elements.with_tag("title")
    chinese = not titles or is_han(text_of(titles[0]))
    asked = chinese and _names(page.elements.text, _ASKED, _ASKED_OF)
    if not (asked and _names(page.elements.text, _ANSWERED_WORDS, _ANSWERED_OF)):
        return None
    labels = list(islice(_labels(page), _MOST_LABELS + 1))
    if len(labels) > _MOST_LABELS:
        return None
    found: dict[str, tuple[etree._Element, ...]] = {}
    for name, element in labels:
        found[name] = max(tuple(_held(element)), found.get(name, ()), key=_length)
    question, answer = found.get("question"), found.get("answer")
    if not question or answer is None or _overlap(question, answer) or _tells_more(page, question, answer):
        return None
    office = _stated(page, found.get("office", ()), _OFFICES)
    answered = _stated(page, found.get("answered", ()), _ANSWERED)
    return Letter(
        question=question,
        answer=answer if _length(answer) >= _LEAST_ANSWER else (),
        title=without_label(text_of(found["title"][0])) if found.get("title") else _title_over(question),
        office=clean_value(office),
        facts=(f"答复时间：{answered[:_LONGEST_DAY]}",) if answered else (),
    )


def _title_over(question: Sequence[etree._Element]) -> str | None:
    """Return the title that stands alone in the first row of the table which holds *question*."""
    table = next(question[0].iterancestors("table"), None)
    row = next(table.iter("tr"), None) if table is not None else None
    cells = list(islice(row.iterchildren("td", "th"), 2)) if row is not None else []
    if len(cells) != 1 or cells[0] is question[0]:
        return None
    title = text_of(cells[0])
    return title if _LEAST_TITLE <= len(title) <= _LONGEST_TITLE and not _BEHIND.match(title) else None


def tells_of_letter(facts: etree._Element) -> bool:
    """Return whether a list of *facts* tells who wrote a letter and when, and nothing that it says."""
    terms = list(islice(facts.iter("dt"), _MOST_TERMS + 1))
    if not 1 < len(terms) <= _MOST_TERMS:
        return False
    return {_named(text_of(term)) for term in terms} <= {"title", "office", "answered", "other"}


def _labels(page: Page) -> Iterator[tuple[str, etree._Element]]:
    """Yield the elements of *page* that begin with a label, each with the fact of a letter that it names."""
    for element in page.tree.iter(*_LABELLING, *_HEADINGS):
        if (name := _label_in(element)) and name != "other":
            yield name, element


def _names(text: str, words: tuple[str, ...], ends: Sequence[str]) -> bool:
    """Return whether *text* has one of *words* right before one of *ends*; it is looked for by its end."""
    for end in ends:
        place = text.find(end)
        while place >= 0:
            if text.endswith(words, 0, place):
                return True
            place = text.find(end, place + len(end))
    return False


def _stated(page: Page, held: Sequence[etree._Element], labels: Sequence[str]) -> str:
    """Return what *held* says, the value of a fact, or else what stands behind one of *labels*."""
    if held and not _BEHIND.match(said := text_of(held[0])):
        return said
    return next(filter(None, (labelled(page.text, label) for label in labels)), "")


def without_label(line: str) -> str:
    """Return *line* without the label of a question or an answer in front of it."""
    label = _BEHIND.match(line)
    return line[label.end() :] if label and _named(label[1]) in ("title", "question", "answer") else line


def _named(label: str) -> str | None:
    """Return which fact of a letter *label* names."""
    squeezed = squeeze(label).strip("：:【】[]")
    if not 1 < len(squeezed) <= _LONGEST_LABEL:
        return None
    return next((name for name, pattern in _LABELS.items() if pattern.fullmatch(squeezed)), None)


def _label_in(element: etree._Element) -> str | None:
    """Return which fact the own first words of *element* name, alone or before a colon."""
    text = element.text or ""
    if label := _BEHIND.match(text):
        return _named(label[1])
    return _named(text) if len(text) <= 2 * _LONGEST_LABEL or text.isspace() else None


def _held(label: etree._Element) -> Iterator[etree._Element]:
    """Yield what holds the text that *label* names: itself, its children, the next cell, what follows."""
    if _BEHIND.match(label.text or ""):
        yield label
        return
    if (label.text or "").rstrip().endswith(("：", ":")) and len(label):
        yield from label.iterchildren(etree.Element)
        return
    element: etree._Element = label
    own = squeeze(text_of(label))
    for _ in range(_HIGHEST):
        following = list(_following(element))
        if following:
            yield from following[:1] if following[0].tag in _CELLS else following
            return
        parent = element.getparent()
        if parent is None:
            return
        around = squeeze(text_of(parent))
        if around != own:
            if around.startswith(own) and (element.tail or "").strip("：: \n\t\r\xa0\u3000"):
                yield parent
            return
        element = parent


def _following(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements behind *element* up to the next heading, label of a text or of facts behind it."""
    if (element.tail or "").strip("：: \n\t\r\xa0\u3000"):
        return
    siblings = list(element.itersiblings(etree.Element))
    if not siblings and element.tag in _CELLS and (row := element.getparent()) is not None:
        row = row.getnext()  # the label has a row of its own
        siblings = list(row.iterchildren("td")) if row is not None else []
    begun = False
    for sibling in siblings:
        named = set(map(_label_in, sibling.iter(*_LABELLING, *_HEADINGS))) - {None}
        if sibling.tag in _HEADINGS or (named and (begun or named & {"question", "answer"})):
            return
        if not named and squeeze(text_of(sibling)):
            begun = True
            yield sibling


def _length(elements: Sequence[etree._Element]) -> int:
    return sum(len(squeeze(text_of(element))) for element in elements)


def _overlap(question: Sequence[etree._Element], answer: Sequence[etree._Element]) -> bool:
    asked, answered = set(question), set(answer)
    inside = any(asked.intersection((each, *each.iterancestors())) for each in answer)
    return inside or any(answered.intersection(each.iterancestors()) for each in question)


def _tells_more(page: Page, question: Sequence[etree._Element], answer: Sequence[etree._Element]) -> bool:
    """Return whether *page* tells more beside the letter than in it: a report that holds a table."""
    inside = {element for container in (*question, *answer) for element in container.iter()}
    sentences = (
        len(block.text)
        for block in read_blocks(page.tree).blocks
        if len(block.text) >= _LEAST_SENTENCE
        and block.text.endswith(_SENTENCE_END)
        and block.frame.element not in inside
    )
    return sum(sentences) > _length(question) + _length(answer)
