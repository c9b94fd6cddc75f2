"""Links that only a script follows: the post-backs of ASP.NET, and functions that build an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.types import ListRequest
from crawler.platforms.lists.links import absolute, base_of

if TYPE_CHECKING:
    from crawler.extract.page import Page

_POST_BACK = re.compile(
    r"__doPostBack\(\s{0,4}['\"](?P<target>[^'\"]{1,300})['\"]\s{0,4},\s{0,4}['\"](?P<argument>[^'\"]{0,100})['\"]"
)
_CALL = re.compile(
    r"\b(?P<name>[A-Za-z_]\w{0,40})\(\s{0,4}(?:(?P<number>\d{1,12})|['\"](?P<text>[\w./-]{1,100})['\"])\s{0,4}\)"
)
_GOES = re.compile(
    r"(?:location(?:\.href)?\s{0,4}=|location\.(?:assign|replace)\(|window\.open\()\s{0,4}['\"](?P<url>[^'\"]{1,400})['\"]"
)
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


@dataclass(frozen=True, kw_only=True)
class Clicks:
    """What clicks on the links of a page ask for, as far as its scripts can be read; they are read once."""

    page: Page

    def request(self, link: etree._Element) -> ListRequest | None:
        """Return the request that a click on *link* makes."""
        if request := _post_back(self.page, link):
            return request
        url = self.destination(link)
        return ListRequest(url=url) if url else None

    def destination(self, link: etree._Element) -> str | None:
        """Return the address that a click on *link* opens, where its script names or builds it."""
        script = _script_of(link)
        named = _GOES.search(script)
        address = named["url"] if named else self._built(script)
        url = absolute(address, self._base) if address else None
        return url if url != self.page.url else None

    def _built(self, script: str) -> str | None:
        call = _CALL.search(script)
        around = self._builders.get(call["name"]) if call else None
        return f"{around[0]}{call['number'] or call['text']}{around[1]}" if call and around else None

    @cached_property
    def _base(self) -> str:
        return base_of(self.page)

    @cached_property
    def _builders(self) -> dict[str, tuple[str, str]]:
        """The functions that build an address: what they set before and behind what they are called with."""
        found = (match for text in _SCRIPTS(self.page.tree) for match in _BUILDER.finditer(str(text)))
        return {match["name"]: (match["head"], match["tail"] or "") for match in found}


def _script_of(link: etree._Element) -> str:
    return f"{link.get('onclick') or ''} {link.get('href') or ''}"


def _post_back(page: Page, link: etree._Element) -> ListRequest | None:
    """Return the form that ASP.NET sends back with the name of what was clicked."""
    call = _POST_BACK.search(_script_of(link))
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
