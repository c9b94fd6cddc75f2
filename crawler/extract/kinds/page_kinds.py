"""What a page is that shows no article: a challenge, a stored 404, a login, a list, an empty shell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract.body.boilerplate import top_rule
from crawler.extract.dates.written import read_date
from crawler.extract.kinds.challenges import challenge_sign
from crawler.extract.kinds.error_pages import (
    Message,
    asks_for_consent,
    is_of_broken_program,
    message_in,
    message_in_headings,
    shows_listed_title,
)
from crawler.extract.kinds.outages import says_outage
from crawler.extract.kinds.page_redirects import redirect_in
from crawler.extract.lines.blocks import Block, read_blocks
from crawler.extract.lines.han_lines import is_han
from crawler.extract.markup.page import Page
from crawler.extract.types import ExtractedList
from storage.records import Link

SHORT_TEXT = 600  # characters; an error page or a login says less
LITTLE_TEXT = 250  # characters; a page that shows no more has its message in them
LEAST_ROWS = 5
_CREDITS = frozenset({"meta line", "date line"})
_LONGEST_DAY = 20  # characters of a line that begins with a day
_MOST_CREDITS = 6  # lines between a headline and its text
LONGEST_DATED = 80  # characters of a row's text that shows its date
LEAST_HOME_ROWS = 3
_BESIDE_LISTED = 3  # times its own text, that an article may show of other news
LEAST_DOCUMENTS = 8  # "Agenda", "Minutes", "Agenda", ...: a notice names each of its annexes otherwise
HOME_PATHS = frozenset({"", "/", "/index.html", "/index.htm", "/index.shtml", "/index.php", "/default.aspx"})
SHORT_TITLE_WORDS = 3  # "Press Releases" names a section; headlines are longer
SHORT_TITLE_CHARACTERS = 30
SHORT_TITLE_HAN = 8
_OF_SECTIONS = frozenset(
    "news press media release releases events publications latest recent all statements speeches blog archive"
    " archives updates announcements articles stories newsroom reports notices search results category"
    " presse aktuelles meldungen pressemitteilungen nachrichten veranstaltungen archiv alle"
    " actualités communiqués noticias notas comunicados notícias notizie comunicati nieuws nyheter"
    " nyheder".split()
)

_FOR_WORDS = r"(?:(?: (?:for|für|pour|para|per)|:) .{1,80})?"
_SEARCH = re.compile(
    r"(?:(?:your |advanced )?search results?|(?:ihre )?suchergebnisse?"
    r"|résultats? de (?:la |votre )?recherche|resultados? (?:de|da) (?:la |su )?(?:búsqueda|busca|pesquisa)"
    r"|risultati della ricerca|zoekresultaten|sökresultat|sø[gk]eresultater|wyniki wyszukiwania"
    rf"|результаты поиска){_FOR_WORDS}"
    r"|(?:全站)?(?:搜索|检索|搜尋|檢索)(?:结果|結果)|検索結果|(?:통합)?검색\s?결과",
    re.IGNORECASE,
)
_FEED = re.compile(
    r"\A[\s\ufeff]{0,100}(?:<\?xml[^>]{0,1000}>|<!--.{0,500}?-->|\s){0,9}"
    r"<(?:(?P<prefix>\w{1,20}):)?(?P<name>rss|feed|RDF|urlset|sitemapindex)(?=[\s>])(?P<attributes>[^>]{0,1500})>",
    re.DOTALL,
)
_INDEX = re.compile(r"\s{0,99}Index of /")  # of a folder, by the server itself
_PASSWORD = etree.XPath("boolean(//input[@type='password'])")
_APP_ROOT = etree.XPath(
    "boolean(//*[@id='app' or @id='root' or @id='__next' or @id='__nuxt' or @id='q-app'])"
)
_SCRIPTS = etree.XPath(
    "boolean(//script[@src] or //script[string-length(.) > 200] or //script[contains(., 'location')]"
    " or //meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh'])"
)
_TEXT = etree.XPath(
    "//body//text()[not(parent::script or parent::style or parent::noscript or parent::template)]",
    smart_strings=False,
)


def kind_without_body(page: Page) -> str:
    """Return what *page* is, of which no body could be read."""
    if challenge_sign(200, {}, page.utf8):
        return "challenge"
    if message := message_in_headings(page):
        return message
    text = _visible_text(page)
    if len(text) < SHORT_TEXT and _PASSWORD(page.tree):
        return "login"
    if len(text) < LITTLE_TEXT and not shows_listed_title(page) and (message := _message_in_all(page, text)):
        return message
    if asks_for_consent(page):
        return "challenge"
    if lists_rows(page):
        return "list"
    if len(text) < SHORT_TEXT and (_APP_ROOT(page.tree) or (not text and _SCRIPTS(page.tree))):
        return "shell"
    return "empty-body"


def kind_of_doubtful(page: Page, title: str, characters: int) -> str | None:
    """Return what *page* is if it only looks like an article titled *title* of so many characters."""
    if characters < SHORT_TEXT:
        if challenge_sign(200, {}, page.utf8):
            return "challenge"
        if message := message_of(page, characters):
            return message
        if _PASSWORD(page.tree) and len(_visible_text(page)) < SHORT_TEXT:
            return "login"
        if characters < LITTLE_TEXT and redirect_in(page.utf8):
            return "shell"
        if _SEARCH.fullmatch(title):  # that found nothing
            return "list"
    if names_a_section(title):
        return "list" if lists_rows(page) else None
    # Rows that say less than the text are other news beside an article; one that is listed has more of them.
    said = characters * (_BESIDE_LISTED if shows_listed_title(page) else 1)
    return "list" if characters < SHORT_TEXT and lists_rows(page, besides=said) else None


def is_credited(title: str, blocks: Sequence[Block], first: str) -> bool:
    """Return whether a line that is *title* and no link has a day or a source below it, over *first*.

    Chinese titles tell: those of sections are shorter. Others may name a list in as many words: there the
    day stands under no other line of the page.
    """
    if not is_han(title) and not says_more_than_a_section(title):
        return False
    texts = [block.text for block in blocks]
    end = texts.index(first) if first in texts else 0
    place = next((index for index in range(end - 1, -1, -1) if texts[index] == title), None)
    if place is None or blocks[place].linked or end - place > _MOST_CREDITS:
        return False
    between = [block for block in blocks[place + 1 : end] if len(block.text) <= LONGEST_DATED]
    dated = [block for block in between if _is_credit(block.text)]
    if is_han(title):
        return bool(dated)
    alone = any(sum(each.frame.key == block.frame.key for each in blocks) == 1 for block in dated)
    return alone and not any(block.links for block in between)


def _is_credit(line: str) -> bool:
    return top_rule(line) in _CREDITS or read_date(line[:_LONGEST_DAY]) is not None


def message_of(page: Page, characters: int = 0) -> str | None:
    """Return what a server says on *page* instead of what was asked for, in headings or in all its few words.

    None where it shows as many *characters* of a text as no message has.
    """
    shown = _visible_text(page)
    message = message_in_headings(page) if len(shown) < 2 * SHORT_TEXT else None
    if message or characters >= LITTLE_TEXT or len(shown) >= LITTLE_TEXT or shows_listed_title(page):
        return message
    return _message_in_all(page, shown)


def _message_in_all(page: Page, text: str) -> Message | None:
    """Return what the few words of a whole page say instead of the article that was asked for.

    Where nothing tells how that is called, words of an outage may be its own.
    """
    if message := message_in(text):
        return message
    is_out = is_of_broken_program(text) or (bool(page.context.listed_title) and says_outage(text))
    return "unavailable" if is_out else None


def is_out_of_order(page: Page) -> bool:
    """Return whether *page*, which lists nothing, says that the site is out of order for now."""
    shown = _visible_text(page)
    if len(shown) < LITTLE_TEXT and (is_of_broken_program(shown) or says_outage(shown)):
        return True
    return message_of(page) == "unavailable"


def feed_root(page: Page) -> re.Match[str] | None:
    """Return the first tag of the feed or sitemap that *page* is, with its prefix, name and attributes."""
    return _FEED.match(page.text[:3_000])


def kind_of_overview(page: Page, documents: Sequence[Link]) -> str | None:
    """Return "list" for a feed, a front page with rows and a page of the same few *documents* only."""
    if any(_INDEX.match(title.text or "") for title in page.elements.with_tag("title")[:1]):
        return "list"
    names = {document.title for document in documents}
    if feed_root(page) or (len(documents) >= LEAST_DOCUMENTS and len(names) * 2 <= len(documents)):
        return "list"
    return (
        "list" if page.url and is_home(page.url) and len(_list_of(page).entries) >= LEAST_HOME_ROWS else None
    )


def is_home(url: str) -> bool:
    """Return whether *url* is the front page of its site."""
    try:
        parts = urlsplit(url)
    except ValueError:  # an ill-formed address is nobody's home
        return False
    return not parts.query and parts.path.lower() in HOME_PATHS


def names_a_section(title: str) -> bool:
    """Return whether *title* is too short for a headline."""
    if is_han(title):
        return len(title) <= SHORT_TITLE_HAN
    return len(title) <= SHORT_TITLE_CHARACTERS and len(title.split()) <= SHORT_TITLE_WORDS


def says_more_than_a_section(title: str) -> bool:
    """Return whether *title* is a headline, if a short one: three words, of which none is of sections."""
    words = title.lower().split()
    return not names_a_section(title) or (
        len(words) == SHORT_TITLE_WORDS and not is_han(title) and _OF_SECTIONS.isdisjoint(words)
    )


def lists_rows(page: Page, *, besides: int = 0) -> bool:
    """Return whether *page* is a list of dated rows, or of rows with further pages of them.

    The titles of the rows have more characters than a text of *besides*.
    """
    found = _list_of(page)
    if sum(len(entry.title) for entry in found.entries) <= besides:
        return False
    days = [entry.date for entry in found.entries if entry.date is not None]
    dated = len(days) >= LEAST_ROWS and len(days) * 2 > len(found.entries)
    if dated and len(set(days)) == 1:  # one date over the links of a text is that of the text
        dated = _shown_dates(page) >= LEAST_ROWS
    return dated or bool(found.entries and found.next)


def _shown_dates(page: Page) -> int:
    """Return how many short texts of *page* hold a date."""
    texts = (text for text in _TEXT(page.tree) if len(text) <= LONGEST_DATED)
    return sum(read_date(text) is not None for text in texts)


def _list_of(page: Page) -> ExtractedList:
    from crawler.extract.list_page import read_list  # list reading knows platforms, and they know pages

    # Rows are told by their links, and links need an address to start from; any will do here.
    return read_list(page if page.url else replace(page, url="http://page.invalid/"))


def _visible_text(page: Page) -> str:
    return " ".join(block.text for block in read_blocks(page.tree).blocks)
