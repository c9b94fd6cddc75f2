"""The country of a site, as its address and its language tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from crawler.extract.markup.head import Head
    from crawler.extract.markup.page import Page

_COUNTRY_OF = {"gov": "US", "mil": "US", "uk": "GB"}
_SOLD = frozenset({"ai", "co", "fm", "io", "me", "tv"})  # countries that sell their domain to anybody
_OF_AUTHORITIES = frozenset({"gov", "gob", "go", "mil"})
_OF_NO_COUNTRY = frozenset({"eu"})
_WECHAT = "weixin.qq.com"


def page_country(page: Page, head: Head) -> str | None:
    """Return the country of the site of *page*, declared or told by its address, language and metas."""
    language = page.context.language or head.language or ""
    country = page.context.country or country_of(page.url or head.canonical or "", language)
    if not country and head.meta("articletitle", "sitename", "siteidcode") and head.meta("pubdate"):
        return "CN"  # the metas that Chinese government sites must carry
    return country


def country_of(url: str, language: str) -> str | None:
    """Return the country that an address or a language tag names."""
    parts = urlsplit(url)
    if country := country_of_host(parts.hostname or ""):
        return country
    for tag in (language.replace("_", "-"), *parts.path.split("/")[1:2]):
        tongue, _, region = tag.partition("-")
        if len(tongue) == len(region) == 2 and tag.replace("-", "").isalpha():
            return region.upper()
    return "CN" if language.lower() in ("zh", "zh-hans") else None


def country_of_host(host: str) -> str | None:
    """Return the code (ISO 3166-1 alpha-2) of the country that *host* ends in.

    Of a domain that is sold to anybody only the part that is kept for authorities tells: `gov.me`.
    """
    *names, domain = host.lower().split(".")
    if domain in _COUNTRY_OF:
        return _COUNTRY_OF[domain]
    if domain in _SOLD and not _OF_AUTHORITIES.intersection(names[-1:]):
        return None
    if len(domain) == 2 and domain.isalpha() and domain not in _OF_NO_COUNTRY:
        return domain.upper()
    return "CN" if host.endswith(_WECHAT) else None
