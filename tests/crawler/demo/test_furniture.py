"""Ten pages of a section teach its furniture: then no line of it is left, and no line of text is lost."""

from __future__ import annotations

import pytest

from crawler.demo.content import PageKind, Truth
from crawler.demo.declaration import DEMO
from crawler.extract import ExtractedArticle, PageContext, extract_article
from crawler.extract.body.template import LEAST_PAGES, SiteTemplates, fits, learn_templates, page_lines
from crawler.sites import Section
from tests.crawler.furnished import FURNITURE, FurnishedSite

BASE = "http://127.0.0.1:8765/"
HOST = {"host": "127.0.0.1:8765"}
SHOWN = {PageKind.ARTICLE, PageKind.COPY}

every_section = pytest.mark.parametrize("section", DEMO.sections, ids=lambda section: section.slug)


@pytest.fixture
def site() -> FurnishedSite:
    return FurnishedSite()


def pages_of(site: FurnishedSite, section: Section) -> dict[str, Truth]:
    return {
        url: truth
        for url, truth in sorted(site.truth(BASE).items())
        if truth.section == section.slug and truth.kind in SHOWN
    }


def markup(site: FurnishedSite, url: str) -> bytes:
    path = "/" + url.removeprefix(BASE)
    reply = site.respond("GET", path, HOST)
    while reply.status == 500:  # recovers after some requests
        reply = site.respond("GET", path, HOST)
    return reply.body


def templates_of(site: FurnishedSite, section: Section, pages: int) -> SiteTemplates:
    urls = list(pages_of(site, section))[:pages]
    return learn_templates("demo", {section.slug: [page_lines(markup(site, url), url) for url in urls]})


def read(site: FurnishedSite, section: Section, url: str, learned: SiteTemplates | None) -> ExtractedArticle:
    context = PageContext(
        country=DEMO.country,
        language=section.language or DEMO.language,
        timezone=DEMO.timezone,
        template=learned.of(section.slug) if learned else None,
    )
    platform = section.platform or DEMO.platform
    return extract_article(markup(site, url), url, platform=platform, context=context)


@every_section
def test_from_ten_pages_on_no_furniture_is_left_and_the_text_is_whole(
    site: FurnishedSite, section: Section
) -> None:
    learned = templates_of(site, section, LEAST_PAGES)

    for url, truth in pages_of(site, section).items():
        found = read(site, section, url, learned)

        assert found.paragraphs == truth.paragraphs, url
        assert found.template_version == learned.version


@every_section
def test_without_a_template_the_furniture_stands_in_the_text(site: FurnishedSite, section: Section) -> None:
    url = next(iter(pages_of(site, section)))

    assert set(FURNITURE) & set(read(site, section, url, None).paragraphs)


@every_section
def test_nine_pages_teach_nothing(site: FurnishedSite, section: Section) -> None:
    assert templates_of(site, section, LEAST_PAGES - 1).of(section.slug) is None


def test_a_small_section_takes_what_the_whole_site_prints(site: FurnishedSite) -> None:
    large, small = DEMO.sections[0], DEMO.sections[1]
    lines = {
        section.slug: [page_lines(markup(site, url), url) for url in list(pages_of(site, section))[:pages]]
        for section, pages in ((large, 9), (small, 6))
    }

    learned = learn_templates("demo", lines).of(small.slug)

    assert learned is not None
    assert {line.lower() for line in FURNITURE} <= learned.furniture


def test_a_redesign_is_learned_beside_the_old_layout_once_ten_new_pages_show_it(site: FurnishedSite) -> None:
    section = DEMO.sections[0]
    urls = list(pages_of(site, section))
    old = [page_lines(markup(site, url), url) for url in urls[:LEAST_PAGES]]
    new = [page_lines(NEW_LAYOUT % number, "") for number in range(LEAST_PAGES)]

    before = learn_templates("demo", {section.slug: old}, {section.slug: new[1:]}).of(section.slug)
    after = learn_templates("demo", {section.slug: old}, {section.slug: new}).of(section.slug)

    assert before is not None
    assert after is not None
    assert [fits(before, lines) for lines in (old[0], new[0])] == [True, False]
    assert [fits(after, lines) for lines in (old[0], new[0])] == [True, True]
    assert before.furniture < after.furniture


NEW_LAYOUT = b"""<html><body><nav><a>Start</a> <a>All news</a></nav><h1>News %d</h1>
<p>Write to the new press desk.</p></body></html>"""


@every_section
def test_every_page_of_the_section_fits_and_a_redesigned_one_does_not(
    site: FurnishedSite, section: Section
) -> None:
    learned = templates_of(site, section, LEAST_PAGES).of(section.slug)
    assert learned is not None
    urls = list(pages_of(site, section))

    assert all(fits(learned, page_lines(markup(site, url), url)) for url in urls)
    assert not fits(learned, page_lines(b"<html><body><h1>New</h1><p>All is new here.</p></body></html>", ""))
