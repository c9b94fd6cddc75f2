"""What a site's pages teach after a complete run: the template that the next run starts with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from w3lib.encoding import http_content_type_encoding

from crawler.extract.body.template import LEARNER_VERSION, learn_templates, page_lines
from storage.evidence.responses import EvidenceError, read_evidence
from storage.writing.learning import StoredTemplate

if TYPE_CHECKING:
    from storage.evidence.stored_pages import StoredPage


def learn_from(
    site: str,
    pages: Sequence[StoredPage],
    newest: Sequence[StoredPage],
    root: Path,
    *,
    known: StoredTemplate | None,
) -> StoredTemplate | None:
    """Return the template that *pages* teach, None where *known* was learned from the very same.

    The *newest* pages tell whether the site has another layout by now. Evidence lies under *root*; what
    cannot be read teaches nothing.
    """
    sources = sources_of((*pages, *newest))
    if known and (known.learner, known.learned_from) == (LEARNER_VERSION, sources):
        return None
    lines = {page.url: lines_of_page(page, root) for page in (*pages, *newest)}
    learned = learn_templates(site, by_section(pages, lines), by_section(newest, lines))
    return StoredTemplate(
        version=learned.version,
        learner=LEARNER_VERSION,
        learned_from=sources,
        rules={
            slug: tuple(tuple(sorted(each)) for each in layouts) for slug, layouts in learned.sections.items()
        },
    )


def sources_of(pages: Sequence[StoredPage]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return by section the article and the digest of the payload of each page: what names it."""
    sources: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for page in pages:
        assert page.head is not None
        sources[page.section or ""][(page.head.public_id, page.digest or "")] = None
    return {slug: tuple(each) for slug, each in sources.items()}


def by_section(
    pages: Sequence[StoredPage], lines: Mapping[str, frozenset[str]]
) -> dict[str, list[frozenset[str]]]:
    """Return the *lines* of each page, by section."""
    sections: dict[str, list[frozenset[str]]] = defaultdict(list)
    for page in pages:
        sections[page.section or ""].append(lines[page.url])
    return dict(sections)


def lines_of_page(page: StoredPage, root: Path) -> frozenset[str]:
    """Return the lines of a stored page as templates compare them, none where it cannot be read."""
    try:
        evidence = read_evidence(root, page.pointer)
        markup = evidence.payload
    except EvidenceError:
        return frozenset()
    return page_lines(markup, page.url, http_content_type_encoding(evidence.header("Content-Type")))
