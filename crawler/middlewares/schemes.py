"""Lets only http and https out, whether a seed, a link or a redirect asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.utils.httpobj import urlparse_cached

from crawler.failures import AddressRefused

if TYPE_CHECKING:
    from scrapy import Request

ALLOWED = frozenset({"http", "https"})


class SchemeMiddleware:
    """Refuses a request before robots.txt, DNS or any handler sees it."""

    def process_request(self, request: Request) -> None:
        """Let *request* pass.

        :raises AddressRefused: if it has another scheme, or no host.
        """
        parts = urlparse_cached(request)
        if parts.scheme not in ALLOWED or not parts.hostname:
            raise AddressRefused(f"only http and https URLs are fetched, not {request.url[:200]}")
