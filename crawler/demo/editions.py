"""The demo site's state: its first edition, and what every later one edits, removes and adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from crawler.demo.content import Page, PageKind, Text
from crawler.demo.copies import continued, corrected
from crawler.demo.places import ANNOUNCEMENTS, COUNTY, GOVERNMENT, HOT_NEWS
from crawler.demo.sections import SECTIONS, new_page, opening_pages

_LINKED = (GOVERNMENT, ANNOUNCEMENTS, COUNTY)  # sections whose pages name their neighbours
_FIRST_PUBLISHED = datetime(2026, 5, 22, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page with its neighbours in the list, which it may link to."""

    page: Page
    newer: Page | None = None
    older: Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Everything the site says at one time."""

    number: int
    listed: Mapping[str, tuple[Page, ...]]  # by section, newest first
    unlisted: tuple[Page, ...]  # where moved pages went
    changed: Mapping[str, int]  # path or section -> the edition that last changed it

    def shown(self) -> Iterator[Shown]:
        """Yield every page that the site answers for."""
        for section, pages in self.listed.items():
            if section not in _LINKED:
                yield from (Shown(page=page) for page in pages)
                continue
            for newer, page, older in zip((None, *pages[:-1]), pages, (*pages[1:], None), strict=True):
                yield Shown(page=page, newer=newer, older=older)
        yield from (Shown(page=page) for page in self.unlisted)

    def entries(self, section: str) -> tuple[Page, ...]:
        """Return what the lists of *section* show, with the pages of other sections it points to."""
        guests = [page for pages in self.listed.values() for page in pages if section in page.also_in]
        return (*self.listed[section][:1], *guests, *self.listed[section][1:])

    def modified(self, name: str) -> datetime:
        """Return when the path or section *name* last changed."""
        return _FIRST_PUBLISHED + timedelta(days=self.changed.get(name, 0))


def first_edition() -> Edition:
    """Return the site as it opens."""
    listed, unlisted = opening_pages()
    return Edition(number=0, listed=listed, unlisted=unlisted, changed={})


def next_edition(edition: Edition) -> Edition:
    """Return *edition* a day later: one page edited, one removed, two or three added."""
    number = edition.number + 1
    listed = dict(edition.listed)
    for change in (_edit, _remove):
        change(listed, number)
    for section in (HOT_NEWS, GOVERNMENT, ANNOUNCEMENTS) if number % 2 else (HOT_NEWS, COUNTY):
        listed[section] = (new_page(section, number), *listed[section])
    later = replace(edition, number=number, listed=listed)
    return replace(later, changed={**edition.changed, **_changes(edition, later)})


def _changes(before: Edition, after: Edition) -> dict[str, int]:
    known = {shown.page.path: shown for shown in before.shown()}
    pages = {each.page.path: after.number for each in after.shown() if known.get(each.page.path) != each}
    lists = {name: after.number for name in SECTIONS if before.entries(name) != after.entries(name)}
    return pages | lists


def _edit(listed: dict[str, tuple[Page, ...]], number: int) -> None:
    section = SECTIONS[(number - 1) % 4]
    page = _pick(listed, section, number)
    edited = replace(page, text=_edited(page, number))
    listed[section] = tuple(edited if each is page else each for each in listed[section])


def _edited(page: Page, number: int) -> Text:
    if number % 3 == 1:
        return corrected(page.text)
    if number % 3 == 2:
        return continued(page.text, _ADDENDA[page.language].format(number=number))
    return replace(page.text, title=page.text.title + _TITLE_MARKS[page.language])


def _remove(listed: dict[str, tuple[Page, ...]], number: int) -> None:
    section = SECTIONS[number % 4]
    page = _pick(listed, section, number + 3)
    listed[section] = tuple(each for each in listed[section] if each is not page)


def _pick(listed: Mapping[str, tuple[Page, ...]], section: str, number: int) -> Page:
    originals = {page.copy_of for pages in listed.values() for page in pages}
    plain = [page for page in listed[section] if _is_plain(page) and page.path not in originals]
    return plain[number * 5 % len(plain)]


def _is_plain(page: Page) -> bool:
    special = page.also_in or page.failures or page.counts_visits or page.text.attachments
    return page.kind is PageKind.ARTICLE and not special


_ADDENDA = {
    "en": "Added on day {number}: the office in charge has since confirmed the figures in full.",
    "zh": "补充（第{number}号）：主管部门已核实上述数据，并全文公布。",
}
_TITLE_MARKS = {"en": " (Corrected)", "zh": "（更正）"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a new edition changed, as paths."""

    edition: int
    edited: str
    removed: str
    added: tuple[str, ...]


def difference(before: Edition, after: Edition) -> Difference:
    """Return what the edition *after* changed, *before* being the one it followed."""
    old = {shown.page.path: shown.page for shown in before.shown()}
    new = {shown.page.path: shown.page for shown in after.shown()}
    return Difference(
        edition=after.number,
        edited=next(path for path, page in new.items() if path in old and old[path] != page),
        removed=next(path for path in old if path not in new),
        added=tuple(path for path in new if path not in old),
    )
