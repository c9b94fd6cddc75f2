"""What a robots.txt says to us, and what it means that there is none (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

MOST_BYTES = 500 * 1024  # what RFC 9309 asks a crawler to read at least
MOST_CRAWL_DELAY_SECONDS = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRules:
    """The rules of one host for one crawler."""

    permission: str  # in words, for the account of each request
    crawl_delay: float | None = None  # seconds
    rules: Protego | None = None  # None: everything may be fetched
    agent: str = ""

    def allows(self, url: str) -> bool:
        """Return whether *url* may be fetched."""
        return self.rules is None or self.rules.can_fetch(url, self.agent)


def read_robots(body: bytes, agent: str, *, permission: str = "robots.txt allows") -> RobotsRules:
    """Return what *body* says to *agent*, our product token; rules beyond the first 500 KiB are not read."""
    rules = Protego.parse(body[:MOST_BYTES].decode("utf-8-sig", errors="ignore"))
    delay = rules.crawl_delay(agent)
    bounded = None if delay is None else min(max(float(delay), 0.0), MOST_CRAWL_DELAY_SECONDS)
    return RobotsRules(permission=permission, crawl_delay=bounded, rules=rules, agent=agent)


def without_robots(reason: str) -> RobotsRules:
    """Return the rules of a host that has no robots.txt: everything may be fetched."""
    return RobotsRules(permission=f"no robots.txt ({reason})")


def product_token(user_agent: str) -> str:
    """Return the part of *user_agent* by which robots.txt addresses a crawler."""
    return user_agent.split(maxsplit=1)[0] if user_agent.strip() else "*"
