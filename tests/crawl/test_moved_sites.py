"""Sites that move: other addresses, other hosts, and the way back; one article stays one article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from crawler.demo.phrases_en import ENGLISH
from crawler.spiders.article_pages import MOST_UNANSWERED
from storage import Archive
from tests.crawl.conftest import Crawl, Place
from tests.crawl.faulty_lists import page
from tests.crawler.probing import Asked, Loopback, reply, running_servers

ARTICLES = 12


@dataclass
class MovingSite:
    """A site on two hosts, the old and the new, with a list of articles whose addresses change."""

    old: Loopback
    new: Loopback

    def show(self, *, at: str = "/news/{}.html", articles: int = ARTICLES, host: str = "old") -> None:
        """Show the list at the old host, with the articles at these addresses; nothing else is there."""
        self.old.answers = {"/robots.txt": reply(404)}
        self.new.answers = {"/robots.txt": reply(404)}
        server = self.new if host == "new" else self.old
        paths = [at.format(number) for number in range(articles)]
        rows = "".join(
            f'<li><a href="{server.url(path)}">{title_of(number)}</a><span>{day_of(number)}</span></li>'
            for number, path in enumerate(paths)
        )
        self.old.answers["/list/"] = reply(200, page(f'<ul class="list">{rows}</ul>'))
        for number, path in enumerate(paths):
            server.answers[path] = reply(200, article(number))

    def lead(self, *, at: str, to: str, host: str = "old", articles: int = ARTICLES) -> None:
        """Let the old addresses lead to the new ones."""
        server = self.new if host == "new" else self.old
        for number in range(articles):
            target = server.url(to.format(number))
            self.old.answers[at.format(number)] = reply(301, headers={"Location": target})

    def crawl(self, place: Place, *, revisit: str = "due", **settings: int) -> Crawl:
        arguments = {"full": "1", "revisit": revisit}
        return place.crawl_lists(self.old.url("/list/"), arguments=arguments, RETRY_TIMES=0, **settings)


def title_of(number: int) -> str:
    return f"{ENGLISH.compose(number).title} {number}"


def day_of(number: int) -> str:
    return (date(2026, 5, 1) + timedelta(days=number)).isoformat()


def article(number: int) -> bytes:
    text = "".join(f"<p>{each}</p>" for each in ENGLISH.compose(number).paragraphs)
    when = f"<p>Updated: {day_of(number)}</p>"
    return page(f'<h1>{title_of(number)}</h1>{when}<div class="content">{text}</div>')


@pytest.fixture
def site() -> Iterator[MovingSite]:
    with running_servers() as start:
        yield MovingSite(start(), start())


def shown(place: Place) -> set[tuple[str, str, int]]:
    with Archive(place.archive_url) as archive:
        return {(row.url, row.state, row.revisions) for row in archive.articles()}


def ids(place: Place, *urls: str) -> list[str]:
    with Archive(place.archive_url) as archive:
        return [archive.article(url).id for url in urls]


OLD, NEW = "/news/{}.html", "/content/2026/{}.htm"


@pytest.mark.parametrize("host", ["old", "new"])
@pytest.mark.parametrize("parallel", [1, 8])
def test_articles_listed_at_new_addresses_before_the_old_ones_lead_there_are_the_same_articles(
    place: Place, site: MovingSite, host: str, parallel: int
) -> None:
    site.show(at=OLD)
    site.crawl(place)
    site.show(at=NEW, host=host)
    site.lead(at=OLD, to=NEW, host=host)

    moved = site.crawl(place, CONCURRENT_REQUESTS_PER_DOMAIN=parallel)
    later = site.crawl(place, revisit="all")

    server = site.new if host == "new" else site.old
    assert (moved.exit_code, later.exit_code) == (0, 0), moved.log
    assert shown(place) == {(server.url(NEW.format(each)), "archived", 1) for each in range(ARTICLES)}
    assert ids(place, site.old.url(OLD.format(3))) == ids(place, server.url(NEW.format(3)))


def test_articles_that_come_back_to_their_old_addresses_are_the_same_articles(
    sqlite_place: Place, site: MovingSite
) -> None:
    for at, to in ((OLD, None), (NEW, OLD), (OLD, NEW)):
        site.show(at=at)
        if to:
            site.lead(at=to, to=at)
        assert site.crawl(sqlite_place).exit_code == 0

    assert shown(sqlite_place) == {
        (site.old.url(OLD.format(each)), "archived", 1) for each in range(ARTICLES)
    }


def test_articles_whose_old_addresses_are_gone_are_the_same_articles_and_no_drift(
    sqlite_place: Place, site: MovingSite
) -> None:
    site.show(at=OLD)
    site.crawl(sqlite_place)
    site.show(at=NEW)

    moved = site.crawl(sqlite_place)

    assert moved.exit_code == 0, moved.log
    assert shown(sqlite_place) == {
        (site.old.url(NEW.format(each)), "archived", 1) for each in range(ARTICLES)
    }


def test_copies_that_stand_at_two_addresses_are_two_articles(sqlite_place: Place, site: MovingSite) -> None:
    site.show(at=OLD)
    site.crawl(sqlite_place)
    old = dict(site.old.answers)
    site.show(at=NEW)
    site.old.answers = old | site.old.answers
    asked = len(site.old.asked)

    crawl = site.crawl(sqlite_place)

    paths = [each.path for each in site.old.asked[asked:]]
    assert sorted(paths) == sorted(set(paths))
    assert len(shown(sqlite_place)) == 2 * ARTICLES
    assert {state for _, state, _ in shown(sqlite_place)} == {"archived"}, crawl.log


@pytest.mark.parametrize("forbidden", [False, True])
def test_articles_whose_old_addresses_cannot_be_asked_are_articles_at_the_new_ones(
    sqlite_place: Place, site: MovingSite, forbidden: bool
) -> None:
    site.show(at=OLD)
    site.crawl(sqlite_place)
    site.show(at=NEW)
    if forbidden:
        site.old.answers["/robots.txt"] = reply(200, b"User-agent: *\nDisallow: /news/")
    else:
        site.old.answers |= {OLD.format(number): b"" for number in range(ARTICLES)}

    moved = site.crawl(sqlite_place)

    assert "Traceback" not in moved.log
    assert moved.exit_code != 1
    new = {url for url, state, _ in shown(sqlite_place) if state == "archived" and "/content/" in url}
    assert new == {site.old.url(NEW.format(each)) for each in range(ARTICLES)}


def test_old_addresses_that_never_answer_are_asked_for_a_few_times_and_no_more(
    sqlite_place: Place, site: MovingSite
) -> None:
    many, at_once = 3 * ARTICLES, 4
    site.show(at=OLD, articles=many)
    site.crawl(sqlite_place)
    site.show(at=NEW, articles=many)
    site.old.answers |= {OLD.format(number): Asked.never for number in range(many)}
    before = len(site.old.asked)

    site.crawl(sqlite_place, DOWNLOAD_TIMEOUT=1, DOWNLOAD_DELAY=0.1, CONCURRENT_REQUESTS=at_once)

    paths = site.old.paths()[before:]
    assert len([path for path in paths if path.startswith("/news/")]) <= MOST_UNANSWERED + 2 * at_once
    new = {url for url, state, _ in shown(sqlite_place) if state == "archived" and "/content/" in url}
    assert new == {site.old.url(NEW.format(each)) for each in range(many)}
