# ruff: noqa: E501  # markup is kept as publishers send it
"""Articles of several pages, in the forms that systems number them in, whole and broken.

No section of the demo site: the list stands below `/serials/`, for `scrapy crawl adhoc`. The second page of
the first one is edited by every edition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from posixpath import basename

from crawler.demo import hanweb_pages, trouble_pages, trs_pages, wordpress_pages
from crawler.demo.content import Block, DatePlace, Page, Text
from crawler.demo.furniture import error_reply
from crawler.demo.phrases_en import ENGLISH
from crawler.demo.phrases_zh import CHINESE
from crawler.demo.replies import Reply, page_reply
from crawler.demo.sections import CHINA

FOLDER = "/serials/"
LIST = FOLDER + "index.html"
_MOMENT = datetime(2026, 5, 20, 9, 30, tzinfo=CHINA)
_BLOCKS = 3  # a page
_ADDENDUM = "编后：本文第二部分的数字已于第{number}版更新。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Serial:
    """One article of several pages; *text* is all of it."""

    name: str
    shows: str
    paths: tuple[str, ...]
    text: Text
    language: str
    pager: Callable[[Serial, int], str]
    failures: int = 0  # how often its second page answers 500 before it is there
    missing: bool = False  # its last page is not there
    archived: bool = True  # an archive that is patient holds it

    @property
    def path(self) -> str:
        """Return the address that the list names."""
        return self.paths[0]

    def shown(self, edition: int) -> Text:
        """Return what the whole article says in an edition."""
        blocks = [block for number in range(len(self.paths)) for block in self.part(number, edition).blocks]
        return replace(self.text, blocks=tuple(blocks))

    def part(self, number: int, edition: int) -> Text:
        """Return what page *number*, counted from 0, says in an edition."""
        blocks = self.text.blocks[number * _BLOCKS : (number + 1) * _BLOCKS]
        if edition and number == 1 and self is SERIALS[0]:
            blocks = (*blocks, Block(text=_ADDENDUM.format(number=edition)))
        return replace(self.text, blocks=blocks)


def serial_reply(
    path: str, *, base: str, edition: int, asked: Mapping[str, int], modified: datetime
) -> Reply | None:
    """Return what stands at *path*, or None; *asked* counts the requests of each path, this one too."""
    if path in (LIST, FOLDER):
        rows = [(serial.path, serial.text.title) for serial in SERIALS]
        markup = trouble_pages.list_page("Serials", rows, _MOMENT.date())
        return page_reply(markup.encode(), modified=modified)
    if path not in _PLACES:
        return None
    serial, number = _PLACES[path]
    if number == 1 and asked.get(path, 0) <= serial.failures:
        return error_reply(500)
    if serial.missing and number == len(serial.paths) - 1:
        return error_reply(404)
    return page_reply(_markup(serial, number, edition, base).encode(), modified=modified)


def _markup(serial: Serial, number: int, edition: int, base: str) -> str:
    page = Page(
        path=serial.paths[number],
        section="serials",
        text=serial.part(number, edition),
        published=_MOMENT,
        date_from=DatePlace.META,
        language=serial.language,
        source="澜海日报",
        author="Lanhai International Office",
        editor="周雁",
    )
    pager = serial.pager(serial, number)
    if serial.pager is _worded:
        return hanweb_pages.article_page(page).replace(
            '<div class="tools">', pager + '<div class="tools">', 1
        )
    if serial.pager is _page_links:
        markup = wordpress_pages.article_page(page, None, None, base)
        return markup.replace(
            '</div>\n<div class="sharedaddy">', pager + '</div>\n<div class="sharedaddy">', 1
        )
    markup = trs_pages.article_page(page, None, None)
    return markup.replace('<div class="pageSource">', pager + '<div class="pageSource">', 1)


def _scripted(serial: Serial, number: int) -> str:
    name = basename(serial.path).removesuffix(".html")
    return f"""<div class="page"><script>createPageHTML({len(serial.paths)}, {number}, "{name}", "html");</script></div>
"""


def _worded(serial: Serial, number: int) -> str:
    """Return a pager that leads in a circle: the last page names the first as the next."""
    numbers = " ".join(
        f"<b>{place}</b>" if place == number + 1 else f'<a href="{basename(path)}">{place}</a>'
        for place, path in enumerate(serial.paths, 1)
    )
    following = serial.paths[(number + 1) % len(serial.paths)]
    return f'<div class="pages">{numbers} <a href="{following}">Next page</a></div>\n'


def _page_links(serial: Serial, number: int) -> str:
    links = " ".join(
        f'<span class="post-page-numbers current">{place}</span>'
        if place == number + 1
        else f'<a href="{path}" class="post-page-numbers">{place}</a>'
        for place, path in enumerate(serial.paths, 1)
    )
    return f'<div class="page-links">Pages: {links}</div>\n'


def _text(compose: Callable[[int], Text], number: int, pages: int) -> Text:
    """Return a text of so many *pages*, put together from several."""
    first = compose(number)
    blocks = [block for each in range(pages) for block in compose(number + each * 7).blocks[:_BLOCKS]]
    return replace(first, blocks=tuple(blocks), attachments=())


def _trs(name: str, pages: int) -> tuple[str, ...]:
    stem = f"{FOLDER}202605/{name}"
    return (f"{stem}.html", *(f"{stem}_{number}.html" for number in range(1, pages)))


def _hanweb(name: str, pages: int) -> tuple[str, ...]:
    return (f"{FOLDER}{name}.html", *(f"{FOLDER}{name}_{number}.html" for number in range(2, pages + 1)))


def _wordpress(name: str, pages: int) -> tuple[str, ...]:
    return (f"{FOLDER}{name}/", *(f"{FOLDER}{name}/{number}/" for number in range(2, pages + 1)))


SERIALS = (
    Serial(
        name="trs",
        shows="three pages that `createPageHTML` numbers; the second is edited by every edition",
        paths=_trs("t20260520_6100", 3),
        text=_text(CHINESE.compose, 6100, 3),
        language="zh",
        pager=_scripted,
    ),
    Serial(
        name="hanweb",
        shows="two pages by number and word; the last one names the first as the next",
        paths=_hanweb("art_7_6101", 2),
        text=_text(ENGLISH.compose, 6101, 2),
        language="en",
        pager=_worded,
    ),
    Serial(
        name="wordpress",
        shows="four pages in folders `/2/` to `/4/`",
        paths=_wordpress("2026/05/the-plan-for-the-ferries", 4),
        text=_text(ENGLISH.compose, 6200, 4),
        language="en",
        pager=_page_links,
    ),
    Serial(
        name="recovering",
        shows="two pages, the second of which answers 500 at first",
        paths=_trs("t20260520_6103", 2),
        text=_text(CHINESE.compose, 6203, 2),
        language="zh",
        pager=_scripted,
        failures=1,
    ),
    Serial(
        name="incomplete",
        shows="three pages, the last of which is not there",
        paths=_hanweb("art_7_6104", 3),
        text=_text(ENGLISH.compose, 6304, 3),
        language="en",
        pager=_worded,
        missing=True,
        archived=False,
    ),
)
_PLACES = {path: (serial, number) for serial in SERIALS for number, path in enumerate(serial.paths)}
