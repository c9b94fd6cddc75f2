"""Links that only a script follows: post-backs of ASP.NET, functions that build an address or send a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from lxml import etree

from crawler.extract.types import ListRequest
from crawler.platforms.lists.links import absolute, base_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_POST_BACK = re.compile(
    r"__doPostBack\(\s{0,4}['\"](?P<target>[^'\"]{1,300})['\"]\s{0,4},\s{0,4}['\"](?P<argument>[^'\"]{0,100})['\"]"
)
_CALL = re.compile(r"\b(?P<name>[A-Za-z_]\w{0,40})\(\s{0,4}(?P<arguments>[^()]{0,300}?)\s{0,4}\)")
_ARGUMENT = re.compile(r"\d{1,12}|'[\w./-]{0,100}'|\"[\w./-]{0,100}\"")
_HANDS_OVER = re.compile(
    r"\b(?P<name>[A-Za-z_]\w{0,40})\(\s{0,4}['\"](?P<address>(?:https?://|/|\?)[^'\"\s()]{1,300}"
    r"|[\w./-]{1,200}\.(?:s?html?|jsp|aspx?|php)(?:\?[^'\"\s()]{0,200})?)['\"]\s{0,4}\)"
)
_GOES = re.compile(
    r"(?:location(?:\.href)?\s{0,4}=(?!=)|location\.(?:assign|replace)\(|window\.open\()\s{0,4}(?P<address>[^;\n]{1,400})"
)
_TERM = re.compile(
    r"\s{0,4}(?:'(?P<single>[^'\n]*)'|\"(?P<double>[^\"\n]*)\"|(?P<name>[A-Za-z_]\w*)(?![\w.(\[]))\s{0,4}"
)
# function toPage(n) { ... } and toPage = function (n) { ... }
_FUNCTION = re.compile(
    r"function\s{0,4}(?P<declared>\w{0,41})\s{0,4}\((?P<parameters>[\w\s,]{0,200})\)\s{0,40}\{"
)
_ASSIGNED = re.compile(r"(\w{1,41})\s{0,4}[=:]\s{0,4}\Z")  # before it
_LEADS = re.compile(r"location|submit\(|open\(")
_BEFORE_FUNCTION = 50  # characters
_MOST_FIELDS = 200  # of a form that leads on
_MOST_FUNCTIONS = 500  # of one script
_LONGEST_FUNCTION = 1_500  # characters; the ones that lead on are short
# document.form.page.value = n; document.getElementById("page").value = n; $("#page").val(n)
_SETS = re.compile(
    r"(?:\.(?P<dotted>\w{1,60})\.value\s{0,4}=|[#'\"=](?P<quoted>[\w.-]{1,60})\]?['\"]\s?[\])]{1,2}\.val(?:ue\s{0,4}=|\())"
    r"\s{0,4}(?P<parameter>\w{1,40})\b"
)
_ACTION = re.compile(
    r"\.action\s{0,4}=\s{0,4}['\"](?P<set>[^'\"]{1,400})['\"]|\baction['\"]\s{0,4},\s{0,4}['\"](?P<given>[^'\"]{1,400})['\"]"
)
_METHOD = re.compile(r"\.method\s{0,4}=\s{0,4}['\"](get|post)['\"]", re.IGNORECASE)
_FILLS = re.compile(r"\.val(?:ue\s{0,4}=|\()")
_SCRIPTS = etree.XPath("//script[not(@src)]/text()")
_FORMS = etree.XPath("//form")
_STATEFUL = etree.XPath("ancestor::form[.//input[@name='__VIEWSTATE']]")
_NAMED = etree.XPath(".//input[@name] | .//select[@name]")
_FIELDS = etree.XPath(
    ".//input[@name][not(@type) or @type='hidden' or @type='text' or @type='search'"
    " or ((@type='checkbox' or @type='radio') and @checked)]"
)
_CHOSEN = etree.XPath(".//select[@name]/option[@selected][1]")


class _Function(NamedTuple):
    """A function of a page: the names of its parameters and what it does, as text."""

    parameters: tuple[str, ...]
    body: str


class _Form(NamedTuple):
    """A form of a page: the names of its fields by their ids, and what they hold."""

    element: etree._Element
    names: dict[str, str]
    fields: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Clicks:
    """What clicks on the links of a page ask for, as far as its scripts can be read; they are read once."""

    page: Page

    def request(self, link: etree._Element) -> ListRequest | None:
        """Return the request that a click on *link* makes."""
        if request := _post_back(self.page, link):
            return request
        url = self._opened(link)
        if url is None and (submitted := self._submitted(link)):
            return submitted
        url = url or self._handed_over(link)
        return ListRequest(url=url) if url else None

    def _handed_over(self, link: etree._Element) -> str | None:
        """Return the address that *link* hands to a function which is none of the page's own scripts."""
        call = _HANDS_OVER.search(script_of(link))
        known = call is not None and self._function(call["name"]) is not None
        url = absolute(call["address"], self._base) if call and not known else None
        return url if url != self.page.url else None

    def sent(self, button: etree._Element) -> ListRequest | None:
        """Return the form that a click on *button* sends as it is."""
        form = next(button.iterancestors("form"), None)
        if form is None or len(_NAMED(form)) > _MOST_FIELDS:
            return None
        fields = dict(_fields_of(form))
        if name := button.get("name"):
            fields[name] = button.get("value") or ""
        return self._sent(form, fields)

    def destination(self, link: etree._Element) -> str | None:
        """Return the address that a click on *link* opens, where its script names or builds it.

        The address of a form that is sent by POST names its fields: boards answer that alike.
        """
        if url := self._opened(link):
            return url
        form = self._submitted(link)
        return _with_query(form.url, form.form) if form else None

    def _opened(self, link: etree._Element) -> str | None:
        script = script_of(link)
        address = _address_in(script, {})
        if address is None and (called := self._called(script)):
            function, values = called
            address = _address_in(function.body, values)
        url = absolute(address, self._base) if address else None
        return url if url != self.page.url else None

    def _submitted(self, link: etree._Element) -> ListRequest | None:
        """Return the form that a click on *link* fills in and sends."""
        called = self._called(script_of(link))
        if called is None or "submit(" not in called[0].body:
            return None
        function, values = called
        asked = {
            found["dotted"] or found["quoted"]: values[found["parameter"]]
            for found in _SETS.finditer(function.body)
            if found["parameter"] in values
        }
        form = self._forms.get(next(iter(asked), ""))
        if form is None:
            return None
        filled = {form.names.get(name) or name: value for name, value in asked.items()}
        return self._sent(form.element, form.fields | filled, function.body)

    def _sent(self, form: etree._Element, fields: dict[str, str], script: str = "") -> ListRequest:
        action = _ACTION.search(script)
        named = (action["set"] or action["given"]) if action else form.get("action")
        url = absolute(named, self._base) or self.page.url
        method = _METHOD.search(script)
        if (method[1] if method else form.get("method") or "get").lower() == "post":
            return ListRequest(url=url, method="POST", form=tuple(fields.items()))
        return ListRequest(url=_with_query(url.partition("?")[0], tuple(fields.items())))

    def _called(self, script: str) -> tuple[_Function, dict[str, str]] | None:
        """Return the function of the page that *script* calls, with the values of its parameters."""
        for call in _CALL.finditer(script):
            arguments = [each.strip() for each in call["arguments"].split(",")]
            if not all(map(_ARGUMENT.fullmatch, arguments)):
                continue
            if (function := self._function(call["name"])) is not None:
                return function, dict(
                    zip(function.parameters, (each.strip("'\"") for each in arguments), strict=False)
                )
        return None

    @cached_property
    def _base(self) -> str:
        return base_of(self.page)

    @cached_property
    def _forms(self) -> dict[str, _Form]:
        """The forms by the names and the ids of their fields, the first one for each."""
        found: dict[str, _Form] = {}
        for element in _FORMS(self.page.tree):
            named = _NAMED(element)
            if len(named) > _MOST_FIELDS:
                continue
            names = {field.get("id") or field.get("name"): field.get("name") for field in named}
            form = _Form(element, names, dict(_fields_of(element)))
            for name in (*names, *names.values()):
                found.setdefault(name, form)
        return found

    def _function(self, name: str) -> _Function | None:
        named = any(name in script for script in self._scripts)  # else none needs be read
        return self._functions.get(name) if named else None

    @cached_property
    def _scripts(self) -> list[str]:
        return list(map(str, _SCRIPTS(self.page.tree)))

    @cached_property
    def _functions(self) -> dict[str, _Function]:
        found: dict[str, _Function] = {}
        filling: dict[str, _Function] = {}
        for script in self._scripts:
            for match in islice(_FUNCTION.finditer(script), _MOST_FUNCTIONS):
                body = script[match.end() : match.end() + _LONGEST_FUNCTION]
                kind = found if _LEADS.search(body) else filling if _FILLS.search(body) else None
                if kind is None:  # as most are of neither
                    continue
                before = _ASSIGNED.search(script[max(0, match.start() - _BEFORE_FUNCTION) : match.start()])
                name = match["declared"] or (before[1] if before else "")
                parameters = tuple(each.strip() for each in match["parameters"].split(","))
                kind[name] = _Function(parameters, _up_to_its_end(body))
        return dict(_with_what_they_call(filling, found)) | found


def _with_what_they_call(
    filling: Mapping[str, _Function], leading: Mapping[str, _Function]
) -> Iterator[tuple[str, _Function]]:
    """Yield those of *filling*, which set a field, with the one of *leading* that each leaves the rest to."""
    for name, function in filling.items():
        calls = (call["name"] for call in _CALL.finditer(function.body) if not call["arguments"])
        called = next((leading[call] for call in calls if call in leading), None)
        if called is not None:
            yield name, _Function(function.parameters, f"{function.body}\n{called.body}")


def _up_to_its_end(text: str) -> str:
    """Return the body of a function that begins *text*, without the brace that closes it."""
    depth = 1
    for brace in re.finditer("[{}]", text):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return text[: brace.start()]
    return text


def _address_in(script: str, values: Mapping[str, str]) -> str | None:
    """Return where *script* goes: an address in quotes, or one put together of such and of *values*."""
    goes = _GOES.search(script)
    if goes is None:
        return None
    parts, at = [], 0
    while term := _TERM.match(goes["address"], at):
        value = values.get(term["name"]) if term["name"] else (term["single"] or term["double"] or "")
        if value is None:
            return None
        parts.append(value)
        at = term.end()
        if goes["address"][at : at + 1] != "+":
            return "".join(parts) or None
        at += 1
    return None


def _with_query(url: str, fields: Sequence[tuple[str, str]]) -> str:
    filled = [(name, value) for name, value in fields if value]
    return f"{url}{'&' if '?' in url else '?'}{urlencode(filled)}" if filled else url


def script_of(link: etree._Element) -> str:
    """Return what runs at a click on *link*."""
    return f"{link.get('onclick') or ''} {link.get('href') or ''}"


def _post_back(page: Page, link: etree._Element) -> ListRequest | None:
    """Return the form that ASP.NET sends back with the name of what was clicked."""
    call = _POST_BACK.search(script_of(link))
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
