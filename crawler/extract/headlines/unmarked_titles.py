"""A headline that nothing marks, told by what stands beside it: where a page states a name, or no title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from crawler.extract.body.boilerplate import heads_a_tail, top_rule
from crawler.extract.dates.day_lines import is_day_alone
from crawler.extract.headlines.candidates import MOST_HEADLINES, Headline, squeeze
from crawler.extract.headlines.office_names import SEPARATOR, is_office_name
from crawler.extract.headlines.title_parts import line_within
from crawler.extract.lines.blocks import Block
from crawler.extract.lines.nearby import SENTENCE_END
from crawler.extract.text import DOTS, is_cut
from crawler.extract.title import is_only_stated
from crawler.extract.types import Candidate

_LEAST = 5  # letters of a headline
_LONGEST_LINE = 100  # characters of one over the credits
_HEADLINE = range(20, 200)  # characters of one that only its letters mark
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_WORD = re.compile(r"\w{4,}")
_SECTIONS = 3  # parts of a title element: a site, a section of it, and what kind of page it is
_TITLE_LABELS = frozenset(
    {"제목", "제 목", "标题", "標題", "主题", "主旨", "件名", "题名", "Title", "Subject"}
)
_CREDITS = frozenset({"meta line", "date line"})
# A credit whose value stands in the next cell, or in the next element without a blank.
_CREDIT_LABEL = re.compile(
    r"(?:(?:(?:담당|작성|등록|제공|배포|소관)\s?)?부서명?|작성자|등록자|작성일자?|등록일자?|게시일|배포일|조회수?|发布时间|发布日期|发文日期|發布日期|公開日|掲載日)\s?[:：]?(?:\S.{0,40})?"
)
_PLACE = re.compile(r"[^\W\d_]{3,20}(?:[ -][^\W\d_]{2,20})?:\s")
_DOCUMENT = re.compile(
    r"[^。]{0,30}(?:关于|關於)[^。]{4,60}的(?:通知|通告|公告|公示|通报|意见|决定|批复|复函|报告|请示|说明|方案|办法)"
)


def unmarked_title(
    titles: Sequence[Candidate], headlines: Sequence[Headline], blocks: Sequence[Block]
) -> Candidate | None:
    """Return the headline that stands unmarked among *blocks*: at their top, else below the menus there.

    *titles* are none, what the title element says alone, which none of *headlines* repeats, or what a row
    of a list had room for.
    """
    found = _unmarked_among(blocks[:MOST_HEADLINES], titles, headlines)
    if found is None and len(blocks) > MOST_HEADLINES:
        said = (block for block in blocks if block.linked < len(block.text))
        found = _unmarked_among(list(islice(said, MOST_HEADLINES)), titles, headlines)
    if found or not titles or is_cut_row(titles) or _names_an_office(titles):
        return found
    return _heading_over_text(titles[0].value, blocks)


def _unmarked_among(
    blocks: Sequence[Block], titles: Sequence[Candidate], headlines: Sequence[Headline]
) -> Candidate | None:
    lines = [line for block in blocks for line in block.text.split("\n")]  # one may hold the facts, too
    if not titles:
        return _line_over_credits(lines)
    if _names_an_office(titles):
        unlinked = [block.text for block in blocks if not block.linked]
        return _line_over_credits(lines) or _document_named(unlinked) or _line_set_apart(blocks)
    title = titles[0].value
    if is_cut_row(titles):
        return _whole_of(title, titles, lines)
    return line_within(title, blocks) or _headline_over_credits(title, headlines, lines)


def is_cut_row(titles: Sequence[Candidate]) -> bool:
    """Return whether the best of *titles* is what a row of a list had room for."""
    return titles[0].rule == "list row" and is_cut(titles[0].value)


def _whole_of(cut: str, titles: Sequence[Candidate], lines: Sequence[str]) -> Candidate | None:
    """Return what begins as the title that was *cut*: another of *titles*, or a line of the page."""
    stem = cut.rstrip(DOTS).rstrip()
    texts = (*(title.value for title in titles), *lines[:MOST_HEADLINES])
    whole = (text for text in texts if text.startswith(stem) and not is_cut(text))
    said = next((text for text in whole if len(text) <= _LONGEST_LINE), "")
    return _title(said, "title that was cut short") if len(squeeze(stem)) >= _LEAST and said else None


def _names_an_office(titles: Sequence[Candidate]) -> bool:
    """Return whether all that *titles* offer is the name of an office or a section."""
    first, *others = titles
    known = squeeze(first.value)
    return (
        is_only_stated(titles)
        and is_office_name(first.value)
        and all(squeeze(title.value) in known or is_office_name(title.value) for title in others)
    )


def _line_over_credits(lines: Sequence[str]) -> Candidate | None:
    """Return the line behind "제목", or over "发布时间：... 来源：..."."""
    for above, line in pairwise(lines[:MOST_HEADLINES]):
        if above in _TITLE_LABELS and len(squeeze(line)) >= _LEAST and len(line) <= _LONGEST_LINE:
            return _title(line, "line behind its label")
        credit = top_rule(line) in _CREDITS or _CREDIT_LABEL.fullmatch(line) or _is_dateline(line)
        if credit and top_rule(above) is None and len(squeeze(above)) >= _LEAST:
            return _title(above, "line over the credits") if len(above) <= _LONGEST_LINE else None
    return None


def _is_dateline(line: str) -> bool:
    """Return whether *line* is where a release was written and the day: "Islamabad: August 19, 2026"."""
    place = _PLACE.match(line)
    return place is not None and is_day_alone(line[place.end() :])


def _headline_over_credits(
    title: str, headlines: Sequence[Headline], lines: Sequence[str]
) -> Candidate | None:
    """Return the headline right over the credits where no line says what *title* does."""
    over = _line_over_credits(lines)
    if over is None or all(line.text != over.value for line in headlines):
        return None
    stated = squeeze(title)
    return None if any(stated in squeeze(line) for line in lines[:MOST_HEADLINES]) else over


def _document_named(lines: Sequence[str]) -> Candidate | None:
    """Return the one of *lines* that names a document as offices of China do: "关于……的通知"."""
    named = set(filter(_DOCUMENT.fullmatch, lines[:MOST_HEADLINES]))
    return _title(named.pop(), "line that names a document") if len(named) == 1 else None


def _line_set_apart(blocks: Sequence[Block]) -> Candidate | None:
    """Return the first line, all in bold, that stands right over a sentence."""
    for line, below in pairwise(blocks[:MOST_HEADLINES]):
        bold = line.emphasised * 10 >= len(line.text) * 9 and below.emphasised * 2 < len(below.text)
        whole = len(line.text) in _HEADLINE and not line.links and below.size > line.size
        if bold and whole and below.text.endswith(SENTENCE_END) and top_rule(line.text) is None:
            return _title(line.text, "line in bold over the text")
    return None


def _heading_over_text(title: str, blocks: Sequence[Block]) -> Candidate | None:
    """Return the only heading of a page, right over a sentence, where *title* is but a path of its site."""
    blocks = blocks[:MOST_HEADLINES]
    headings = [block for block in blocks if block.frame.tag in _HEADINGS and not _leads_on(block)]
    if len(headings) != 1 or len(SEPARATOR.split(title)) < _SECTIONS:
        return None
    heading = headings[0]
    below = blocks[heading.index + 1 : heading.index + 4]
    text = next((block.text for block in below if top_rule(block.text) is None), "")
    shared = _words_of(title) & _words_of(heading.text)
    if shared or len(heading.text) not in _HEADLINE or not text.endswith(SENTENCE_END):
        return None
    return _title(heading.text, "heading over the text")


def _leads_on(heading: Block) -> bool:
    return bool(heading.links) or heads_a_tail(heading.text)


def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _title(value: str, rule: str) -> Candidate:
    return Candidate(field="title", value=value, rule=rule)
