"""A challenge is noted and never asked for again; an ordinary error is."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.middlewares.challenges import ChallengeMiddleware

CHALLENGE = b"<html><script>window._cf_chl_opt={}</script></html>"


@pytest.mark.parametrize(
    ("status", "headers", "body", "sign"),
    [
        (503, {}, CHALLENGE, "cloudflare"),
        (403, {"CF-Mitigated": "challenge"}, b"", "cloudflare"),
        (412, {}, b"<script>x()</script>", "script with status 412"),
        (503, {}, b"<h1>Service Unavailable</h1>", None),
        (404, {}, b"", None),
        (200, {}, CHALLENGE, None),  # left to extraction
    ],
)
def test_challenges_are_noted(status: int, headers: dict[str, str], body: bytes, sign: str | None) -> None:
    request = Request("http://a.gov.cn/1")
    response = HtmlResponse(request.url, status=status, headers=headers, body=body)

    assert ChallengeMiddleware().process_response(request, response) is response

    assert request.meta.get("challenge") == sign
    assert request.meta.get("dont_retry", False) is (sign is not None)
