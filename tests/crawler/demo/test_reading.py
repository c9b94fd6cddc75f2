"""The crawler's own list reading and the demo's truth agree, section by section, list by list."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode, urljoin, urlsplit

import pytest

from crawler.demo import gallery, trouble
from crawler.demo.declaration import DEMO
from crawler.demo.site import DemoSite
from crawler.extract import extract_list
from crawler.extract.types import ListEntry, ListRequest
from crawler.sites import Section

BASE = "http://127.0.0.1:8765/"
HOST = {"host": "127.0.0.1:8765"}


def walk(site: DemoSite, path: str, platform: str | None) -> list[ListEntry]:
    """Return the entries of a list and of all that follow it."""
    waiting, asked, entries = [ListRequest(url=urljoin(BASE, path))], set(), []
    while waiting:
        request = waiting.pop(0)
        if (request.url, request.form) in asked:
            continue
        asked.add((request.url, request.form))
        address = urlsplit(request.url)._replace(scheme="", netloc="").geturl()
        reply = site.respond(request.method, address, HOST, urlencode(request.form).encode())
        found = extract_list(reply.body, request.url, platform=platform)
        entries += found.entries
        waiting += found.next
    return entries


@pytest.mark.parametrize("named", [True, False], ids=["platform named", "platform found"])
@pytest.mark.parametrize("section", DEMO.sections, ids=lambda section: section.slug)
def test_sections_are_read_whole_with_title_and_day(section: Section, named: bool) -> None:
    site = DemoSite()
    expected = {
        (url, truth.title, truth.listed_day)
        for url, truth in site.truth(BASE).items()
        if truth.listed and section.slug in (truth.section, *truth.also_in)
    }

    entries = walk(site, section.path, (section.platform or DEMO.platform) if named else None)

    read = {(entry.url, entry.title, entry.date) for entry in entries}
    if section.slug == "announcements":  # shows the day of a page that its own section dates in a meta
        read = {(url, title, site.truth(BASE)[url].listed_day) for url, title, _ in read}
    assert read == expected


@pytest.mark.parametrize(
    ("path", "platform"),
    [
        (gallery.JPAAS, "jpaas"),
        (gallery.DRUPAL, "drupal"),
        (gallery.GOVUK, "govuk"),
        (gallery.ARRAYS, "hanweb"),
    ],
)
def test_lists_of_the_gallery_name_the_announcements(path: str, platform: str) -> None:
    site = DemoSite()
    expected = [
        (url, truth.title, truth.published_day)
        for url, truth in site.truth(BASE).items()
        if truth.section == "announcements"
    ]

    entries = walk(site, path, platform)

    assert Counter((entry.url, entry.title, entry.date) for entry in entries) == Counter(expected)


@pytest.mark.parametrize("path", [trouble.REDESIGNED_LIST, trouble.EMPTY_LIST, trouble.CHALLENGED_LIST])
def test_nothing_is_read_from_lists_without_entries(path: str) -> None:
    site = DemoSite(trouble=True)

    assert extract_list(site.respond("GET", path, HOST).body, urljoin(BASE, path)).entries == ()


def test_the_list_of_troubles_is_read_without_its_broken_links() -> None:
    site = DemoSite(trouble=True)
    listed = [urljoin(BASE, each.path) for each in trouble.TROUBLES if each.listed]

    assert [entry.url for entry in walk(site, trouble.LIST, "hanweb")] == listed
