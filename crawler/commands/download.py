"""`scrapy download URL FILE`: one page through the crawler's own downloader, with all its manners."""

from __future__ import annotations

import argparse
import json
import sys

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError


class Command(ScrapyCommand):
    """Writes the body to a file and what else is known of the answer, as JSON, to standard output."""

    requires_project = True

    def syntax(self) -> str:
        """Return the arguments."""
        return "<url> <file>"

    def short_desc(self) -> str:
        """Return what `scrapy` lists beside the command."""
        return "Download one page into a file, obeying robots.txt; archive nothing"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Download; standard output tells the status and headers, or why there was no answer."""
        from crawler.network.downloading import Download, DownloadSpider

        if len(args) != 2:
            raise UsageError("name a URL and a file", print_help=False)
        assert self.crawler_process is not None
        download = Download(url=args[0], file=args[1])
        self.crawler_process.crawl(DownloadSpider, download=download)
        self.crawler_process.start()
        sys.stdout.write(json.dumps(download.report) + "\n")
