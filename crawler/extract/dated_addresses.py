"""The day of publication that the address of a page states."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from crawler.extract.dates import read_compact

_FORMS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/_-](?P<month>[01]?\d)[/_-](?P<day>[0-3]?\d)(?=[/_.-]|$)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)-(?P<month>[01]?\d)/(?P<day>[0-3]?\d)/"),
    re.compile(r"/(?P<year>20\d\d)(?P<month>[01]\d)/(?P<day>[0-3]\d)/"),
    re.compile(r"/(?P<year>20\d\d)/(?P<month>[01]\d)(?P<day>[0-3]\d)/"),
    re.compile(r"[/_-](?P<year>20\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?=[/_.-]|$)"),
)
_COMPACT = re.compile(r"(?:/t?|_|-)((?:19|20)\d\d[01]\d[0-3]\d)(?=[/_.-]|$)")


def date_in_url(url: str) -> date | None:
    """Return the day that an address states."""
    path = urlsplit(url).path if "//" in url else url
    for form in _FORMS:
        if match := form.search(path):
            try:
                return date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                continue
    match = _COMPACT.search(path)
    return read_compact(match[1]) if match else None
