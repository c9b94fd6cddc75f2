"""Crawl any list page without a declaration: `scrapy crawl adhoc -a start=URL[,URL...]`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from urllib.parse import quote, urlsplit

from crawler.errors import SiteDefinitionError
from crawler.network.addresses import HOST, SCHEMES, as_browsers_read, is_well_formed
from crawler.platforms.registry import UnknownPlatform, platform_named
from crawler.registry import site_of_host
from crawler.sites import Section, Site, undeclared_site
from crawler.spiders.base import SiteSpider

# URLs contain commas; a new one starts where a scheme follows.
BETWEEN_URLS = re.compile(r",(?=\s*https?://)", re.IGNORECASE)
# As people copy it from a browser that hides the scheme.
BARE_URL = re.compile(r"(?://)?((?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:[/?#].*)?)")
NO_SLUG = re.compile(r"[^0-9a-z]+")
LONGEST_SLUG = 80


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
            sections=sections_of(site, urls),
            platform=platform or site.platform,
        )


def read_urls(text: str) -> list[str]:
    """Return the URLs of a comma-separated list."""
    urls = [url for text in BETWEEN_URLS.split(text) if (url := as_browsers_read(text))]
    if not urls:
        raise SiteDefinitionError("adhoc needs a list page: -a start=https://www.example.gov/news/")
    for url in urls:
        if not is_list_page(url):
            raise SiteDefinitionError(f"start={url!r} is not an http or https URL{written_out(url)}")
    return urls


def is_list_page(url: str) -> bool:
    """Return whether *url* leads to a host by http or https."""
    parts = urlsplit(url) if is_well_formed(url) else None
    return parts is not None and parts.scheme in SCHEMES and bool(HOST.fullmatch(parts.hostname or ""))


def written_out(url: str) -> str:
    """Return what to write in place of *url*, where only the scheme is missing, of it or of one behind it."""
    if bare := BARE_URL.fullmatch(url):
        return f"; write start=https://{bare[1]}"
    first, *others = url.split(",")
    if others and is_list_page(first) and all(map(BARE_URL.fullmatch, others)):
        return f"; write start={first},{','.join(f'https://{other}' for other in others)}"
    return ""


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


def sections_of(site: Site, urls: Iterable[str]) -> tuple[Section, ...]:
    """Return a section for each of *urls*, no two of one name: what one lists is not missing in another."""
    sections = [section_of(site, url) for url in dict.fromkeys(urls)]
    often = Counter(section.slug for section in sections)
    return tuple(
        section if often[section.slug] == 1 else replace(section, slug=f"{section.slug}-{mark_of(section)}")
        for section in sections
    )


def section_of(site: Site, url: str) -> Section:
    """Return the declared section with that list page, or one named after its path, with another host."""
    for section in site.sections:
        if site.section_record(section).url == url:
            return section
    parts = urlsplit(url)
    host = "" if host_of(url) == host_of(site.base_url) else host_of(url)
    words = quote(f"{host} {parts.path} {parts.query}", safe="/%?&=;:+ ").lower().replace("index.html", "")
    section = Section(NO_SLUG.sub("-", words).strip("-") or "home", url)
    if len(section.slug) <= LONGEST_SLUG:
        return section
    return replace(section, slug=f"{section.slug[:LONGEST_SLUG]}-{mark_of(section)}")


def mark_of(section: Section) -> str:
    """Return what tells the list page of *section* from one whose name would be the same."""
    return sha256(section.path.encode("utf-8", "surrogatepass")).hexdigest()[:8]
