"""What a server says instead of a page, with status 200: that there is none, or that it cannot answer now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

from lxml import etree

from crawler.extract.lines.blocks import read_blocks
from crawler.extract.text import raw_text_of, squeeze
from storage.patterns import lazy_pattern

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

Message = Literal["not-found", "unavailable"]

_HEADLINES = etree.XPath("//title/text()|(//h1)[1]//text()", smart_strings=False)
_MOST_HEADINGS, _LONGEST_HEADING = 20, 200
_BEGINS = r"(?:\A|[|–—_·»]|\s-)\s*"
_ENDS = r"\s*(?:\Z|[|–—_·»(:：.!,，。！-])"
_CODE_WORDS = (
    r"(?:(?:http|status|error|code|page|fehler|erreur|errore|erro|página|ошибка|错误|エラー|오류)"
    r"[\s:-]*){0,3}"
)
# The number and the words as a message of their own: "404 new homes" and "not found guilty" are news.
_NOT_FOUND = lazy_pattern(
    rf"{_BEGINS}{_CODE_WORDS}40[34](?:{_ENDS}|\s*(?:page|error|file|错误|页|エラー|페이지|not\s+found))"
    rf"|(?:\A|[|–—_·».!:-])\s*not\s+found{_ENDS}"
    r"|\b(?:page|file|document|resource|url|content|article|item|record|object|node|requested)\b.{0,60}?"
    r"\bnot\s+(?:be\s+)?found\s*(?:\Z|[^\w\s]|on\s+this)"
    r"|\bpage\s+(?:you\s+\w+\s+\w+\s+\w+\s+)?(?:does\s+not|doesn.t|no\s+longer)\s+exist"
    r"|(?:can.?t|cannot|couldn.?t|could\s+not|unable\s+to)\s+find\s+(?:the|that|this|your)\s+page"
    r"|(?:\A|[|–—_·».!:])\s*(?:sorry,?\s+)?(?:this|the\s+requested)\s+(?:\w+\s+)?(?:article|content|document|item|notice|post|record|story)\s+"
    r"(?:is\s+no\s+longer\s+(?:available|online)|(?:has\s+been|was)\s+(?:deleted|removed|taken\s+down|unpublished)"
    r"(?:\s+by\s+(?:the|its)\s+\w+)?)\s*(?:\Z|[|–—_·».!])"
    r"|\bpage\s+(?:is\s+)?(?:unavailable|no\s+longer\s+available)|page\s+has\s+been\s+(?:removed|deleted)"
    r"|seite\s+(?:(?:wurde\s+)?nicht\s+gefunden|existiert\s+nicht|konnte\s+nicht\s+gefunden)"
    r"|page\s+(?:introuvable|non\s+trouvée|(?:demandée\s+)?n.existe\s+p(?:as|lus))"
    r"|p[áa]gina\s+(?:n[ãa]o\s+(?:encontrada|existe)|no\s+encontrada|(?:que\s+busca\w?\s+|solicitada\s+)?no\s+existe)"
    r"|no\s+se\s+(?:ha\s+)?encontr(?:ó|ado)\s+la\s+página|pagina\s+(?:richiesta\s+)?non\s+(?:trovata|esiste)"
    r"|pagina\s+(?:niet\s+gevonden|bestaat\s+niet|nu\s+(?:a\s+fost\s+găsită|există))"
    r"|sidan\s+(?:kunde\s+inte\s+hittas|hittades\s+inte|finns\s+inte)|fant\s+ikke\s+siden"
    r"|siden\s+(?:(?:blev\s+)?ikke\s+fundet|findes\s+ikke|ble\s+ikke\s+funnet|finnes\s+ikke)|sivua\s+ei\s+löy"
    r"|nie\s+znaleziono\s+strony|strona\s+nie\s+(?:istnieje|została\s+znaleziona)"
    r"|str[áa]nk[au]\s+(?:nenalezena|neexistuje|nebyla\s+nalezena|nebola\s+nájdená|sa\s+nenašla)"
    r"|stranica\s+nije\s+(?:pronađena|nađena)|oldal\s+nem\s+(?:található|létezik)|sayfa\s+bulunamad[ıi]"
    r"|страниц[аы]\s+не\s+(?:найдена|существует)|сторінк[ау]\s+не\s+(?:знайдено|існує)"
    r"|страница\s+није\s+пронађена|страницата\s+не\s+(?:е\s+намерена|съществува)"
    r"|η\s+σελίδα\s+δεν\s+(?:βρέθηκε|υπάρχει)"
    r"|الصفحة\s+(?:المطلوبة\s+|التي\s+تبحث\s+عنها\s+)?غير\s+(?:موجودة|متوفرة)"
    r"|صفحه\s+(?:مورد\s+نظر\s+)?(?:یافت|پیدا)\s+نشد"
    r"|(?:הדף|העמוד)\s+(?:המבוקש\s+)?לא\s+(?:נמצא|קיים)|(?:पृष्ठ|पेज)\s+नहीं\s+मिला|ไม่พบหน้า"
    r"|halaman\s+(?:\w+\s+)?tidak\s+(?:ditemukan|dijumpai|ditemui)|không\s+tìm\s+thấy\s+trang"
    r"|페이지를?\s?찾을\s?수\s?없|존재하지\s?않는\s?페이지"
    r"|(?:找不到|查無)(?:該|此)?(?:網頁|頁面)|(?:網頁|頁面)(?:不存在|已(?:被)?(?:移除|刪除))"
    r"|页面(?:不存在|未找到|找不到|已删除)|找不到(?:该|此)?(?:页面|网页|文件)|网页(?:不存在|未找到)"
    r"|(?:内容|文章|信息|稿件)(?:不存在|已(?:被)?(?:发布者|作者|管理员)?(?:删除|撤销|下线|屏蔽|移除))"
    r"|(?:此|该)(?:内容|文章|公众号|[账帐]号)(?:因|涉嫌|发送内容).{0,30}(?:无法查看|停止访问|被?屏蔽)|(?:此|该)[账帐]号已.{0,4}(?:屏蔽|注销|冻结)|您访问的(?:页面|网页|内容)(?:不存在|已|找)"
    r"|ページ(?:が|は)(?:見つかりません|存在しません)",
    re.IGNORECASE,
)
# "Bridge closed for maintenance" and "Service cuts at the harbour" are news.
_UNAVAILABLE = lazy_pattern(
    rf"{_BEGINS}{_CODE_WORDS}50[0-4](?:{_ENDS}|\s*(?:internal|service|server|bad|gateway|error))"
    rf"|{_BEGINS}(?:(?:the|this|our)\s+)?(?:service\s+(?:temporarily\s+)?unavailable|internal\s+server\s+error|bad\s+gateway|gateway\s+time-?out"
    rf"|runtime\s+error|(?:under|down\s+for|scheduled|(?:web)?site|system)\s+(?:(?:is\s+)?(?:under(?:going)?|down\s+for)\s+)?"
    rf"(?:scheduled\s+)?maintenance|(?:temporarily|currently)\s+(?:unavailable|offline|down)|(?:account|site)\s+suspended"
    rf"|it\s+works!|wartungs(?:arbeiten|modus)|en\s+mantenimiento|em\s+manutenção|en\s+maintenance"
    rf"|(?:(?:ведутся|проводятся)\s+)?технические\s+работы|(?:本?(?:系统|网站|站点|服务|平台))+(?:正在)?(?:升级|维护|更新|建设)+中?|メンテナンス中|(?:시스템\s)?점검\s?중(?:입니다)?)"
    rf"{_ENDS}"
    r"|\bwe.?(?:ll|\swill)\s+be\s+(?:right\s+)?back\s+(?:soon|shortly)|\bserver\s+error\s+in\s+'"
    r"|\berror\s+establishing\s+a\s+database\s+connection|\bdatabase\s+connection\s+error"
    r"|\b(?:undergoing|performing)\s+(?:\w+\s+)?maintenance\b.{0,80}\b(?:back|later|soon|shortly)\b"
    r"|\bserver\s+is\s+temporarily\s+unable\s+to\s+service|\bwelcome\s+to\s+nginx!|\bApache2?\s+(?:\w+\s+)?default\s+page"
    r"|\bdomain\s+(?:name\s+)?is\s+(?:for\s+sale|parked)|временно\s+недоступ|сервис\s+недоступен"
    r"|(?:系统|服务器|服务)(?:繁忙|异常|内部错误|暂时不可用|出错)|(?:系统|网站)正在(?:升级|维护)|只今メンテナンス|サービスを停止して",
    re.IGNORECASE,
)
# How what a program that broke down writes in the place of a text begins.
_BROKEN_PROGRAM = re.compile(
    r"(?:PHP\s+)?(?:fatal|parse|catchable\s+fatal)\s+error\s?:\s+(?:uncaught\b|.{1,500}?\bon\s+line\s+\d)"
    r"|Microsoft\s+(?:OLE\s+DB\s+Provider|VBScript|JScript|JET\s+Database).{1,80}?\berror\b"
    r"|(?:ADODB\.\w+|(?:mysqli?|pg|odbc|mssql|oci)_\w+\(\))\s?(?:error|:)"
    r"|(?:javax?|jakarta|org|com|net|System)\.[\w.$]{1,200}(?:Exception|Error)\b"
    r"|traceback\s+\(most\s+recent\s+call\s+last\)|ORA-\d{5}\s?:|SQLSTATE\s?\[|you\s+have\s+an\s+error\s+in\s+your\s+SQL"
    r"|whitelabel\s+error\s+page",
    re.IGNORECASE,
)
# What asks for consent before it shows anything names cookies in every language.
_COOKIES = re.compile(r"cookie|\bкуки\b|クッキー|쿠키", re.IGNORECASE)
_CONSENT = re.compile(
    r"cookie|\bкуки\b|クッキー|쿠키|\b(?:your|our)\s+privacy|\bprivacy\s+(?:choices|settings|preferences)|before\s+you\s+continue"
    r"|datenschutz|privatsphäre|vie\s+privée|privacidade?|隐私|隱私|プライバシー|개인정보",
    re.IGNORECASE,
)
_LONGEST_CONSENT, _FIRST_LINES = 2_000, 4
# What agrees to all of it, where the question itself stands.
_AGREE = re.compile(
    r"\b(?:accept|agree|akzept|zustimm|einverstanden|accepter|autoriser|aceptar|aceitar|aceito|accett"
    r"|acconsent|akkoord|accepteren|godkänn|godta|samtyk|hyväksy|akceptuj|souhlas|принять|согласен|прийняти"
    r"|kabul)|αποδοχή|同意|接受|允许全部|동의|수락|موافق|قبول",
    re.IGNORECASE,
)
_MOST_CONTROLS, _MOST_AROUND, _LONGEST_CONTROL = 4, 8, 40


def shown_instead(page: Page, lines: Sequence[str]) -> Literal["unavailable", "challenge"] | None:
    """Return what *lines*, which were found as the text of *page*, are instead of an article's.

    A program that broke down writes why; a server that wants consent to cookies shows what they are for.
    """
    if is_of_broken_program(lines[0]):
        return "unavailable"
    return "challenge" if _asks_for_consent(page, lines) else None


def is_of_broken_program(text: str) -> bool:
    """Return whether *text* begins as what a program writes that broke down."""
    return _BROKEN_PROGRAM.match(text) is not None


def _asks_for_consent(page: Page, lines: Sequence[str]) -> bool:
    first = lines[:_FIRST_LINES]
    if sum(map(len, lines)) > _LONGEST_CONSENT or not _COOKIES.search(" ".join(first)):
        return False
    if page.context.listed_title:
        return not shows_listed_title(page) and any(map(_CONSENT.search, _headings_of(page)))
    return _is_agreed_to(page, next(filter(_COOKIES.search, first), ""))


def _is_agreed_to(page: Page, line: str) -> bool:
    """Return whether what holds *line*, short of the whole page, holds a button that agrees to it, too.

    A banner over an article has such a button, but none of the article's text.
    """
    buttons = (each for each in page.tree.iter("button", "input") if _AGREE.search(_label_of(each)))
    for button in islice(buttons, _MOST_CONTROLS):
        for around in islice(button.iterancestors(), _MOST_AROUND):
            if around.tag == "body":
                break
            if squeeze(line) in squeeze(raw_text_of(around)):
                return True
    return False


def _label_of(button: etree._Element) -> str:
    return (raw_text_of(button).strip() or button.get("value") or "")[:_LONGEST_CONTROL]


def asks_for_consent(page: Page) -> bool:
    """Return whether *page*, which lists nothing, asks for consent to cookies by its title or headline."""
    lines = [block.text for block in read_blocks(page.tree).blocks]
    short = sum(map(len, lines)) <= _LONGEST_CONSENT and any(map(_COOKIES.search, lines))
    return short and any(map(_CONSENT.search, _HEADLINES(page.tree)))


def message_in_headings(page: Page) -> Message | None:
    """Return what the title or a heading of *page* says of it, None for an article's.

    A heading that is the title by which a list led here is no message.
    """
    for heading in _headings_of(page):
        if (message := message_in(heading[:_LONGEST_HEADING])) and not _is_listed(page, heading):
            return message
    return None


def shows_listed_title(page: Page) -> bool:
    """Return whether the title or a heading of *page* is the one, cut perhaps, by which a list led here."""
    return bool(page.context.listed_title) and any(_is_listed(page, each) for each in _headings_of(page))


def _headings_of(page: Page) -> Iterator[str]:
    """Yield the first texts in the title and the headings of *page*; nested ones would be a page each."""
    texts = chain.from_iterable(heading.itertext() for heading in page.tree.iter("title", "h1", "h2"))
    return islice(texts, _MOST_HEADINGS)


def _is_listed(page: Page, heading: str) -> bool:
    listed = squeeze(page.context.listed_title or "").rstrip(".…")
    return bool(listed) and squeeze(heading).startswith(listed)


def message_in(text: str) -> Message | None:
    """Return what *text* says, None where it is no message of a server; it should be short."""
    if _NOT_FOUND.search(text):
        return "not-found"
    return "unavailable" if _UNAVAILABLE.search(text) else None
