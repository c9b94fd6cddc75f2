"""Shows the progress of a run where it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import NotConfigured

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.extensions.progress_display import ProgressDisplay


class Progress:
    """Makes the display of a run."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ProgressDisplay:
        """Return the display, where `PROGRESS` asks for one and there is a terminal to draw on."""
        if not crawler.settings.getbool("PROGRESS"):
            raise NotConfigured
        from rich.console import Console  # few runs draw, and every crawl would load it

        from crawler.extensions.progress_display import ProgressDisplay

        console = Console(stderr=True)
        if not console.is_terminal:
            raise NotConfigured
        display = ProgressDisplay(console)
        crawler.signals.connect(display.begin, signals.spider_opened)
        crawler.signals.connect(display.end, signals.spider_closed)
        return display
