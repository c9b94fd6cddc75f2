"""A family's article rules, compiled once, and what they find on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.text import text_of

if TYPE_CHECKING:
    from crawler.extract.page import Page
    from crawler.platforms import Platform

_LONGEST_VALUE = 400  # a longer text is no title, date or source


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`ArticleRules` with every path compiled."""

    title: tuple[etree.XPath, ...]
    date: tuple[etree.XPath, ...]
    source: tuple[etree.XPath, ...]
    author: tuple[etree.XPath, ...]
    editor: tuple[etree.XPath, ...]
    body: tuple[etree.XPath, ...]
    noise: tuple[etree.XPath, ...]
    line_breaks_end_paragraphs: bool
    shared_container: bool


def family_of(page: Page, named: str | None) -> tuple[Platform, str] | None:
    """Return the platform that was *named*, or else the one that *page* shows, with the evidence."""
    # Families read lists and therefore import this package: their registry is imported when it is used.
    from crawler.platforms.registry import detect, platform_named

    return (platform_named(named), "named") if named else detect(page)


def rules_of(platform: Platform) -> Rules:
    """Return the compiled rules of *platform*."""
    return _compiled(platform.name)


@lru_cache(maxsize=64)
def _compiled(name: str) -> Rules:
    from crawler.platforms.registry import platform_named

    article = platform_named(name).article
    return Rules(
        title=_paths(article.title),
        date=_paths(article.date),
        source=_paths(article.source),
        author=_paths(article.author),
        editor=_paths(article.editor),
        body=_paths(article.body),
        noise=_paths(article.noise),
        line_breaks_end_paragraphs=article.line_breaks_end_paragraphs,
        shared_container=article.shared_container,
    )


def _paths(expressions: Sequence[str]) -> tuple[etree.XPath, ...]:
    return tuple(etree.XPath(expression) for expression in expressions)


def values_of(tree: etree._Element, paths: Sequence[etree.XPath]) -> Iterator[str]:
    """Yield the texts that *paths* find, in their order."""
    for path in paths:
        found = path(tree)
        for node in found if isinstance(found, list) else [found]:
            text = text_of(node)
            if text and len(text) <= _LONGEST_VALUE:
                yield text


def containers_of(tree: etree._Element, rules: Rules) -> list[etree._Element]:
    """Return the elements of the first body path that hold any text; none inside another."""
    for path in rules.body:
        found = [node for node in path(tree) if isinstance(node, etree._Element)]
        if any(_has_text(node) for node in found):
            known = set(found)
            return [node for node in found if not any(parent in known for parent in node.iterancestors())]
    return []


def _has_text(node: etree._Element) -> bool:
    return any(not part.isspace() for part in node.itertext() if part)


def noise_of(tree: etree._Element, rules: Rules) -> frozenset[etree._Element]:
    """Return the elements that are taken out of the body."""
    return frozenset(node for path in rules.noise for node in path(tree) if isinstance(node, etree._Element))
