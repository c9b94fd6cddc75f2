"""Lets only plain http and https URLs out, whether a seed, a link or a redirect asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.network.addresses import refusal_of_url
from crawler.network.failures import AddressRefused

if TYPE_CHECKING:
    from scrapy import Request


class SchemeMiddleware:
    """Refuses a request before robots.txt, DNS or any handler sees it."""

    def process_request(self, request: Request) -> None:
        """Let *request* pass.

        :raises AddressRefused: if its URL has another scheme, credentials, or no host that could be one.
        """
        if reason := refusal_of_url(request.url):
            raise AddressRefused(f"{reason}: {request.url[:200]}")
