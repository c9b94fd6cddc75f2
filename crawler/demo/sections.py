"""The four sections of the demo site: which page stands where, how it is dated, what it copies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from typing import TypeVar

from crawler.demo import texts_en, texts_zh
from crawler.demo.content import DatePlace, Page, PageKind, Text, read_text
from crawler.demo.copies import corrected, excerpt, extended
from crawler.demo.phrases_en import ENGLISH
from crawler.demo.phrases_zh import CHINESE
from crawler.demo.places import ANNOUNCEMENTS, COUNTY, GOVERNMENT, HOT_NEWS
from storage.records import CopyKind

SECTIONS = (HOT_NEWS, GOVERNMENT, ANNOUNCEMENTS, COUNTY)
CHINA = timezone(timedelta(hours=8))
NEWEST = date(2026, 5, 22)

_EachT = TypeVar("_EachT")


def opening_pages() -> tuple[dict[str, tuple[Page, ...]], tuple[Page, ...]]:
    """Return the listed pages by section, newest first, and the pages that no list names."""
    hot_news, moved_to = _hot_news()
    government = _government()
    listed = {
        HOT_NEWS: hot_news,
        GOVERNMENT: government,
        ANNOUNCEMENTS: _announcements(hot_news),
        COUNTY: _county(government),
    }
    return listed, (moved_to,)


def new_page(section: str, number: int) -> Page:
    """Return what edition *number* adds to *section*."""
    day = NEWEST + timedelta(days=number)
    if section == HOT_NEWS:
        text = _later(texts_en.LATER_HOT_NEWS, number) or ENGLISH.compose(1000 + number)
        return replace(_hot_news_page(text, 0), path=_modern_path(text, day), published=day)
    if section == ANNOUNCEMENTS:
        return _announcement(ENGLISH.compose(2000 + number), day)
    if section == GOVERNMENT:
        text = _later(texts_zh.LATER_GOVERNMENT_NEWS, number) or CHINESE.compose(1000 + number)
        path = f"/zwgk/{day:%Y%m}/t{day:%Y%m%d}_{5133100 + number * 41}.html"
        return replace(_government_page(text, 0), path=path, published=datetime.combine(day, time(16), CHINA))
    return _county_page(CHINESE.compose(2000 + number), day, 7340 + number)


def _hot_news() -> tuple[tuple[Page, ...], Page]:
    written = [read_text(notation) for notation in texts_en.HOT_NEWS]
    mass = [ENGLISH.compose(number) for number in range(30)]
    texts = [*_interleaved(written, mass), *(read_text(notation) for notation in texts_en.BULLETINS)]
    pages = [_hot_news_page(text, place) for place, text in enumerate(texts)]
    pages[11] = replace(pages[11], published=None, date_from=DatePlace.NOWHERE)
    pages[5] = replace(pages[5], also_in=(ANNOUNCEMENTS,))
    target = replace(pages[30], path=_modern_path(pages[30].text, pages[30].day), listed=False)
    pages[30] = replace(pages[30], kind=PageKind.MOVED, moved_to=target.path)
    return tuple(pages), replace(target, date_from=DatePlace.META)


def _hot_news_page(text: Text, place: int) -> Page:
    if place < 26:
        day = NEWEST - timedelta(days=place * 2)
        return Page(
            path=_modern_path(text, day),
            section=HOT_NEWS,
            text=text,
            published=day,
            date_from=DatePlace.META if place % 3 == 1 else DatePlace.ROW,
            style=place % 3,
        )
    day = date(2019, 6, 21) - timedelta(days=(place - 26) * 3)
    path = f"/art/{day.year}/{day.month}/{day.day}/art_1001_{58900 - place}.html"
    return Page(
        path=path, section=HOT_NEWS, text=text, published=day, date_from=DatePlace.URL, style=place % 4
    )


def _modern_path(text: Text, day: date | None) -> str:
    year = day.year if day else NEWEST.year
    return f"/col/col1001/art/{year}/art_{hashlib.sha256(text.title.encode()).hexdigest()[:32]}.html"


def _government() -> tuple[Page, ...]:
    written = [read_text(notation) for notation in texts_zh.GOVERNMENT_NEWS]
    texts = _interleaved(written, [CHINESE.compose(number) for number in range(27)])
    pages = [_government_page(text, place) for place, text in enumerate(texts)]
    pages[8] = replace(pages[8], kind=PageKind.MISSING)
    pages[13] = replace(pages[13], failures=2)
    pages[10] = replace(pages[10], counts_visits=True)
    return tuple(pages)


def _government_page(text: Text, place: int) -> Page:
    day = NEWEST - timedelta(days=place)
    return Page(
        path=f"/zwgk/{day:%Y%m}/t{day:%Y%m%d}_{5133100 - place * 37}.html",
        section=GOVERNMENT,
        text=text,
        published=datetime.combine(day, time(16 - place % 8, (place * 7) % 60, 22), CHINA),
        date_from=DatePlace.META,
        language="zh",
        charset="gb2312" if place % 8 == 5 else "utf-8",
        source=("澜海日报", "市政府办公室", "澜海发布")[place % 3],
        editor=("周雁", "梁喆", "许堃")[place % 3],
        style=place % 3,
    )


def _announcements(hot_news: tuple[Page, ...]) -> tuple[Page, ...]:
    written = [read_text(notation) for notation in texts_en.ANNOUNCEMENTS]
    texts = _interleaved(written, [ENGLISH.compose(number) for number in range(30, 41)])
    own = [_announcement(text, NEWEST - timedelta(days=3 * place)) for place, text in enumerate(texts)]
    lead = "Published by the Lanhai International Office for readers abroad. First printed in Hot News."
    copied = (
        (hot_news[0], hot_news[0].text, CopyKind.COPY),
        (hot_news[3], hot_news[3].text, CopyKind.COPY),
        (hot_news[12], hot_news[12].text, CopyKind.COPY),
        (hot_news[15], extended(hot_news[15].text, lead), CopyKind.EXTENDED),
        (hot_news[6], excerpt(hot_news[6].text, blocks=3), CopyKind.EXCERPT),
        (hot_news[9], corrected(hot_news[9].text), CopyKind.REVISED),
    )
    copies = [
        _as_copy(_announcement(text, _day_after(original)), original, kind) for original, text, kind in copied
    ]
    return tuple(sorted((*own, *copies), key=_day, reverse=True))


def _announcement(text: Text, day: date) -> Page:
    return Page(
        path=f"/announcements/{day:%Y/%m}/{_slug(text.title)}/",
        section=ANNOUNCEMENTS,
        text=text,
        published=datetime.combine(day, time(9, len(text.title) % 60), CHINA),
        date_from=DatePlace.PAGE,
        author="Lanhai International Office",
    )


def _county(government: tuple[Page, ...]) -> tuple[Page, ...]:
    texts = [CHINESE.compose(number) for number in range(32, 40)]
    own = [
        _county_page(text, NEWEST - timedelta(days=2 * place), 7340 - place)
        for place, text in enumerate(texts)
    ]
    lead = "本网讯 沙屿县融媒体中心转发市级消息，请各乡镇、各有关单位结合海岛实际抓好落实。"
    copied = (
        (government[2], government[2].text, CopyKind.COPY),
        (government[3], government[3].text, CopyKind.COPY),
        (government[9], government[9].text, CopyKind.COPY),
        (government[15], extended(government[15].text, lead), CopyKind.EXTENDED),
        (government[0], excerpt(government[0].text, blocks=3), CopyKind.EXCERPT),
        (government[1], corrected(government[1].text), CopyKind.REVISED),
    )
    copies = [
        _as_copy(_county_page(text, _day_after(original), 7310 - place), original, kind)
        for place, (original, text, kind) in enumerate(copied)
    ]
    return tuple(sorted((*own, *copies), key=_day, reverse=True))


def _county_page(text: Text, day: date, number: int) -> Page:
    return Page(
        path=f"/art/{day.year}/{day.month}/{day.day}/art_2005_{number}.html",
        section=COUNTY,
        text=text,
        published=day,
        date_from=DatePlace.URL,
        language="zh",
        charset="gb2312",
        source="沙屿县政府办",
    )


def _as_copy(page: Page, original: Page, kind: CopyKind) -> Page:
    return replace(page, kind=PageKind.COPY, copy_of=original.path, copy_kind=kind)


def _day_after(original: Page) -> date:
    return min(_day(original) + timedelta(days=1), NEWEST)


def _day(page: Page) -> date:
    return page.day or NEWEST


def _later(written: tuple[str, ...], number: int) -> Text | None:
    return read_text(written[number - 1]) if number <= len(written) else None


def _interleaved(rare: Iterable[_EachT], common: Iterable[_EachT]) -> list[_EachT]:
    """Return *common* with one of *rare* at the front and then after every second one."""
    waiting, mixed = list(rare), []
    for place, each in enumerate(common):
        if place % 2 == 0 and waiting:
            mixed.append(waiting.pop(0))
        mixed.append(each)
    return [*mixed, *waiting]


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:60].strip("-")
