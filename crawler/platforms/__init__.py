"""Families of sites on one CMS, as data: how to know them, where things stand, how their lists page.

One module a family declares one `Platform`; `registry.py` gathers them in order of detection.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from re import Pattern

from crawler.extract.markup.page import Page
from crawler.extract.types import ExtractedList


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What gives a family away; the first sign that is met is the evidence that is kept."""

    generator: Pattern[str] | None = None  # of <meta name="generator">
    url: Pattern[str] | None = None
    ids: tuple[str, ...] = ()  # of any element
    classes: tuple[str, ...] = ()  # single tokens of class attributes
    text: tuple[str, ...] = ()  # plain strings anywhere in the decoded page
    xpath: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRules:
    """Where an article's parts stand: absolute XPath 1.0, the first that finds text wins."""

    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()  # text or attribute to read a date from
    source: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    body: tuple[str, ...] = ()  # the container of the body
    noise: tuple[str, ...] = ()  # taken out of the container before it is read
    overview: tuple[str, ...] = ()  # what only pages that show many articles have
    line_breaks_end_paragraphs: bool = False  # one <br> is enough
    shared_container: bool = False  # themes put more than the text into it: its lines are judged one by one


ListReader = Callable[[Page], ExtractedList]


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One family of sites."""

    name: str
    signs: Signs = field(default_factory=Signs)
    article: ArticleRules = field(default_factory=ArticleRules)
    read_list: ListReader | None = None  # None: the generic list reader
