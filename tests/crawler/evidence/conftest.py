"""An exchange to keep, and what opens a writer of evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.evidence import EvidenceWriter, Exchange

AT = datetime(2026, 11, 24, 8, 30, 15, 250_000, tzinfo=UTC)
PAGE = "<html><head><title>港口</title></head><body><p>The port opened.</p></body></html>".encode()
EXCHANGE = Exchange(
    url="https://english.ningbo.gov.cn/art/1.html?a=1",
    at=AT,
    request_headers=(
        (b"User-Agent", b"hotnews"),
        (b"Cookie", b"secret=1"),
        (b"Authorization", b"Basic c2VjcmV0"),
    ),
    status=200,
    headers=((b"Content-Type", b"text/html; charset=utf-8"), (b"ETag", b'"1"')),
    body=PAGE,
    address="192.0.2.7",
)

OpenWriter = Callable[..., EvidenceWriter]


@pytest.fixture
def open_writer(tmp_path: Path) -> Iterator[OpenWriter]:
    """Yield a function that opens a writer; all are closed in the end."""
    opened: list[EvidenceWriter] = []

    def open_one(*, site: str = "ningbo", run: str = "r1", **options: int) -> EvidenceWriter:
        settings = {"DOWNLOAD_DELAY": "1", "ROBOTSTXT_OBEY": "True"}
        opened.append(
            EvidenceWriter(tmp_path, site=site, run=run, software="hotnews/0.1", settings=settings, **options)
        )
        return opened[-1]

    yield open_one
    for writer in opened:
        writer.close()


def files(root: Path) -> list[Path]:
    """Return the WARC files under *root*, oldest first."""
    return sorted(root.rglob("*.warc.gz"))
