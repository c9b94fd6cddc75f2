"""What is wrong with a site's declaration is said in one line that names the site."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from crawler.declarations import require_sound
from crawler.errors import SiteDefinitionError
from crawler.registry import declared_sites
from crawler.sites import Expectations, Section, Site

NEWS = Section("news", path="news/")
SITE = Site(name="example", title="Example", base_url="https://www.example.gov/", sections=(NEWS,))


def test_every_declared_site_is_sound() -> None:
    assert [require_sound(site, name) for name, site in declared_sites().items()]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": "other"}, "the site's name is 'other', the spider's 'example'"),
        ({"sections": ()}, "the site has no section"),
        ({"sections": NEWS}, "sections is no tuple of sections"),
        ({"sections": ("news/",)}, "sections is no tuple of sections"),
        ({"sections": (NEWS, replace(NEWS, path="more/"))}, "two sections are called 'news'"),
        (
            {"base_url": "www.example.gov"},
            "the list page of section 'news', 'news/', is no http or https URL",
        ),
        (
            {"base_url": "https://www.example .gov/"},
            "the list page of section 'news', 'https://www.example .gov/",
        ),
        ({"base_url": "https://www.example.gov:99999/"}, "the list page of section 'news', 'https://www.ex"),
        (
            {
                "base_url": "https://www.example.gov:99999/",
                "sections": (replace(NEWS, path="https://b.example.gov/"),),
            },
            "base_url='https://www.example.gov:99999/' is no http or https URL: no URL",
        ),
        ({"expects": Expectations(newest_within_days=-1)}, "newest_within_days=-1: say a number of days"),
        ({"platform": "hanwebb"}, "no platform is called 'hanwebb'; there are: "),
        ({"sections": (replace(NEWS, platform="tsr"),)}, "no platform is called 'tsr'"),
        ({"timezone": "Europe/Londn"}, "there is no timezone 'Europe/Londn'"),
        ({"expects": Expectations(articles_per_run=(500, 1))}, "articles_per_run=(500, 1): say the fewest"),
        ({"expects": Expectations(fill_date=50)}, "fill_date=50: say a share"),
        (
            {"expects": Expectations(articles_per_run=100)},
            "articles_per_run=100: say the fewest and the most",
        ),  # type: ignore[arg-type]
        ({"expects": Expectations(fill_date="50 %")}, "a field holds what it cannot: "),  # type: ignore[arg-type]
        ({"sections": (Section("news", path=1),)}, "a field holds what it cannot: "),  # type: ignore[arg-type]
        ({"timezone": 8}, "a field holds what it cannot: timezone=8; it takes str or None"),
        ({"verify_tls": "no"}, "a field holds what it cannot: verify_tls='no'; it takes bool"),
        ({"private_addresses": "False"}, "a field holds what it cannot: private_addresses='False'; it takes"),
        ({"base_url": None}, "a field holds what it cannot: base_url=None; it takes str"),
        ({"expects": {"fill_body": 1}}, "a field holds what it cannot: expects={'fill_body': 1}; it takes"),
        ({"expects": Expectations(newest_within_days="7")}, "a field holds what it cannot: newest_within_"),
        (
            {"expects": Expectations(learned_since="2026-05-01")},
            "a field holds what it cannot: learned_since",
        ),
        ({"sections": (replace(NEWS, slug=" "),)}, "a section has no name; give it one"),
        ({"country": "Germany"}, "country='Germany': say the two capital letters of ISO 3166-1"),
        ({"country": "UK"}, "country='UK': say the two capital letters of ISO 3166-1"),
        ({"country": "EN"}, "country='EN': say the two capital letters of ISO 3166-1"),
        ({"country": "gb"}, "country='gb': say the two capital letters of ISO 3166-1"),
        ({"language": "klingon!"}, "language='klingon!': say a tag of BCP 47"),
        ({"sections": (replace(NEWS, language="English"),)}, "language='English': say a tag of BCP 47"),
    ],
)
def test_a_typing_error_is_named_with_its_site(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(SiteDefinitionError) as raised:
        require_sound(replace(SITE, **changed), "example")

    assert str(raised.value).startswith(f"example: {says}")


def test_a_class_without_a_declaration_is_named() -> None:
    with pytest.raises(SiteDefinitionError, match=r"example: the class declares no site; write: site = Site"):
        require_sound(None, "example")


def test_whole_numbers_are_shares_and_tags_have_parts() -> None:
    site = replace(SITE, country="HK", language="zh-Hant-HK", expects=Expectations(fill_date=0, fill_body=1))

    assert require_sound(site, "example") is site


def test_a_site_without_a_title_goes_by_its_name() -> None:
    site = Site(name="example", base_url="https://www.example.gov/", sections=(NEWS,))

    assert require_sound(site, "example").record().title == "example"
