"""Dates that a reader sees near the headline: time elements, elements named for a date, labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.catalogue import DATE_LABELS, labels_in
from crawler.extract.credits import labelled
from crawler.extract.dates import Conventions, DateReading, read_date, read_relative
from crawler.extract.day_lines import BESIDE_A_DAY, SENTENCE_END, is_day_alone, opens
from crawler.extract.hints import Hint, hints_of_attributes, hints_of_tag
from crawler.extract.text import squeeze, text_of
from storage.patterns import lazy_pattern

if TYPE_CHECKING:
    from crawler.extract.page import Page

_HEADS = frozenset({"h1", "h2", "h3", "time"})
_NAMEABLE = frozenset("span div p td li small em h4 h5 h6 a ul dd date publishtime".split())
_NAMED = re.compile(
    "[Dd]ate|[Dd]atum|[Tt]ime|ublish|ublication|posted|[Mm]eta|info|author|yline|stand|subhead|created|source"
    "|fecha|laiyuan"
)
_IDENTIFIED = re.compile("[Dd]ate|time|publish")
_PROPERTY = re.compile("datePublished|dateCreated|dc:date")
# Times of something else than the publication: of this very answer, of an event, of an office.
_OTHER_TIMES = "".join(
    f"(?<!{before}日期)(?<!{before}时间)"
    for before in (
        "打印 列印 生成 当前 现在 系统 访问 浏览 查询 下载 截止 截至 会议 活动 报名 开始 结束 办公 工作 服务 受理"
        " 来信 写信 留言 咨询 提问 登记 举办 考试 开标 投标 生产 开放 营业 演出 公示 有效 到期 出生 停水 停电 施工"
    ).split()
)
_SURE, _UNSURE = labels_in(DATE_LABELS["published"]), labels_in(DATE_LABELS["anything"])
_WORDS = "|".join(map(re.escape, sorted((*_SURE, *_UNSURE), key=len, reverse=True)))
_LABEL = lazy_pattern(
    rf"(?P<label>{_WORDS}|(?<!、)(?:日期|时间){_OTHER_TIMES})\s?[:：]?\s{{0,3}}", re.IGNORECASE
)
# One of these is part of every label above; looking for them takes a tenth of the time.
_LABEL_PARTS = tuple(
    label
    for label in ("日期", "时间", *_SURE, *_UNSURE)
    if not any(part in label and part != label for part in ("日期", "时间", *_SURE, *_UNSURE))
)
_PUBLICATION_LABELS = (
    *(
        "发布日期",
        "发布时间",
        "公开日期",
        "发表时间",
        "发表日期",
        "发稿时间",
        "發佈日期",
        "發布日期",
        "发文时间",
        "公開日",
        "掲載日",
    ),
    *(
        "Date published",
        "Publication date",
        "Release date",
        "Published",
        "Published on",
        "Posted on",
    ),
)
CHANGE_LABELS = ("Updated", "更新时间", "更新日期")
# A day of a page, for want of another: that of its change, which stands beside it as often as not.
OF_A_CHANGE = frozenset({"更新日"})
# When a document was signed: days or weeks before a site publishes it.
SIGNING_LABELS = frozenset({"成文日期", "发文日期"})
CHANGED = re.compile(
    r"updated|modified|aktualisiert|geändert|änderung|mis à jour|actualiz|修改|更新|reviewed|stand\b"
    r"|آخر تحديث|تم التحديث|uppdaterad|opdateret|oppdatert|päivitetty|gewijzigd|bijgewerkt|atualizad|aggiornat"
    r"|обновлен|оновлен|aktualizac|aktualizov|güncelleme|ενημέρωσ|frissít",
    re.IGNORECASE,
)
# Of this very answer, not of its text.
_OF_THE_ANSWER = re.compile(
    r"\b(?:printed|generated|rendered|retrieved|accessed|current (?:date|time)|today(?:.s date)? is|gedruckt|heute ist"
    r"|imprimé|généré)\b",
    re.IGNORECASE,
)
_ELSEWHERE = Hint.NAVIGATION | Hint.FOOTER | Hint.COMMENTS | Hint.ASIDE | Hint.POPUP | Hint.FORM
_CENTURIES = (
    "20",
    "19",
    "２０",
    "１９",
    "二〇",
    "民",
    "令和",
    "平成",
    "۱۴",
    "۱۳",
    *("२०", "২০", "٢٠", "๒๕", "25"),
    "14",
    "13",
)  # a date has a year
_LONGEST_LABEL = 30
_MOST_FACTS, _LONGEST_FACTS = 8, 400  # terms about a text, and characters of them
_BESIDE_A_LABEL = 3  # characters
_GLUED = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\d{1,2}(?::\d\d|\s?min))")  # 3 November 20263 min read
_STROKE = re.compile(r"(?<=[时日][间期])\s?[/／]\s?(?=(?:19|20)\d\d)")  # 时间/2026-11-03
_WEEKDAY = re.compile(
    r"[^\w]{0,3}(?:(?:le|el|am|den|on)\s)?[^\W\d_]{2,12}(?:-feira)?[.,،]?\s{1,2}(?:the\s|den\s)?"
)
_OF_ANYTHING = frozenset(("日期", "时间", *_UNSURE))
_NEAR = 25  # marked elements after the headline that may still carry its date
_FARTHER = 8  # lines below those, that may be the day and nothing else
_ABOVE = 5  # lines over the headline: a kicker, the date, credits, counters of comments and of views
_LONGEST = 240
_LONGEST_CHANGE = 60
_MOST_MARKED = 3000  # elements
_TEASER = 3  # elements around a date, and headings in them, that may be another article's
_WHOLE = frozenset({"body", "main"})
_ROWS, _LEAST_HEADLINE = frozenset({"li", "div", "article", "p"}), 24
OF_OTHERS = "date beside another headline"


def labelled_dates(lines: Sequence[str], conventions: Conventions) -> Iterator[tuple[DateReading, str]]:
    """Yield the dates that stand right behind a label, with the label."""
    short = [line.lower() if len(line) <= _LONGEST else "" for line in lines]
    whole = "\n".join(short)
    parts = [part for part in _LABEL_PARTS if part in whole]
    promising = {place for place, line in enumerate(short) for part in parts if part in line}
    alone = None  # a label that is all of the line before
    for place, line in enumerate(lines if parts else ()):
        if alone and (reading := read_date(line[:60], conventions)) and _begins(line, reading):
            yield reading, alone
        alone = None
        if place not in promising:
            continue
        alone = label_alone(line)
        if not any(mark in line for mark in _CENTURIES):
            continue
        for label in _LABEL.finditer(line):
            behind = line[label.end() : label.end() + 60]
            if (reading := read_date(behind, conventions)) and _begins(behind, reading):
                yield reading, label["label"].lower()
                break


def _begins(text: str, reading: DateReading) -> bool:
    """Return whether *text* begins with the date that was read in it, or with its weekday."""
    return reading.start <= _BESIDE_A_LABEL or _WEEKDAY.fullmatch(text, 0, reading.start) is not None


def dates_behind_labels(
    page: Page, conventions: Conventions, labels: Sequence[str] = _PUBLICATION_LABELS
) -> Iterator[tuple[DateReading, str]]:
    """Yield the dates right behind one of *labels* with a colon, anywhere in *page*, with the label."""
    shown = page.elements.before_colons
    for label in labels:
        if label not in shown:
            continue
        follows = labelled(page.text, label)
        if follows and (reading := read_date(follows[:60], conventions)) and _begins(follows, reading):
            yield reading, label.lower()


def states_publication(facts: etree._Element) -> bool:
    """Return whether a list of *facts* about a text, short as such lists are, says when it was published."""
    terms = list(islice(facts.iter("dt"), _MOST_FACTS + 1))
    if not 0 < len(terms) <= _MOST_FACTS or len(text_of(facts)) > _LONGEST_FACTS:
        return False
    return any(label_alone(text_of(term)) for term in terms)


def label_alone(line: str) -> str | None:
    """Return *line* if it is a label of a publication and nothing else; "Date" alone may be an event's."""
    label = _LABEL.fullmatch(line) if len(line) <= _LONGEST_LABEL else None
    return label["label"].lower() if label and label["label"].lower() not in _OF_ANYTHING else None


def marked_dates(
    tree: etree._Element, title: str, conventions: Conventions
) -> Iterator[tuple[DateReading, str]]:
    """Yield the dates of marked elements, those that follow the headline first, then those above it."""
    nodes = list(islice(filter(_is_marked, tree.iter(etree.Element)), _MOST_MARKED))
    squeezed = squeeze(title)
    place = next((index for index, node in enumerate(nodes) if _is_headline(node, squeezed)), None)
    if place is None:
        following, above = nodes, []
    else:
        following = nodes[place + 1 : place + 1 + _NEAR]
        above = nodes[max(0, place - _NEAR) : place + 1][::-1]
    changed: list[tuple[DateReading, str]] = []
    of_others: list[tuple[DateReading, str]] = []
    for node in (*following, *above):
        if node.tag in ("h1", "h2") or (found := _date_of(node, conventions)) is None:
            continue
        around = _hints_around(node)
        if around & _ELSEWHERE:
            continue
        if (
            not _is_named_published(node)
            and CHANGED.search(text_of(node))
            and not _LABEL.search(text_of(node))
        ):
            changed.append((found, "marked change"))
        elif around & Hint.RELATED or _is_beside_another_headline(node, squeezed):
            of_others.append((found, OF_OTHERS))
        else:
            yield found, "marked date"
    yield from of_others
    yield from changed


def _is_beside_another_headline(node: etree._Element, title: str) -> bool:
    """Return whether *node* dates the article that a headline right beside it leads to."""
    if _is_in_row(node):
        return True
    for outer in islice(node.iterancestors(), _TEASER):
        if outer.tag in _WHOLE:
            return False
        headings = list(islice(outer.iter("h1", "h2", "h3", "h4"), _TEASER))
        if any(_is_headline(heading, title) for heading in headings):
            return False
        if any(map(_leads_elsewhere, headings)):
            return True
    return False


def _is_in_row(node: etree._Element) -> bool:
    """Return whether a date and a link as long as a headline are all that stands around *node*."""
    row = node.getparent()
    links = list(islice(row.iter("a"), 2)) if row is not None and row.tag in _ROWS else []
    linked = len(text_of(links[0])) if len(links) == 1 else 0
    return linked >= _LEAST_HEADLINE and len(text_of(row)) <= linked + len(text_of(node)) + _BESIDE_A_LABEL


def _leads_elsewhere(heading: etree._Element) -> bool:
    around = islice(heading.iterancestors(), _TEASER)
    return heading.find(".//a") is not None or any(outer.tag == "a" for outer in around)


def shown_for(tree: etree._Element, moment: datetime, conventions: Conventions) -> date | datetime | None:
    """Return *moment* on the clock of a time element that states it, or the day that it shows to readers."""
    for node in islice(tree.iter("time"), _NEAR):
        stated = read_date(node.get("datetime") or "", conventions)
        if stated is not None and stated.value == moment and (shown := read_date(text_of(node), conventions)):
            return stated.value if stated.day == shown.day else shown.day
    return None


def _is_marked(element: etree._Element) -> bool:
    """Return whether *element* is a headline, or by its tag or attributes one that tells a time."""
    tag = element.tag
    if tag in _HEADS:
        return True
    for name, value in element.items():
        if (
            (name == "class" and tag in _NAMEABLE and _names_a_time(value))
            or (name == "id" and _IDENTIFIED.search(value))
            or (name == "itemprop" and value in ("datePublished", "dateCreated"))
            or (name == "property" and _PROPERTY.search(value))
        ):
            return True
    return False


@lru_cache(maxsize=4096)
def _names_a_time(name: str) -> bool:
    return _NAMED.search(name) is not None


def _is_named_published(node: etree._Element) -> bool:
    return "datePublished" in (node.get("itemprop") or node.get("property") or "")


def _is_headline(node: etree._Element, title: str) -> bool:
    if not title or node.tag not in ("h1", "h2", "h3"):
        return False
    text = squeeze(text_of(node))
    return text == title or (node.tag == "h1" and text.startswith(title))  # with its section in small print


def _date_of(node: etree._Element, conventions: Conventions) -> DateReading | None:
    for name in ("datetime", "content"):
        if (value := node.get(name)) and (reading := read_date(value, conventions)):
            return reading
    text = text_of(node)
    if not text or len(text) > _LONGEST:
        return None
    if reading := read_date(text, conventions):
        return _stated_within(node, reading, conventions)
    if len(node) > 1 and (reading := read_date(" ".join(node.itertext()), conventions)):  # a part in each
        return reading
    moment = read_relative(text, conventions) if len(text) < 60 else None
    return DateReading(value=moment, start=0, end=len(text)) if moment else None


def _stated_within(node: etree._Element, shown: DateReading, conventions: Conventions) -> DateReading:
    """Return the moment that a time element in *node* states for machines, on the day that is *shown*."""
    inner = node.find(".//time[@datetime]")
    stated = read_date(inner.get("datetime") or "", conventions) if inner is not None else None
    return stated if stated and stated.day == shown.day else shown


def _hints_around(node: etree._Element) -> int:
    """Return what the elements around *node* say of the part of the page that it stands in."""
    hints = 0
    for depth, outer in enumerate(node.iterancestors()):
        if depth > 6 or not isinstance(outer.tag, str) or outer.tag in ("body", "html", "main", "article"):
            break
        names = (outer.get("class") or "", outer.get("id") or "")
        hints |= hints_of_tag(outer.tag) | hints_of_attributes(*names)
    return hints


def dates_near(
    lines: Sequence[str], place: int, conventions: Conventions
) -> Iterator[tuple[DateReading, str]]:
    """Yield dates of short lines around the headline at *place*, below it first."""
    below = lines[place + 1 : place + 7]
    above = lines[max(0, place - _ABOVE) : place][::-1] if place >= 0 else []
    for line in map(_unglued, (*below, *above)):
        of_others = _OF_THE_ANSWER.search(line) if len(line) <= 140 else True
        if not of_others and (reading := read_date(line, conventions)) and not _is_of_a_change(line, reading):
            alone = reading.end - reading.start >= len(line) - BESIDE_A_DAY
            if line.endswith(SENTENCE_END) and not (alone or opens(line, reading)):
                continue  # what a sentence tells of
            yield reading, "line at the headline"
    for line in map(_unglued, lines[place + 7 : place + 7 + _FARTHER] if place >= 0 else ()):
        if is_day_alone(line) and not CHANGED.search(line) and (reading := read_date(line, conventions)):
            yield reading, "line below the headline"


def changes_near(lines: Sequence[str], place: int, conventions: Conventions) -> Iterator[DateReading]:
    """Yield the days of the last change that short lines below the headline at *place* tell."""
    for line in lines[place + 1 : place + 7]:
        told = CHANGED.search(line) if len(line) <= _LONGEST_CHANGE else None
        if told and (reading := read_date(line, conventions)) and reading.end >= len(line) - BESIDE_A_DAY:
            yield reading


def _is_of_a_change(line: str, reading: DateReading) -> bool:
    """Return whether *line* says of the day that was read in it that its text was changed then.

    "Updated: 3 May" does and so does "3 May, updated"; "1 May, updated: 3 May" says so of the second.
    """
    word = CHANGED.search(line)
    if word is None or word.start() < reading.start:
        return word is not None
    return read_date(line[word.end() :]) is None


def _unglued(line: str) -> str:
    """Return *line* with a blank where only a page's style or a stroke sets a date apart from what it is beside."""
    return _STROKE.sub(" ", _GLUED.sub(r"\1 ", line)) if len(line) <= _LONGEST else line
