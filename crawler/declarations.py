"""Whether a declared site can be crawled as it is written: a typing error is a message, not a traceback."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.errors import SiteDefinitionError
from crawler.platforms.registry import UnknownPlatform, platform_named
from crawler.sites import Expectations, Section, Site


def require_sound(site: object, spider: str) -> Site:
    """Return *site*, the declaration of the class whose name is *spider*.

    :raises SiteDefinitionError: with the site and the first thing that is wrong with it.
    """
    if not isinstance(site, Site):
        raise SiteDefinitionError(f"{spider}: the class declares no site; write: site = Site(...)")
    try:
        problem = next(_problems(site, spider), None)
    except (AttributeError, TypeError, ValueError) as error:
        problem = f"a field holds what it cannot: {error}"
    if problem is not None:
        raise SiteDefinitionError(f"{spider}: {problem}")
    return site


def _problems(site: Site, spider: str) -> Iterator[str]:
    if site.name != spider:
        yield f"the site's name is {site.name!r}, the spider's {spider!r}; give both one name"
    if not isinstance(site.sections, tuple) or not all(isinstance(each, Section) for each in site.sections):
        yield "sections is no tuple of sections; of one section write: sections=(Section(...),)"
        return
    if not site.sections:
        yield "the site has no section; name one: sections=(Section(...),)"
    yield from (f"two sections are called {slug!r}" for slug in _twice(each.slug for each in site.sections))
    for section in site.sections:
        url = site.section_record(section).url
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            yield f"the list page of section {section.slug!r}, {url!r}, is no http or https URL"
    yield from _unknown_names(site)
    yield from _impossible(site.expects)


def _twice(slugs: Iterator[str]) -> Iterator[str]:
    return (slug for slug, number in Counter(slugs).items() if number > 1)


def _unknown_names(site: Site) -> Iterator[str]:
    for name in {site.platform, *(section.platform for section in site.sections)} - {None}:
        try:
            platform_named(str(name))
        except UnknownPlatform as error:
            yield str(error)
    try:
        ZoneInfo(site.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        yield f"there is no timezone {site.timezone!r}; write one of IANA, such as 'Europe/London'"


def _impossible(expects: Expectations) -> Iterator[str]:
    for name in ("articles_per_run", "body_characters"):
        band = getattr(expects, name)
        if band is None:
            continue
        if not isinstance(band, tuple) or len(band) != 2:
            yield f"{name}={band!r}: say the fewest and the most, such as (1, 100)"
        elif not 0 <= band[0] <= band[1]:
            yield f"{name}={band}: say the fewest first, then the most"
    for name in ("fill_title", "fill_date", "fill_body"):
        if not 0 <= getattr(expects, name) <= 1:
            yield f"{name}={getattr(expects, name)}: say a share between 0 and 1"
