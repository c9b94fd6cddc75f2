"""A page that is nothing but the way to another one: a meta refresh, or a script that goes there."""

from __future__ import annotations

import re
from html import unescape

from crawler.extract.markup.encoding import decode

_LONGEST = 4_000  # bytes of markup; a longer page does more than lead away
_LONGEST_DELAY = 10  # seconds; a page that stays longer is to be read
_REFRESH = re.compile(
    r"""<meta\b(?=[^<>]{0,300}\bhttp-equiv\s{0,3}=\s{0,3}["']?refresh)[^<>]{0,300}?"""
    r"""\bcontent\s{0,3}=\s{0,3}(["'])\s{0,5}(?P<delay>\d{1,4})(?:\.\d{1,4})?\s{0,5}[;,]\s{0,5}url\s{0,3}=\s{0,3}(?P<url>[^<>]{1,1000}?)\1""",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(
    r"""\blocation(?:\.href)?\s{0,3}(?:=|\.(?:replace|assign)\s{0,3}\()\s{0,3}(["'])(?P<url>[^"'<>\r\n\t]{1,1000})\1"""
)
_CONDITION = re.compile(r"\bif\s{0,3}\(|\?[^\"'\n]{1,80}:")


def redirect_in(markup: bytes, http_charset: str | None = None) -> str | None:
    """Return the address that a page of *markup* sends its readers to, as it is written there.

    None where the page is long, waits for its reader, or decides by a condition where to go.
    """
    if len(markup) > _LONGEST:
        return None
    text, _ = decode(markup, http_charset)
    if refresh := _REFRESH.search(text):
        return unescape(refresh["url"]).strip("\"' ") if int(refresh["delay"]) <= _LONGEST_DELAY else None
    targets = {match["url"] for match in _SCRIPTED.finditer(text)}
    return targets.pop() if len(targets) == 1 and not _CONDITION.search(text) else None
