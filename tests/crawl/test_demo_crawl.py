"""The archive of the demo site, compared whole with what the site says."""

from __future__ import annotations

from datetime import datetime

from crawler.demo.content import PageKind, Truth
from crawler.demo.declaration import DEMO
from crawler.demo.site import DemoSite
from tests.crawl.conftest import Crawled, Workplace

SECTIONS = len(DEMO.sections)
LISTS = [section.path for section in DEMO.sections]
TIMES = {"first_seen", "last_seen"}


def test_every_listed_article_is_archived_exactly_as_the_site_says_it(crawled: Workplace) -> None:
    rows = crawled.rows()

    truth = readable(crawled.site)
    assert set(rows) == set(truth)
    for path, page in truth.items():
        row = rows[path]
        assert row["title"] == page.title
        assert row["body"].split("\n") == list(page.paragraphs), path
        published = page.published.isoformat() if page.published else None
        assert as_time(row["published"]) == as_time(published), path
        assert [link["title"] for link in row["attachments"]] == [title for _, title in page.attachments], (
            path
        )


def test_the_run_counts_as_copies_what_the_archive_holds_as_copies(crawl_once: Crawled) -> None:
    rows = crawl_once.workplace.rows()

    copies = sum(row["duplicate_of"] is not None for row in rows.values())
    assert copies > 0
    assert f", {copies} copies, " in crawl_once.crawl.log.splitlines()[-2]


def readable(site: DemoSite) -> dict[str, Truth]:
    """Return what an archive must hold: the listed articles, and those that listed pages moved to."""
    truth = site.truth()
    targets = {page.moved_to for page in truth.values()}
    shown = {PageKind.ARTICLE, PageKind.COPY}
    return {
        path: page for path, page in truth.items() if page.kind in shown and (page.listed or path in targets)
    }


def as_time(text: str | None) -> object:
    return datetime.fromisoformat(text) if text and "T" in text else text


def test_a_second_crawl_brings_nothing_new_for_one_list_page_a_section(crawled: Workplace) -> None:
    before = crawled.rows()

    again = crawled.crawl()

    assert again.exit_code == 0
    assert len(crawled.requests()) <= SECTIONS + 2
    assert without_times(crawled.rows()) == without_times(before)


def test_the_next_edition_is_a_revision_a_removal_and_new_articles(crawled: Workplace) -> None:
    before = crawled.rows()
    change = crawled.site.advance()

    again = crawled.crawl({"revisit": "all"})

    rows = crawled.rows()
    assert again.exit_code == 0, again.log
    assert set(rows) - set(before) == set(change.added)
    assert [path for path, row in rows.items() if row["revisions"] == 2] == [change.edited]
    assert [path for path, row in rows.items() if row["state"] == "suspected"] == [change.removed]


def test_a_removal_is_confirmed_once_it_was_checked_often_enough(sqlite_crawled: Workplace) -> None:
    change = sqlite_crawled.site.advance()

    sqlite_crawled.crawl({"revisit": "all"}, REMOVAL_CHECKS=1, REMOVAL_DAYS=0)

    assert sqlite_crawled.rows()[change.removed]["state"] == "gone"


def test_an_adhoc_crawl_archives_what_the_declared_site_does(
    sqlite_crawled: Workplace, postgres_url: str
) -> None:
    declared = sqlite_crawled.rows()
    sqlite_crawled.archive_url = postgres_url

    crawl = sqlite_crawled.adhoc(*LISTS)

    assert crawl.exit_code == 0, crawl.log
    assert texts(sqlite_crawled.rows()) == texts(declared)


def test_both_engines_give_the_same_export(sqlite_crawled: Workplace, postgres_url: str) -> None:
    from_sqlite = sqlite_crawled.rows()
    sqlite_crawled.archive_url = postgres_url

    sqlite_crawled.crawl()

    assert without_times(sqlite_crawled.rows()) == without_times(from_sqlite)


def without_times(rows: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    return {path: {name: row[name] for name in row if name not in TIMES} for path, row in rows.items()}


def texts(rows: dict[str, dict[str, object]]) -> dict[str, tuple[object, ...]]:
    # An undeclared site has no zone, so that its times are days.
    names = ("id", "title", "body", "digest", "duplicate_of", "attachments")
    return {path: (str(row["published"])[:10], *(row[name] for name in names)) for path, row in rows.items()}
