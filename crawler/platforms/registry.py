"""Every family, in order of detection: those with the surest signs come first."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from crawler.extract.markup.path import path_of
from crawler.extract.markup.text_signs import TextSigns
from crawler.platforms.aem import AEM
from crawler.platforms.congress import CONGRESS
from crawler.platforms.dotnetnuke import DOTNETNUKE
from crawler.platforms.drupal import DRUPAL
from crawler.platforms.easysite import EASYSITE
from crawler.platforms.epoint import EPOINT
from crawler.platforms.etui import ETUI
from crawler.platforms.gkmlpt import GKMLPT
from crawler.platforms.govcn import GOVCN
from crawler.platforms.govscot import GOVSCOT
from crawler.platforms.govuk import GOVUK
from crawler.platforms.gsb import GSB
from crawler.platforms.hanweb import HANWEB
from crawler.platforms.hongkong import HONGKONG
from crawler.platforms.joomla import JOOMLA
from crawler.platforms.jpaas import JPAAS
from crawler.platforms.nfcms import NFCMS
from crawler.platforms.sharepoint import SHAREPOINT
from crawler.platforms.sitecore import SITECORE
from crawler.platforms.taiwan import TAIWAN
from crawler.platforms.trs import TRS
from crawler.platforms.typo3 import TYPO3
from crawler.platforms.ucap import UCAP
from crawler.platforms.vsb import VSB
from crawler.platforms.wechat import WECHAT
from crawler.platforms.whitehouse_archives import WHITEHOUSE_ARCHIVES
from crawler.platforms.wordpress import WORDPRESS

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page
    from crawler.platforms import Platform

PLATFORMS: tuple[Platform, ...] = (
    WECHAT,
    GOVUK,
    GOVSCOT,
    GOVCN,
    ETUI,
    GKMLPT,
    JPAAS,
    HANWEB,
    NFCMS,
    UCAP,
    EASYSITE,
    EPOINT,
    VSB,
    GSB,
    TYPO3,
    TRS,
    WORDPRESS,
    WHITEHOUSE_ARCHIVES,
    DRUPAL,
    SHAREPOINT,
    SITECORE,
    DOTNETNUKE,
    JOOMLA,
    AEM,
    TAIWAN,
    HONGKONG,
    CONGRESS,
)

_BY_NAME = {platform.name: platform for platform in PLATFORMS}
_PATHS = {
    platform.name: tuple((path, path_of(path)) for path in platform.signs.xpath) for platform in PLATFORMS
}
_TOLD_BY_PATHS = tuple(platform for platform in PLATFORMS if platform.signs.xpath)
# Most pages are of no family: all signs of a kind are asked for at once, and only then whose it is.
_ANY_URL = re.compile(
    "|".join(f"(?:{sign.pattern})" for platform in PLATFORMS if (sign := platform.signs.url))
)
_ANY_ID, _ANY_CLASS = (
    frozenset(name for platform in PLATFORMS for name in names_of(platform.signs))
    for names_of in (attrgetter("ids"), attrgetter("classes"))
)
_BEGINNING, _END = 48 << 10, 16 << 10  # bytes
SIGNS = TextSigns(tuple(sign for platform in PLATFORMS for sign in platform.signs.text))


class UnknownPlatform(ValueError):
    """A platform was named that does not exist."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"no platform is called {name!r}; there are: {', '.join(names())}")


def names() -> tuple[str, ...]:
    """Return the names of all platforms, in order of detection."""
    return tuple(_BY_NAME)


def platform_named(name: str) -> Platform:
    """Return the platform called *name*.

    :raises UnknownPlatform: if there is none.
    """
    try:
        return _BY_NAME[name]
    except KeyError:
        raise UnknownPlatform(name) from None


def detect(page: Page) -> tuple[Platform, str] | None:
    """Return the platform that made *page*, and the sign that gave it away; None where none shows.

    What the markup says of itself is asked first: a search through the whole text takes longer.
    """
    for platform in PLATFORMS if _is_any_named(page) else ():
        if evidence := _named_evidence(platform, page):
            return platform, evidence
    signs = SIGNS.found_in(_ends_of(page.utf8))  # bytes are searched in half the time
    for platform in PLATFORMS if signs else _TOLD_BY_PATHS:
        if evidence := _searched_evidence(platform, page, signs):
            return platform, evidence
    return None


def _ends_of(markup: bytes) -> bytes:
    """Return the beginning and the end of *markup*, where a system loads what it needs for any page."""
    if len(markup) <= _BEGINNING + _END:
        return markup
    return markup[:_BEGINNING] + b"\n" + markup[-_END:]


def _is_any_named(page: Page) -> bool:
    """Return whether the address, a meta, a class or an id of *page* may be some family's."""
    elements = page.elements
    return bool(
        _ANY_URL.search(page.url)
        or elements.meta_contents("any name", "generator")
        or not elements.ids.isdisjoint(_ANY_ID)
        or not elements.classes.isdisjoint(_ANY_CLASS)
    )


def _named_evidence(platform: Platform, page: Page) -> str | None:
    signs, elements = platform.signs, page.elements
    if signs.url and (found := signs.url.search(page.url)):
        return f"url: {found[0]}"
    if signs.generator:
        for generator in elements.meta_contents("any name", "generator"):
            if signs.generator.search(generator):
                return f"generator: {generator}"
    if not elements.ids.isdisjoint(signs.ids):
        return next(f"id: {sign}" for sign in signs.ids if sign in elements.ids)
    if not elements.classes.isdisjoint(signs.classes):
        return next(f"class: {sign}" for sign in signs.classes if sign in elements.classes)
    return None


def _searched_evidence(platform: Platform, page: Page, found_signs: frozenset[str]) -> str | None:
    signs = platform.signs
    for sign in signs.text:
        if sign in found_signs:
            return f"text: {sign}"
    return next((f"xpath: {path}" for path, search in _PATHS[platform.name] if search.find(page)), None)
