"""Keep an account of what was asked, for tests and benchmarks that count requests."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.demo.replies import Reply, Responder, plain_reply

LOG = "/log.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One answered request; *status* is 0 where the connection was dropped."""

    method: str
    target: str
    status: int
    size_bytes: int


@dataclass(slots=True, kw_only=True)
class Logged:
    """A responder that writes down every answer; `GET /log.json` shows the sums and is not counted."""

    site: Responder
    served: list[Served] = field(default_factory=list)

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Return the site's answer."""
        if target == LOG and method == "GET":
            return plain_reply(
                200, json.dumps(summary(self.served)).encode(), content_type="application/json"
            )
        reply = self.site.respond(method, target, headers, body)
        status = 0 if reply.dropped else reply.status
        self.served.append(Served(method=method, target=target, status=status, size_bytes=len(reply.body)))
        return reply


def summary(served: list[Served]) -> dict[str, object]:
    """Return how many requests, bytes and answers of each status *served* has, and how often each target."""
    return {
        "requests": len(served),
        "bytes": sum(each.size_bytes for each in served),
        "statuses": Counter(str(each.status) for each in served),
        "targets": Counter(each.target for each in served),
    }
