"""Our crawl with equal texts found and nearly equal ones not compared: what the nearly equal ones cost.

    python -m benchmarks.exact_only crawl adhoc -a start=...       as `scrapy crawl`

No setting of hotnews does this, since an archive without its near copies is half of one.
"""

from __future__ import annotations

from scrapy.cmdline import execute

from pipelines import fingerprint
from storage.records import ArchivableVisit, Article, NoArticle, Visit


def digested(visit: Visit[Article | NoArticle]) -> ArchivableVisit:
    """Return *visit* with its article's digests alone; the process that writes the archive imports it."""
    fingerprint.fingerprints = lambda _line: ()
    return fingerprint.fingerprinted(visit)


if __name__ == "__main__":
    from benchmarks import exact_only  # by its own name, which the other process imports
    from crawler import session

    session.fingerprinted = exact_only.digested
    execute()
