"""Recognises a firewall's challenge before a retry asks for another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extract.kinds.challenges import challenge_sign

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

OK = 200


class ChallengeMiddleware:
    """Leaves the `challenge` that an error is in `request.meta`; such a page is not asked for again.

    Stands between the decoding of bodies and Scrapy's retries. Challenges with status 200 are left to
    extraction, which looks at the page anyway.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """Return *response*."""
        if response.status == OK:
            return response
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        if sign := challenge_sign(response.status, headers, response.body):
            request.meta["challenge"] = sign
            request.meta["dont_retry"] = True
        return response
