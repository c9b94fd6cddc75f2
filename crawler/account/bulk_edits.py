"""Edits in bulk: where most of a section's articles read otherwise at once, a redesign is likelier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from storage.records import Change
from storage.rows import Warned

if TYPE_CHECKING:
    from crawler.account.ledger import SectionAccount

LEAST_EDITED = 5  # articles; publishers do edit a few at once


def bulk_edits(accounts: Iterable[SectionAccount], first: Mapping[str, str]) -> Iterator[Warned]:
    """Yield a warning for each section of whose known articles, asked for again, most were edited.

    *first* names the URL of the first edited page of each section.
    """
    for account in accounts:
        edited = account.changes[Change.REVISED]
        again = edited + account.changes[Change.REEXTRACTED] + account.changes[Change.UNCHANGED]
        if edited >= LEAST_EDITED and edited * 2 > again and account.slug in first:
            text = (
                f"{edited} of {again} articles that were asked for again read otherwise: edits or a redesign"
            )
            yield Warned(kind="edits", section=account.slug, url=first[account.slug], text=text)
