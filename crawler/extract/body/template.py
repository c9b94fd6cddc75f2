"""What repeats over a site's pages is furniture: a template learned from pages the archive holds."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from crawler.extract.text import fold
from crawler.extract.types import ExtractionError, PageContext

LEARNER_VERSION = "1"  # another one learns anew from pages that are known
LEAST_PAGES = 10  # fewer pages of one site share lines by chance
_LEAST_SHARE = 0.6  # of the pages that a line of furniture stands on
_LONGEST_LINE = 400  # a longer line that repeats is a text that was published twice
WHOLE_SITE = "*"  # stands for the sections that have too few pages
_FITS = 0.3  # of the furniture; a page with less of it has another layout


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTemplate:
    """The furniture of pages that one layout shows, under a version that each revision names."""

    site: str
    version: str
    furniture: frozenset[str]  # normalised lines that stand on most pages
    layouts: tuple[frozenset[str], ...]  # the same, layout by layout


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTemplates:
    """The furniture of each section of a site, layout by layout, all under one version."""

    site: str
    version: str
    sections: Mapping[str, tuple[frozenset[str], ...]]

    def of(self, section: str | None) -> SiteTemplate | None:
        """Return the template of a section's pages, of all the site's where it has too few of its own."""
        layouts = self.sections.get(section or "", self.sections.get(WHOLE_SITE))
        if layouts is None:
            return None
        furniture = frozenset().union(*layouts)
        return SiteTemplate(site=self.site, version=self.version, furniture=furniture, layouts=layouts)


def learn_templates(
    site: str,
    sections: Mapping[str, Sequence[frozenset[str]]],
    newest: Mapping[str, Sequence[frozenset[str]]] = MappingProxyType({}),
) -> SiteTemplates:
    """Return what repeats over the pages of each section, given the `page_lines` of each page.

    Where ten of the *newest* pages do not fit, what they repeat is a second layout: the site was redesigned.
    A section with fewer than ten readable pages has none of its own; what repeats over all pages of the
    site stands under `WHOLE_SITE`.
    """
    learned = {slug: layouts_of(pages, newest.get(slug, ())) for slug, pages in sections.items()}
    learned[WHOLE_SITE] = layouts_of([page for pages in sections.values() for page in pages], ())
    found = {slug: layouts for slug, layouts in sorted(learned.items()) if layouts}
    return SiteTemplates(site=site, version=version_of(site, found), sections=found)


def layouts_of(
    pages: Sequence[frozenset[str]], newest: Sequence[frozenset[str]]
) -> tuple[frozenset[str], ...]:
    """Return the furniture of *pages*, and that of the *newest* ones which do not have it."""
    first = repeated_lines(pages)
    if first is None:
        return ()
    later = repeated_lines(page for page in newest if not has_layout(first, page))
    return (first,) if later is None else (first, later)


def repeated_lines(pages: Iterable[frozenset[str]]) -> frozenset[str] | None:
    """Return the lines that stand on most of *pages*; None where too few of them can be read."""
    readable = [lines for lines in pages if lines]
    if len(readable) < LEAST_PAGES:
        return None
    counts = Counter(line for lines in readable for line in lines)
    return frozenset(line for line, count in counts.items() if count >= len(readable) * _LEAST_SHARE)


def version_of(site: str, sections: Mapping[str, Sequence[frozenset[str]]]) -> str:
    """Return the version of a site's furniture: the same lines have the same, in any archive."""
    furniture = {slug: [sorted(lines) for lines in layouts] for slug, layouts in sorted(sections.items())}
    content = json.dumps([site, furniture])
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def page_lines(html: bytes, url: str, http_charset: str | None = None) -> frozenset[str]:
    """Return the normalised lines of a page, none where it cannot be read."""
    from crawler.extract.markup.page import read_page

    try:
        return lines_of_tree(read_page(html, url, PageContext(http_charset=http_charset)).tree)
    except ExtractionError:
        return frozenset()


def lines_of_tree(tree: etree._Element) -> frozenset[str]:
    """Return the normalised lines of a parsed page."""
    from crawler.extract.body.paragraphs import lines_of
    from crawler.extract.lines.blocks import read_blocks

    blocks = read_blocks(tree).blocks
    return frozenset(
        key_of(line) for block in blocks for line in lines_of(block) if len(line) <= _LONGEST_LINE
    )


def key_of(line: str) -> str:
    """Return *line* as templates compare it."""
    return fold(line)


def furniture_rules(
    lines: Sequence[str], headings: Sequence[bool], template: SiteTemplate | None
) -> list[str | None]:
    """Return for each of *lines* the rule that takes it off as the site's furniture, or None.

    A heading ("Background", "Notes to editors") may stand in every article of an office and is still
    the article's own, where its text stands on both sides of it.
    """
    if template is None or not template.furniture:
        return [None] * len(lines)
    rules = ["site template" if key_of(line) in template.furniture else None for line in lines]
    first = rules.index(None) if None in rules else len(rules)
    for place in range(len(rules) - 2, first, -1):
        if headings[place] and rules[place + 1] is None:
            rules[place] = None
    return rules


def fits(template: SiteTemplate, lines: frozenset[str]) -> bool:
    """Return whether a page with these `page_lines` still has a layout *template* was learned from."""
    return any(has_layout(layout, lines) for layout in template.layouts)


def has_layout(layout: frozenset[str], lines: frozenset[str]) -> bool:
    """Return whether enough of the furniture of *layout* stands on a page with these lines."""
    return len(layout & lines) >= _FITS * len(layout)
