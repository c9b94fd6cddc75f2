"""Asks again for a page that breaks off where nothing says how long it is: it may be cut, or end like that.

A server of HTTP/1.0, or one that dies, ends a body by closing the connection. Markup that is open then is
whole only if it ends at the same place another time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import get_retry_request

from crawler.network.failures import BodyTruncated

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

LOOKED_AT_BYTES = 65_536  # at the end of a page: some comments stand behind it
END_BYTES = 64  # by which an end is known again
_BEGIN = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_END = re.compile(rb"</(?:html|body)\b", re.IGNORECASE)


class CutPageMiddleware:
    """Stands above what decodes bodies, and below what tells challenges."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._ends: set[bytes] = set()  # of pages that are whole without the tags that close them

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CutPageMiddleware:
        """Return the middleware of *crawler*."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return *response*, or the request to be sent again where it may be the beginning of a page.

        :raises BodyTruncated: if it ends elsewhere at each try.
        """
        if not request.meta.get("end_untold") or not is_open(response.body):
            return response
        end = response.body[-END_BYTES:]
        if end in self._ends:
            return response
        before = request.meta.get("ended")
        if before == end:
            self._ends.add(end)
            return response
        assert self._crawler.spider is not None
        # Next: what it tells of one page holds for those that end like it.
        again = get_retry_request(request, spider=self._crawler.spider, reason="no end", priority_adjust=1)
        if again is not None:
            again.meta["ended"] = end
        elif before is not None:
            raise BodyTruncated(f"{request.url} breaks off, and does not say how long it is")
        return again or response


def is_open(body: bytes) -> bool:
    """Return whether *body* begins as a page does and does not end as one."""
    return _BEGIN.search(body, 0, LOOKED_AT_BYTES) is not None and (
        _END.search(body, max(0, len(body) - LOOKED_AT_BYTES)) is None
    )
