"""Pager links that only a script follows: the post-backs of ASP.NET, and functions that build an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.types import ListRequest
from crawler.platforms.lists.links import absolute, base_of

if TYPE_CHECKING:
    from crawler.extract.page import Page

_POST_BACK = re.compile(
    r"__doPostBack\(\s{0,4}['\"](?P<target>[^'\"]{1,300})['\"]\s{0,4},\s{0,4}['\"](?P<argument>[^'\"]{0,100})['\"]"
)
_CALL = re.compile(r"\b(?P<name>[A-Za-z_]\w{0,40})\(\s{0,4}['\"]?(?P<number>\d{1,5})['\"]?\s{0,4}\)")
# function toPage(n) { location.href = "list.jsp?page=" + n + "&size=20"; }
_BUILDER = re.compile(
    r"function\s{1,4}(?P<name>\w{1,41})\s{0,4}\(\s{0,4}(?P<number>\w{1,40})\s{0,4}\)\s{0,40}\{[^{}]{0,300}?"
    r"location(?:\.href)?\s{0,4}(?:=|\.(?:assign|replace)\()\s{0,4}"
    r"(?P<quote>[\"'])(?P<head>[^\"'\n]{0,200})(?P=quote)\s{0,4}\+\s{0,4}(?P=number)\b"
    r"(?:\s{0,4}\+\s{0,4}(?P=quote)(?P<tail>[^\"'\n]{0,200})(?P=quote))?"
)
_SCRIPTS = etree.XPath("//script[not(@src)]/text()")
_STATEFUL = etree.XPath("ancestor::form[.//input[@name='__VIEWSTATE']]")
_FIELDS = etree.XPath(
    ".//input[@name][not(@type) or @type='hidden' or @type='text' or @type='search'"
    " or ((@type='checkbox' or @type='radio') and @checked)]"
)
_CHOSEN = etree.XPath(".//select[@name]/option[@selected][1]")


def followed(page: Page, link: etree._Element) -> ListRequest | None:
    """Return the request that a click on *link* makes, as far as its script can be read."""
    script = f"{link.get('onclick') or ''} {link.get('href') or ''}"
    return _post_back(page, link, script) or _built(page, script)


def _post_back(page: Page, link: etree._Element, script: str) -> ListRequest | None:
    """Return the form that ASP.NET sends back with the name of what was clicked."""
    call = _POST_BACK.search(script)
    form = next(iter(_STATEFUL(link)), None) if call else None
    if call is None or form is None:
        return None
    asked = {"__EVENTTARGET": call["target"], "__EVENTARGUMENT": call["argument"]}
    url = absolute(form.get("action"), base_of(page)) or page.url
    return ListRequest(url=url, method="POST", form=tuple((dict(_fields_of(form)) | asked).items()))


def _fields_of(form: etree._Element) -> Iterator[tuple[str, str]]:
    for field in _FIELDS(form):
        yield field.get("name"), field.get("value") or ""
    for option in _CHOSEN(form):
        yield option.getparent().get("name"), option.get("value") or option.text or ""


def _built(page: Page, script: str) -> ListRequest | None:
    """Return the address that a function of the page's scripts builds around the number it is called with."""
    call = _CALL.search(script)
    if call is None:
        return None
    builders = (match for text in _SCRIPTS(page.tree) for match in _BUILDER.finditer(str(text)))
    builder = next((match for match in builders if match["name"] == call["name"]), None)
    if builder is None:
        return None
    url = absolute(f"{builder['head']}{call['number']}{builder['tail'] or ''}", base_of(page))
    return ListRequest(url=url) if url and url != page.url else None
