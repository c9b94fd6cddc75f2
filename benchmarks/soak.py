"""A long crawl of a bad site, killed again and again: what must be archived is archived, exactly once.

    python -P benchmarks/soak.py                      20,000 articles, killed at 20 moments
    python -P benchmarks/soak.py --articles 2000 --kills 5 --seed 7

Of the articles 3 % answer 500 at first, 2 % time out, 1 % break off and 1 % close the connection; the
crawl asks 16 at a time with a timeout of 1 s and is killed (kill -9, with its writer) once it archived as
many articles as the seed says. Then runs follow until every article is archived. Checked: each is there
once, with the text that the site shows, so that none was broken off; a crawl without a kill grows by at
most 15 MB between page 1,000 and the last, and stays under 150 MB. Exit code 1 where a
check fails.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.demo.load import LoadSite
from storage import Archive

FAULTS = {"server-errors": 0.03, "timeouts": 0.02, "truncated": 0.01, "dropped": 0.01}
SETTINGS = {
    "AUTOTHROTTLE_ENABLED": 0,
    "ALLOW_PRIVATE_ADDRESSES": 1,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
    "DOWNLOAD_TIMEOUT": 1,
    "LOG_LEVEL": "INFO",
    "RETRY_TIMES": 4,
}
POLL_SECONDS = 0.3
MOST_RUNS_AFTER = 10
WARM_UP_PAGES = 1000  # what grows until then is code and caches
GROWTH_MB, PEAK_MB = 15, 150


@contextmanager
def bad_site(articles: int) -> Iterator[str]:
    """Serve the site from a process of its own; yield its URL."""
    command = [sys.executable, "-m", "crawler.demo", "--articles", str(articles)]
    command += [part for name, share in FAULTS.items() for part in (f"--{name}", str(share))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def start_crawl(site: str, archive_url: str, log: Path) -> subprocess.Popen[bytes]:
    """Start a crawl in a process group of its own, so that its writer can be killed with it."""
    command = [sys.executable, "-P", "-m", "scrapy", "crawl", "adhoc", "-a", f"start={site}load/1/index.html"]
    command += ["-a", "platform=hanweb"]
    for name, value in SETTINGS.items():
        command += ["-s", f"{name}={value}"]
    environment = {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "HOTNEWS_ARCHIVE": archive_url}
    with log.open("ab") as output:
        return subprocess.Popen(
            command, env={**os.environ, **environment}, stderr=output, start_new_session=True
        )


def archived(archive_url: str) -> int:
    """Return how many articles the archive holds."""
    with Archive(archive_url) as archive:
        return archive.counts()["articles"]


def crawl_and_kill(site: str, archive_url: str, log: Path, *, at: list[int]) -> int:
    """Crawl, and kill once so many articles are archived, for each number of *at*; return the kills."""
    kills = 0
    for number in at:
        crawl = start_crawl(site, archive_url, log)
        while crawl.poll() is None and archived(archive_url) < number:
            time.sleep(POLL_SECONDS)
        if crawl.poll() is None:
            os.killpg(crawl.pid, signal.SIGKILL)
            crawl.wait()
            kills += 1
    return kills


def crawl_to_the_end(site: str, archive_url: str, log: Path, *, articles: int) -> int:
    """Crawl until every article is archived; return how many runs that took."""
    for runs in range(1, MOST_RUNS_AFTER + 1):
        start_crawl(site, archive_url, log).wait()
        if archived(archive_url) >= articles:
            return runs
    return MOST_RUNS_AFTER


def mistakes(archive_url: str, articles: int) -> Iterator[str]:
    """Yield what is missing, doubled or other than the site shows it."""
    site = LoadSite(articles=articles)
    expected = {site.path(number): number for number in site.numbers()}
    with Archive(archive_url) as archive:
        for row in archive.articles():
            path = "/" + row.url.split("/", 3)[3]
            number = expected.pop(path, None)
            if number is None:
                yield f"{row.url}: archived twice, or never listed"
                continue
            text = site.article(number).text
            if row.title != text.title or row.body.split("\n") != list(text.paragraphs):
                yield f"{row.url}: not the text that the site shows"
            if row.revisions != 1:
                yield f"{row.url}: {row.revisions} revisions of a page that never changed"
    yield from (f"{path}: not archived" for path in expected)


def memory(site: str, archive_url: str, log: Path, *, articles: int) -> Iterator[str]:
    """Crawl undisturbed; print the peak memory of its larger process, and yield what is too much."""
    crawl = start_crawl(site, archive_url, log)
    early = last = 0.0
    while crawl.poll() is None:
        last = max(last, peak_of_group(crawl.pid))
        if archived(archive_url) <= WARM_UP_PAGES:
            early = last
        time.sleep(POLL_SECONDS)
    print(f"peak memory: {early:.0f} MB at {min(WARM_UP_PAGES, articles)} pages, {last:.0f} MB at {articles}")
    if last - early > GROWTH_MB:
        yield f"memory grew by {last - early:.0f} MB, at most {GROWTH_MB} are allowed"
    if last > PEAK_MB:
        yield f"memory reached {last:.0f} MB, at most {PEAK_MB} are allowed"


def peak_of_group(group: int) -> float:
    """Return the peak memory, in MB, of that process of a group which used most."""
    return max(
        (peak_of(process) for process in Path("/proc").glob("[0-9]*") if of_group(process, group)), default=0
    )


def of_group(process: Path, group: int) -> bool:
    """Return whether a process, by its folder under /proc, belongs to *group*."""
    with contextlib.suppress(ProcessLookupError):
        return os.getpgid(int(process.name)) == group
    return False


def peak_of(process: Path) -> float:
    """Return the peak memory of a process in MB; 0 where it ended meanwhile."""
    with contextlib.suppress(OSError):
        for line in (process / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def soak(folder: Path, *, articles: int, kills: int, seed: int) -> Iterator[str]:
    """Crawl a bad site, killed at *kills* moments; yield every mistake that is left."""
    archive_url, log = f"sqlite:///{folder}/soak.db", folder / "soak.log"
    Archive.create(archive_url).close()
    moments = sorted(random.Random(seed).randrange(articles) for _ in range(kills))
    started = time.monotonic()
    with bad_site(articles) as site:
        done = crawl_and_kill(site, archive_url, log, at=moments)
        runs = crawl_to_the_end(site, archive_url, log, articles=articles)
    seconds = time.monotonic() - started
    print(f"{articles} articles, killed {done} times, {runs} runs to the end, {seconds:.0f} s")
    yield from mistakes(archive_url, articles)


def main() -> None:
    """Read the command line, run, and exit with 1 where something is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-memory", action="store_true", help="leave out the crawl that measures memory")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wrong = list(soak(folder, articles=options.articles, kills=options.kills, seed=options.seed))
        if not options.no_memory:
            archive_url = f"sqlite:///{folder}/memory.db"
            Archive.create(archive_url).close()
            with bad_site(options.articles) as site:
                wrong += memory(site, archive_url, folder / "memory.log", articles=options.articles)
    print("\n".join(wrong[:20]) if wrong else "every article once, whole, and nothing else")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
