"""Texts that a page holds and does not show: for readers without scripts, as data, in fields, in scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from lxml import etree

from crawler.extract.dumps.dump_lines import lines_of_markdown
from crawler.extract.headlines.candidates import squeeze
from crawler.extract.kinds.rich_text import paragraphs_in
from crawler.extract.markup.head import Head
from crawler.extract.markup.page import Page, with_markup, without_scripting
from crawler.extract.markup.script_data import held_values, written_markup

_LEAST = 60  # characters of a text
_LEAST_PLAIN = 200  # without any markup, which what a page says of itself has none of, either
_LEAST_TITLE, _LONGEST_TITLE = 5, 300
_FIELDS = etree.XPath("//textarea/text() | //input[@type='hidden']/@value")
_BODY_NAME = re.compile(
    r"(?:article|news|page|post|doc)?_?(?:body|content|text|html|details?)(?:_?html)?", re.IGNORECASE
)
_MARKUP = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|br|mark|code|span)\b[^<>]{0,500}>", re.IGNORECASE)
_DAY_NAME = re.compile(
    r"_?(?:first_?)?(?:(?:publish|publication|post|release|display)(?:ed)?_?(?:at|on|date|time)?|date|pub_?(?:date|time))",
    re.IGNORECASE,
)
_LONGEST_DAY = 40
_TAG = re.compile(r"<[^<>]{1,2000}>")


def opened(page: Page, head: Head, kind: str) -> Iterator[tuple[str, Page]]:
    """Yield *page*, which shows no text and is of this *kind*, with a text that it holds set in its body.

    Beside it stands where the text was.
    """
    if kind == "empty-body" and (without := without_scripting(page)) is not None:
        yield "noscript", without
    if kind in ("empty-body", "shell"):
        where, markup = max(_held(page, head), key=lambda held: _length(held[1]), default=("", ""))
        if _length(markup) >= _LEAST:
            yield where, with_markup(page, f"{page.text}<main><article>{markup}</article></main>")


def _held(page: Page, head: Head) -> Iterator[tuple[str, str]]:
    """Yield where *page* holds texts, and the markup of each."""
    for item in head.schema:
        if isinstance(text := item.get("articleBody"), str):
            yield "schema articleBody", text if _MARKUP.search(text) else _paragraphs(text)
    for value in _FIELDS(page.tree):
        if _MARKUP.search(str(value)):
            yield "form field", str(value)
    yield "document.write", written_markup(page.tree)
    title = squeeze(head.meta("og:title") or head.title or "")
    for value in held_values(page.tree):
        if isinstance(value, dict) and _is_titled(value, title):
            named = (text for name, text in value.items() if _BODY_NAME.fullmatch(name))
            day = _day_in(value)
            yield from (("data of a script", day + _markup_of(text)) for text in named)


def _is_titled(record: dict[str, Any], title: str) -> bool:
    """Return whether *record* holds the *title* of the page: other texts in its data are banners."""
    told = (squeeze(text) for text in record.values() if isinstance(text, str) and len(text) < _LONGEST_TITLE)
    return any(len(text) >= _LEAST_TITLE and text in title for text in told)


def _day_in(record: dict[str, Any]) -> str:
    """Return the markup of the day that *record* says it was published on, which no reader sees."""
    named = (day for name, day in record.items() if isinstance(day, str) and _DAY_NAME.fullmatch(name))
    return next((f'<time datetime="{escape(day)}"></time>' for day in named if len(day) < _LONGEST_DAY), "")


def _markup_of(text: Any) -> str:
    """Return the markup of a *text* that is markup, lines of Markdown or the tree of an editor."""
    if not isinstance(text, str):
        said = paragraphs_in(text)
        return "".join(f"<p>{each if _INLINE.search(each) else escape(each)}</p>" for each in said)
    if _MARKUP.search(text):
        return text
    return _paragraphs("\n".join(lines_of_markdown(text))) if len(text) >= _LEAST_PLAIN else ""


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _length(markup: str) -> int:
    return len(" ".join(_TAG.sub(" ", markup).split()))
