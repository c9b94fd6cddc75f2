"""The declared sites, found by name or by host."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler.sites import Site


@cache
def declared_sites() -> dict[str, Site]:
    """Return every declared site by its name, in order of the names."""
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
    classes = (loader.load(name) for name in sorted(loader.list()))
    sites = (getattr(spider, "site", None) for spider in classes)
    return {site.name: site for site in sites if site is not None}


def site_of_host(host: str) -> Site | None:
    """Return the declared site of *host* (with its port, where it is no default one)."""
    for site in declared_sites().values():
        if urlsplit(site.base_url).netloc.lower() == host:
            return site
    return None
