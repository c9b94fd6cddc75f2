"""What repeats over a site's pages is furniture: a template learned from pages the archive holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTemplate:
    """The furniture of one site, under a version that each revision names."""

    site: str
    version: str
    furniture: frozenset[str] = frozenset()  # normalised lines that stand on most pages
