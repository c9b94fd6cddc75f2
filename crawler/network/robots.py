"""What a robots.txt says to us, and what it means that there is none (RFC 9309)."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
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
    rules = Protego.parse(_naming(agent, _text_of(body[:MOST_BYTES])))
    delay = rules.crawl_delay(agent)
    bounded = None if delay is None else min(max(float(delay), 0.0), MOST_CRAWL_DELAY_SECONDS)
    return RobotsRules(permission=permission, crawl_delay=bounded, rules=rules, agent=agent)


def _text_of(body: bytes) -> str:
    """Return *body* as text: UTF-8, or what editors of Windows call Unicode."""
    is_wide = body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) and body.count(0) * 3 > len(body)
    return body.decode("utf-16" if is_wide else "utf-8-sig", errors="ignore")


def _naming(agent: str, text: str) -> str:
    """Return *text* with groups for any version of *agent* ("hotnews/2.1 beta") as ones for this one."""
    name = re.escape(agent.partition("/")[0])
    return re.sub(rf"(?im)^([ \t]*user-?agent[ \t]*:[ \t]*){name}(?![\w-])[^\r\n]*", rf"\g<1>{agent}", text)


def without_robots(reason: str) -> RobotsRules:
    """Return the rules of a host that has no robots.txt: everything may be fetched."""
    return RobotsRules(permission=f"no robots.txt ({reason})")


def product_token(user_agent: str) -> str:
    """Return the part of *user_agent* by which robots.txt addresses a crawler."""
    return user_agent.split(maxsplit=1)[0] if user_agent.strip() else "*"
