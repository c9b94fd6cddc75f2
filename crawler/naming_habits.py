"""Whether the pages of a section name the titles of the rows that lead to them: most sites' do."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crawler.reading.echoes import names
from storage.evidence.responses import EvidenceError, read_evidence
from storage.records import Failed, FailureCause, Visit

if TYPE_CHECKING:
    from storage import Archive
    from storage.evidence.stored_pages import StoredPage
    from storage.writing.runs import Run

logger = logging.getLogger(__name__)

PAGES_LOOKED_AT = 8  # of each section
LEAST_PAGES = 4  # a habit
TRIES = 2  # after which a page shows what it shows
UNNAMED = "a text that does not name the title of its row, as the others of the section do"


def sections_that_name(archive: Archive, run: Run) -> frozenset[str]:
    """Return the sections whose pages, as earlier runs archived them, all name the titles of their rows."""
    found: dict[str, list[bool]] = defaultdict(list)
    for page in archive.learning(run).pages_before(each=PAGES_LOOKED_AT):
        if page.listed_title and page.section:
            found[page.section].append(_names_its_title(archive, page))
    return frozenset(slug for slug, pages in found.items() if len(pages) >= LEAST_PAGES and all(pages))


def unnamed(visit: Visit[Any]) -> Visit[Any]:
    """Return *visit* as of a page that is to be asked for again: something stood in the article's place."""
    return replace(visit, result=Failed(cause=FailureCause.SERVER_ERROR, detail=UNNAMED))


def _names_its_title(archive: Archive, page: StoredPage) -> bool:
    assert page.listed_title is not None
    try:
        evidence = read_evidence(archive.evidence_root, page.pointer)
    except EvidenceError as error:
        logger.warning("%s", error)
        return False
    return names(evidence.payload, page.url, page.listed_title)
