"""What sites learned from their own pages, as extraction takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crawler.extract.body.template import SiteTemplates

if TYPE_CHECKING:
    from storage.writing.learning import StoredTemplate


def templates_of(stored: Mapping[str, StoredTemplate]) -> dict[str, SiteTemplates]:
    """Return the templates of sites, by the site's name."""
    return {
        site: SiteTemplates(
            site=site,
            version=each.version,
            sections={slug: tuple(map(frozenset, layouts)) for slug, layouts in each.rules.items()},
        )
        for site, each in stored.items()
    }
