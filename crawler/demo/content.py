"""What the demo site says: texts, the pages that carry them, and the truth a test compares with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from storage.records import CopyKind


class BlockKind(StrEnum):
    """What a piece of a body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"


class PageKind(StrEnum):
    """What a listed address leads to."""

    ARTICLE = "article"
    COPY = "copy-of"
    MISSING = "missing"
    MOVED = "moved"


class DatePlace(StrEnum):
    """The only place that tells when a page was published."""

    URL = "url"
    ROW = "row"
    META = "meta"
    PAGE = "page"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, sub-heading or list item."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table inside a body."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that belongs to a text; *name* is its file name beside the page."""

    title: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A title and its body, free of any markup."""

    title: str
    blocks: tuple[Block | Table, ...]
    attachments: tuple[Attachment, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return every line of the body but the tables, in order."""
        return tuple(block.text for block in self.blocks if isinstance(block, Block))

    @property
    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Return the rows of every table, in order."""
        return tuple(block.rows for block in self.blocks if isinstance(block, Table))

    def with_paragraphs(self, paragraphs: Iterable[str]) -> Text:
        """Return this text with a body of plain *paragraphs*."""
        return replace(self, blocks=tuple(Block(text=text) for text in paragraphs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One address of the demo site and what stands there."""

    path: str
    section: str
    text: Text
    kind: PageKind = PageKind.ARTICLE
    published: date | datetime | None = None  # aware when it has an hour
    date_from: DatePlace = DatePlace.ROW
    also_in: tuple[str, ...] = ()  # further sections that list the same address
    language: str = "en"
    charset: str = "utf-8"
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    copy_of: str | None = None
    copy_kind: CopyKind | None = None
    moved_to: str | None = None
    listed: bool = True
    failures: int = 0  # how often the server fails before it answers
    counts_visits: bool = False  # shows a counter, sends no validators
    style: int = 0  # which of the family's habits the page shows

    @property
    def day(self) -> date | None:
        """Return the published day."""
        return self.published.date() if isinstance(self.published, datetime) else self.published

    @property
    def listed_day(self) -> date | None:
        """Return the day that the page's row in a list shows."""
        return None if self.section == "hot-news" and self.date_from is DatePlace.META else self.day


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What an archive must hold of one address."""

    url: str
    section: str
    kind: PageKind
    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    attachments: tuple[tuple[str, str], ...] = ()  # URL and title
    published: date | datetime | None = None
    published_day: date | None = None
    listed_day: date | None = None
    language: str = "en"  # primary subtag
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    also_in: tuple[str, ...] = ()
    copy_of: str | None = None
    copy_kind: CopyKind | None = None
    moved_to: str | None = None
    listed: bool = True


def read_text(notation: str) -> Text:
    """Return the text written in *notation*: a title, then a line a block.

    `## ` opens a sub-heading, `* ` a list item, `| ` a table row, `@ name ` an attachment.
    """
    title, *lines = [line.strip() for line in notation.strip().splitlines() if line.strip()]
    blocks: list[Block | Table] = []
    attachments: list[Attachment] = []
    for line in lines:
        if line.startswith("@ "):
            name, _, label = line[2:].partition(" ")
            attachments.append(Attachment(title=label, name=name))
        elif line.startswith("| "):
            _add_row(blocks, tuple(cell.strip() for cell in line.strip("|").split("|")))
        else:
            blocks.append(_read_block(line))
    return Text(title=title, blocks=tuple(blocks), attachments=tuple(attachments))


def _read_block(line: str) -> Block:
    for mark, kind in (("## ", BlockKind.HEADING), ("* ", BlockKind.ITEM)):
        if line.startswith(mark):
            return Block(text=line.removeprefix(mark), kind=kind)
    return Block(text=line)


def _add_row(blocks: list[Block | Table], row: tuple[str, ...]) -> None:
    if blocks and isinstance(blocks[-1], Table):
        blocks[-1] = Table(rows=(*blocks[-1].rows, row))
    else:
        blocks.append(Table(rows=(row,)))
