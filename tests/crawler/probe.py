"""Fetches URLs as a crawl does, with the settings of crawls, and prints what came of each."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler.evidence import EvidenceWriter
from crawler.network.failures import failure_of
from crawler.reading.echoes import Echoes
from storage.records import EvidencePointer, FetchKind

QUICK = {
    "SPIDER_MODULES": [],
    "ITEM_PIPELINES": {},
    "EXTENSIONS": {},
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "ALLOW_PRIVATE_ADDRESSES": True,
    "ROBOTSTXT_OBEY": False,
    "RETRY_TIMES": 0,
    "DOWNLOAD_TIMEOUT": 5,
    "EVIDENCE_LISTS": False,
    "LOG_LEVEL": "WARNING",
}
SHOWN_META = ("at", "digest", "evidence", "waited", "rule", "permission", "challenge", "proxy")


class ProbeSpider(Spider):
    """Asks for each URL once and follows redirects as the site spiders do: with a request of its own."""

    name = "probe"

    def __init__(self, wanted: list[dict[str, Any]], evidence: str | None, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.wanted = wanted
        writer = None
        if evidence:
            writer = EvidenceWriter(Path(evidence), site="probe", run="1", software="tests", settings={})
        self.session = SimpleNamespace(evidence=writer, echoes=Echoes())

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for each wanted URL."""
        for number, wanted in enumerate(self.wanted):
            yield self._request(number, **wanted)

    def _request(
        self, number: int, url: str, meta: dict[str, Any] | None = None, hops: int = 0, **options: Any
    ) -> Request:
        meta = {"kind": "article", "handle_httpstatus_all": True, **(meta or {})}
        meta["kind"] = FetchKind(meta["kind"])
        if "known_evidence" in meta:
            meta["known_evidence"] = EvidencePointer(**meta["known_evidence"])
        return Request(
            url,
            meta=meta,
            dont_filter=True,
            callback=self.answered,
            errback=self.failed,
            cb_kwargs={"number": number, "hops": hops},
            **options,
        )

    def answered(self, response: Response, number: int, hops: int) -> list[Request]:
        """Print what was answered, or return the request that follows a redirect."""
        location = response.headers.get("Location")
        if location and hops < 5 and response.meta.get("follow"):
            url = response.urljoin(location.decode())
            return [self._request(number, url, {"follow": True}, hops + 1)]
        self.show(
            number,
            response.meta,
            url=response.url,
            status=response.status,
            size=len(response.body),
            text=response.body[:200].decode("latin-1"),
            headers=sorted(name.decode() for name in response.headers),
            listening=listening_ports(),
        )
        return []

    def failed(self, failure: Failure) -> None:
        """Print how a request failed."""
        request = failure.request
        failed = failure_of(failure.value)
        self.show(
            request.cb_kwargs["number"],
            request.meta,
            url=request.url,
            error=type(failure.value).__name__,
            cause=failed.cause.value,
            detail=failed.detail,
        )

    def show(self, number: int, meta: dict[str, Any], **facts: Any) -> None:
        """Print the *facts* of a request with what the middlewares left in its *meta*."""
        shown = {name: meta[name] for name in SHOWN_META if name in meta}
        say({"number": number, **facts, "meta": shown})

    def closed(self, reason: str) -> None:
        """Print how the crawl ended and what memory it took at the most."""
        if self.session.evidence:
            self.session.evidence.close()
        peak = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
        stats = {name: value for name, value in self.crawler.stats.get_stats().items() if "log_count" in name}
        say({"reason": reason, "peak_kib": int(peak), "stats": stats})


def say(facts: dict[str, Any]) -> None:
    """Write one line for the test to read."""
    sys.stdout.write(json.dumps(facts, default=plain) + "\n")
    sys.stdout.flush()


def plain(value: Any) -> Any:
    """Return a time or an evidence pointer as JSON can carry it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return {name: getattr(value, name) for name in ("file", "offset", "length")}


def listening_ports() -> list[int]:
    """Return the TCP ports that this process listens on."""
    open_files = [path for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    targets = {str(path.readlink()) for path in open_files}
    tables = [Path(f"/proc/net/{name}").read_text().splitlines() for name in ("tcp", "tcp6")]
    rows = [line.split() for table in tables for line in table]
    return [
        int(row[1].rpartition(":")[2], 16)
        for row in rows
        if row[3] == "0A" and f"socket:[{row[9]}]" in targets
    ]


def main() -> None:
    """Fetch what the first argument names, as JSON."""
    task = json.loads(sys.argv[1])
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.setdict({**QUICK, **task["settings"]}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(ProbeSpider, wanted=task["wanted"], evidence=task["evidence"])
    process.start()


if __name__ == "__main__":
    main()
