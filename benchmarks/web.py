"""How much CPU time a page of `hotnews serve` costs on a generated archive.

    python -m benchmarks.web [--articles 100000] [--archive PATH|URL]

A second run with the same --archive measures what the first one generated. Of PostgreSQL the CPU time of
the server's processes is added, so that a busy machine shows the same; of a server elsewhere it is the
time that passes.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time

from storage.archive import Archive
from storage.queries.changes import ChangeKind
from storage.records import (
    ArchivableVisit,
    Fetch,
    FetchKind,
    FingerprintedArticle,
    Listed,
    ListPage,
    Missing,
    RunKind,
    SectionRecord,
    SiteRecord,
    Visit,
)
from storage.verdicts import Verdict
from storage.web.application import make_application
from storage.web.door import Door

SITES = 10
BATCH = 500
START = datetime(2025, 1, 1, tzinfo=UTC)
FIRST_DAY = date(2015, 1, 1)
DAYS = 3650
ENGLISH = [
    f"{a}{b}"
    for a in "har bri cle mar por can tow val sea win".split()
    for b in "bour dge ver ket ally y".split()
]
CHINESE = "宁波市政府今日召开会议研究部署防汛工作海关港口桥梁学校医院交通居民水库森林公园开放建设项目投资贸易"
COMMON = 0.4  # of articles carry a word that a broad query asks for
MILLISECONDS = 1000
# What is asked; the article is one that was edited.
TARGETS = (
    "/",
    "/?q=harbour",
    "/?q=harbour&sort=relevance",
    "/?q=%E6%B8%AF%E5%8F%A3",
    "/?q=%E6%B5%B7",
    "/?q=site:site3",
    "/?q=harbour+site:site1+published:2019",
    "/?q=harbour+site:site1",
    "/?q=harbour+site:site3",
    "/?q=harbour+lang:zh",
    "/?q=harbour+source:%22Office+3%22",
    "/?q=-harbour",
    "/?q=source:%22Office+3%22",
    "/?q=state:gone",
    "/articles/{article}",
    "/articles/{article}/differences/2",
    "/changes",
    "/changes?change=edited",
    "/changes?change=edited&q=-harbour",
    "/changes?change=removed",
    "/changes?change=new&q=harbour",
    "/changes?change=new&q=harbour+site:site3",
    "/changes?change=removed&q=harbour+site:site3",
    "/stories",
    "/sites",
    "/sites/site1",
    "/runs",
    "/statistics",
    "/statistics?by=day",
    "/api/search?q=harbour",
    "/api/facets?q=harbour",
    "/api/articles?limit=20",
    "/api/articles?site=site3&limit=20",
    "/api/counts",
    "/feed.atom?q=harbour&change=edited",
)


def main() -> None:
    """Generate the archive where there is none, ask every page and print its cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--archive", help="a file, or the URL of an empty database")
    parser.add_argument("--times", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = arguments.archive or f"{folder}/archive.db"
        generate(url, arguments.articles)
        measure(url, arguments.times)


def generate(url: str, articles: int) -> None:
    """Write an archive, where there is none, of ten sites; one article in fifty edited, one removed."""
    chance = random.Random(1)
    with Archive.create(url) as archive:
        for number in range(SITES if archive.created else 0):
            site = SiteRecord(
                key=f"site{number}",
                title=f"Government of City {number}",
                base_url=f"http://city{number}.test/",
                language="zh" if number % 5 >= 3 else "en",
            )
            section = SectionRecord(slug="news", title="News", url=f"{site.base_url}news/")
            _crawl(archive, site, section, articles // SITES, chance)


def _crawl(
    archive: Archive, site: SiteRecord, section: SectionRecord, articles: int, chance: random.Random
) -> None:
    options = {"removal_checks": 1, "removal_days": 0}
    run = archive.start_run(site, (section,), kind=RunKind.CRAWL, code_version="1", options=options)
    visits = list(_visits(site, articles, chance))
    for start in range(0, len(visits), BATCH):
        archive.record_all(run, [_listing(site, section, visits[start : start + BATCH])])
        archive.record_all(run, visits[start : start + BATCH])
    archive.finish_section(run, section.slug, walked_to_end=True, full=True)
    archive.finish_run(run, verdict=Verdict.COMPLETE, reason="generated", counts={"listed": articles})
    again = archive.start_run(site, (section,), kind=RunKind.CRAWL, code_version="1", options=options)
    later = [_later(visit, place) for place, visit in enumerate(visits) if place % 50 in {0, 1}]
    archive.record_all(again, later)
    archive.finish_run(again, verdict=Verdict.COMPLETE, reason="generated", counts={"listed": articles})


def _listing(site: SiteRecord, section: SectionRecord, visits: list[ArchivableVisit]) -> ArchivableVisit:
    fetch = Fetch(url=section.url, site=site, section=section.slug, kind=FetchKind.LIST, at=START)
    entries = tuple(Listed(url=visit.fetch.url) for visit in visits)
    return Visit(fetch=fetch, result=ListPage(entries=entries))


def _visits(site: SiteRecord, articles: int, chance: random.Random) -> Iterator[ArchivableVisit]:
    for number in range(articles):
        at = START + timedelta(seconds=number * 10)
        fetch = Fetch(url=f"{site.base_url}news/{number}.html", site=site, section="news", at=at, status=200)
        yield Visit(fetch=fetch, result=_article(site, number, chance))


def _article(site: SiteRecord, number: int, chance: random.Random, edition: str = "") -> FingerprintedArticle:
    language = site.language or "en"
    title = _sentence(language, 12, chance) + f" {number}{edition}"
    paragraphs = tuple(_sentence(language, 60, chance) for _ in range(6))
    if chance.random() < COMMON:
        paragraphs += ("港口开放" if language == "zh" else "The harbour opens.",)
    digest = sha256(repr((site.key, title, paragraphs)).encode()).hexdigest()
    return FingerprintedArticle(
        title=title,
        paragraphs=paragraphs,
        published_day=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
        published_from="meta:PubDate",
        source=f"Office {chance.randrange(30)}",
        language=site.language,
        extractor_version="1",
        digest=digest,
        text_digest=digest,
    )


def _sentence(language: str, length: int, chance: random.Random) -> str:
    if language == "zh":
        return "".join(chance.choices(CHINESE, k=length * 2)) + "。"
    return " ".join(chance.choices(ENGLISH, k=length)).capitalize() + "."


def _later(visit: ArchivableVisit, place: int) -> ArchivableVisit:
    """Return the visit a month later, of which half find an edited page and half none."""
    at = visit.fetch.at + timedelta(days=30 + place % 300)
    fetch = Fetch(url=visit.fetch.url, site=visit.fetch.site, section="news", at=at, status=200)
    if place % 50:
        return Visit(fetch=fetch, result=Missing(status=404))
    return Visit(fetch=fetch, result=_article(visit.fetch.site, place, random.Random(place), " corrected"))


def measure(url: str, times: int) -> None:
    """Print the time of each page, the median and the most of so many *times*."""
    door = Door(url)
    app = make_application(door)
    with Archive(url) as archive:
        counts = archive.counts()
        edited = archive.changes(ChangeKind.EDITED, limit=1)[0].article
    asyncio.run(_ask(app, "/statistics"))  # connects
    clock = _clock(door.archive())
    print(f"{counts['articles']:,} articles, {counts['revisions']:,} revisions")
    print(f"{'median':>8} {'most':>8} {'bytes':>8}  ms of {clock.__name__}")
    for target in (each.format(article=edited) for each in TARGETS):
        asyncio.run(_ask(app, target))  # templates and statements are compiled once
        costs, size = [], 0
        for _ in range(times):
            begun = clock()
            size = asyncio.run(_ask(app, target))
            costs.append((clock() - begun) * MILLISECONDS)
        print(f"{statistics.median(costs):8.1f} {max(costs):8.1f} {size:8,}  {target}")
    door.close()


def _clock(archive: Archive) -> Callable[[], float]:
    """Return what counts the seconds of this process and of the server's that answer it."""
    if archive._engine.dialect.name == "sqlite":
        return process_time
    pids = archive.select("SELECT pid FROM pg_stat_activity WHERE datname = current_database()").rows
    files = [Path(f"/proc/{pid}/schedstat") for (pid,) in pids]
    if not all(file.exists() for file in files):
        return perf_counter

    def process_time_with_server() -> float:
        nanoseconds = sum(int(file.read_text().split()[0]) for file in files)
        return process_time() + nanoseconds / 1e9

    return process_time_with_server


async def _ask(app: object, target: str) -> int:
    """Return the size of the answer to GET *target*. :raises AssertionError: if it is no 200."""
    path, _, query = target.partition("?")
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost")],
        "scheme": "http",
        "server": ("localhost", 80),
        "http_version": "1.1",
        "root_path": "",
    }
    await app(scope, receive, send)  # type: ignore[operator]
    assert sent[0]["status"] == 200, (target, sent[0]["status"])
    return sum(len(message.get("body", b"")) for message in sent[1:])  # type: ignore[arg-type, misc]


if __name__ == "__main__":
    main()
