"""Our download handler against Scrapy's, over Twisted and over aiohttp, in turns on the same loopback site.

    python -m benchmarks.downloads                   3,000 articles, 3 repeats: CPU a page, pages a second

The spider is the bare one, which reads a page and throws it away; only the handler differs. CPU and time
are marginal, as in crawl.py.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from statistics import median

from benchmarks.crawl import COMMON, HERE, START_UP_ARTICLES, Cost, load_site, measured, settings

HANDLERS = {
    "Twisted": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
    "aiohttp": "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler",
    "hotnews": "crawler.network.http_handler.HttpHandler",
}


def crawl_over(handler: str, start: str) -> Cost:
    """Crawl with the bare spider over *handler*."""
    spider = str(HERE / "bare_spider.py")
    command = [sys.executable, "-P", "-m", "scrapy", "runspider", spider, "-a", f"start={start}"]
    handlers = f"DOWNLOAD_HANDLERS={json.dumps({'http': handler})}"
    chosen = settings((*COMMON, "CONCURRENT_ITEMS=1", "ALLOW_PRIVATE_ADDRESSES=1", handlers))
    with tempfile.TemporaryDirectory() as folder:
        environment = {"SCRAPY_PROJECT": "", "HOME": folder, "PYTHONPATH": str(HERE.parent)}
        return measured([*command, *chosen], environment)


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with load_site(START_UP_ARTICLES) as few, load_site(options.articles) as many:
        starts = {name: crawl_over(handler, few) for name, handler in HANDLERS.items()}
        costs: dict[str, list[Cost]] = {name: [] for name in HANDLERS}
        for _ in range(options.repeats):
            for name, handler in HANDLERS.items():
                costs[name].append(crawl_over(handler, many))
    pages = options.articles - START_UP_ARTICLES
    base = None
    for name, runs in costs.items():
        cpu = median(run.cpu_seconds - starts[name].cpu_seconds for run in runs) / pages * 1000
        rate = pages / median(run.wall_seconds - starts[name].wall_seconds for run in runs)
        base = base or cpu
        print(f"{name:<8} {cpu:6.2f} CPU ms/page {rate:7.0f} pages/s  {cpu / base:5.2f}x CPU of Twisted's")


if __name__ == "__main__":
    main()
