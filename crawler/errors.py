"""Errors of a crawl.

CrawlError                  the run cannot go on; the command prints it
  SiteDefinitionError       a site, section or start URL that cannot be crawled as it is declared
  UnknownSite               no declared site of that name
  ScrapyTooOld              a Scrapy with known holes, or without what the crawler rests on
"""

from __future__ import annotations

from storage.verdicts import Verdict


class CrawlError(Exception):
    """A run that cannot start or go on."""

    exit_code = Verdict.USAGE.exit_code


class SiteDefinitionError(CrawlError):
    """A site, section or start URL that cannot be crawled as it is declared."""


class UnknownSite(CrawlError):
    """No declared site has that name."""


class ScrapyTooOld(CrawlError):
    """The installed Scrapy has known holes, or lacks what the crawler rests on."""
