"""The end of a run: what still waits to be sent is not sent, and is due again in the next run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class RunEnds(IgnoreRequest):
    """A request that was not sent, since the run ends; it says nothing of its page."""


def run_ends(crawler: Crawler) -> bool:
    """Return whether the run only waits for the answers to what was sent."""
    slot = crawler.engine._slot if crawler.engine else None
    return slot is not None and slot.closing is not None
