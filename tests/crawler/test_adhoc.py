"""The sections of a crawl without a declaration: each list page has one of its own."""

from __future__ import annotations

import pytest

from crawler.spiders.adhoc import AdhocSpider


def slugs(*urls: str) -> list[str]:
    return [section.slug for section in AdhocSpider.site_for({"start": ",".join(urls)}).sections]


def test_a_section_is_named_after_its_path_and_on_another_host_after_both() -> None:
    urls = ("https://www.example.gov/news/", "https://port.example.gov/news/", "https://www.example.gov/")

    assert slugs(*urls) == ["news", "port-example-gov-news", "home"]


def test_an_address_in_chinese_has_the_name_that_its_escapes_have() -> None:
    written, escaped = "https://www.example.gov/新闻/", "https://www.example.gov/%E6%96%B0%E9%97%BB/"

    assert slugs(written) == slugs(escaped) == ["e6-96-b0-e9-97-bb"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.gov/port-news/", "https://www.example.gov/port/news/"),
        ("https://www.example.gov/news/", "http://www.example.gov/news/index.html"),
        (f"https://www.example.gov/{'a' * 80}1/", f"https://www.example.gov/{'a' * 80}2/"),
    ],
)
def test_no_two_list_pages_are_one_section(one: str, other: str) -> None:
    assert len(set(slugs(one, other))) == 2
    assert slugs(one, other) == slugs(other, one)[::-1]


def test_a_list_page_that_is_named_twice_is_one_section() -> None:
    assert slugs("https://www.example.gov/news/", "https://www.example.gov:443/news/") == ["news"]
