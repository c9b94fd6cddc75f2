"""The demo site with furniture in its articles that no catalogue knows, and what may become of them."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.demo.replies import Reply, plain_reply
from crawler.demo.site import DemoSite

CONTAINERS = (
    b'<div id="zoom" class="main-txt">',
    b'<div class="TRS_Editor">',
    b'<div class="entry-content">',
    b'<div id="zoom">',
)
END = b"\n</div>"
FURNITURE = (
    "This service of the Lanhai press desk is free of charge for every reader.",
    "Hotline of the harbour office: 0574 555 0199, day and night.",
    "Readers who liked this also asked for the tide tables.",
)


class FurnishedSite(DemoSite):
    """Prints the same lines at the top, in the middle and at the end of every article."""

    text: bytes | None = None  # that stands in place of every article's
    teaser: bytes | None = None  # that stands where the text stood, which comes further down
    notice: bytes = b""  # that stands below every text
    bare = False  # nothing stands around the articles any more

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """Return the answer of the demo site, with furniture and without validators."""
        plain = {name: value for name, value in headers.items() if not name.startswith(("if-", "accept-enc"))}
        reply = super().respond(method, target, plain, body)
        container = next((each for each in CONTAINERS if each in reply.body), None)
        if reply.status != 200 or container is None:
            return reply
        markup = self._printed(reply.body, container)
        return plain_reply(200, markup, content_type=reply.header("Content-Type") or "text/html")

    def _printed(self, markup: bytes, container: bytes) -> bytes:
        top, middle, end = (f"<p>{line}</p>".encode() for line in FURNITURE)
        head, rest = markup.split(container, 1)
        text, after = rest.split(END, 1)
        if self.text is not None:
            return head + container + self.text + END + after
        if self.teaser is not None:
            return head + container + self.teaser + END + b"<div class='reading'>" + text + END + after
        if self.bare:
            title = head[head.index(b"<title>") : head.index(b"</title>")].removeprefix(b"<title>")
            return head.split(b"<body")[0] + b"<body><h1>" + title + b"</h1>" + container + text + END
        text = text.replace(b"</p>", b"</p>" + middle, 1)
        return head + container + top + text + self.notice + end + END + after
