"""The pages of one edition as replies, each rendered when first asked for and then kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from posixpath import splitext

from crawler.demo import county_pages, furniture, hanweb_pages, places, trs_pages, wordpress_pages
from crawler.demo.content import Page
from crawler.demo.editions import Edition, Shown
from crawler.demo.gallery import gallery_answer
from crawler.demo.hanweb_lists import Column, proxy_answer
from crawler.demo.places import ANNOUNCEMENTS, COUNTY, GOVERNMENT, HOT_NEWS
from crawler.demo.replies import Reply, page_reply, plain_reply

_COLUMNS = {HOT_NEWS: hanweb_pages.COLUMN, COUNTY: county_pages.COLUMN}
_CONTENT_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".gif": "image/png",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
}


class Shelf:
    """What one edition answers: articles, list pages, robots.txt, files."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._shown = {shown.page.path: shown for shown in edition.shown()}
        self._files = {
            trs_pages.attachment_path(shown.page, each): each.title
            for shown in self._shown.values()
            for each in shown.page.text.attachments
        }
        self._kept: dict[tuple[str, str], Reply] = {}

    def page(self, path: str) -> Page | None:
        """Return the page at *path*, or None."""
        shown = self._shown.get(path)
        return shown.page if shown else None

    def article(self, path: str, base: str) -> Reply:
        """Return the article page at *path*, which must be one of the edition's."""
        shown = self._shown[path]
        return self._keep((base, path), lambda: _article_reply(shown, self._edition.modified(path), base))

    def other(self, path: str, asked: Mapping[str, str], base: str) -> Reply | None:
        """Return what stands at *path* beside the articles, or None."""
        if path in {column.proxy for column in _COLUMNS.values()}:
            return self._proxy(asked)
        number = trs_page_number(path)
        if number is not None and number < trs_pages.page_count(self._edition.entries(GOVERNMENT)):
            return self._list(GOVERNMENT, lambda entries: trs_pages.list_page(entries, number))
        if path == wordpress_pages.FOLDER:
            return self._announcements(asked.get("paged", "1"), base)
        return self._fixed(path, base) or self._gallery(path, asked)

    def _gallery(self, path: str, asked: Mapping[str, str]) -> Reply | None:
        try:
            answer = gallery_answer(path, asked, self._edition.listed[ANNOUNCEMENTS])
        except ValueError:
            return furniture.error_reply(400)
        return self._text(*answer) if answer else None

    def _fixed(self, path: str, base: str) -> Reply | None:
        makers: dict[str, Callable[[], Reply]] = {
            hanweb_pages.COLUMN.path: lambda: self._list(HOT_NEWS, hanweb_pages.list_page),
            county_pages.COLUMN.path: lambda: self._list(COUNTY, county_pages.list_page, charset="gb18030"),
            furniture.HOME: lambda: self._text(
                furniture.home_page(self._edition), "text/html; charset=utf-8"
            ),
            "/robots.txt": lambda: self._text(furniture.robots(base), "text/plain; charset=utf-8"),
            "/sitemap.xml": lambda: self._text(
                furniture.sitemap(base, self._shown), "text/xml; charset=utf-8"
            ),
        }
        maker = makers.get(path)
        return self._keep((base, path), maker) if maker else self._file(path)

    def _file(self, path: str) -> Reply | None:
        content_type = _CONTENT_TYPES.get(splitext(path)[1], "")
        if path in self._files:
            return plain_reply(200, _file_body(path, self._files[path]), content_type=content_type)
        if path.startswith(("/images/", "/css/", "/script/")) and content_type:
            body = furniture.STYLE if path.endswith(".css") else b""
            body = furniture.PIXEL if path.startswith("/images/") else body
            return plain_reply(200, body, content_type=content_type)
        return None

    def _list(
        self, section: str, render: Callable[[tuple[Page, ...]], str], *, charset: str = "utf-8"
    ) -> Reply:
        body = render(self._edition.entries(section)).encode(charset)
        content_type = "text/html; charset=utf-8" if charset == "utf-8" else "text/html"
        return page_reply(body, content_type=content_type, modified=self._edition.modified(section))

    def _announcements(self, paged: str, base: str) -> Reply | None:
        entries = self._edition.entries(ANNOUNCEMENTS)
        if not paged.isdecimal() or not 1 <= int(paged) <= wordpress_pages.page_count(entries):
            return None
        return self._list(ANNOUNCEMENTS, lambda pages: wordpress_pages.list_page(pages, int(paged), base))

    def _proxy(self, asked: Mapping[str, str]) -> Reply | None:
        for section, column in _COLUMNS.items():
            if asked.get("columnid") == str(column.number):
                return self._rows(section, column, asked)
        return None

    def _rows(self, section: str, column: Column, asked: Mapping[str, str]) -> Reply:
        try:
            rows = proxy_answer(column, self._edition.entries(section), asked)
        except ValueError:
            return furniture.error_reply(400)
        return page_reply(
            rows.encode(), content_type="text/xml; charset=UTF-8", modified=self._edition.modified(section)
        )

    def _text(self, text: str, content_type: str) -> Reply:
        modified = max(map(self._edition.modified, (*self._edition.listed,)))
        return page_reply(text.encode(), content_type=content_type, modified=modified)

    def _keep(self, key: tuple[str, str], make: Callable[[], Reply]) -> Reply:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]


def trs_page_number(path: str) -> int | None:
    """Return which list page of the TRS section *path* is, counted from 0."""
    name = path.removeprefix(trs_pages.FOLDER)
    if name == path or name in {"", "index.html"}:
        return None if name == path else 0
    number = name.removeprefix("index_").removesuffix(".html")
    return int(number) if number.isdecimal() and trs_pages.list_path(int(number)) == path else None


def _article_reply(shown: Shown, modified: datetime, base: str) -> Reply:
    markup = _article_markup(shown, base)
    if shown.page.charset == "utf-8":
        return page_reply(markup.encode(), modified=modified)
    return page_reply(markup.encode("gb18030"), content_type="text/html", modified=modified)


def _article_markup(shown: Shown, base: str) -> str:
    page, newer, older = shown.page, shown.newer, shown.older
    match page.section:
        case places.HOT_NEWS:
            return hanweb_pages.article_page(page)
        case places.GOVERNMENT:
            return trs_pages.article_page(page, newer, older)
        case places.ANNOUNCEMENTS:
            return wordpress_pages.article_page(page, newer, older, base)
        case _:
            return county_pages.article_page(page, newer, older)


def _file_body(path: str, title: str) -> bytes:
    if path.endswith(".pdf"):
        return furniture.document(title)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + title.encode()
