"""Edits in bulk are warned of, a few at once are not."""

from __future__ import annotations

from collections import Counter

import pytest

from crawler.account.bulk_edits import bulk_edits
from crawler.account.ledger import SectionAccount
from storage.records import Change

FIRST = "https://www.example.gov/news/1"


@pytest.mark.parametrize(
    ("revised", "unchanged", "warned"), [(5, 4, True), (5, 5, False), (4, 0, False), (0, 40, False)]
)
def test_most_articles_of_a_section_are_edited_at_once(revised: int, unchanged: int, warned: bool) -> None:
    changes = Counter({Change.REVISED: revised, Change.UNCHANGED: unchanged, Change.NEW: 3})

    found = list(bulk_edits([SectionAccount("news", changes=changes)], {"news": FIRST}))

    assert [(each.kind, each.url) for each in found] == ([("edits", FIRST)] if warned else [])
