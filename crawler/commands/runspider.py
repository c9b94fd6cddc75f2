"""`scrapy runspider FILE`: a run of the site that a file declares, before it has a place in the project."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.commands.crawl import Command as CrawlCommand

if TYPE_CHECKING:
    from crawler.spiders.base import SiteSpider


class Command(CrawlCommand):
    """Crawls as `scrapy crawl` does, with the same exit codes."""

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options] <spider_file>"

    def short_desc(self) -> str:
        """Return what `scrapy` lists beside the command."""
        return "Crawl the site that a Python file declares into the archive"

    def _spider_class(self, name: str) -> type[SiteSpider]:
        from scrapy.utils.spider import iter_spider_classes

        from crawler.errors import UnknownSite
        from crawler.site_files import MISTAKES, described
        from crawler.spiders.base import SiteSpider

        file = Path(name).resolve()
        if file.suffix != ".py" or not file.is_file():
            raise UnknownSite(f"{name} is no Python file")
        if str(file.parent) not in sys.path:
            sys.path.insert(0, str(file.parent))
        try:
            spiders = iter_spider_classes(import_module(file.stem))
        except MISTAKES as error:
            raise UnknownSite(f"{name} cannot be loaded: {described(error, file.stem)}") from error
        for spider in spiders:
            if issubclass(spider, SiteSpider):
                return spider
        raise UnknownSite(f"{name} declares no site: it needs a SiteSpider, see `scrapy genspider -t site`")
