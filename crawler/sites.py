"""What a site is: a frozen declaration, read by the spiders and by nothing below them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from crawler.extract.countries import country_of_host
from storage.records import SectionRecord, SiteRecord


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of a site; *path* is joined to the site's base URL."""

    slug: str
    path: str
    title: str | None = None
    platform: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectations:
    """What a healthy run of the site looks like; outside of it the run is *drifted*."""

    articles_per_run: tuple[int, int] | None = None
    newest_within_days: int | None = None
    fill_title: float = 0.95
    fill_date: float = 0.5
    fill_body: float = 0.9
    body_characters: tuple[int, int] | None = None
    learned_since: date | None = None  # what earlier runs taught is forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One website: its sections, its platform, and what is only inferred about it."""

    name: str
    title: str = ""  # its name, where none is given
    base_url: str
    sections: tuple[Section, ...]
    platform: str | None = None
    country: str | None = None
    language: str | None = None
    timezone: str | None = None
    expects: Expectations = Expectations()
    verify_tls: bool = True
    private_addresses: bool = False  # the demo's loopback site
    inferred: tuple[str, ...] = ()  # fields no stored page confirms yet

    def record(self) -> SiteRecord:
        """Return the site as the values later stages need."""
        return SiteRecord(
            key=self.name,
            title=self.title or self.name,
            base_url=self.base_url,
            country=self.country,
            language=self.language,
            timezone=self.timezone,
            platform=self.platform,
        )

    def section(self, slug: str | None) -> Section | None:
        """Return the section of that name, if there is one."""
        return next((section for section in self.sections if section.slug == slug), None)

    def platform_of(self, section: Section | None) -> str | None:
        """Return the platform of *section*: its own, or else the site's."""
        return (section.platform if section else None) or self.platform

    def language_of(self, section: Section | None) -> str | None:
        """Return the language of *section*: its own, or else the site's."""
        return (section.language if section else None) or self.language

    def section_record(self, section: Section) -> SectionRecord:
        """Return *section* with its absolute URL."""
        return SectionRecord(
            slug=section.slug, title=section.title or section.slug, url=urljoin(self.base_url, section.path)
        )


def undeclared_site(url: str, name: str | None = None) -> Site:
    """Return a site that is known by the host of one of its URLs alone, or by *name*."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    country = country_of_host(host)
    return Site(
        name=name or host,
        title=name or host,
        base_url=f"{parts.scheme}://{parts.netloc}/" if host else f"urn:hotnews:{name}",
        sections=(),
        country=country,
        timezone="Asia/Shanghai" if country == "CN" else None,  # China has one zone and never states it
    )
