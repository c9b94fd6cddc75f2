"""Every declared site reads its saved pages as the JSON beside them says."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.registry import declared_sites
from tests.saved_pages import PAGES, expected_of, read, saved_pages, site_of

SAVED = [pytest.param(page, id=str(page.relative_to(PAGES))) for page in saved_pages()]


@pytest.mark.parametrize("page", SAVED)
def test_a_saved_page_yields_what_stands_beside_it(page: Path) -> None:
    assert read(page, platform=site_of(page).platform) == expected_of(page)


@pytest.mark.parametrize("page", SAVED)
def test_a_saved_page_yields_the_same_when_no_platform_is_named(page: Path) -> None:
    assert read(page, platform=None) == expected_of(page)


def test_every_real_site_has_three_saved_pages_a_list_among_them() -> None:
    for name in set(declared_sites()) - {"demo"}:
        stems = [page.stem for page in saved_pages() if page.parent.name == name]

        assert len(stems) >= 3, name
        assert "list" in stems, name
