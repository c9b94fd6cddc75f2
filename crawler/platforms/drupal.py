"""Drupal 7 and later: views in a page, or in the answer of `/views/ajax`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin

from crawler.extract.types import ExtractedList, ListRequest
from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.answers import Json, fragment_page, json_of, rows_at, text_at
from crawler.platforms.listing import read_any_list
from crawler.platforms.lists.cuts import cut
from crawler.platforms.lists.paths import by_class, by_id, innermost, led_by, og, outermost, union

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_PAGE_NUMBER = re.compile(r"(?<=[?&]page=)\d{1,5}")
# A lead in a field of its own, outside of what lists show of other pages; few elements pass the first test.
_IS_LEAD = " or ".join(
    f"contains(@class, 'field--name-field-{name}')"
    for name in (
        "teaser",
        "lead",
        "intro",
        "summary",
        "chapo",
        "entradilla",
        "ingress",
        "sottotitolo",
        "subtit",
    )
)
_LEAD = (
    f"//*[contains(@class, 'field--name-field-')][{_IS_LEAD}]"
    "[not(ancestor::*[contains(@class, 'views-row') or contains(@class, 'teaser')])]"
)
_VIEW = ("view_name", "view_display_id", "view_args", "view_path", "view_dom_id")


def read_list(page: Page) -> ExtractedList:
    """Return the rows of a view; where a page has none yet, the requests that would fill its views."""
    answer = json_of(page)
    if answer is not None:
        return _read_answer(page, answer)
    found = read_any_list(page)
    further = found.next or (() if found.entries else tuple(_views(page)))
    return replace(found, next=further, platform=DRUPAL.name)


def _read_answer(page: Page, answer: Json) -> ExtractedList:
    markup = "".join(text_at(command, "data") or "" for command in rows_at(answer))
    found = read_any_list(fragment_page(page, markup))
    number = _PAGE_NUMBER.search(page.url)
    current = int(number[0]) if number else 0
    further = page.url if number else f"{page.url}&page=0"
    url = _PAGE_NUMBER.sub(str(current + 1), further, count=1)
    return replace(found, next=(ListRequest(url=url),) if found.next else (), platform=DRUPAL.name)


def _views(page: Page) -> Iterator[ListRequest]:
    """Yield the requests for the views that a script of *page* would fill."""
    settings = cut(page.text, 'data-drupal-selector="drupal-settings-json">', "</script>")
    try:
        parsed = json.loads(settings) if settings else {}
    except ValueError:  # cut short, or no JSON
        return
    views = parsed.get("views") if isinstance(parsed, dict) else None
    if not isinstance(views, dict) or not isinstance(views.get("ajaxViews"), dict):
        return
    path = str(views.get("ajax_path") or "/views/ajax")
    for view in list(views["ajaxViews"].values())[:4]:
        query = {name: text_at(view, name) or "" for name in _VIEW}
        yield ListRequest(
            url=urljoin(page.url, f"{path}?{urlencode(query)}"), headers=(("Referer", page.url),)
        )


DRUPAL = Platform(
    name="drupal",
    signs=Signs(
        generator=re.compile(r"^Drupal\b"),
        url=re.compile(r"/views/ajax\?"),
        classes=(
            *("views-row", "view-content", "field-name-body", "field--name-body", "node-type-page"),
            *("panelizer-view-mode", "pane-node-content", "pane-entity-field"),
        ),
        text=("Drupal.settings", "data-drupal-selector", "drupalSettings"),
    ),
    article=ArticleRules(
        title=(
            *(by_id("page-title"), by_class("page-title", tag="h1"), by_class("page-header", tag="h1")),
            *(
                by_class("pane-node-title") + "//h1",
                by_class("node") + "//*[contains(@class, 'title')]",
            ),
        ),
        date=(
            og("article:published_time"),
            by_class("date-display-single") + "/@content",
            *("//article//time/@datetime", by_class("article-meta") + "//time"),
            *(by_class("field-name-post-date"), by_class("pane-node-field-published-date")),
            *(
                by_class("press-article-date"),
                by_class("author-pane-links"),
                by_class("date-display-single"),
                by_class("submitted"),
            ),
        ),
        author=(by_class("field-name-field-author"), by_class("username")),
        body=(
            # A page may hold a summary field and a transcript field: both are its text.
            union(outermost("field-name-field-forall-body"), outermost("field-name-field-transcript")),
            *(outermost("field-name-body"), led_by(_LEAD, "field--name-body")),
            outermost("field--name-field-news-body"),
            *(by_class("pane-node-body"), by_class("pane-node-content"), innermost("article-content")),
            by_class("node-content"),
        ),
        shared_container=True,
        noise=(by_class("field-label"), by_class("share-links"), by_class("addtoany"), by_class("links")),
    ),
    read_list=read_list,
)
