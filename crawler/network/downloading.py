"""Download one page for somebody who wants to look at it; nothing is archived."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.network.failures import failure_of
from crawler.network.fetches import http_charset, media_type

# What a spider of the archive needs and this one has not.
WITHOUT_ARCHIVE = {"ITEM_PIPELINES": {}, "EXTENSIONS": {}, "REDIRECT_ENABLED": True, "REDIRECT_MAX_TIMES": 5}


@dataclass(slots=True, kw_only=True)
class Download:
    """What is wanted and, afterwards, what came of it."""

    url: str
    file: str
    report: dict[str, object] = field(default_factory=lambda: {"error": "not asked for"})


class DownloadSpider(Spider):
    """Asks for one URL."""

    name = "download"
    custom_settings = WITHOUT_ARCHIVE

    def __init__(self, *, download: Download, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.download = download
        self.session = None

    async def start(self) -> AsyncIterator[Request]:
        """Yield the one request."""
        yield Request(
            self.download.url,
            callback=self.keep,
            errback=self.explain,
            meta={"handle_httpstatus_list": list(range(400, 600))},
        )

    def keep(self, response: Response) -> None:
        """Keep the body and what the headers say of it."""
        Path(self.download.file).write_bytes(response.body)
        self.download.report = {
            "url": response.url,
            "status": response.status,
            "http_charset": http_charset(response),
            "media_type": media_type(response),
        }

    def explain(self, failure: Failure) -> None:
        """Keep why there was no answer."""
        assert failure.value is not None
        failed = failure_of(failure.value)
        self.download.report = {"cause": failed.cause.value, "error": failed.detail}
