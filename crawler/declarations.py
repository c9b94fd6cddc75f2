"""Whether a declared site can be crawled as it is written: a typing error is a message, not a traceback."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.errors import SiteDefinitionError
from crawler.network.addresses import refusal_of_url
from crawler.platforms.registry import UnknownPlatform, platform_named
from crawler.sites import Expectations, Section, Site

# ISO 3166-1, with the Union's and Kosovo's codes, which only agreements reserve.
COUNTRIES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS"
    " BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE"
    " EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK"
    " HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB"
    " LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ"
    " NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU"
    " RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN"
    " TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW".split()
)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


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
    yield from _of_other_types(site)
    for section in site.sections:
        yield from _of_other_types(section)
    if not all(section.slug.strip() for section in site.sections):
        yield "a section has no name; give it one: Section('news', path=...)"
    yield from (f"two sections are called {slug!r}" for slug in _twice(each.slug for each in site.sections))
    for section in site.sections:
        url = site.section_record(section).url
        if refusal := refusal_of_url(url):
            yield f"the list page of section {section.slug!r}, {url!r}, is no http or https URL: {refusal}"
    if refusal := refusal_of_url(site.base_url):
        yield f"base_url={site.base_url!r} is no http or https URL: {refusal}"
    yield from _unknown_names(site)
    yield from _unreadable_tags(site)
    yield from _impossible(site.expects)
    yield from _of_other_types(site.expects)


def _of_other_types(declared: Site | Section | Expectations) -> Iterator[str]:
    """Yield the fields that hold what a run would stumble over, or take for a yes: `verify_tls="no"`."""
    for name, hint in get_type_hints(type(declared)).items():
        value, kinds = getattr(declared, name), _kinds(hint)
        as_good = (int,) if float in kinds else (list,) if tuple in kinds else ()
        if not isinstance(value, (*kinds, *as_good)):
            wanted = " or ".join(kind.__name__ for kind in kinds).replace("NoneType", "None")
            yield f"a field holds what it cannot: {name}={value!r}; it takes {wanted}"


def _kinds(hint: Any) -> tuple[type, ...]:
    members = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    return tuple(get_origin(member) or member for member in members)


def _unreadable_tags(site: Site) -> Iterator[str]:
    if site.country is not None and site.country not in COUNTRIES:
        yield f"country={site.country!r}: say the two capital letters of ISO 3166-1, such as 'GB'"
    for language in {site.language, *(section.language for section in site.sections)} - {None}:
        if not LANGUAGE.fullmatch(str(language)):
            yield f"language={language!r}: say a tag of BCP 47, such as 'en' or 'zh-Hant'"


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
    if isinstance(days := expects.newest_within_days, int) and days < 0:
        yield f"newest_within_days={days}: say a number of days"
    for name in ("fill_title", "fill_date", "fill_body"):
        if not 0 <= getattr(expects, name) <= 1:
            yield f"{name}={getattr(expects, name)}: say a share between 0 and 1"
