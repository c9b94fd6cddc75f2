"""One reason for a verdict, and which part of a page it speaks of."""

from __future__ import annotations

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
