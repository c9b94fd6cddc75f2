"""The list pages that follow: named by a link, numbered by a script, or the next number of a pager."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.extract.types import ListRequest
from crawler.platforms.lists.addresses import next_by_address, number_in
from crawler.platforms.lists.laypage import laypage_in
from crawler.platforms.lists.links import absolute, address_of, base_of, host_of
from crawler.platforms.lists.next_words import means_next
from crawler.platforms.lists.pagers import pagers_of
from crawler.platforms.lists.script_links import Clicks, script_of
from crawler.platforms.lists.text import text_of, tidy

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_MOST_PAGES = 500  # one page names so many of the pages after it; the last of them names the next
_LINKS = etree.XPath("//a[@href] | //button[@*[starts-with(name(), 'data-')]]")
_BY_SCRIPT = etree.XPath("//a[@onclick or starts-with(@href, 'javascript:')] | //button[@onclick]")
_SUBMITS = etree.XPath("//button[not(@type) or @type='submit'] | //input[@type='submit']")
_LEADS_ON = re.compile(
    r"\b\w{0,40}(?:page|list|more|load)\w{0,40}\(\s{0,4}['\"]?(?P<number>\d{1,5})\b[^()]{0,100}\)",
    re.IGNORECASE,
)
_SCRIPTS = etree.XPath("//script[not(@src)]/text()")
_ARROWS = "›»>→▶❯⟩≫＞<«‹←[]|…. \t"
_NEXT_ARROW = re.compile(r"[›>→▶❯⟩＞]|&gt;")
_NEXT_NAME = re.compile(
    r"(?:^|[\s_-])(?:next|older|weiter|forward)(?:$|[\s_-])|nextpage|pagenext", re.IGNORECASE
)
_PAGER_NAME = re.compile(r"pag(?:er|es|ing|ination|inator|enavi\w*)(?:$|[\s_-])|listingbar", re.IGNORECASE)
_LONGEST_NEXT = 40  # characters of a link that leads to the next page
_PAGER_DEPTH = 4  # elements from a link up to what is named a pager
_MOST_SCRIPTED = 20  # links that may lead on, of which most say where they do not
_DECLARED = re.compile(
    r"data-(?:[\w-]{0,60}-)?next(?:-?(?:page|url|href|link|path))?(?:-(?:url|href|link|value|path)){0,2}"
)
_DECLARING = etree.XPath("//@*[starts-with(name(), 'data-')][contains(name(), 'next')]")
_HINTS_AT_NEXT = re.compile(r"\bdata-(?:[a-z]{1,20}-){0,4}next")
_ADDRESS = re.compile(r"https?://|[/?]")
_CALENDAR_NAME = re.compile(r"calend[ae]r|calendario|calendrier|kalend|datepicker", re.IGNORECASE)
_CALENDAR_DEPTH = 8  # elements from a link up to what is named a calendar
_MOST_NEXT = 2  # "the next page" and "the next ten"; more addresses are articles to read on
_CREATE_PAGE = re.compile(
    r"""createPageHTML\w{0,10}\(\s{0,9}
        (?:(?P<box>["'][^"',()]{0,60}["'])\s{0,9},\s{0,9})?
        (?P<count>\d{1,7})\s{0,9},\s{0,9}(?P<current>\d{1,7})\s{0,9},\s{0,9}
        ["'](?P<name>[^"'()\s]{1,80})["']\s{0,9},\s{0,9}["'](?P<suffix>\w{2,6})["']
        (?:\s{0,9},\s{0,9}["']?(?P<total>\d{1,9}))?""",
    re.VERBOSE,
)
# Of the procurement portals: Pager({size:25, current:0, prefix:'index', suffix:'htm'}), pages counted from 0.
_PAGER_CALL = re.compile(
    r"""\bPager\(\{\s{0,9}size\s{0,9}:\s{0,9}(?P<count>\d{1,6})\s{0,9},\s{0,9}current\s{0,9}:\s{0,9}(?P<current>\d{1,6})
        \s{0,9},\s{0,9}prefix\s{0,9}:\s{0,9}["'](?P<name>[^"'()\s]{1,80})["']
        \s{0,9},\s{0,9}suffix\s{0,9}:\s{0,9}["'](?P<suffix>\w{2,6})["']""",
    re.VERBOSE,
)
_COUNT_PAGE = re.compile(r"\bcountPage\s{0,4}=\s{0,4}(\d{1,6})")
_CURRENT_PAGE = re.compile(r"\bcurrentPage\s{0,4}=\s{0,4}(\d{1,6})")
_SUFFIX = re.compile(r"""["']\.(s?html?|jhtml)\b""")  # as the script writes it behind a number
_DIGITS = re.compile(r"\d{1,9}")
_FILE = re.compile(r"^(?P<name>.*?)(?:_(?P<number>\d{1,5}))?\.(?P<suffix>s?html?|jhtml)")


def next_pages(page: Page, listed: Collection[str] = ()) -> tuple[ListRequest, ...]:
    """Return the list pages after *page* in order: all where their number is known, else the next.

    What leads to one of the articles *listed* only asks to read on, whatever it says.
    """
    scripted = tuple(ListRequest(url=url, number=number) for number, url in numbered_by_script(page))
    if scripted:
        return scripted
    named = (
        _related(page, listed)
        or _next_by_word(page, listed)
        or _declared(page)
        or next(_numbered(page, listed), None)
        or next_by_address(page)
    )
    following = ListRequest(url=named) if named is not None else _scripted_link(page, listed)
    return (following,) if following is not None else ()


def unread_next(page: Page, listed: Collection[str] = ()) -> str:
    """Return the call that leads to a page after *page* and cannot be read, empty where there is none."""
    for link in islice(_scripted_links(page, listed), _MOST_SCRIPTED):
        call = _LEADS_ON.search(script_of(link))
        if call and int(call["number"]) > max(1, number_in(page.url)):
            return call[0]
    laid = laypage_in(page.text)
    return "laypage" if laid and laid.pages > laid.current else ""


def stated_by_script(page: Page) -> int | None:
    """Return the number of entries that the paging script of *page* states, if any."""
    call = _call(page)
    if call and call["total"]:
        return int(call["total"])
    laid = laypage_in(page.text)
    return laid.total if laid else None


def scripted_pages(page: Page) -> Iterator[str]:
    """Yield the addresses that the paging script of *page* would write for the pages after it."""
    return (url for _, url in numbered_by_script(page))


def numbered_by_script(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the pages after *page* as its paging script numbers them, from 1, with their addresses."""
    call = _call(page)
    if call:
        name, suffix = call["name"], call["suffix"]
        count, current = int(call["count"]), int(call["current"])
        # With a box and a total pages count from 1: page 2 is `name_2`. Without, from 0: it is `name_1`.
        from_one = bool(call["box"] and call["total"])
        files = _files(page, f"{name}_{{}}.{suffix}", current, count if from_one else count - 1)
        yield from ((number if from_one else number + 1, url) for number, url in files)
        return
    if pager := _PAGER_CALL.search(page.text) if "Pager({" in page.text else None:
        files = _files(
            page, f"{pager['name']}_{{}}.{pager['suffix']}", int(pager["current"]), int(pager["count"]) - 1
        )
        yield from ((number + 1, url) for number, url in files)
        return
    counted = _COUNT_PAGE.search(page.text) if "countPage" in page.text else None
    current_page = _CURRENT_PAGE.search(page.text) if counted else None
    if counted and current_page:
        current, last = int(current_page[1]), int(counted[1]) - 1
        files = _files(page, _file_pattern(page, current), current, last)
        yield from ((number + 1, url) for number, url in files)
    elif (laid := laypage_in(page.text)) and laid.address:
        yield from _files(page, laid.address, laid.current, laid.pages)


def _file_pattern(page: Page, current: int) -> str:
    """Return the file of the pages that follow, `{}` for the number; *current* is that of *page*."""
    file = _FILE.fullmatch(urlsplit(page.url).path.rpartition("/")[2])
    if file is None:
        suffix = _SUFFIX.search(page.text, page.text.find("countPage"))
        return f"index_{{}}.{suffix[1] if suffix else 'html'}"
    # `index_1` is page 1 of `index`, `t20190608_123` is an article by its own number.
    own = file["number"] and int(file["number"]) != current
    name = f"{file['name']}_{file['number']}" if own else file["name"]
    return f"{name}_{{}}.{file['suffix']}"


def _call(page: Page) -> re.Match[str] | None:
    if "createPageHTML" not in page.text:
        return None
    calls = (match for script in _SCRIPTS(page.tree) for match in _CREATE_PAGE.finditer(str(script)))
    return next(calls, None)


def _files(page: Page, pattern: str, current: int, last: int) -> Iterator[tuple[int, str]]:
    base = base_of(page)
    for number in range(current + 1, min(last, current + _MOST_PAGES) + 1):
        yield number, urljoin(base, pattern.format(number))


def _related(page: Page, listed: Collection[str]) -> str | None:
    related = (link for link in page.tree.iter("link", "a") if " next " in f" {link.get('rel', '')} ")
    return _first_elsewhere(page, _outside_calendars(page, related, listed))


def _declared(page: Page) -> str | None:
    """Return the address that *page* holds for the script which loads more of its list."""
    if _HINTS_AT_NEXT.search(page.text) is None:
        return None
    base = base_of(page)
    for address in _DECLARING(page.tree):
        is_next = _DECLARED.fullmatch(address.attrname) and _ADDRESS.match(address)
        url = absolute(str(address), base) if is_next else None
        if url and url != page.url and host_of(url) == host_of(page.url):
            return url
    return None


def _outside_calendars(
    page: Page, links: Iterable[etree._Element], listed: Collection[str]
) -> Iterator[etree._Element]:
    """Yield those of *links* that turn no leaves of a calendar, whose months never end.

    What is named a calendar and holds one of the articles *listed* is the list.
    """
    base = base_of(page)
    are_lists: dict[etree._Element, bool] = {}
    for link in links:
        calendar = _calendar_around(link)
        if calendar is None:
            yield link
            continue
        if calendar not in are_lists:
            are_lists[calendar] = any(address_of(each, base) in listed for each in calendar.iter("a"))
        if are_lists[calendar]:
            yield link


def _calendar_around(link: etree._Element) -> etree._Element | None:
    for element in islice(link.iterancestors(), _CALENDAR_DEPTH):
        if element.tag == "body":
            break
        if _CALENDAR_NAME.search(f"{element.get('class', '')} {element.get('id', '')}"):
            return element
    return None


def _next_by_word(page: Page, listed: Collection[str]) -> str | None:
    """Return where "next" leads, or the next number where that skips some: to the next ten of a pager."""
    named = _worded(page, listed)
    if named is None:
        return None
    for numbered in _numbered(page, listed):
        if _DIGITS.sub("#", numbered) == _DIGITS.sub("#", named):
            between = zip(_DIGITS.findall(numbered), _DIGITS.findall(named), strict=True)
            if all(int(first) <= int(later) for first, later in between):
                return numbered
    return named


def _worded(page: Page, listed: Collection[str]) -> str | None:
    """Return where a link leads that says "next", by word, by label or by its class."""
    links, base = list(_LINKS(page.tree)), base_of(page)
    worded = (link for link in links if says_next(link) and address_of(link, base) not in listed)
    by_word = list(_outside_calendars(page, worded, listed))
    if len({link.get("href") for link in by_word}) > _MOST_NEXT:
        by_word = []
    ways = (  # each is asked for where the one before it leads nowhere
        by_word,
        _outside_calendars(page, filter(is_named_next, links), listed),
        _outside_calendars(page, (link for link in links if _NEXT_ARROW.fullmatch(text_of(link))), listed),
    )
    return next(filter(None, (_first_elsewhere(page, way, listed) for way in ways)), None)


def says_next(link: etree._Element) -> bool:
    """Tell whether *link* says "next page", by its text, its label or its picture."""
    text = text_of(link)
    if len(text) > _LONGEST_NEXT:
        return False
    labels = [text, link.get("title") or "", link.get("aria-label") or "", link.get("value") or ""]
    labels += [picture.get("alt") or "" for picture in islice(link.iter("img"), 1)] if not text else []
    return any(means_next(tidy(label).strip(_ARROWS)) for label in labels if label)


def is_named_next(link: etree._Element) -> bool:
    """Tell whether the class of *link* or about it says "next": of an arrow, a picture or a pager's link."""
    text = text_of(link)
    parent = link.getparent()
    names = [link.get("class", ""), link.get("id", "")]
    names += [parent.get("class", "")] if parent is not None else []
    if not any(_NEXT_NAME.search(name) for name in names):
        return False
    is_sign = len(text) <= 3 and not any(letter.isalnum() for letter in text)
    return is_sign or (len(text) <= _LONGEST_NEXT and _is_in_pager(link))


def _is_in_pager(link: etree._Element) -> bool:
    above = islice(link.iterancestors(), _PAGER_DEPTH)
    return any(_PAGER_NAME.search(f"{element.get('class', '')} {element.get('id', '')}") for element in above)


def _first_elsewhere(page: Page, links: Iterable[etree._Element], listed: Collection[str] = ()) -> str | None:
    """Return the first address of *links* on the same host that is neither the page's own nor *listed*."""
    base = base_of(page)
    for link in links:
        names = f" {link.get('class', '')} "
        url = address_of(link, base)
        if not url or url == page.url or url in listed or " disabled " in names:
            continue
        if host_of(url) == host_of(page.url):
            return url
    return None


def _numbered(page: Page, listed: Collection[str]) -> Iterator[str]:
    """Yield where the number after the current page's leads, in each row of page numbers."""
    base = base_of(page)
    for link in _outside_calendars(page, _following_numbers(page), listed):
        url = absolute(link.get("href") or link.get("value"), base)
        if url is not None and url != page.url and host_of(url) == host_of(page.url):
            yield url


def _following_numbers(page: Page) -> list[etree._Element]:
    """Return what stands for the number after the current page's in each row of page numbers."""
    following = (pager.after(page) for pager in pagers_of(page))
    return [link for link in following if link is not None]


def _scripted_link(page: Page, listed: Collection[str]) -> ListRequest | None:
    """Return what the link to the next page asks for where only a script or a form follows it."""
    clicks = Clicks(page=page)
    buttons = islice(filter(says_next, _SUBMITS(page.tree)), _MOST_NEXT)
    requests = chain(
        map(clicks.request, islice(_scripted_links(page, listed), _MOST_SCRIPTED)),
        map(clicks.sent, buttons),
    )
    return next(
        (request for request in requests if request and host_of(request.url) == host_of(page.url)), None
    )


def _scripted_links(page: Page, listed: Collection[str]) -> Iterator[etree._Element]:
    """Yield what says "next" and what follows the page's own number, where a script does the rest.

    The number comes first where "next" skips some, to the next ten of a pager.
    """
    named = (link for link in _BY_SCRIPT(page.tree) if says_next(link) or is_named_next(link))
    worded = list(_outside_calendars(page, named, listed))
    numbered = list(_outside_calendars(page, _following_numbers(page), listed))
    calls = {_DIGITS.sub("#", script_of(link)) for link in worded}
    skipped = [link for link in numbered if _DIGITS.sub("#", script_of(link)) in calls]
    yield from chain(skipped, worded, numbered)
