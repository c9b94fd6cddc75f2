"""The whole title of a list row: what its link shows, what completes a cut text, what a heading says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from lxml import etree

from crawler.extract.lines.han_lines import is_han
from crawler.extract.text import CUTS, DOTS, is_cut
from crawler.platforms.lists.listed_dates import read_listed_date
from crawler.platforms.lists.text import text_of, tidy
from storage.patterns import lazy_pattern

_HEADINGS = etree.XPath("descendant-or-self::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
_TITLED = etree.XPath(
    "descendant::*[contains(@class, 'tit') or contains(@class, 'Tit') or contains(@class, 'heading')"
    " or contains(@class, 'headline') or contains(@class, 'name')]"
)
# Attributes that say the whole of a title: of tooltips, for screen readers, of a picture beside it.
_SAYING = ("title", "data-original-title", "data-bs-original-title", "data-title", "aria-label", "alt")
_LABEL = re.compile(
    r"\s?[\[(（【][^\[\]()（）【】]{1,20}[\])）】]\s?"
)  # of a place or a kind, before a title
_ATTRIBUTE_LABEL = re.compile(r"^(?:标题|题目|題目|文章标题|title)\s?[:：]\s?", re.IGNORECASE)
_BULLET = re.compile(
    r"^[·•●▪■◆★\-–—>»]+\s+|^[·•●▪■◆]|^[\[(（【](?:置顶|置頂|顶|热|新|hot|new)[\])）】]\s?", re.IGNORECASE
)
# A day at the edge of a link's text is the row's; 2019年6月8日 at the front belongs to the title.
_EDGE_DATE = lazy_pattern(
    r"^[\[(（【]?\s?(?:19|20)\d{2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}\s?[\])）】]?\s?[|:：]?\s+(?=\S)"
    r"|^[\[(（【]\s?(?:(?:19|20)\d{2}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?\s?[\])）】]\s?(?=\S)"
    r"|^(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\s?[-–—:|]\s?(?=\S)"
    r"|\s?[\[(（【]\s?(?:(?:19|20)\d{2}\s?[-/.年]\s?)?\d{1,2}\s?[-/.月]\s?\d{1,2}日?\s?[\])）】]$"
    r"|\s(?:19|20)\d{2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}$"
)
_MORE = lazy_pattern(
    r"(?:continue\s+)?read(?:ing)?(?:\s+(?:more|on|full).*)?"
    r"|(?:(?:learn|see|view|find out)\s*)?more(?:\s+(?:about|details?)\b.*)?"
    r"|continue\s+reading.*|full\s+(?:story|article|text)|details?|open|pdf|docx?|files?|attachments?"
    r"|(?:view|download|herunterladen|télécharger|descargar|baixar|scarica|downloaden|pobierz|stáhnout|скачать|unduh)"
    r"(?:\s+(?:the\s+|le\s+)?(?:pdf|docx?|file|document|attachment|details?|fichier|documento|archivo|arquivo))?"
    r"|下载|下載|附件|다운로드|ダウンロード|تحميل|ดาวน์โหลด|tải\s+về"
    r"|详细|详情|查看(?:详情|更多|全文)?|阅读(?:全文|更多)|更多|全文|点击.{0,4}|了解更多|閱讀更多|詳情|詳細"
    r"|mehr(?:\s+erfahren|\s+lesen)?|weiter(?:lesen)?|lire\s+(?:la\s+suite|plus)|en\s+savoir\s+plus"
    r"|(?:leer|ver|conocer)\s+más|más\s+información|(?:continuar|seguir)\s+leyendo|ver\s+nota(?:\s+completa)?"
    r"|(?:saiba|ler|leia|ver)\s+mais|leggi(?:\s+tutto)?|continua(?:\s+a\s+leggere)?|lees\s+(?:meer|verder)"
    r"|l[äæe]s\s+me[re]{2}|lue\s+lisää|czytaj\s+(?:więcej|dalej)|čítať\s+viac|číst\s+(?:více|dále)"
    r"|(?:pročitaj|opširnije|više|vairāk|citește)(?:\s+\w+)?|detaljnije|saznaj\s+više|preberi\s+več|več"
    r"|devamı(?:nı\s+(?:oku|gör))?|daha\s+fazla|detay(?:lar)?|ayrıntılar|(?:daha\s+)?ətraflı|batafsil"
    r"|tovább(?:\s+olvasom)?|bővebben|részletek|loe\s+(?:edasi|lähemalt|rohkem|veel)|las[iī]t\s+(?:vairāk|tālāk)"
    r"|plačiau|skaityti\s+(?:daugiau|toliau|plačiau)|lexo\s+më\s+shumë|mai\s+mult(?:e)?|detalii"
    r"|lesa\s+meira|nánar|więcej|celý\s+článek|pokračovat|detail|szczegóły"
    r"|llegi(?:u|r)?\s+més|darllen\s+mwy|léigh\s+tuilleadh|irakurri\s+gehiago|ler\s+máis"
    r"|zum\s+(?:artikel|beitrag)|zur\s+(?:meldung|(?:presse|medien)mitteilung)|lire\s+l[’']article"
    r"|подробнее|подробно|читать\s+(?:далее|дальше|полностью)|докладніше|детальніше|читати\s+далі|περισσότερα"
    r"|(?:прочети|виж)\s+(?:повече|още)|(?:прочитај|дознај)\s+повеќе|прочитај\s+више|опширније|διαβάστε\s+περισσότερα"
    r"|толығырақ|толугураак|кененирээк|дэлгэрэнгүй|ვრცლად|სრულად|ավելին|կարդալ\s+ավելին"
    r"|xem\s+(?:thêm|chi\s+tiết|tiếp)|chi\s+tiết|(?:baca\s+)?selengkapnya|baca\s+lagi|lihat\s+detail"
    r"|soma\s+zaidi|자세히(?:\s?보기)?|더\s?보기|続きを読む|もっと見る|詳しく(?:見る)?"
    r"|(?:اقرأ|قراءة)\s+المزيد|المزيد|التفاصيل|ادامه(?:\s+(?:مطلب|خبر))?|بیشتر(?:\s+بخوانید)?|مزید\s+پڑھیں"
    r"|(?:קרא|קראו)\s+עוד|להמשך\s+קריאה|למידע\s+נוסף|বিস্তারিত|थप\s+पढ्नुहोस्"
    r"|อ่าน(?:ต่อ|เพิ่มเติม)|और\s+पढ़ें",
    re.IGNORECASE,
)
_MORE_OF = lazy_pattern(rf"(?:{_MORE.pattern})\s?(?:…|\.\.\.)\s.+", re.IGNORECASE)  # and the title once more
_MORE_ABOUT = lazy_pattern(
    r"(?:(?:leer|ver|conocer)\s+más|(?:saiba|ler|leia|ver)\s+mais|lire\s+(?:la\s+suite|plus)|en\s+savoir\s+plus"
    r"|mehr(?:\s+(?:erfahren|lesen))?|lees\s+(?:meer|verder)|l[äæe]s\s+me[re]{2}|подробнее|докладніше)"
    r"\s(?:sobre|acerca de|sur|à propos de|über|over|om|о|об|про)\s.+",
    re.IGNORECASE,
)
# "(PDF, 1.2 MB)" behind what a link says
_SIZE = lazy_pattern(
    r"[\s(\[,]{0,3}(?:(?:pdf|docx?|xlsx?|zip)[\s,:;-]{1,3})?\d[\d.,]{0,7}\s?(?:bytes|[km]i?[bo]|кб|мб)[\s)\]]{0,3}$",
    re.IGNORECASE,
)
_ENOUGH = 300  # characters of a link
# A title of China on two lines: an office, and "about ..." what it announces.
_ANNOUNCER, _ANNOUNCES = re.compile("[一-鿿、 （）()]{3,40}"), re.compile("关于|關於|转发|轉發|印发|印發")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"[\d\s\-/.:年月日\[\]()（）【】]+")
_BLOCKS = frozenset(
    "address article br dd div dl dt h1 h2 h3 h4 h5 h6 header li p section table td tr ul".split()
)
_UNSEEN = frozenset(("script", "style", "title", "desc"))  # the last two name a picture
_HIDDEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader-text|element-invisible|invisible|badge|new-?icon)(?:$|\s)"
)
# Of what stands before a title in an element of its own: a kind, a section, "a.m.".
_LABEL_NAME = re.compile(r"(?:^|[\s_-])(?:label|tag|chip|category|cate?)(?:$|[\s_-])", re.IGNORECASE)
_INLINE = frozenset(("span", "em", "i", "small"))
_LEAD_NAME = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|summary|excerpt|intro|desc(?:ription)?|source)(?:$|[\s_-])", re.IGNORECASE
)
_MOST_PARTS = 8  # elements of a day: its figures, a month
_LONG_ENOUGH = 8  # letters: what is shorter beside other text is a label


def shown_title(link: etree._Element) -> str:
    """Return the title that the text of *link* shows, without a day at its edges."""
    if len(link) == 0:
        return without_edge_date(tidy(link.text or ""))
    for found in (_HEADINGS(link), _TITLED(link)):
        for element in found:
            text = next(iter(_blocks(element)), "")
            if text and not is_date(text):
                return text
    blocks = _joined([block for block in _blocks(link) if not is_date(block)])
    longest = max(blocks, key=len, default="")
    return without_edge_date(next((block for block in blocks if len(block) >= _LONG_ENOUGH), longest))


def _joined(blocks: list[str]) -> list[str]:
    """Return *blocks* with the name of an office and what it announces on the line below as one title."""
    if len(blocks) > 1 and _ANNOUNCES.match(blocks[1]) and _ANNOUNCER.fullmatch(blocks[0]):
        return [blocks[0] + blocks[1], *blocks[2:]]
    return blocks


def whole_title(shown: str, attribute: str | None) -> str:
    """Return what *attribute* says where it completes *shown* or leaves its label out, else *shown*."""
    lines = [_ATTRIBUTE_LABEL.sub("", tidy(line)) for line in (attribute or "").splitlines()]
    if not shown:
        return next(filter(None, lines), "")
    stem = shown.rstrip(DOTS).rstrip() if is_cut(shown) else shown
    for full in lines:
        # Han titles are cut without a sign too; after Latin ones the attribute may only explain the link.
        if len(full) > len(stem) and full.startswith(stem) and (stem != shown or is_han(shown)):
            return full
        if full == stem:  # the system prints its dots behind every title
            return full
        if full and shown.endswith(full) and _LABEL.fullmatch(shown.removesuffix(full)):
            return full
    return shown


def completed(title: str, elements: Iterable[etree._Element]) -> str:
    """Return what an attribute of *elements* says where it completes *title*, which was cut, else *title*."""
    for element in elements:
        for name in _SAYING:
            if (said := element.get(name)) and (whole := whole_title(title, said)) != title:
                return whole
    return title


def heading_in(element: etree._Element) -> str | None:
    """Return the first heading inside *element*, else what its class calls a title."""
    for found in (_HEADINGS(element), _TITLED(element)):
        for heading in found:
            text = text_of(heading)
            if text and not is_date(text):
                return text
    return None


def texts_beside(link: etree._Element, row: etree._Element) -> list[str]:
    """Return the texts of *row* outside of *link*, those of one line in one: "<b>Miller</b> v. City"."""
    lines: list[list[str]] = [[]]
    within = False  # the link
    for event, inner in etree.iterwalk(row, events=("start", "end")):
        if inner is link:
            within = event == "start"
        if within or not isinstance(inner.tag, str):
            continue
        if inner is link or inner.tag in _BLOCKS:
            lines.append([])
        text = inner.text if event == "start" else inner.tail if inner is not row else None
        if text and not (event == "start" and inner.tag in _UNSEEN):
            lines[-1].append(text)
    return [text for text in (tidy("".join(line)) for line in lines) if text]


def says_more(text: str) -> bool:
    """Tell whether the words of a link only ask to follow it."""
    return _says_more(text[:_ENOUGH])


@lru_cache(maxsize=4096)  # asked of every link several times
def _says_more(text: str) -> bool:
    words = text.strip(" ›»>→….[]【】")
    if _DIGIT.search(words):
        words = _SIZE.sub("", words)
    if _MORE.fullmatch(words) or _MORE_ABOUT.match(words):
        return True
    return any(cut in words for cut in CUTS) and _MORE_OF.match(words) is not None


def without_edge_date(text: str) -> str:
    """Return *text* without a bullet and without the row's day at its front or end."""
    return _BULLET.sub("", _EDGE_DATE.sub("", text) if _DIGIT.search(text) else text).strip()


def edge_date(text: str) -> str:
    """Return the day at the front or end of *text*, empty where there is none."""
    found = _EDGE_DATE.search(text)
    return found[0] if found else ""


def is_date(text: str) -> bool:
    """Tell whether *text* is a day, or the digits of a part of one."""
    return len(text) <= 30 and (_DIGITS.fullmatch(text) is not None or read_listed_date(text) is not None)


def _blocks(element: etree._Element) -> list[str]:
    """Return the text of *element* as the blocks that a reader sees apart."""
    blocks: list[list[str]] = [[element.text or ""]]
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if inner is element or not isinstance(inner.tag, str):
            continue
        if inner.tag in _BLOCKS or _is_lead(inner) or (_is_day(inner) and not _is_in_sentence(inner)):
            blocks.append([])
        text = inner.text if event == "start" else inner.tail
        if text and not (event == "start" and (_is_unseen(inner) or _is_label(inner))):
            blocks[-1].append(text)
    return [text for text in (tidy("".join(block)) for block in blocks) if text]


def _is_label(element: etree._Element) -> bool:
    """Tell whether *element* says of what kind the title in the element after it is."""
    after = element.getnext()
    return (
        after is not None
        and after.tag == element.tag
        and not (element.tail and element.tail.strip())
        and _LABEL_NAME.search(element.get("class", "")) is not None
        and not _LABEL_NAME.search(after.get("class", ""))
        and bool(text_of(after))
    )


def _is_lead(element: etree._Element) -> bool:
    """Tell whether *element* is named for what stands below a title: a lead, a summary, a source."""
    return element.tag in _INLINE and _LEAD_NAME.search(element.get("class", "")) is not None


def _is_day(element: etree._Element) -> bool:
    """Tell whether *element* says a day and nothing else; one of many parts is not read for it."""
    return next(islice(element.iter(), _MOST_PARTS, None), None) is None and is_date(text_of(element))


def _is_in_sentence(day: etree._Element) -> bool:
    """Tell whether *day* is but a number in a sentence, with words right before it: "<b>68</b> million"."""
    before, parent = day.getprevious(), day.getparent()
    words = before.tail if before is not None else parent.text if parent is not None else None
    return bool(words and words.strip()) and read_listed_date(text_of(day)) is None


def _is_unseen(element: etree._Element) -> bool:
    return element.tag in _UNSEEN or _HIDDEN.search(element.get("class", "")) is not None
