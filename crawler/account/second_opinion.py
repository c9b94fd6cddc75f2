"""Early signs of change in a run's pages: another layout, or two ways of reading that disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from crawler.extract.article_page import generic_lines
from crawler.extract.body.template import fits, lines_of_tree
from crawler.extract.markup.page import Page, read_page
from crawler.extract.markup.rules import family_of
from crawler.extract.types import ExtractionError
from crawler.rereading.field_differences import shared_words
from crawler.rereading.pages import rules_of
from storage.evidence.responses import EvidenceError, read_evidence
from storage.rows import Warned

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.extract.body.template import SiteTemplates
    from crawler.sites import Site
    from storage import Archive
    from storage.evidence.stored_pages import StoredPage

PAGES_A_SECTION = 3  # whose reading is doubted, however many a run brings
MOST_PAGES = 24
LEAST_AGREEMENT = 0.5  # of the words
LEAST_OPINIONS = 2  # one page of its own kind is no sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a second look at one page says; None where there is nothing to compare."""

    section: str
    url: str
    agreement: float | None  # of the platform's reading with the generic one, as a share of their words
    fits: bool | None  # the layout that the site's template was learned from


class Reader(NamedTuple):
    """What a second look needs beside the pages."""

    archive: Archive
    root: Path
    site: Site
    templates: SiteTemplates | None

    def parsed(self, page: StoredPage) -> tuple[Page, str | None] | None:
        """Return *page* parsed anew and its declared platform, None where it cannot be read."""
        try:
            evidence = read_evidence(self.root, page.pointer)
            platform, context = rules_of(page, evidence, self.site, self.templates)
            return read_page(evidence.payload, page.url, context), platform
        except (EvidenceError, ExtractionError):
            return None


def opinions_on(pages: Sequence[StoredPage], reader: Reader) -> list[Opinion]:
    """Return a second opinion on each of *pages* that can be read, on some of them where they are many."""
    return list(filter(None, (opinion_on(page, reader) for page in pages[:MOST_PAGES])))


def opinion_on(page: StoredPage, reader: Reader) -> Opinion | None:
    """Return a second opinion on the latest text of *page*."""
    found = reader.parsed(page)
    if found is None:
        return None
    parsed, platform = found
    template = parsed.context.template
    return Opinion(
        section=page.section or "",
        url=page.url,
        agreement=agreement_on(page, parsed, reader) if family_of(parsed, platform) else None,
        fits=fits(template, lines_of_tree(parsed.tree)) if template else None,
    )


def agreement_on(page: StoredPage, parsed: Page, reader: Reader) -> float | None:
    """Return how far the archived text and a generic reading agree, None of an article without text."""
    assert page.head is not None
    if page.parts:  # the text of several pages, of which this is the first
        return None
    archived = reader.archive.article(page.head.public_id).paragraphs
    if not archived:
        return None
    try:
        generic = generic_lines(parsed)
    except ExtractionError:
        return 0.0
    return shared_words("\n".join(archived), "\n".join(generic))


def warnings_of(opinions: Sequence[Opinion], known: Collection[str]) -> Iterator[Warned]:
    """Yield a warning for each section of whose pages most look, or read, otherwise than they did.

    A section that is not *known* from earlier runs may look as it likes: it did not change.
    """
    for section, group in groupby(sorted(opinions, key=lambda each: each.section), lambda each: each.section):
        of_section = list(group)
        doubted = [each for each in of_section if each.agreement is not None]
        apart = [each for each in doubted if (each.agreement or 0.0) < LEAST_AGREEMENT]
        if len(doubted) >= LEAST_OPINIONS and len(apart) * 2 > len(doubted):
            text = (
                f"the platform's rules and a generic reading disagree on {len(apart)} of {len(doubted)} pages"
            )
            yield Warned(kind="disagreement", section=section, url=apart[0].url, text=text)
        compared = [each for each in of_section if each.fits is not None]
        changed = [each for each in compared if not each.fits]
        if changed and section in known and len(changed) * 2 > len(compared):
            text = f"{len(changed)} of {len(compared)} pages have another layout than those before"
            yield Warned(kind="layout", section=section, url=changed[0].url, text=text)


def mean_agreement(opinions: Sequence[Opinion]) -> float | None:
    """Return how far the two readings agree on average, None where nothing was compared."""
    shares = [each.agreement for each in opinions if each.agreement is not None]
    return sum(shares) / len(shares) if shares else None
