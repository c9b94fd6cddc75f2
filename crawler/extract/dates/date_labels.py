"""Dates behind their labels: in lines, in the markup, alone in the line below their label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.body.catalogue import DATE_LABELS, labels_in
from crawler.extract.credits import labelled
from crawler.extract.dates.written import Conventions, DateReading, read_date
from crawler.extract.text import text_of
from storage.patterns import lazy_pattern

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

# Times of something else than the publication: of this very answer, of an event, of an office.
_OTHER_TIMES = "".join(
    f"(?<!{before}日期)(?<!{before}时间)"
    for before in (
        "打印 列印 生成 当前 现在 系统 访问 浏览 查询 下载 截止 截至 会议 活动 报名 开始 结束 办公 工作 服务 受理"
        " 来信 写信 留言 咨询 提问 登记 举办 考试 开标 投标 生产 开放 营业 演出 公示 有效 到期 出生 停水 停电 施工"
        " 修订 修訂 覆檢 檢視"
    ).split()
)
_SURE, _UNSURE = labels_in(DATE_LABELS["published"]), labels_in(DATE_LABELS["anything"])
_WORDS = "|".join(map(re.escape, sorted((*_SURE, *_UNSURE), key=len, reverse=True)))
LABEL = lazy_pattern(
    rf"(?P<label>{_WORDS}|(?<!、)(?:日期|时间){_OTHER_TIMES})\s?[:：]?\s{{0,3}}", re.IGNORECASE
)
# One of these is part of every label above; looking for them takes a tenth of the time.
_LABEL_PARTS = tuple(
    label
    for label in ("日期", "时间", *_SURE, *_UNSURE)
    if not any(part in label and part != label for part in ("日期", "时间", *_SURE, *_UNSURE))
)
PUBLICATION_LABELS = (
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
CHANGE_LABELS = ("Updated", "更新时间", "更新日期", "修订日期", "修訂日期")
# A day of a page, for want of another: that of its change, which stands beside it as often as not.
OF_A_CHANGE = frozenset({"更新日"})
# When a document was signed: days or weeks before a site publishes it.
SIGNING_LABELS = frozenset({"成文日期", "发文日期"})
# A date has a year: of our era, of the calendars of Persia, India, Bangladesh, Arabia and Thailand, of Japan and the
# Republic of China.
_CENTURY = re.compile("20|19|25|1[0-4]|２０|１９|二〇|民|令和|平成|۱۴|۱۳|२०|২০|٢٠|๒๕")
_LONGEST_LABEL = 30
_MOST_FACTS, _LONGEST_FACTS = 8, 400  # terms about a text, and characters of them
_BESIDE_A_LABEL = 3  # characters
_WEEKDAY = re.compile(
    r"[^\w]{0,3}(?:(?:le|el|am|den|on)\s)?[^\W\d_]{2,12}(?:-feira)?[.,،]?\s{1,2}(?:the\s|den\s)?"
)
_OF_ANYTHING = frozenset(("日期", "时间", *_UNSURE))
_ALONE = frozenset(map(str.lower, _SURE)) - _OF_ANYTHING
_LONGEST = 240  # characters of a line


def labelled_dates(lines: Sequence[str], conventions: Conventions) -> Iterator[tuple[DateReading, str]]:
    """Yield the dates that stand right behind a label, with the label."""
    dated = {place for place, line in enumerate(lines) if len(line) <= _LONGEST and _CENTURY.search(line)}
    whole = "\n".join([lines[place] for place in dated]).lower()
    parts = [part for part in _LABEL_PARTS if part in whole]
    alone = None  # a label that is all of the line before
    for place, line in enumerate(lines):
        if alone and (reading := read_date(line[:60], conventions)) and _begins(line, reading):
            yield reading, alone
        alone = label_alone(line)
        if not parts or place not in dated or not any(map(line.lower().__contains__, parts)):
            continue
        for label in LABEL.finditer(line):
            behind = line[label.end() : label.end() + 60]
            if (reading := read_date(behind, conventions)) and _begins(behind, reading):
                yield reading, label["label"].lower()
                break


def _begins(text: str, reading: DateReading) -> bool:
    """Return whether *text* begins with the date that was read in it, or with its weekday."""
    return reading.start <= _BESIDE_A_LABEL or _WEEKDAY.fullmatch(text, 0, reading.start) is not None


def dates_behind_labels(
    page: Page, conventions: Conventions, labels: Sequence[str] = PUBLICATION_LABELS
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
    if len(line) > _LONGEST_LABEL or line.rstrip(":： ").lower() not in _ALONE:
        return None
    label = LABEL.fullmatch(line)
    return label["label"].lower() if label else None
