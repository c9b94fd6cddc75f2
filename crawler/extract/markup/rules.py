"""A family's article rules, compiled once, and what they find on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.markup.path import Path, path_of
from crawler.extract.text import raw_text_of, text_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page
    from crawler.platforms import Platform

_LONGEST_VALUE = 400  # a longer text is no title, date or source


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`ArticleRules` with every path compiled, and the name of their family."""

    family: str
    title: tuple[Path, ...]
    date: tuple[Path, ...]
    source: tuple[Path, ...]
    author: tuple[Path, ...]
    editor: tuple[Path, ...]
    body: tuple[Path, ...]
    noise: tuple[Path, ...]
    overview: tuple[Path, ...]
    line_breaks_end_paragraphs: bool
    shared_container: bool


def family_of(page: Page, named: str | None) -> tuple[Platform, str] | None:
    """Return the platform that was *named*, or else the one that *page* shows, with the evidence."""
    # Families read lists and therefore import this package: their registry is imported when it is used.
    from crawler.platforms.registry import detect, platform_named

    return (platform_named(named), "named") if named else detect(page)


def rules_for(page: Page, named: str | None) -> tuple[Rules, str] | None:
    """Return the rules of the family of *page*, as `family_of` tells it, with the evidence."""
    found = family_of(page, named)
    return (rules_of(found[0]), found[1]) if found else None


def rules_of(platform: Platform) -> Rules:
    """Return the compiled rules of *platform*."""
    return _compiled(platform.name)


@lru_cache(maxsize=64)
def _compiled(name: str) -> Rules:
    from crawler.platforms.registry import platform_named

    article = platform_named(name).article
    return Rules(
        family=name,
        title=_paths(article.title),
        date=_paths(article.date),
        source=_paths(article.source),
        author=_paths(article.author),
        editor=_paths(article.editor),
        body=_paths(article.body),
        noise=_paths(article.noise),
        overview=_paths(article.overview),
        line_breaks_end_paragraphs=article.line_breaks_end_paragraphs,
        shared_container=article.shared_container,
    )


def _paths(expressions: Sequence[str]) -> tuple[Path, ...]:
    return tuple(path_of(expression) for expression in expressions)


def is_overview(page: Page, rules: Rules) -> bool:
    """Return whether *page* shows many articles by the word of its family."""
    return any(path.find(page) for path in rules.overview)


def values_of(page: Page, paths: Sequence[Path]) -> Iterator[str]:
    """Yield the texts that *paths* find on *page*, in their order."""
    for path in paths:
        for node in path.find(page):
            text = text_of(node)
            if text and len(text) <= _LONGEST_VALUE:
                yield text


def matching_rules(page: Page, rules: Rules) -> dict[str, str]:
    """Return for each field that *rules* find on *page* the first path that finds it."""
    found: dict[str, str] = {}
    for name in ("title", "date", "source", "author", "editor", "body"):
        paths: Sequence[Path] = getattr(rules, name)
        for path in paths:
            if any(map(_says_something, path.find(page))):
                found[name] = path.expression
                break
    return found


def _says_something(node: object) -> bool:
    return _has_text(node) if isinstance(node, etree._Element) else bool(str(node).strip())


def containers_of(page: Page, rules: Rules) -> list[etree._Element]:
    """Return the elements of the first body path that hold any text; none inside another."""
    for path in rules.body:
        found = [node for node in path.find(page) if isinstance(node, etree._Element)]
        if any(_has_text(node) for node in found):
            known = set(found)
            return [node for node in found if not any(parent in known for parent in node.iterancestors())]
    return []


def _has_text(node: etree._Element) -> bool:
    text = raw_text_of(node)
    return bool(text) and not text.isspace()


def noise_of(page: Page, rules: Rules, containers: Sequence[etree._Element]) -> frozenset[etree._Element]:
    """Return the elements inside *containers* that are no part of the body."""
    return frozenset(
        node
        for path in rules.noise
        for container in containers
        for node in path.find_below(page, container)
        if isinstance(node, etree._Element)
    )
