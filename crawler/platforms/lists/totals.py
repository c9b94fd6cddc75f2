"""The number of entries that a list page states beside them: "1 to 20 of 345 results", 共345条."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.dates.written import NARROW
from crawler.extract.text import raw_text_of
from crawler.platforms.lists.paging import stated_by_script
from crawler.platforms.lists.regions import is_furniture, is_pager
from crawler.platforms.lists.text import text_of, tidy
from storage.patterns import lazy_pattern

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

# Between what a page shows and all there is: "1 - 20 of 345".
_PREPOSITIONS = (
    r"of|von(?: insgesamt)?|de|sur|van|di|su|av|af|z|od|iz|din|dari|daripada|trong|із|з|из|από|من|از|מתוך"
)
_PAGES = r"pages|Seiten|páginas|pagin|sider|sidor|stron|stránek|strani|страниц|сторінок|σελίδες|halaman|trang"
_SPACED = r"\d{1,3}(?:[\s’']\d{3}){1,2}(?!\d)"  # 40 512, 18’204
_STATED = lazy_pattern(
    r"(?:共[有计計]?|总共有?|總共|合计|全部|[共您](?:找|搜|查询?)到(?:相关结果)?约?)(?:信息|记录|文章|新闻|数据|信件|来信)?\s{0,3}"
    r"(?P<zh>\d[\d,]{0,10})\s{0,3}(?:[条條篇则筆笔封]|记录|記錄|[个個](?:结果|結果|记录))"
    r"|共\s?\d{1,5}\s?[页頁][\s,，/]{0,3}共?(?P<after_pages>\d{1,8})\s?[条條篇则筆笔]"
    r"|(?<![\d每页頁第至到~-])(?P<records>\d{1,8})\s?[条條](?:记录|記錄|信息|数据)[\s,，]{0,3}(?:共|第?\d{1,5}\s?/)"
    r"|^(?P<alone>\d{1,8})\s?[条條](?:记录|記錄|信息|数据)?$"
    rf"|(?:{_PREPOSITIONS}|total:?)\s{{1,3}}(?P<of>(?<!page \d of ){_SPACED}|[\d,.]{{1,11}})\s{{1,3}}"
    r"(?:results?|records?|items?|entr(?:ies|y)|articles?|documents?|news|notices?|posts?|publications?"
    r"|(?:press |news )?releases?"
    r"|Ergebnissen|Treffern|Meldungen|Einträgen|résultats|resultados|registros|noticias|notícias|resultaten"
    r"|berichten|risultati|notizie|träffar|treff|resultater|wyników|результатов|новостей)\b"
    r"|\d{1,8}\s?(?:[-–]|to|bis|à|al?)\s?\d{1,8}\s\(?"
    rf"(?:{_PREPOSITIONS})\s"
    rf"(?P<of_range>(?>{_SPACED}|\d[\d,.]{{0,10}}))(?!\s?(?:{_PAGES}))"
    r"|^(?:(?:found|total[et]?|insgesamt|er zijn|in totaal|il y a|hay|there are|löytyi|fand?t|hittade)\s)?"
    r"(?P<results>\d{1,3}(?:[,.\s’']?\d{3}){0,2})\s{1,3}"
    r"(?:(?:results?|records?|news and communications|(?:press |news )?releases?|announcements?)(?: found)?"
    r"|(?:(?:Such)?(?:Ergebnisse|resultate)|Treffer|Meldungen|(?:Presse|Medien)mitteilungen)(?: gefunden)?"
    r"|résultats(?: trouvés| de recherche)?|actualités|sökresultat|søkeresultater"
    r"|søgeresultater|zoekresultaten"
    r"|communiqués|resultados"
    r"|resultaten|berichten|träffar|treff|resultater|resultat|tulosta|osumaa|wyników"
    r"|risultati(?: trovati)?|contenuti trovati|notizie|notícias|noticias)(?:$|\.\s)"
    r"|(?:(?:记录|信息|条目|文章|新闻)?总(?:记录|条)?数|总计|(?:總|资料总|資料總)[筆笔]數)\s?[:：]\s?(?P<sum>\d[\d,]{0,10})"
    r"|^total(?: (?:items|results|records|articles|entries))?\s?:?\s{0,3}(?P<total>[\d,.]{1,11})$"
    r"|(?:총|전체|total)\s{0,3}(?:게시(?:물|글)\s?)?[:：]?\s{0,3}(?P<korean>[\d,]{1,11})\s{0,2}(?:건|개)"
    r"|(?:全\s?(?P<japanese>[\d,]{1,11})\s?件|(?<![\d,])(?P<hits>[\d,]{1,11})\s?件中)"
    r"|^(?:всего|найдено|усього|знайдено)(?:\s\w+)?\s?:?\s{1,3}(?P<russian>\d[\d\s]{0,10})$"
    r"|^(?:(?:number of|nombre de|número de|n[uú]mer(?:o|ul) d[ei]|anzahl(?: der)?|antall?|aantal|število"
    r"|broj|počet(?: nalezených)?|liczba|skaits|skaičius)\s\w+|találatok száma|hakutuloksia|عدد النتائج"
    r"|αποτελέσματα|(?:such|search )?(?:ergebnisse|treffer|results)|résultats|resultados|risultati"
    r"|resultaten|träffar)"
    r"\s?[:：]\s{0,2}(?P<counted>\d[\d.,\s’']{0,10})(?:st|stk|stück|szt|ks|db)?\.?$"
    r"|(?:נמצאו|נמצאים|סה[\"״]כ)\s(?P<hebrew>\d[\d,]{0,10})\s(?:תוצאות|פריטים|ידיעות|רשומות)"
    r"|^(?:(?:إجمالي|عدد)\s)?(?P<arabic>\d[\d,٬]{0,10})\s(?:نتيجة|نتائج|خبر[اًا]*|سجل[اًا]*)$"
    r"|\((?P<items>[\d,.]{1,11}) (?:items|results|records|articles|entries)(?: in total)?\)",
    re.IGNORECASE,
)
# "2026 Press Releases" heads those of a year.
_OF_A_YEAR = re.compile(
    r"(?:19|20)\d{2}\s(?:(?:press |news )?releases|announcements|news|articles|notices|Meldungen"
    r"|Pressemitteilungen|actualités|communiqués|notizie|notícias|noticias)",
    re.IGNORECASE,
)
_HEADINGS = frozenset({"h2", "h3", "h4"})
_HEADED = re.compile(
    r"(?:news(?: (?:articles|items))?|items|documents|(?:press|news) releases?"
    r"|(?:search )?results?|publications?|announcements?|articles"
    r"|actualités|communiqués|résultats|nachrichten|meldungen|ergebnisse|noticias|notícias|resultados|notizie"
    r"|risultati|nieuws|resultaten|nyheter|nyheder|aktualności|wyniki)\s?\((\d[\d,.\s’]{0,10})\)",
    re.IGNORECASE,
)
_ONLY_PAGE = r"\bpage 1 of 1(?!\d)|\bSeite 1 von 1(?!\d)|\b1\s?/\s?1\s?(?:[页頁]|페이지)"
_ONLY_PAGE_HINTS = (r"page 1 of 1", r"seite 1 von 1", r"1\s?/\s?1\s?[页頁페]")
_LONGEST_TOTAL = 8  # digits
_DIGIT = re.compile(r"\d")
_NO_DIGIT = re.compile(r"\D")
_OF = re.compile(rf"[\s(](?:{_PREPOSITIONS})\s\d", re.IGNORECASE)
# One of these is part of every total but those of `_OF`; looking for them takes a tenth of the time.
_WORDS = tuple(
    """
    共 总 總 到 合计 全部 条 條 件 총 전체 total result record item entries article document communications
    release announcement news träff treff tulos osuma wynik risultat contenuti notizie notícia
    noticia actualité communiqué bericht meldung mitteilung ergebnis résultat всего найден
    усього знайден number nombre número numero numărul anzahl antal aantal število broj počet
    skait skaič találat عدد نتيجة نتائج خبر سجل αποτελ תוצאות פריטים ידיעות רשומות
    """.split()
)
# Of the Empire CMS, which says so in a title alone.
_NAMED_TOTAL = etree.XPath("//a[@title='总数' or @title='Total record']")
# Of what is as short as this, of any of these kinds, a total is all that it tells.
_HOLDERS = frozenset({"div", "p", "span", "h2", "h3", "h4", "li", "td", "section", "form", "center", "a"})
_LONGEST, _LONGEST_SPACED = 120, 1_000  # characters, on one line and as they are written


def stated_total(page: Page, shown: int) -> int | None:
    """Return the number of entries that *page* states, of which it has *shown* some; pages are no entries."""
    scripted = stated_by_script(page)
    if scripted is not None:
        return scripted
    named = _NAMED_TOTAL(page.tree) if "总数" in page.text or "Total record" in page.text else ()
    for holder in named:
        if (digits := _NO_DIGIT.sub("", text_of(holder))) and len(digits) <= _LONGEST_TOTAL:
            return int(digits)
    totals = {
        holder: total
        for holder, text in _short_with_digits(page).items()
        if (total := _total_in(text) or _headed_total(holder, text)) >= max(shown, 1)
    }
    for holder in filter(totals.__contains__, page.tree.iter(*_HOLDERS)) if totals else ():
        if _is_one_number(str(totals[holder]), holder) and not _is_aside(holder):
            return totals[holder]
    return None


def _short_with_digits(page: Page) -> dict[etree._Element, str]:
    """Return the elements of *page* that may hold a total, each with its text on one line.

    They are found from their digits, which few elements hold: there is no need to measure the others.
    """
    body = page.tree.find("body")
    found: dict[etree._Element, str | None] = {}
    for element in body.iter() if body is not None else ():
        if (text := element.text) and _DIGIT.search(text) and isinstance(element.tag, str):
            _climb(element, body, found)
        if (tail := element.tail) and _DIGIT.search(tail) and element is not body:
            _climb(element.getparent(), body, found)
    return {element: text for element, text in found.items() if text and element.tag in _HOLDERS}


def _climb(
    element: etree._Element | None, body: etree._Element | None, found: dict[etree._Element, str | None]
) -> None:
    """Add *element* and what is around it to *found*, up to the first that is too long."""
    while element is not None and element is not body and element not in found:
        raw = raw_text_of(element)
        line = tidy(raw) if len(raw) < _LONGEST_SPACED else None
        found[element] = line = line if line and len(line) < _LONGEST else None
        if line is None:
            break
        element = element.getparent()


def _headed_total(holder: etree._Element, text: str) -> int:
    """Return the total that a heading has behind its word, as in "News (318)"; 0: none."""
    match = _HEADED.fullmatch(text) if holder.tag in _HEADINGS else None
    return int(_NO_DIGIT.sub("", match[1])) if match else 0


def says_it_shows(page: Page, count: int) -> bool:
    """Tell whether *page* says that it shows *count* rows, "1 - 8", or is the only one of a list."""
    rows = rf"1\s?(?:[-–~]|to|bis|à|al?)\s?{count}(?!\.?\d|[/-])"
    shown = re.compile(rf"(?<![\d./-])(?:{rows})|{_ONLY_PAGE}", re.IGNORECASE)
    # Patterns that begin with a letter as it is are found in a hundredth of the time.
    folded = page.text.lower()
    hinted = re.search(rows, folded) or any(re.search(hint, folded) for hint in _ONLY_PAGE_HINTS)
    if hinted and any(map(shown.search, _short_with_digits(page).values())):
        return True
    return stated_total(page, count) == count


def _is_one_number(digits: str, holder: etree._Element) -> bool:
    """Tell whether *digits* stand in one text of *holder*, not in a row of links to pages."""
    texts = (tidy(text).translate(NARROW) for text in holder.itertext())
    return any(digits in _NO_DIGIT.sub("", text) for text in texts)


@lru_cache(maxsize=4096)  # most are lines of menus, the same on each list page of a site
def _total_in(text: str) -> int:
    """Return the total that *text*, which is short, states; 0: none."""
    match = _STATED.search(text) if _may_state(text) else None
    return int(_NO_DIGIT.sub("", match[match.lastgroup or 0]) or 0) if match else 0


def _may_state(text: str) -> bool:
    if not _DIGIT.search(text) or _OF_A_YEAR.fullmatch(text):
        return False
    folded = text.lower()
    return any(word in folded for word in _WORDS) or _OF.search(text) is not None


def _is_aside(holder: etree._Element) -> bool:
    """Return whether *holder* stands in furniture other than the pager: there a list states its total."""
    around = (holder, *holder.iterancestors())
    return any(
        is_furniture(element) and not is_pager(element) and not _is_frame(element) for element in around
    )


def _is_frame(element: etree._Element) -> bool:
    """Return whether *element* holds what the page is for, or most of it, whatever it is called."""
    if element.tag in ("nav", "footer", "aside"):
        return False
    if next(element.iter("h1", "main"), None) is not None:
        return True
    return 2 * len(text_of(element)) > len(text_of(element.getroottree().getroot()))
