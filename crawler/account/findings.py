"""One reason for a verdict, which part of a page it speaks of, and the list page that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from storage.verdicts import Verdict


class Field(StrEnum):
    """The part of a page that rules find no more."""

    LIST = "list"
    BODY = "body"
    TITLE = "title"
    DATE = "date"
    LENGTH = "length"


class Finding(NamedTuple):
    """One reason for a verdict; *field* where a page can show it, *url* where that page is known."""

    verdict: Verdict
    reason: str
    field: Field | None = None
    section: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenList:
    """A list page without entries, as it was received."""

    markup: bytes
    platform: str | None
    section: str
