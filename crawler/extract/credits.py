"""Who a page says it is from: source, author and editor, each kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.extract.head import Head
from crawler.extract.page import Page
from crawler.extract.rules import Rules, values_of
from crawler.extract.types import Candidate

LONGEST_VALUE = 60
_LOOK_AHEAD = 400  # characters of markup after a label

SOURCE_METAS = (
    "contentsource",
    "source",
    "article:publisher",
    "dc.publisher",
    "dcterms.publisher",
    "mediaid",
)
AUTHOR_METAS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)
EDITOR_METAS = ("editor", "责任编辑")
# A label is one only with its colon, and in front of it no letter: "信息来源：", not "来源于".
SOURCE_LABELS = ("来源", "信息来源", "文章来源", "稿件来源", "内容来源", "供稿单位", "Source", "Quelle")
AUTHOR_LABELS = ("作者", "撰稿", "通讯员", "记者", "Author", "Written by", "Autor", "Auteur")
EDITOR_LABELS = ("责任编辑", "责编", "编辑", "Editor", "Redaktion")

_TAGS = re.compile(r"<[^<>]{0,300}>|&(?:nbsp|ensp|emsp|#160|#xa0);", re.IGNORECASE)
# What ends a value: two blanks, a bracket or bar, the next label.
_VALUE_END = re.compile(
    r"[\s\u3000]{2,}|[|｜【】\[\]()（）<>;；。]|[\u4e00-\u9fff]{2,6}[：:]|\b(?:Published|Updated|Date|Views?)\b"
)
_EMPTY_VALUE = re.compile(r"[\W_\d]*")
_ADDRESS = re.compile(r"https?://|www\.|@", re.IGNORECASE)
_SCRIPT = re.compile(
    r"<script\b[^>]{0,500}>.*?</script\s*>|<style\b[^>]{0,500}>.*?</style\s*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """Source, author and editor, with every candidate and its rule."""

    source: str | None = None
    author: str | None = None
    editor: str | None = None
    candidates: tuple[Candidate, ...] = ()


def read_credits(head: Head, page: Page, rules: Rules | None) -> Credits:
    """Return who the page is from; the values that a family's rules find come first."""
    markup = without_scripts(page.text)
    source, author, editor = (
        tuple(values_of(page.tree, paths)) if rules else ()
        for paths in ((rules.source, rules.author, rules.editor) if rules else ((), (), ()))
    )
    sources = _offers("source", source, head, SOURCE_METAS, markup, SOURCE_LABELS)
    authors = _offers("author", author, head, AUTHOR_METAS, markup, AUTHOR_LABELS, schema="author")
    editors = _offers("editor", editor, head, EDITOR_METAS, markup, EDITOR_LABELS, schema="editor")
    return Credits(
        source=sources[0].value if sources else None,
        author=authors[0].value if authors else None,
        editor=editors[0].value if editors else None,
        candidates=(*sources, *authors, *editors),
    )


def without_scripts(markup: str) -> str:
    """Return *markup* without scripts, styles and comments: labels inside them are code."""
    return _SCRIPT.sub(" ", markup)


def _offers(
    field: str,
    ruled: Iterable[str],
    head: Head,
    metas: Sequence[str],
    markup: str,
    labels: Sequence[str],
    schema: str | None = None,
) -> tuple[Candidate, ...]:
    offers: dict[str, Candidate] = {}
    for value, rule in _values(ruled, head, metas, markup, labels, schema):
        cleaned = clean_value(value, labels)
        if cleaned:
            offers.setdefault(cleaned, Candidate(field=field, value=cleaned, rule=rule))
    return tuple(offers.values())


def _values(
    ruled: Iterable[str],
    head: Head,
    metas: Sequence[str],
    markup: str,
    labels: Sequence[str],
    schema: str | None,
) -> Iterator[tuple[str, str]]:
    for value in ruled:
        yield value, "family"
    for name in metas:
        if content := head.meta(name):
            yield content, f"meta {name}"
    if schema:
        for item in head.schema:
            for name in _names(item.get(schema)):
                yield name, f"schema.org {schema}"
    for label in labels:
        if (follows := labelled(markup, label)) is not None:
            yield follows, f"label {label}"


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _names(value.get("name"))
    elif isinstance(value, list):
        for entry in value[:5]:
            yield from _names(entry)


def labelled(markup: str, label: str) -> str | None:
    """Return what follows the first *label* with a colon, without the tags between."""
    start = 0
    while (found := markup.find(label, start)) >= 0:
        start = found + len(label)
        before = markup[found - 1] if found else " "
        rest = markup[start : start + 3].lstrip()
        if rest[:1] in ("：", ":") and not before.isalpha():
            after = markup[start : start + _LOOK_AHEAD]
            return _TAGS.sub("  ", after.lstrip()[1:]).strip()
    return None


def clean_value(value: str, labels: Sequence[str] = ()) -> str | None:
    """Return *value* cut where it ends, or None where it says nobody's name."""
    value = value.strip().lstrip("：: ")
    for label in labels:
        value = value.removeprefix(label).lstrip("：: ")
    end = _VALUE_END.search(value)
    value = " ".join((value[: end.start()] if end else value).split()).strip("：:，,、-–| ")
    if not value or len(value) > LONGEST_VALUE or _EMPTY_VALUE.fullmatch(value) or _ADDRESS.search(value):
        return None
    return value
