"""Dates that a reader sees near the headline: in time elements, in elements named for one, in lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice

from lxml import etree

from crawler.extract.dates.date_labels import LABEL
from crawler.extract.dates.day_lines import BESIDE_A_DAY, SENTENCE_END, is_day_alone, opens
from crawler.extract.dates.written import Conventions, DateReading, read_date, read_relative
from crawler.extract.lines.hints import Hint, hints_of_attributes, hints_of_tag
from crawler.extract.text import brief_text_of, squeeze, text_of

_HEADS = frozenset({"h1", "h2", "h3", "time"})
_NAMEABLE = frozenset("span div p td li small em h4 h5 h6 a ul dd date publishtime".split())
_NAMED = re.compile(
    "[Dd]ate|[Dd]atum|[Tt]ime|ublish|ublication|posted|[Mm]eta|info|author|yline|stand|subhead|created|source"
    "|fecha|laiyuan"
)
_IDENTIFIED = re.compile("[Dd]ate|time|publish")
_PROPERTY = re.compile("datePublished|dateCreated|dc:date")
CHANGED = re.compile(
    r"updated|modified|aktualisiert|geändert|änderung|mis à jour|actualiz|修改|更新|reviewed|stand\b"
    r"|آخر تحديث|تم التحديث|uppdaterad|opdateret|oppdatert|päivitetty|gewijzigd|bijgewerkt|atualizad|aggiornat"
    r"|обновлен|оновлен|aktualizac|aktualizov|güncelleme|ενημέρωσ|frissít",
    re.IGNORECASE,
)
# Of this very answer, not of its text.
_OF_THE_ANSWER = re.compile(
    r"\b(?:printed|generated|rendered|retrieved|accessed|current (?:date|time)|today(?:.s date)? is|gedruckt|heute ist"
    r"|imprimé|généré)\b",
    re.IGNORECASE,
)
_ELSEWHERE = Hint.NAVIGATION | Hint.FOOTER | Hint.COMMENTS | Hint.ASIDE | Hint.POPUP | Hint.FORM
_GLUED = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\d{1,2}(?::\d\d|\s?min))")  # 3 November 20263 min read
_STROKE = re.compile(r"(?<=[时日][间期])\s?[/／]\s?(?=(?:19|20)\d\d)")  # 时间/2026-11-03
_NEAR = 25  # marked elements after the headline that may still carry its date
_FARTHER = 8  # lines below those, that may be the day and nothing else
_ERA = re.compile("令和|平成")  # over whom to ask, which Japan's ministries print above the headline
_ABOVE = 5  # lines over the headline: a kicker, the date, credits, counters of comments and of views
_LONGEST = 240
_LONGEST_CHANGE = 60
_MOST_MARKED = 3000  # elements
_TEASER = 3  # elements around a date, and headings in them, that may be another article's
_WHOLE = frozenset({"body", "main"})
_AROUND_A_DAY = 3  # characters: brackets, a stroke
_ROWS, _LEAST_HEADLINE = frozenset({"li", "div", "article", "p"}), 24
OF_OTHERS = "date beside another headline"


def marked_dates(
    tree: etree._Element, title: str, conventions: Conventions
) -> Iterator[tuple[DateReading, str]]:
    """Yield the dates of marked elements, those that follow the headline first, then those above it."""
    nodes = list(islice(filter(_is_marked, tree.iter(etree.Element)), _MOST_MARKED))
    squeezed = squeeze(title)
    place = next((index for index, node in enumerate(nodes) if _is_headline(node, squeezed)), None)
    if place is None:
        following, above = nodes, []
    else:
        following = nodes[place + 1 : place + 1 + _NEAR]
        above = nodes[max(0, place - _NEAR) : place + 1][::-1]
    changed: list[tuple[DateReading, str]] = []
    of_others: list[tuple[DateReading, str]] = []
    for node in (*following, *above):
        if node.tag in ("h1", "h2") or (found := _date_of(node, conventions)) is None:
            continue
        around = _hints_around(node)
        if around & _ELSEWHERE:
            continue
        if (
            not _is_named_published(node)
            and CHANGED.search(text := brief_text_of(node))
            and not LABEL.search(text)
        ):
            changed.append((found, "marked change"))
        elif around & Hint.RELATED or _is_beside_another_headline(node, squeezed):
            of_others.append((found, OF_OTHERS))
        else:
            yield found, "marked date"
    yield from of_others
    yield from changed


def _is_beside_another_headline(node: etree._Element, title: str) -> bool:
    """Return whether *node* dates the article that a headline right beside it leads to."""
    if _is_in_row(node):
        return True
    for outer in islice(node.iterancestors(), _TEASER):
        if outer.tag in _WHOLE:
            return False
        headings = list(islice(outer.iter("h1", "h2", "h3", "h4"), _TEASER))
        if any(_is_headline(heading, title) for heading in headings):
            return False
        if any(map(_leads_elsewhere, headings)):
            return True
    return False


def _is_in_row(node: etree._Element) -> bool:
    """Return whether a date and a link as long as a headline are all that stands around *node*."""
    row = node.getparent()
    links = list(islice(row.iter("a"), 2)) if row is not None and row.tag in _ROWS else []
    linked = len(text_of(links[0])) if len(links) == 1 else 0
    return linked >= _LEAST_HEADLINE and len(text_of(row)) <= linked + len(text_of(node)) + _AROUND_A_DAY


def _leads_elsewhere(heading: etree._Element) -> bool:
    around = islice(heading.iterancestors(), _TEASER)
    return heading.find(".//a") is not None or any(outer.tag == "a" for outer in around)


def shown_for(tree: etree._Element, moment: datetime, conventions: Conventions) -> date | datetime | None:
    """Return *moment* on the clock of a time element that states it, or the day that it shows to readers."""
    for node in islice(tree.iter("time"), _NEAR):
        stated = read_date(node.get("datetime") or "", conventions)
        if stated is not None and stated.value == moment and (shown := read_date(text_of(node), conventions)):
            return stated.value if stated.day == shown.day else shown.day
    return None


def _is_marked(element: etree._Element) -> bool:
    """Return whether *element* is a headline, or by its tag or attributes one that tells a time."""
    tag = element.tag
    if tag in _HEADS:
        return True
    for name, value in element.items():
        if (
            (name == "class" and tag in _NAMEABLE and _names_a_time(value))
            or (name == "id" and _IDENTIFIED.search(value))
            or (name == "itemprop" and value in ("datePublished", "dateCreated"))
            or (name == "property" and _PROPERTY.search(value))
        ):
            return True
    return False


@lru_cache(maxsize=4096)
def _names_a_time(name: str) -> bool:
    return _NAMED.search(name) is not None


def _is_named_published(node: etree._Element) -> bool:
    return "datePublished" in (node.get("itemprop") or node.get("property") or "")


def _is_headline(node: etree._Element, title: str) -> bool:
    if not title or node.tag not in ("h1", "h2", "h3"):
        return False
    text = squeeze(brief_text_of(node))
    return text == title or (node.tag == "h1" and text.startswith(title))  # with its section in small print


def _date_of(node: etree._Element, conventions: Conventions) -> DateReading | None:
    for name in ("datetime", "content"):
        if (value := node.get(name)) and (reading := read_date(value, conventions)):
            return reading
    text = brief_text_of(node)
    if not text or len(text) > _LONGEST:
        return None
    if reading := read_date(text, conventions):
        return _stated_within(node, reading, conventions)
    if len(node) > 1 and (reading := read_date(" ".join(node.itertext()), conventions)):  # a part in each
        return reading
    moment = read_relative(text, conventions) if len(text) < 60 else None
    return DateReading(value=moment, start=0, end=len(text)) if moment else None


def _stated_within(node: etree._Element, shown: DateReading, conventions: Conventions) -> DateReading:
    """Return the moment that a time element in *node* states for machines, on the day that is *shown*."""
    inner = node.find(".//time[@datetime]")
    stated = read_date(inner.get("datetime") or "", conventions) if inner is not None else None
    return stated if stated and stated.day == shown.day else shown


def _hints_around(node: etree._Element) -> int:
    """Return what the elements around *node* say of the part of the page that it stands in."""
    hints = 0
    for depth, outer in enumerate(node.iterancestors()):
        if depth > 6 or not isinstance(outer.tag, str) or outer.tag in ("body", "html", "main", "article"):
            break
        names = (outer.get("class") or "", outer.get("id") or "")
        hints |= hints_of_tag(outer.tag) | hints_of_attributes(*names)
    return hints


def dates_near(
    lines: Sequence[str], place: int, conventions: Conventions
) -> Iterator[tuple[DateReading, str]]:
    """Yield dates of short lines around the headline at *place*, below it first."""
    below = lines[place + 1 : place + 7]
    above = lines[max(0, place - _ABOVE) : place][::-1] if place >= 0 else []
    for line in map(_unglued, (*below, *above)):
        of_others = _OF_THE_ANSWER.search(line) if len(line) <= 140 else True
        if not of_others and (reading := read_date(line, conventions)) and not _is_of_a_change(line, reading):
            alone = reading.end - reading.start >= len(line) - BESIDE_A_DAY
            if line.endswith(SENTENCE_END) and not (alone or opens(line, reading)):
                continue  # what a sentence tells of
            yield reading, "line at the headline"
    for line in map(_unglued, lines[place + 7 : place + 7 + _FARTHER] if place >= 0 else ()):
        if is_day_alone(line) and not CHANGED.search(line) and (reading := read_date(line, conventions)):
            yield reading, "line below the headline"
    for line in lines[max(0, place - _ABOVE - _FARTHER) : max(0, place - _ABOVE)][::-1]:
        if _ERA.match(line) and is_day_alone(line) and (reading := read_date(line, conventions)):
            yield reading, "line above the headline"


def changes_near(lines: Sequence[str], place: int, conventions: Conventions) -> Iterator[DateReading]:
    """Yield the days of the last change that short lines below the headline at *place* tell."""
    for line in lines[place + 1 : place + 7]:
        told = CHANGED.search(line) if len(line) <= _LONGEST_CHANGE else None
        if told and (reading := read_date(line, conventions)) and reading.end >= len(line) - BESIDE_A_DAY:
            yield reading


def _is_of_a_change(line: str, reading: DateReading) -> bool:
    """Return whether *line* says of the day that was read in it that its text was changed then.

    "Updated: 3 May" does and so does "3 May, updated"; "1 May, updated: 3 May" says so of the second.
    """
    word = CHANGED.search(line)
    if word is None or word.start() < reading.start:
        return word is not None
    return read_date(line[word.end() :]) is None


def _unglued(line: str) -> str:
    """Return *line* with a blank where only a page's style or a stroke sets a date apart from what it is beside."""
    return _STROKE.sub(" ", _GLUED.sub(r"\1 ", line)) if len(line) <= _LONGEST else line
