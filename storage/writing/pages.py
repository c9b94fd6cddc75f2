"""The pages a transaction touches: looked up together, changed in memory, written together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from storage.database.bulk import insert_rows, is_wanted, select_rows, update_rows
from storage.database.row_numbers import next_numbers
from storage.models import page
from storage.records import PageState
from storage.safe_text import storable
from storage.url_keys import page_id, public_id, url_key
from storage.writing.page_states import PageEntry

if TYPE_CHECKING:
    from sqlalchemy import Row

COLUMNS = tuple(field.name for field in fields(PageEntry))
FIXED = {"id", "public_id", "url_key", "site_id", "first_seen"}
_values = attrgetter(*COLUMNS)
CHANGING = (*(name for name in COLUMNS if name not in FIXED), "id")
_changing = attrgetter(*CHANGING)
SELECT = select(*(page.c[name] for name in COLUMNS))
_FIND = SELECT.where(is_wanted(page.c.public_id))


class Pages:
    """The pages of one transaction, found by URL."""

    def __init__(self, connection: Connection, urls: Iterable[str]) -> None:
        self._connection = connection
        self._keys = {url: url_key(url) for url in urls}
        ids = {key: public_id(storable(key)) for key in self._keys.values()}
        self._ids = ids
        self._pages = {entry.public_id: entry for entry in find_pages(connection, set(ids.values()))}
        self._new: list[PageEntry] = []
        self._touched: dict[int, PageEntry] = {}
        self._numbers = iter(next_numbers(connection, page, len(set(ids.values())) - len(self._pages)))

    @property
    def article_ids(self) -> set[int]:
        """Return the row numbers of the articles that the known pages show."""
        return {entry.article_id for entry in self._pages.values() if entry.article_id is not None}

    def at(self, url: str, *, site_id: int, first_seen: datetime) -> PageEntry:
        """Return the page of *url*, made if it is new; it will be written."""
        key = self._keys[url]
        identity = self._ids[key]
        entry = self._pages.get(identity)
        if entry is None:
            entry = PageEntry(
                id=next(self._numbers),
                public_id=identity,
                url=storable(url),
                url_key=storable(key),
                site_id=site_id,
                first_seen=first_seen,
                last_seen=first_seen,
            )
            self._pages[identity] = entry
            self._new.append(entry)
        else:
            self._touched[entry.id] = entry
        return entry

    def numbers(self, urls: Iterable[str]) -> set[int]:
        """Return the row numbers of those pages of *urls* that are stored."""
        found = (self._pages.get(self._ids[self._keys[url]]) for url in urls)
        return {entry.id for entry in found if entry is not None}

    def numbered(self, number: int) -> PageEntry | None:
        """Return the page of that row number, if the transaction knows it."""
        return next((entry for entry in self._pages.values() if entry.id == number), None)

    def keep(self, entry: PageEntry) -> PageEntry:
        """Return the page that *entry*, looked up elsewhere, is of; it is written once it is adopted."""
        return self._pages.setdefault(entry.public_id, entry)

    def adopt(self, entry: PageEntry) -> PageEntry:
        """Return the page that *entry*, looked up elsewhere, is of; it will be written."""
        known = self.keep(entry)
        self._touched[known.id] = known
        return known

    def write(self) -> None:
        """Write what is new and what changed since the last call."""
        new = {entry.id for entry in self._new}
        changed = [entry for number, entry in self._touched.items() if number not in new]
        insert_rows(self._connection, page, [_row(entry) for entry in self._new])
        update_pages(self._connection, changed)
        self._new, self._touched = [], {}


def page_numbers(connection: Connection, urls: Iterable[str]) -> dict[str, int]:
    """Return the row numbers of the pages of those *urls* that are stored."""
    ids = {url: page_id(url) for url in urls}
    numbers = {entry.public_id: entry.id for entry in find_pages(connection, set(ids.values()))}
    return {url: numbers[identity] for url, identity in ids.items() if identity in numbers}


def find_pages(connection: Connection, identities: Iterable[str]) -> Iterator[PageEntry]:
    """Return the stored pages with these public ids."""
    return map(entry_of, select_rows(connection, _FIND, identities))


def entry_of(row: Row[Any]) -> PageEntry:
    """Return the page that *row*, of the columns of `SELECT`, holds."""
    entry = PageEntry(**dict(zip(COLUMNS, row, strict=False)))
    entry.state = PageState(entry.state)
    return entry


def update_pages(connection: Connection, entries: Iterable[PageEntry]) -> None:
    """Write what can change of stored pages."""
    rows = [dict(zip(CHANGING, _changing(entry), strict=True)) for entry in entries]
    update_rows(connection, page, rows)


def _row(entry: PageEntry) -> dict[str, Any]:
    return dict(zip(COLUMNS, _values(entry), strict=True))
