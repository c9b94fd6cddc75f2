"""Lets only plain http and https URLs out, whether a seed, a link or a redirect asks for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import ParseResult

from scrapy.utils.httpobj import urlparse_cached

from crawler.failures import AddressRefused

if TYPE_CHECKING:
    from scrapy import Request

ALLOWED = frozenset({"http", "https"})
HOST = re.compile(r"[\w.:-]+")  # a name, in any script, or an address


class SchemeMiddleware:
    """Refuses a request before robots.txt, DNS or any handler sees it."""

    def process_request(self, request: Request) -> None:
        """Let *request* pass.

        :raises AddressRefused: if its URL has another scheme, credentials, or no host that could be one.
        """
        if reason := refusal_of_url(urlparse_cached(request)):
            raise AddressRefused(f"{reason}: {request.url[:200]}")


def refusal_of_url(parts: ParseResult) -> str | None:
    """Return what is wrong with a URL, or None if it may be asked for."""
    if parts.scheme not in ALLOWED:
        return "only http and https URLs are fetched"
    if "@" in parts.netloc:  # parsers disagree on where the host begins then
        return "a URL with credentials is not fetched"
    return None if HOST.fullmatch(parts.hostname or "") and parts.port != 0 else "no host"
