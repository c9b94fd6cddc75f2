"""Refuses to crawl with a Scrapy that is too old, however it came to be installed."""

from __future__ import annotations

import scrapy

from crawler.errors import ScrapyTooOld

# Before 2.14.2 a Referrer-Policy could name code to run (GHSA-cwxj-rr6w-m6w7). As in pyproject.toml.
LEAST = (2, 19)


def require_scrapy() -> None:
    """Return where Scrapy is new enough.

    :raises ScrapyTooOld: if it is not
    """
    if scrapy.version_info[:2] < LEAST:
        least = ".".join(map(str, LEAST))
        raise ScrapyTooOld(
            f"Scrapy {scrapy.__version__} is installed, this version needs {least} or newer;"
            f" run `pip install 'scrapy>={least}'`"
        )
