"""The declared sites, found by name or by host."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from scrapy.settings import Settings

from crawler.site_files import SiteLoader
from crawler.sites import Site


@cache
def declared_sites() -> dict[str, Site]:
    """Return every declared site by its name, in order of the names."""
    loader = _loader()
    classes = (loader.load(name) for name in sorted(loader.list()))
    sites = (getattr(spider, "site", None) for spider in classes)
    return {site.name: site for site in sites if site is not None}


def broken_files() -> Mapping[str, str]:
    """Return the modules whose sites cannot be loaded, each with what is wrong."""
    return _loader().broken


@cache
def _loader() -> SiteLoader:
    return SiteLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))


def site_of_host(host: str) -> Site | None:
    """Return the declared site of *host* (with its port, where it is no default one)."""
    for site in declared_sites().values():
        if urlsplit(site.base_url).netloc.lower() == host:
            return site
    return None
