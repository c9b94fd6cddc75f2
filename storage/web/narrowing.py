"""Queries narrowed and widened by a click: a term put into a query, or taken out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from storage.rows import Facets
from storage.search.query_language import PLAIN, Equals, parse, read_range
from storage.web.questions import address

TERM = re.compile(r'(?:(?:site|section|source|lang|state|story|published):(?:"[^"]*"|[^\s()"|]+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a facet: following it gives `query`; `chosen` if the query has the term already."""

    label: str
    articles: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The values of one facet."""

    title: str
    choices: tuple[Choice, ...]


def groups(query: str, found: Facets) -> list[Group]:
    """Return the facets of *query* as groups of choices; those without a choice are left out."""
    made = (
        Group(title="Site", choices=_choices(query, "site", found.sites)),
        Group(title="Month", choices=_choices(query, "published", sorted(found.months, reverse=True))),
        Group(title="Source", choices=_choices(query, "source", found.sources)),
    )
    return [group for group in made if group.choices]


def chosen_terms(query: str) -> list[tuple[str, str]]:
    """Return each narrowing term of *query* with the query that lacks it."""
    return [(term, without(query, term)) for term in TERM.findall(query)]


def _choices(query: str, field: str, values: Iterable[tuple[str, int]]) -> tuple[Choice, ...]:
    return tuple(_choice(query, term_of(field, value), value, articles) for value, articles in values)


def _choice(query: str, term: str, label: str, articles: int) -> Choice:
    chosen = term in TERM.findall(query)
    return Choice(
        label=label,
        articles=articles,
        chosen=chosen,
        query=without(query, term) if chosen else f"{query} {term}".strip(),
    )


def term_of(field: str, value: str) -> str:
    """Return the term that asks for *value* in *field*."""
    term = f"{field}:{value}"
    if parse(term) in {Equals(field, value), read_range(value)}:
        return term
    return f'{field}:"{" ".join(value.translate(PLAIN).replace(chr(34), " ").split())}"'


def address_of(site: str, section: str | None = None) -> str:
    """Return where the articles of a site are found, or those of one of its sections."""
    terms = [term_of("site", site), *([term_of("section", section)] if section else [])]
    return address("/", {"q": " ".join(terms)})


def without(query: str, term: str) -> str:
    """Return *query* without the first *term*."""
    return " ".join(query.replace(term, " ", 1).split())
