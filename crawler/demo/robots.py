"""The ways a robots.txt can be."""

from __future__ import annotations

from enum import StrEnum

from crawler.demo import furniture
from crawler.demo.replies import Reply, plain_reply, redirect_reply

ROBOTS_FOLDER = "/trouble/robots/"


class Robots(StrEnum):
    """The ways a robots.txt can be, served instead of the usual one; each also below `/trouble/robots/`."""

    PLAIN = "plain"
    ABSENT = "absent"
    FORBIDDING = "forbidding"
    UNREACHABLE = "unreachable"
    DELAYING = "delaying"
    HUGE = "huge"
    REDIRECTED = "redirected"
    HTML = "html"


def robots_reply(kind: Robots, base: str) -> Reply:
    """Return robots.txt of one *kind*."""
    rules = furniture.robots(base)
    match kind:
        case Robots.ABSENT:
            return furniture.error_reply(404)
        case Robots.UNREACHABLE:
            return furniture.error_reply(503)
        case Robots.REDIRECTED:
            return redirect_reply(ROBOTS_FOLDER + "plain.txt", status=302)
        case Robots.HTML:
            return plain_reply(200, furniture.page_of_error(200, "Welcome").encode())
        case Robots.FORBIDDING:
            rules = "User-agent: *\nDisallow: /\n"
        case Robots.DELAYING:
            rules = "User-agent: *\nCrawl-delay: 1\nDisallow: /internal/\n"
        case Robots.HUGE:
            rules = "# \n" * (200 * 1024) + "User-agent: *\nDisallow: /\n"  # 600 KiB before the rule
    return plain_reply(200, rules.encode(), content_type="text/plain; charset=utf-8")
