"""Rows of a list whose articles only a script opens, one that cannot be read: listed, and not to be had."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from crawler.platforms.lists.rows import Row, are_dated, title_of
from crawler.platforms.lists.script_links import Clicks, script_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_SCRIPTED = etree.XPath("descendant::a[@onclick or starts-with(@href, 'javascript:')]")
_OPENS = re.compile(r"\b(?!void\b|return\b)[A-Za-z_$][\w$.]{0,60}\(\s{0,4}['\"\w]")  # something that it names
_FEWEST = 3  # rows that show how those of a list look


def unopened_rows(page: Page, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the titles of what stands among *rows*, dated as they are, and only a script opens."""
    suspects = _beside(rows) if len(rows) >= _FEWEST else []
    if not suspects or not all(are_dated(page, rows)):
        return ()
    clicks = Clicks(page=page)
    dated = zip(suspects, are_dated(page, suspects), strict=True)
    unread = (row for row, is_dated in dated if is_dated and clicks.destination(row.link) is None)
    return tuple(filter(None, map(title_of, unread)))


def _beside(rows: Sequence[Row]) -> list[Row]:
    """Return a row for each element that stands and looks as those of *rows* and has a link to a script."""
    known = {row.element for row in rows}
    looks = {(row.element.tag, row.element.get("class")) for row in rows}
    parents = {parent for row in rows if (parent := row.element.getparent()) is not None}
    return [
        Row(link=link, url="", element=element)
        for parent in parents
        for element in parent.iterchildren()
        if element not in known and (element.tag, element.get("class")) in looks
        for link in _scripted(element)
    ]


def _scripted(element: etree._Element) -> list[etree._Element]:
    """Return the one link of *element*, where a script that names something opens it."""
    links = _SCRIPTED(element)
    return links if len(links) == 1 and _OPENS.search(script_of(links[0])) else []
