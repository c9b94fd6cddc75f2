"""Crawl any list page without a declaration: `scrapy crawl adhoc -a start=URL[,URL...]`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.errors import SiteDefinitionError
from crawler.network.addresses import is_well_formed
from crawler.platforms.registry import UnknownPlatform, platform_named
from crawler.registry import site_of_host
from crawler.sites import Section, Site, undeclared_site
from crawler.spiders.base import SiteSpider

# URLs contain commas; a new one starts where a scheme follows.
BETWEEN_URLS = re.compile(r",(?=\s*https?://)", re.IGNORECASE)
NO_SLUG = re.compile(r"[^0-9a-z]+")


class AdhocSpider(SiteSpider):
    """Crawls the list pages named by `start`; the platform is detected unless `platform` names it."""

    name = "adhoc"
    arguments = ("start", "platform")

    @classmethod
    def site_for(cls, arguments: Mapping[str, str]) -> Site:
        """Return the declared site of the first URL's host, or one of its host name, with these sections.

        :raises SiteDefinitionError: if `start` holds no http(s) URL, or `platform` names none that exists.
        """
        urls = read_urls(arguments.get("start", ""))
        platform = read_platform(arguments.get("platform"))
        site = site_of_host(host_of(urls[0])) or undeclared_site(urls[0])
        return replace(
            site,
            sections=tuple(section_of(site, url) for url in urls),
            platform=platform or site.platform,
        )


def read_urls(text: str) -> list[str]:
    """Return the URLs of a comma-separated list."""
    urls = [url.strip() for url in BETWEEN_URLS.split(text) if url.strip()]
    if not urls:
        raise SiteDefinitionError("adhoc needs a list page: -a start=https://www.example.gov/news/")
    for url in urls:
        parts = urlsplit(url) if is_well_formed(url) else None
        if parts is None or parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            raise SiteDefinitionError(f"start={url!r} is not an http or https URL")
    return urls


def read_platform(name: str | None) -> str | None:
    """Return the name of a platform, or None where it is to be detected."""
    if not name:
        return None
    try:
        return platform_named(name).name
    except UnknownPlatform as error:
        raise SiteDefinitionError(str(error)) from error


def host_of(url: str) -> str:
    """Return the host of *url* with its port, where one is named."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def section_of(site: Site, url: str) -> Section:
    """Return the declared section with that list page, or one named after its path."""
    for section in site.sections:
        if site.section_record(section).url == url:
            return section
    parts = urlsplit(url)
    slug = NO_SLUG.sub("-", f"{parts.path} {parts.query}".lower().replace("index.html", "")).strip("-")
    return Section(slug[:80] or "home", url)
