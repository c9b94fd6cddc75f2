"""What repeats over a site's pages is furniture: a template learned from pages the archive holds."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.extract.boilerplate import fold
from crawler.extract.types import ExtractionError, PageContext

LEAST_PAGES = 10  # fewer pages of one site share lines by chance
_LEAST_SHARE = 0.6  # of the pages that a line of furniture stands on
_LONGEST_LINE = 400  # a longer line that repeats is a text that was published twice
_FITS = 0.3  # of the furniture; a page with less of it has another layout


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTemplate:
    """The furniture of one site, under a version that each revision names."""

    site: str
    version: str
    furniture: frozenset[str] = frozenset()  # normalised lines that stand on most pages


def learn_template(site: str, pages: Iterable[tuple[str, bytes]]) -> SiteTemplate:
    """Return what repeats over *pages* (address and markup) of *site*.

    The same pages give the same template in any order; fewer than ten of them give an empty one.
    """
    counts: Counter[str] = Counter()
    read = 0
    for url, html in pages:
        lines = page_lines(html, url)
        if lines:
            counts.update(lines)
            read += 1
    least = max(LEAST_PAGES * _LEAST_SHARE, read * _LEAST_SHARE)
    furniture = (
        frozenset(line for line, count in counts.items() if count >= least)
        if read >= LEAST_PAGES
        else frozenset()
    )
    return SiteTemplate(site=site, version=_version(site, furniture), furniture=furniture)


def page_lines(html: bytes, url: str) -> frozenset[str]:
    """Return the normalised lines of a page, none where it cannot be read."""
    from crawler.extract.blocks import read_blocks
    from crawler.extract.body import lines_of
    from crawler.extract.page import read_page

    try:
        tree = read_page(html, url, PageContext()).tree
    except ExtractionError:
        return frozenset()
    blocks = read_blocks(tree).blocks
    return frozenset(
        key_of(line) for block in blocks for line in lines_of(block) if len(line) <= _LONGEST_LINE
    )


def key_of(line: str) -> str:
    """Return *line* as templates compare it."""
    return fold(line)


def furniture_rules(lines: Sequence[str], template: SiteTemplate | None) -> list[str | None]:
    """Return for each of *lines* the rule that takes it off as the site's furniture, or None."""
    if template is None or not template.furniture:
        return [None] * len(lines)
    return ["site template" if key_of(line) in template.furniture else None for line in lines]


def fits(template: SiteTemplate, html: bytes, url: str) -> bool:
    """Return whether a page still has the layout that *template* was learned from."""
    if not template.furniture:
        return True
    shared = len(template.furniture & page_lines(html, url))
    return shared >= _FITS * len(template.furniture)


def first_misfit(template: SiteTemplate, pages: Iterable[tuple[str, bytes]]) -> str | None:
    """Return the address of the first of *pages* that the site shows in another layout: a redesign."""
    return next((url for url, html in pages if not fits(template, html, url)), None)


def _version(site: str, furniture: frozenset[str]) -> str:
    content = "\n".join([site, *sorted(furniture)])
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:12]
