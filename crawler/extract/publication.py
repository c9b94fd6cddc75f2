"""When an article was published: what a page states, by trust, and what lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from crawler.extract.body.paragraphs import Body
from crawler.extract.countries import country_of, page_country
from crawler.extract.dates.date_labels import (
    CHANGE_LABELS,
    OF_A_CHANGE,
    SIGNING_LABELS,
    dates_behind_labels,
    labelled_dates,
)
from crawler.extract.dates.dated_addresses import date_in_url, shows_a_time
from crawler.extract.dates.day_lines import closing_date, day_of_agency, opening_date
from crawler.extract.dates.visible_dates import (
    OF_OTHERS,
    changes_near,
    dates_near,
    marked_dates,
    shown_for,
)
from crawler.extract.dates.written import Conventions, DateReading, conventions_of, read_compact, read_date
from crawler.extract.dates.zones import is_midnight, on_calendar, zone_of_country
from crawler.extract.lines.blocks import Block, read_blocks
from crawler.extract.markup.head import Head
from crawler.extract.markup.page import Page
from crawler.extract.markup.rules import Rules, values_of
from crawler.extract.markup.text_signs import TextSigns
from crawler.extract.text import squeeze
from crawler.extract.types import Candidate, PageContext

NO_DATE = "none: no date in text, metas or URL"

_META_NAMES = (
    *("pubdate", "publishdate", "publish_date", "publishtime", "firstpublishedtime", "firstpublishtime"),
    *("govuk:first-published-at", "article:published_time", "og:published_time", "article:published"),
    *("og:article:published_time", "datepublished", "date_published", "publish-date", "publication_date"),
    *("citation_publication_date", "article.published", "pub_date", "dc.date.issued", "dcterms.issued"),
    *(
        "sailthru.date",
        "parsely-pub-date",
        "bt:pubdate",
        "rnews:datepublished",
        "cxenseparse:recs:publishtime",
    ),
)
# Names that some sites fill with the date of a change or of the page's making.
_WEAK_META_NAMES = ("dc.date", "dcterms.date", "date", "datecreated", "dcterms.created")
_SCRIPTED_NAMES = (
    *("datePublished", "publishedAt", "published_at", "publishDate", "publicationDate", "first-publication"),
    *(
        "publishedFirst",
        "postedAt",
        "firstPublished",
        "createdAt",
        "date_published",
        "publishTime",
        "pubTime",
    ),
)
_NAMED_IN_SCRIPTS = TextSigns(_SCRIPTED_NAMES)
_SCRIPTED = re.compile(
    rf"(?:\\?[\"']|&quot;)(?:{'|'.join(_SCRIPTED_NAMES)})"
    r"(?:\\?[\"']|&quot;)\s?:\s?(?:\\?[\"']|&quot;)([^\"'\\&]{8,40})"
)
_SECONDS = re.compile(r"1[0-9]{9}")
_HEADLINES = frozenset({"h1", "h2", "h3"})
_OF_AN_EVENT = re.compile(r"(?:时\s?间|日\s?期)\s?[:：]")  # a fact that stays in a text
_CHINA = frozenset({"CN", "HK", "MO", "TW"})
_TWELVE_HOURS = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOffer:
    """A date that a rule offers."""

    value: date | datetime
    rule: str

    @property
    def day(self) -> date:
        """Return the calendar day as it was written."""
        return day_of(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The publication date that won, its rule (or why there is none), and all that were offered."""

    value: date | datetime | None
    rule: str
    candidates: tuple[Candidate, ...] = ()

    @property
    def day(self) -> date | None:
        """Return the calendar day as it was written, if there is one."""
        return None if self.value is None else day_of(self.value)


def read_publication(page: Page, head: Head, body: Body, rules: Rules | None, title: str) -> Publication:
    """Return when the article of *page* was published."""
    context = page.context
    conventions = page_conventions(page, head)
    offers: list[DateOffer] = []
    late: list[DateOffer] = []
    for offer in _offers(page, head, body, rules, conventions):
        (offers if _in_time(offer.value, context.fetched_at) else late).append(offer)
    if not offers:  # weak rules: the first of them is as good as it gets, and looking for it is dear
        for offer in _weaker_offers(page, head, body, title, conventions):
            if _in_time(offer.value, context.fetched_at):
                offers.append(offer)
                break
            late.append(offer)
    if not offers and conventions.month_first is None:
        offers += _dated_by_agency(page, head, body, title, conventions)
    candidates = tuple(
        Candidate(field="published", value=written(offer.value), rule=offer.rule)
        for offer in (*offers, *late)
    )
    if not offers:
        reason = "none: every date lies after the fetch" if late else NO_DATE
        return Publication(value=None, rule=reason, candidates=candidates)
    winner = _past_noon(offers)
    if winner.rule == "url" and shows_a_time(page.text, winner.day):  # it tells the day alone
        first = next(_weaker_offers(page, head, body, title, conventions), winner)
        winner = first if _times(first.value, winner.value) else winner
    value = _on_own_calendar(
        known_moment(winner.value),
        page,
        head,
        shown=lambda: chain(offers, _weaker_offers(page, head, body, title, conventions)),
        conventions=conventions,
    )
    return Publication(value=value, rule=winner.rule, candidates=candidates)


def _dated_by_agency(
    page: Page, head: Head, body: Body, title: str, conventions: Conventions
) -> list[DateOffer]:
    """Return the first date that the day opening the text makes plain: "Accra, Nov 3 (GNA) –"."""
    dated = day_of_agency(body.lines)
    for order in (True, False) if dated else ():
        ordered = replace(conventions, month_first=order)
        for offer in _weaker_offers(page, head, body, title, ordered):
            if (offer.day.month, offer.day.day) == dated and _in_time(offer.value, conventions.now):
                return [offer]
    return []


def _on_own_calendar(
    value: date | datetime,
    page: Page,
    head: Head,
    *,
    shown: Callable[[], Iterable[DateOffer]],
    conventions: Conventions,
) -> date | datetime:
    """Return a moment in UTC on the clock of the site's country, where it falls on another day there.

    Only if the page shows that day, too, or if the moment is a midnight there, which is a day itself. Where
    a country has several zones, the day that readers see beside the moment tells.
    """
    if page.context.timezone is not None:  # applied when the article is normalised
        return value
    zone = zone_of_country(page_country(page, head) or "")
    if zone is None and isinstance(value, datetime):
        shown_as = shown_for(page.tree, value, conventions)
        return shown_as if shown_as and abs(day_of(shown_as) - value.date()) == timedelta(days=1) else value
    local = on_calendar(value, zone)
    if day_of(local) == day_of(value):
        return value
    return local if is_midnight(local) or any(offer.day == day_of(local) for offer in shown()) else value


def day_of(value: date | datetime) -> date:
    """Return the calendar day of *value* as it was written."""
    return value.date() if isinstance(value, datetime) else value


def page_conventions(page: Page, head: Head) -> Conventions:
    """Return how the site of *page* writes dates."""
    context = page.context
    return _conventions(context, page_country(page, head), context.language or head.language)


def conventions_at(url: str, context: PageContext) -> Conventions:
    """Return how dates are written at *url*, where there is no markup that tells more."""
    return _conventions(context, context.country or country_of(url, context.language or ""), context.language)


def _conventions(context: PageContext, country: str | None, language: str | None) -> Conventions:
    return conventions_of(country=country, language=language, zone=context.timezone, now=context.fetched_at)


def _offers(
    page: Page, head: Head, body: Body, rules: Rules | None, conventions: Conventions
) -> Iterator[DateOffer]:
    """Yield the dates that a page offers, the most trusted first."""
    told = list(_told_offers(page, head, rules, conventions))
    yield from told
    events = {line for line in body.lines if _OF_AN_EVENT.match(line)}
    lines = [line for line in body.read_lines() if line not in events]
    dated = sorted(labelled_dates(lines, conventions), key=lambda each: each[1] in OF_A_CHANGE)
    labelled = [
        (DateOffer(value=reading.value, rule=f"label {label}"), label in SIGNING_LABELS)
        for reading, label in dated
    ]
    yield from (offer for offer, signed in labelled if not signed)
    if body.ruled and not told:  # a family's container is the text alone; its date stands over it
        for reading, label in dates_behind_labels(page, conventions):
            yield DateOffer(value=reading.value, rule=f"label {label}")
    if (day := date_in_url(page.url or head.canonical or "")) is not None:
        yield DateOffer(value=day, rule="url")
    if page.context.listed_date is not None:
        yield DateOffer(value=page.context.listed_date, rule="list row")
    yield from (offer for offer, signed in labelled if signed)


def _told_offers(
    page: Page, head: Head, rules: Rules | None, conventions: Conventions
) -> Iterator[DateOffer]:
    """Yield the dates that a family's rule and the page's metadata name as that of the publication."""
    ruled = _ruled(page, rules, conventions) if rules else None
    if ruled and rules and not rules.shared_container:
        yield ruled
    yield from _from_metas(head, _META_NAMES, conventions)
    for item in head.schema:
        value = item.get("datePublished") or item.get("dateCreated")
        if isinstance(value, str) and (reading := read_date(value, conventions)):
            yield DateOffer(value=reading.value, rule="schema datePublished")
    if ruled and rules and rules.shared_container:
        yield ruled


def _weaker_offers(
    page: Page, head: Head, body: Body, title: str, conventions: Conventions
) -> Iterator[DateOffer]:
    told = list(_from_metas(head, _WEAK_META_NAMES, conventions))
    # What is dated later than the page itself was made or changed speaks of something else.
    latest = max((offer.day for offer in told if isinstance(offer.value, datetime)), default=date.max)
    of_others: list[DateOffer] = []
    for reading, rule in marked_dates(page.tree, title, conventions):
        if rule in ("marked date", OF_OTHERS) and reading.day <= latest:
            offer = DateOffer(value=reading.value, rule=rule)
            if rule == OF_OTHERS:
                of_others.append(offer)
            else:
                yield offer
    yield from told
    yield from _unmarked(page, body, title, conventions)
    yield from of_others
    yield from _changes(page, head, conventions)
    if signed := closing_date(body.lines, conventions):
        yield DateOffer(value=signed.value, rule="line at the end")
    if scripted := _scripted_date(page, conventions):
        yield DateOffer(value=scripted.value, rule="script")


def _unmarked(page: Page, body: Body, title: str, conventions: Conventions) -> Iterator[DateOffer]:
    """Yield the dates of lines around the headline, and last those amid the text."""
    amid: list[tuple[DateReading, str]] = []
    changes: list[DateReading] = []
    for reading_of_blocks in body.readings:
        lines = [line for block in reading_of_blocks.blocks for line in _lines_shown(block)]
        place = _place_of(title, lines)
        if body.ruled and place < 0:  # further down it signs the text
            lines = lines[:2]
        for reading, rule in dates_near(lines[: _begun(body, lines, place)], place, conventions):
            yield DateOffer(value=reading.value, rule=rule)
        amid += dates_near(lines, place, conventions)
        changes += changes_near(lines, place, conventions)
    for reading, rule in _dates_outside(page, body, title, conventions):
        yield DateOffer(value=reading.value, rule=rule)
    if opening := opening_date(body.lines, conventions):
        yield DateOffer(value=opening.value, rule="place and day before the text")
    for reading in changes:
        yield DateOffer(value=reading.value, rule="change at the headline")
    for reading, rule in amid:
        yield DateOffer(value=reading.value, rule=rule)


def _begun(body: Body, lines: Sequence[str], place: int) -> int:
    """Return where the text goes on behind its first line, a lead: dates below are of other articles."""
    second = body.lines[1] if len(body.lines) > 1 else ""
    return next((index for index in range(place + 1, len(lines)) if lines[index] == second), len(lines))


def _lines_shown(block: Block) -> Sequence[str]:
    """Return the lines of *block*: a headline may hold the facts of its text behind a line break."""
    return block.text.split("\n") if block.frame.tag in _HEADLINES else (block.text,)


def _changes(page: Page, head: Head, conventions: Conventions) -> Iterator[DateOffer]:
    """Yield the days of an update on a page of China, which prints that of the publication so."""
    if page_country(page, head) in _CHINA:
        for reading, label in dates_behind_labels(page, conventions, CHANGE_LABELS):
            yield DateOffer(value=reading.value, rule=f"label {label}")


def _dates_outside(
    page: Page, body: Body, title: str, conventions: Conventions
) -> Iterator[tuple[DateReading, str]]:
    """Yield the dates around a headline that stands outside of its family's container."""
    inside = {block.text for reading in body.readings for block in reading.blocks}
    if not body.ruled or any(squeeze(line) == squeeze(title) for line in inside):
        return
    lines = [block.text for block in read_blocks(page.tree).blocks]
    place = _place_of(title, lines)
    end = next((index for index in range(place + 1, len(lines)) if lines[index] in inside), len(lines))
    if place >= 0:
        yield from dates_near(lines[:end], place, conventions)


def _scripted_date(page: Page, conventions: Conventions) -> DateReading | None:
    found = _SCRIPTED.search(page.text) if _NAMED_IN_SCRIPTS.found_in(page.utf8) else None
    return read_date(found[1], conventions) if found else None


def _place_of(title: str, lines: Sequence[str]) -> int:
    squeezed = squeeze(title)
    return next((index for index, line in enumerate(lines) if squeeze(line) == squeezed), -1)


def _ruled(page: Page, rules: Rules, conventions: Conventions) -> DateOffer | None:
    for value in values_of(page, rules.date):
        if _SECONDS.fullmatch(value):
            moment = datetime.fromtimestamp(int(value), UTC).astimezone(conventions.zone or UTC)
            return DateOffer(value=moment, rule="platform rule")
        if reading := read_date(value, conventions) or _compact_reading(value):
            return DateOffer(value=reading.value, rule="platform rule")
    return None


def _from_metas(head: Head, names: Sequence[str], conventions: Conventions) -> Iterator[DateOffer]:
    for name in names:
        value = head.metas.get(name)
        if value and (reading := read_date(value, conventions) or _compact_reading(value)):
            yield DateOffer(value=reading.value, rule=f"meta {_SPELLINGS.get(name, name)}")


_SPELLINGS = {"pubdate": "PubDate", "firstpublishedtime": "firstpublishedtime"}


def _compact_reading(value: str) -> DateReading | None:
    day = read_compact(value) if len(value) <= 40 else None
    return DateReading(value=day, start=0, end=len(value)) if day else None


def _in_time(value: date | datetime, now: datetime | None) -> bool:
    """Return whether *value* is no later than a day after the fetch; zones may lie that far apart."""
    if now is None:
        return True
    return day_of(value) <= (now + timedelta(days=1)).date()


def _past_noon(offers: Sequence[DateOffer]) -> DateOffer:
    """Return the first offer, or the one twelve hours later that shows that its clock had twelve hours."""
    first = offers[0]
    if isinstance(first.value, datetime):
        for other in offers[1:]:
            if (
                isinstance(other.value, datetime)
                and (other.value.tzinfo is None) == (first.value.tzinfo is None)
                and timedelta(0) <= other.value - first.value - _TWELVE_HOURS < timedelta(minutes=1)
                and other.day == first.day
            ):
                return other
    return first


def _times(moment: date | datetime, day: date | datetime) -> bool:
    """Return whether *moment* tells the time on *day*, with its zone."""
    return isinstance(moment, datetime) and moment.tzinfo is not None and moment.date() == day


def known_moment(value: date | datetime) -> date | datetime:
    """Return *value* without its time where the zone is unknown: half a moment is none."""
    return value.date() if isinstance(value, datetime) and value.tzinfo is None else value


def written(value: date | datetime) -> str:
    """Return *value* as candidates show it."""
    return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
