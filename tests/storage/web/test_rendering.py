"""How values are written on the pages."""

from __future__ import annotations

import pytest

from storage.measures import measure_text
from storage.web.languages import language_name
from storage.web.narrowing import address_of
from storage.web.rendering import moment_text, percent


@pytest.mark.parametrize(("share", "text"), [(1.0, "100 %"), (0.9999, "99 %"), (0.29, "29 %"), (0.0, "0 %")])
def test_only_what_is_equal_is_a_hundred_percent(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(
    ("code", "name"),
    [("zh-Hant", "Chinese (zh-Hant)"), ("en", "English (en)"), ("x-unknown", "x-unknown"), (None, None)],
)
def test_a_language_is_named(code: str | None, name: str | None) -> None:
    assert language_name(code) == name


def test_the_articles_of_a_site_are_found_whatever_its_name_is() -> None:
    assert address_of("ningbo", "news") == "/?q=site%3Aningbo+section%3Anews"
    assert address_of("a site (old)") == "/?q=site%3A%22a+site+%28old%29%22"


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("dated", 0.994, "99.4 %"),
        ("bodied", 1.0, "100 %"),
        ("newest_age_days", 1191, "1,191"),
        ("first_listed/news", 8.25, "8.25"),
        ("dated", None, "-"),
    ],
)
def test_a_measure_is_written_in_its_unit(name: str, value: float | None, text: str) -> None:
    assert measure_text(value, name) == text


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2019-06-08", "2019-06-08"),
        ("2019-06-08T10:21+08:00", "2019-06-08 10:21 (+08:00)"),
        ("2019-06-08T10:21:05+00:00", "2019-06-08 10:21:05 (+00:00)"),
        (None, "undated"),
    ],
)
def test_a_publication_time_is_shown_as_people_write_it(published: str | None, shown: str) -> None:
    assert moment_text(published) == shown
