"""A crawl without a network, as a process of its own:
`python -m tests.storage.crawling URL SITE PAGES`.

It reads its list, fetches what is due and archives it through the group commit, as a spider does. What
a page shows depends on its number alone, so that every undisturbed run ends in the same archive.
"""

from __future__ import annotations

import sys
from collections import deque
from dataclasses import replace
from datetime import UTC, datetime

from storage.archive import Archive
from storage.records import (
    ArchivableVisit,
    FetchKind,
    FingerprintedArticle,
    Listed,
    ListPage,
    Missing,
    Moved,
    NoArticle,
    RunKind,
    SiteRecord,
)
from storage.verdicts import Verdict
from storage.writing.writer import GroupCommit
from tests.storage.samples import NEWS, NINGBO, article, visit

MOVED = "moved-"
PAGES_A_LIST = 20


def shown(site: str, name: str) -> FingerprintedArticle | NoArticle:
    """Return what a page answers: mostly articles, every tenth a copy, some missing, some moved."""
    number = int(name.removeprefix(MOVED))
    if not name.startswith(MOVED):
        if number % 17 == 16:
            return Missing(status=404)
        if number % 13 == 12:
            return Moved(to=address(site, f"{MOVED}{number}"))
    text = number - 1 if number % 10 == 9 else number
    return article(f"Title {number} of {site}", f"正文 {text} of {site}.", "The second paragraph. " * 20)


def address(site: str, name: object) -> str:
    """Return the URL of the page *name* of *site*."""
    return f"http://{site}.test/news/{name}.html"


def crawl(archive_url: str, site_key: str, pages: int) -> int:
    """Crawl a site to its end; return how many pages were fetched."""
    site = replace(NINGBO, key=site_key)
    with Archive.create(archive_url) as archive:
        run = archive.start_run(site, [NEWS], kind=RunKind.CRAWL, code_version="1", options={})
        due = [page.url for page in archive.due_pages(run, revisit=run.revisit, now=datetime.now(UTC))]
        with GroupCommit(archive, run) as commit:
            for first in range(0, pages, PAGES_A_LIST):
                due += [page.url for page in commit.submit(list_page(site, first, pages)).result().due]
            fetched = fetch_all(commit, site, due)
        archive.finish_section(run, "news", walked_to_end=True, full=True, stated_total=pages)
        archive.finish_run(run, verdict=Verdict.COMPLETE, reason="", counts={"fetched": fetched})
    return fetched


def list_page(site: SiteRecord, first: int, pages: int) -> ArchivableVisit:
    """Return the list page that begins with page number *first*."""
    numbers = range(first, min(first + PAGES_A_LIST, pages))
    entries = tuple(Listed(url=address(site.key, number)) for number in numbers)
    url = f"http://{site.key}.test/news/{first}"
    return visit(url, ListPage(entries=entries), kind=FetchKind.LIST, at=datetime.now(UTC), site=site)


def fetch_all(commit: GroupCommit, site: SiteRecord, due: list[str]) -> int:
    """Fetch every page of *due* and the pages they redirect to; return how many."""
    futures = []
    waiting, seen = deque(due), set[str]()
    while waiting:
        url = waiting.popleft()
        if url in seen:
            continue
        seen.add(url)
        result = shown(site.key, url.rpartition("/")[2].removesuffix(".html"))
        if isinstance(result, Moved):
            waiting.append(result.to)
        futures.append(commit.submit(visit(url, result, datetime.now(UTC), site=site)))
    for future in futures:
        future.result()
    return len(futures)


if __name__ == "__main__":
    sys.stdout.write(f"{crawl(sys.argv[1], sys.argv[2], int(sys.argv[3]))}\n")
