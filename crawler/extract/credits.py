"""Who a page says it is from: source, author and editor, each kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from crawler.extract.body.catalogue import CREDIT_LABELS
from crawler.extract.headlines.headline_credits import EASTERN, OFFICE, authors_near, offices_near
from crawler.extract.markup.head import Head
from crawler.extract.markup.page import Page
from crawler.extract.markup.rules import Rules, values_of
from crawler.extract.text import text_of
from crawler.extract.types import Candidate

LONGEST_VALUE = 60
_LONGEST_BARRED = 12  # of a name behind a label and a stroke; what is longer is a sentence
_LONGEST_NAME = 20  # characters of a source that only its class tells
_LOOK_AHEAD = 400  # characters of markup after a label


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where one field stands, beside behind its labels."""

    metas: tuple[str, ...]
    schema: str | None = None
    of_offices: bool = False  # takes a creator that is an office, not one that is a person


_CREATORS = ("dc.creator", "dcterms.creator")
_FIELDS = {
    "source": Field(
        metas=(
            "contentsource",
            "source",
            "article:publisher",
            "dc.publisher",
            "dcterms.publisher",
            "mediaid",
            *_CREATORS,
        ),
        schema="author",
        of_offices=True,
    ),
    "author": Field(
        metas=("author", "article:author", *_CREATORS, "parsely-author", "byl"),
        schema="author",
    ),
    "editor": Field(
        metas=("editor", "责任编辑"),
        schema="editor",
    ),
}
# What stands in these is no credit of the text: code, and whose a picture is ("Quelle: BBK").
_ELSEWHERE = (
    ("<script", "</script"),
    ("<style", "</style"),
    ("<!--", "-->"),
    ("<figcaption", "</figcaption"),
    ('class="picture', "</div"),
)
_TAGS = re.compile(r"<!--.{0,100}?-->|<[^<>]{0,300}>|&(?:nbsp|ensp|emsp|#160|#xa0);", re.IGNORECASE)
# A label is one only with its colon: "信息来源：", not "来源于".
_COLON = re.compile(r"(?:\s|&nbsp;|&#160;|</\w{1,10}>){0,3}[：:]")
# What ends a value: two blanks, a bracket or bar, the next label.
_VALUE_END = re.compile(
    r"[\s\u3000]{2,}|\s原创稿|\s(?:19|20)\d\d\s?[-年/.]\s?\d|[|｜【】\[\]()（）<>;；。]|[\u4e00-\u9fff]{2,6}[：:]"
    r"|\b(?:Published|Updated|Date|Views?|(?:Font|Text) [Ss]ize|Datum|Fecha|Data|Дата)\b"
)
_EMPTY_VALUE = re.compile(r"[\W_\d]*|.{0,20}〔\d{4}〕.*")  # or a document's number: the label has no value
# What systems call those who name nobody.
_ACCOUNTS = frozenset(
    "admin|administrator|webmaster|root|user|superuser|super user|sysadmin|site admin|web admin|editor"
    "|管理员|系统管理员|超级管理员|管理者|관리자|최고관리자".split("|")
)
_SOURCES = ("source", "news-source", "article-source")
_CELLS = {"th": "td", "dt": "dd"}  # a label, and what it tells
_MOST_CELLS = _MOST_FIELDS = 40
_BEFORE_LABEL = 12  # characters
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,60}\.){1,4}[a-z]{2,6}", re.IGNORECASE)  # of a site: no person
_ACCOUNT = re.compile(r"[a-z][a-z0-9._-]{2,30}")  # jgarcia, admin2: nobody, unless a page shows it
_BY = re.compile(r"[Bb]y:?\s+(?=[^\W\d_a-z])")  # before the name that a meta states
_DEPARTMENT = re.compile(r"[가-힣·\s]{3,20}(?:과|실|국|단|팀|청|처|부|센터|본부|위원회|사업소)")  # in Korea
_OF_THE_SITE = re.compile(r"(?:tổng|главный|головний|chief|managing)\s$", re.IGNORECASE)  # an editor
_ADDRESS = re.compile(r"https?://|www\.|@", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """Source, author and editor, with every candidate and its rule."""

    source: str | None = None
    author: str | None = None
    editor: str | None = None
    candidates: tuple[Candidate, ...] = ()


def read_credits(
    head: Head,
    page: Page,
    rules: Rules | None,
    language: str | None,
    near: Sequence[str] = (),
    *,
    closing: Sequence[str] = (),
    signed: str | None = None,
) -> Credits:
    """Return who the page is from: by its family, its metas, schema.org, else by a label in the text.

    *near* are the lines at the headline, of which one may name the author ("By Maria Lopez"), *closing* those
    that were taken off at the end of the text; *signed* is who signed it.
    """
    ruled = {
        name: tuple(islice(values_of(page, getattr(rules, name)), 1)) if rules else () for name in _FIELDS
    }
    offers = {name: _offers(name, ruled[name], head, page, language) for name in _FIELDS}
    found = _by_custom(language, offers, (*near, *closing))
    found["source"] = found["source"] or list(offices_near(near, language))
    labels = _labels_of("author", language)
    found["author"] = _without_accounts(found["author"], page, labels, (*near, *closing))
    if signed and not found["author"]:
        found["author"] = [Candidate(field="author", value=signed, rule="signature")]
    if _repeats("source", found):
        found["author"] = [*_cleaned("author", _labelled(page, labels), labels), *found["author"]]
    if _repeats("editor", found):  # who entered the text
        found["author"] = found["author"][1:]
    authors = found["author"] or list(authors_near(near, language))
    site = head.metas.get("og:site_name") or ""
    return _credits(found | {"author": [replace(each, value=_without(site, each.value)) for each in authors]})


def _by_custom(
    language: str | None, found: dict[str, list[Candidate]], lines: Sequence[str]
) -> dict[str, list[Candidate]]:
    """Return *found* with what only pages in *language* tell so, those in Chinese by strokes in *lines*."""
    if language == "zh":
        return {name: offers or list(_behind_bars(name, lines)) for name, offers in found.items()}
    return _with_departments(found) if language == "ko" else found


def _with_departments(found: Mapping[str, list[Candidate]]) -> dict[str, list[Candidate]]:
    """Return *found* with the departments that Korean boards name as those who wrote as the source."""
    departments = [offer for offer in found["author"] if _DEPARTMENT.fullmatch(offer.value)]
    authors = [offer for offer in found["author"] if offer not in departments]
    source = found["source"] or [replace(offer, field="source") for offer in departments]
    return {**found, "author": authors, "source": source}


def _without(site: str, author: str) -> str:
    """Return *author* without the name of the *site* behind it, for which somebody writes."""
    return author.removesuffix(f" {site}").rstrip(" ,|-–") if site else author


def _without_accounts(
    authors: Sequence[Candidate], page: Page, labels: Sequence[str], lines: Sequence[str]
) -> list[Candidate]:
    """Return *authors* without accounts that none of *lines* shows, or else those that labels name."""
    shown = [offer for offer in authors if _is_shown(offer.value, lines)]
    if authors and not shown:
        return list(_cleaned("author", _labelled(page, labels), ()))
    return shown


def _is_shown(author: str, lines: Iterable[str]) -> bool:
    """Return whether *author* is no account that a page keeps to itself."""
    return _ACCOUNT.fullmatch(author) is None or any(author in line for line in lines)


def _behind_bars(name: str, lines: Iterable[str]) -> Iterator[Candidate]:
    """Yield what *lines* name behind a label and a stroke, as Chinese editors write: 来源丨新华社."""
    found = (match for line in lines for match in _barred(name).finditer(line))
    yield from _cleaned(name, ((match[2], f"label {match[1]}") for match in found), ())


@lru_cache(maxsize=8)
def _barred(name: str) -> re.Pattern[str]:
    labels = "|".join(map(re.escape, CREDIT_LABELS[name]["zh"]))
    any_label = "|".join(re.escape(label) for each in CREDIT_LABELS.values() for label in each["zh"])
    value = rf"(?!(?:{any_label})(?!\S))[^\s/／丨｜|:：]{{2,{_LONGEST_BARRED}}}(?!\S)"
    return re.compile(rf"(?<!\S)({labels})\s?[/／丨｜|]\s?({value})")


def _repeats(name: str, found: Mapping[str, Sequence[Candidate]]) -> bool:
    """Return whether the author that a meta states is but the page's source or its editor, as *name* says."""
    author, other = (next(iter(found[each]), None) for each in ("author", name))
    return bool(author and other and author.value == other.value and author.rule.startswith("meta "))


def credits_in(lines: Iterable[str], language: str | None, near: Sequence[str] = ()) -> Credits:
    """Return who *lines* that stood around a text say that it is from, each by its label.

    *near* are the lines at its headline, of which one may name the author without a label.
    """
    text = "\n\n".join(lines)
    found = {
        name: list(_cleaned(name, _behind_labels(text, labels), labels))
        for name in _FIELDS
        for labels in [_labels_of(name, language)]
    }
    found["source"] = found["source"] or list(offices_near(near, language))
    return _credits(found | {"author": found["author"] or list(authors_near(near, language))})


def _credits(found: Mapping[str, Sequence[Candidate]]) -> Credits:
    values = {name: offers[0].value if offers else None for name, offers in found.items()}
    return Credits(
        source=values["source"],
        author=values["author"],
        editor=values["editor"],
        candidates=tuple(offer for offers in found.values() for offer in offers),
    )


def _offers(name: str, ruled: Iterable[str], head: Head, page: Page, language: str | None) -> list[Candidate]:
    labels = _labels_of(name, language)
    offers = list(_cleaned(name, _declared(ruled, head, _FIELDS[name]), labels))
    # The whole page is searched for labels only where nothing better tells.
    offers = offers or list(_cleaned(name, _labelled(page, labels), labels))
    offers = offers or list(_cleaned(name, _in_fields(page, labels), labels))
    if not offers and language in EASTERN:
        shown = [label for label in labels if label in page.elements.text]
        beside = chain(_in_cells(page, shown), _in_items(page, shown)) if shown else ()
        offers = list(_cleaned(name, beside, labels))
    if not offers and name == "source" and language == "zh":  # where Chinese portals print it without a label
        marked = (element for name in _SOURCES for element in page.elements.with_class(name)[:2])
        named = ((text_of(element), "class source") for element in marked)
        offers = list(_cleaned(name, (each for each in named if len(each[0]) <= _LONGEST_NAME), labels))
    return offers


@lru_cache(maxsize=256)
def _labels_of(name: str, language: str | None) -> Sequence[str]:
    """Return the labels that a page in *language* may have for a field: its own, and English ones."""
    labels = CREDIT_LABELS[name]
    languages = (
        labels if language is None else dict.fromkeys((language,) if language == "zh" else (language, "en"))
    )
    return list(dict.fromkeys(label for each in languages for label in labels.get(each, ())))


def _cleaned(name: str, values: Iterable[tuple[str, str]], labels: Sequence[str]) -> Iterator[Candidate]:
    seen: set[str] = set()
    for value, rule in values:
        cleaned = clean_value(value, labels)
        if cleaned and name == "author":
            cleaned = _BY.sub("", cleaned)
        if cleaned and cleaned not in seen and not (name != "source" and _DOMAIN.fullmatch(cleaned)):
            seen.add(cleaned)
            yield Candidate(field=name, value=cleaned, rule=rule)


def _declared(ruled: Iterable[str], head: Head, field: Field) -> Iterator[tuple[str, str]]:
    for value in ruled:
        yield value, "family"
    for name in field.metas:
        content = head.meta(name)
        if content and (name not in _CREATORS or field.of_offices == bool(OFFICE.search(content))):
            yield content, f"meta {name}"
    if field.schema:
        for item in head.schema:
            for name in _names(item.get(field.schema), offices=field.of_offices):
                yield name, f"schema.org {field.schema}"


def _labelled(page: Page, labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    shown = page.elements.before_colons  # little of the markup, and quickly searched
    return _behind_labels(page.text, [label for label in labels if label in shown])


def _in_fields(page: Page, labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands in the field behind one of *labels*, as Drupal prints fields: without a colon."""
    for element in page.elements.with_class("field__label")[:_MOST_FIELDS]:
        label, value = text_of(element).rstrip(":： "), element.getnext()
        if value is not None and label in labels:
            yield text_of(value), f"label {label}"


def _in_cells(page: Page, labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands in the cell behind one that is a label: it needs no colon there."""
    for tag, value in _CELLS.items():
        for cell in page.elements.with_tag(tag)[:_MOST_CELLS]:
            behind = cell.getnext()
            if behind is not None and behind.tag == value and (label := text_of(cell)) in labels:
                yield text_of(behind), f"cell {label}"


def _in_items(page: Page, labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands in an item of a list behind one of *labels*, which has its own element there."""
    for item in page.elements.with_tag("li"):
        first = next(iter(item), None)
        if first is None or (label := (first.text or "").strip()) not in labels:
            continue
        behind = first.getnext()
        if value := (first.tail or "").strip() or (text_of(behind) if behind is not None else ""):
            yield value, f"item {label}"


def _behind_labels(text: str, labels: Iterable[str]) -> Iterator[tuple[str, str]]:
    for label in labels:
        if (follows := labelled(text, label)) is not None:
            yield follows, f"label {label}"


def _names(value: Any, *, offices: bool) -> Iterator[str]:
    """Yield the names in *value*: those of *offices*, which are said to be organisations, or all others."""
    if isinstance(value, str) and not offices:
        yield value
    elif isinstance(value, dict):
        kind, name = value.get("@type"), value.get("name")
        if isinstance(name, str) and (isinstance(kind, str) and kind.endswith("Organization")) == offices:
            yield name
    elif isinstance(value, list):
        for entry in value[:5]:
            yield from _names(entry, offices=offices)


_MOST_LABELS = 20  # each look-back for a script may cross the whole page


def labelled(markup: str, label: str) -> str | None:
    """Return what follows the first *label* with a colon outside of scripts and captions, without tags."""
    start = 0
    for _ in range(_MOST_LABELS):
        if (found := markup.find(label, start)) < 0:
            break
        start = found + len(label)
        before = markup[max(0, found - _BEFORE_LABEL) : found] or " "
        colon = _COLON.match(markup, start)
        other = before[-1].isalpha() or _OF_THE_SITE.search(before)
        if colon and not other and not _is_elsewhere(markup, found):
            return _TAGS.sub("  ", markup[colon.end() : colon.end() + _LOOK_AHEAD]).strip()
    return None


def _is_elsewhere(markup: str, place: int) -> bool:
    """Return whether *place* lies inside a script, a style, a comment or the caption of a picture."""
    for begin, end in _ELSEWHERE:
        opened = markup.rfind(begin, 0, place)
        if opened >= 0 and markup.find(end, opened, place) < 0:
            return True
    return False


def clean_value(value: str, labels: Sequence[str] = ()) -> str | None:
    """Return *value* cut where it ends, or None where it says nobody's name."""
    value = value.strip().lstrip("：: ")
    for label in labels:
        value = value.removeprefix(label).lstrip("：: ")
    end = _VALUE_END.search(value)
    value = " ".join((value[: end.start()] if end else value).split()).strip('：:，,、-–|"“” ')
    nobody = value.lower() in _ACCOUNTS or _EMPTY_VALUE.fullmatch(value) or _ADDRESS.search(value)
    return None if not value or len(value) > LONGEST_VALUE or nobody else value
