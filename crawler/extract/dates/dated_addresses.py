"""The day of publication that the address of a page states, and whether the page tells the time as well."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from crawler.extract.dates.written import read_compact

_FORMS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/_-](?P<month>[01]?\d)[/_-](?P<day>[0-3]?\d)(?=[/_.-]|$)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)-(?P<month>[01]?\d)/(?P<day>[0-3]?\d)/"),
    re.compile(r"/(?P<year>20\d\d)(?P<month>[01]\d)/(?P<day>[0-3]\d)/"),
    re.compile(r"/(?P<year>20\d\d)/(?P<month>[01]\d)(?P<day>[0-3]\d)/"),
    re.compile(r"[/_-](?P<year>20\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?=[/_.-]|$)"),
)
_COMPACT = re.compile(r"(?:/t?|_|-)((?:19|20)\d\d[01]\d[0-3]\d)(?=[/_.-]|$)")

_MOMENT = re.compile(
    r"\d{4}\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?(?:&nbsp;|\s){1,6}\d{1,2}\s?[:：]\s?\d\d"
)
_MOST_YEARS = 500  # looked at: what is searched for each year of a page must not cost as much as the page


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


def shows_a_time(markup: str, day: date) -> bool:
    """Return whether *markup* has *day* in numbers with a time behind it; to look costs next to nothing."""
    year, place = str(day.year), -1
    for _ in range(_MOST_YEARS):
        place = markup.find(year, place + 1)
        if place < 0:
            break
        moment = _MOMENT.match(markup, place)
        if moment and (int(moment[1]), int(moment[2])) == (day.month, day.day):
            return True
    return False
