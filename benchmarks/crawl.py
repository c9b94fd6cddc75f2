"""The whole crawl against a bare spider of 20 lines on the same loopback site, in turns.

    python benchmarks/crawl.py                       3,000 articles, 3 repeats: CPU a page, pages a second
    python benchmarks/crawl.py --exact-only          without evidence and near duplicates, see exact_only.py
    python benchmarks/crawl.py --memory 20000        peak memory at that size and at a twentieth of it
    python benchmarks/crawl.py --two-sites           two sites in two processes on one archive against one

CPU and time are marginal: a run of 20 articles is taken off, and with it interpreter, imports and first
page. Every contender fetches the same pages without delay, 16 at a time; ours with robots.txt, evidence
(unless --no-evidence or --exact-only), search index and duplicate decision, into a new SQLite archive.

Two sites are measured twice. On sites that answer at once the machine is the limit: one crawl alone keeps
nearly two cores busy, so on two cores, which the sites need as well, two crawls cannot be twice as fast. On
sites that take a fixed time for every answer and are asked a few pages at a time, which is what a crawl
meets, the sites are the limit: what is below 2x is time for which one crawl waited for the other's writes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
START_UP_ARTICLES = 20
SLOW_SECONDS, SLOW_AT_ONCE = 0.25, 2  # for an answer of a slow site, and requests to it at a time
SLOW_SHARE = 10  # of the articles, one in so many: they take long enough
COMMON = ("DOWNLOAD_DELAY=0", "CONCURRENT_REQUESTS=16", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "LOG_LEVEL=INFO")
OURS = ("AUTOTHROTTLE_ENABLED=0", "ALLOW_PRIVATE_ADDRESSES=1")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process used."""

    cpu_seconds: float
    wall_seconds: float
    peak_mb: float


@contextmanager
def load_site(articles: int, latency: float = 0.0) -> Iterator[str]:
    """Serve a site of that many articles from a process of its own; yield its first list page."""
    command = [sys.executable, "-m", "crawler.demo", "--articles", str(articles), "--latency", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip() + "load/1/index.html"
        finally:
            server.terminate()


def measured(command: list[str], environment: dict[str, str]) -> Cost:
    """Run *command* to its end and return what it used."""
    started = time.monotonic()
    child = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr is not None
    log = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(
            f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}:\n{log[-2000:]}"
        )
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024)


def settings(names: tuple[str, ...]) -> list[str]:
    """Return settings as command-line options."""
    return [part for name in names for part in ("-s", name)]


def run_bare(start: str) -> Cost:
    """Crawl with the bare spider."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "scrapy",
        "runspider",
        str(HERE / "bare_spider.py"),
        "-a",
        f"start={start}",
    ]
    with tempfile.TemporaryDirectory() as folder:
        return measured([*command, *settings(COMMON)], {"SCRAPY_PROJECT": "", "HOME": folder})


def run_ours(start: str, *more: str, program: str = "scrapy") -> Cost:
    """Crawl with hotnews into a new archive."""
    with tempfile.TemporaryDirectory() as folder:
        return crawl_into(f"sqlite:///{folder}/archive.db", start, *more, program=program)


def crawl_into(archive_url: str, start: str, *more: str, program: str = "scrapy") -> Cost:
    """Crawl with hotnews into an archive; *program* is a module that takes Scrapy's command line."""
    command = [
        sys.executable,
        "-P",
        "-m",
        program,
        "crawl",
        "adhoc",
        "-a",
        f"start={start}",
        "-a",
        "platform=hanweb",
    ]
    environment = {
        "SCRAPY_SETTINGS_MODULE": "crawler.settings",
        "HOTNEWS_ARCHIVE": archive_url,
        "PYTHONPATH": str(HERE.parent),
    }
    return measured([*command, *settings((*COMMON, *OURS, *more))], environment)


def compare(articles: int, repeats: int, more: tuple[str, ...], program: str) -> None:
    """Print CPU a page and pages a second of both, in turns, and their ratios."""
    names = [name for name, _ in contenders(more, program)]
    starts: dict[str, list[Cost]] = {name: [] for name in names}
    costs: dict[str, list[Cost]] = {name: [] for name in names}
    with load_site(START_UP_ARTICLES) as few, load_site(articles) as many:
        for _ in range(repeats):
            for name, run in contenders(more, program):
                starts[name].append(run(few))
                costs[name].append(run(many))
    pages = articles - START_UP_ARTICLES
    cpu = {n: marginal("cpu_seconds", costs[n], starts[n]) / pages * 1000 for n in names}
    rate = {n: pages / marginal("wall_seconds", costs[n], starts[n]) for n in names}
    for name, runs in costs.items():
        peak = max(cost.peak_mb for cost in runs)
        print(f"{name:<8} {cpu[name]:6.2f} CPU ms/page {rate[name]:7.0f} pages/s  peak {peak:.0f} MB")
    times, faster = cpu["hotnews"] / cpu["bare"], rate["hotnews"] / rate["bare"]
    print(f"ratio    {times:6.2f}x CPU        {faster:7.2f}x speed")


def marginal(figure: str, runs: Sequence[Cost], starts: Sequence[Cost]) -> float:
    """Return what *runs* took more than *starts*, both at their median."""
    taken, at_start = (median(getattr(cost, figure) for cost in costs) for costs in (runs, starts))
    return taken - at_start


def two_sites(articles: int, repeats: int, more: tuple[str, ...]) -> None:
    """Print how much faster two sites are than one: where this machine is the limit, where the sites are."""
    print("sites that answer at once, 16 requests at a time (this machine is the limit)")
    one_and_two(articles, repeats, more)
    print(
        f"sites that take {SLOW_SECONDS} s an answer, {SLOW_AT_ONCE} requests at a time (they are the limit)"
    )
    bounded = (*more, f"CONCURRENT_REQUESTS_PER_DOMAIN={SLOW_AT_ONCE}")
    one_and_two(articles // SLOW_SHARE, repeats, bounded, latency=SLOW_SECONDS)


def one_and_two(articles: int, repeats: int, more: tuple[str, ...], *, latency: float = 0.0) -> None:
    """Print pages a second of one site alone and of two in two processes on one archive, in turns."""
    with (
        load_site(START_UP_ARTICLES, latency) as few,
        load_site(articles, latency) as one,
        load_site(articles, latency) as third,
    ):
        # A site without a declaration is known by its host's name: another name, another site.
        other = third.replace("127.0.0.1", "localhost")
        start_up = crawl_together([few], more)
        alone, together = [], []
        for _ in range(repeats):
            alone.append(crawl_together([one], more) - start_up)
            together.append(crawl_together([one, other], more) - start_up)
    pages = articles - START_UP_ARTICLES
    single, double = pages / median(alone), 2 * pages / median(together)
    print(f"one site  {single:7.0f} pages/s")
    print(f"two sites {double:7.0f} pages/s, {double / single:.2f}x")


def crawl_together(starts: list[str], more: tuple[str, ...]) -> float:
    """Crawl each site in a process of its own into one new archive; return the seconds until all ended."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/archive.db"
        started = time.monotonic()
        with ThreadPoolExecutor(len(starts)) as pool:
            list(pool.map(lambda start: crawl_into(url, start, *more), starts))
        return time.monotonic() - started


def contenders(more: tuple[str, ...], program: str):
    """Return the contenders in the order of their turns."""
    return (("bare", run_bare), ("hotnews", lambda start: run_ours(start, *more, program=program)))


def memory(articles: int, more: tuple[str, ...]) -> None:
    """Print the peak memory of ours at two sizes."""
    for size in (articles // 20, articles):
        with load_site(size) as start:
            cost = run_ours(start, *more)
        each = cost.cpu_seconds / size * 1000
        print(f"{size:>7} pages: peak {cost.peak_mb:.0f} MB, {each:.2f} CPU ms/page all in")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--memory", type=int, metavar="ARTICLES")
    parser.add_argument("--no-evidence", action="store_true")
    parser.add_argument("--exact-only", action="store_true")
    parser.add_argument("--two-sites", action="store_true")
    options = parser.parse_args()
    more = ("EVIDENCE_ENABLED=0",) if options.no_evidence or options.exact_only else ()
    if options.memory:
        memory(options.memory, more)
    elif options.two_sites:
        two_sites(options.articles, options.repeats, more)
    else:
        program = "benchmarks.exact_only" if options.exact_only else "scrapy"
        compare(options.articles, options.repeats, more, program)


if __name__ == "__main__":
    main()
