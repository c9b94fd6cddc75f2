"""Pages from templates; everything is escaped, and only web addresses become links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from math import floor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from storage.measures import measure_text, measure_words
from storage.web.answers import Answer, Refusal, problem
from storage.web.languages import language_name
from storage.web.narrowing import address_of
from storage.web.questions import address
from storage.web.run_options import option_texts

FOLDER = Path(__file__).parent
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
PUBLISHED = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(\S+)")
LONGEST_HEADING = 300
SHOWN_ON_LISTS = 200

NAVIGATION = (
    ("/", "Search"),
    ("/changes", "Changes"),
    ("/stories", "Stories"),
    ("/sites", "Sites"),
    ("/runs", "Runs"),
    ("/statistics", "Statistics"),
)


def page(template: str, *, at: str, status: int = HTTPStatus.OK, **values: Any) -> Answer:
    """Return the page of that template; *at* is the path of its entry in the navigation."""
    text = environment().get_template(template).render(at=at, **values)
    return Answer(body=text.encode("utf-8", "replace"), status=status)


def refused(path: str, refusal: Refusal) -> Answer:
    """Return *refusal* as those who ask for *path* take it: programs as JSON, people as a page."""
    if path.startswith(("/api", "/openapi", "/feed")):
        return problem(refusal)
    return error_page(refusal)


def error_page(refusal: Refusal) -> Answer:
    """Return the page that says why there is no answer."""
    return page(
        "error.html",
        at="",
        status=refusal.status,
        title=refusal.status.phrase,
        number=refusal.status.value,
        sentence=refusal.sentence[:1].upper() + refusal.sentence[1:],
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates with their filters."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "day": day_text,
        "time": time_text,
        "moment": moment_text,
        "thousands": thousands,
        "percent": percent,
        "measure": lambda value, name: "–" if value is None else measure_text(value, name),
        "measure_name": measure_words,
        "language_name": language_name,
        "shorten": shorten,
        "marked": marked,
        "language": language_of,
        "weblink": weblink,
        "path_part": path_part,
        "option_texts": option_texts,
    }
    made.globals |= {
        "address": address,
        "articles_of": address_of,
        "navigation": NAVIGATION,
        "style_version": sha256((FOLDER / "static" / "style.css").read_bytes()).hexdigest()[:12],
    }
    return made


def day_text(day: date | None) -> str:
    """Return a day, or that none is known."""
    return day.isoformat() if day else "undated"


def moment_text(published: str | None) -> str:
    """Return a publication time as people write it: `2019-06-08 10:21 (+08:00)`; a day stays a day."""
    match = PUBLISHED.fullmatch(published or "")
    return f"{match[1]} {match[2]} ({match[3]})" if match else published or "undated"


def time_text(moment: datetime | None) -> Markup:
    """Return a time in UTC to the minute, readable by programs too; a dash where there is none."""
    if moment is None:
        return Markup("–")
    utc = moment.astimezone(UTC)
    machine = utc.isoformat(timespec="seconds")
    return Markup('<time datetime="{}">{}</time>').format(machine, f"{utc:%Y-%m-%d %H:%M}")


def thousands(number: int) -> str:
    """Return a number with its thousands apart."""
    return f"{number:,}"


def percent(share: float) -> str:
    """Return a share in percent, rounded down: what is not quite equal is not 100 %."""
    return f"{floor(share * 100 + 1e-9)} %"


def shorten(text: str, most: int = SHOWN_ON_LISTS) -> str:
    """Return *text*, cut where it would fill the screen."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def marked(text: str, marks: Sequence[tuple[int, int]]) -> Markup:
    """Return *text* with the places of *marks* marked."""
    pieces: list[Markup] = []
    place = 0
    for start, end in marks:
        if end > len(text):  # it was shortened
            break
        pieces += [escape(text[place:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        place = end
    return Markup("").join([*pieces, escape(text[place:])])


def language_of(text: str, known: str | None = None) -> str:
    """Return the language for a browser: the *known* one, else what its letters say, if anything."""
    if known:
        return known
    start = text[:LONGEST_HEADING]
    if HAN.search(start):
        return "zh"
    return "en" if start.isascii() else ""


def weblink(url: str) -> Markup:
    """Return *url* as a link if it is a web address, else as text: nothing else is safe to follow."""
    shown = shorten(url, 120)
    if not is_web_address(url):
        return Markup('<span class="url">{}</span>').format(shown)
    return Markup('<a class="url" rel="nofollow noreferrer external" href="{}">{}</a>').format(url, shown)


def is_web_address(url: str) -> bool:
    """Return whether *url* leads to a page on the web, as every browser reads it."""
    if not url.lower().startswith(("http://", "https://")):
        return False
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def path_part(text: str) -> str:
    """Return *text* as one part of a path."""
    return quote(text, safe="")
