"""What a site's pages teach after a complete run: the template that the next run starts with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from w3lib.encoding import http_content_type_encoding

from crawler.extract.template import LEARNER_VERSION, SiteTemplates, learn_templates, page_lines
from storage.evidence import EvidenceError, read_evidence
from storage.learning import StoredTemplate

if TYPE_CHECKING:
    from storage.stored_pages import StoredPage


def templates_of(stored: Mapping[str, StoredTemplate]) -> dict[str, SiteTemplates]:
    """Return what sites learned as extraction takes it, by the site's name."""
    return {
        site: SiteTemplates(
            site=site,
            version=each.version,
            sections={slug: frozenset(lines) for slug, lines in each.rules.items()},
        )
        for site, each in stored.items()
    }


def learn_from(
    site: str, pages: Sequence[StoredPage], root: Path, *, known: StoredTemplate | None
) -> StoredTemplate | None:
    """Return the template that *pages* teach, None where *known* was learned from the very same.

    *pages* come section by section, their evidence lies under *root*; what cannot be read teaches nothing.
    """
    sections = {slug: list(each) for slug, each in groupby(pages, lambda page: page.section or "")}
    sources = {slug: tuple(map(source_of, each)) for slug, each in sections.items()}
    if known and (known.learner, known.learned_from) == (LEARNER_VERSION, sources):
        return None
    learned = learn_templates(
        site, {slug: [lines_of_page(page, root) for page in each] for slug, each in sections.items()}
    )
    return StoredTemplate(
        version=learned.version,
        learner=LEARNER_VERSION,
        learned_from=sources,
        rules={slug: tuple(sorted(lines)) for slug, lines in learned.sections.items()},
    )


def source_of(page: StoredPage) -> tuple[str, str]:
    """Return the article and the digest of its payload: what names a page that is learned from."""
    assert page.head is not None
    return page.head.public_id, page.digest or ""


def lines_of_page(page: StoredPage, root: Path) -> frozenset[str]:
    """Return the lines of a stored page as templates compare them, none where it cannot be read."""
    try:
        evidence = read_evidence(root, page.pointer)
        markup = evidence.payload
    except EvidenceError:
        return frozenset()
    return page_lines(markup, page.url, http_content_type_encoding(evidence.header("Content-Type")))
