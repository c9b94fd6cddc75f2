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
        ({"timezone": 8}, "a field holds what it cannot: "),
    ],
)
def test_a_typing_error_is_named_with_its_site(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(SiteDefinitionError) as raised:
        require_sound(replace(SITE, **changed), "example")

    assert str(raised.value).startswith(f"example: {says}")


def test_a_class_without_a_declaration_is_named() -> None:
    with pytest.raises(SiteDefinitionError, match=r"example: the class declares no site; write: site = Site"):
        require_sound(None, "example")
