"""A site that is out of order says so with status 200: no article, and no list that was redesigned."""

from __future__ import annotations

import pytest

from crawler.extract import NotAnArticle, PageContext, extract_article
from crawler.reading.answers import Answer, read_list_answer
from storage.records import Failed, FailureCause

URL = "https://www.example.gov/news/1.html"
LISTED = PageContext(listed_title="Harbour office opens a counter for permits")
OUTAGES = (
    "Database connection failed: SQLSTATE[HY000] [2002] Connection refused",
    "User harbour already has more than 'max_user_connections' active connections",
    "The website encountered an unexpected error. Please try again later.",
    "Sorry, something went wrong. Correlation ID: 5f1c",
    "Warning: mysqli_connect(): (HY000/2002): Connection refused in /www/db.php on line 12",
    "Fatal error: Uncaught Error: Call to undefined function mysql_connect() in /www/index.php:3",
    "We are making some improvements. The website is currently offline.",
    "因网站升级改版，暂停服务，给您带来不便敬请谅解。",
    "網站維護中，造成不便敬請見諒",
    "本站正在进行系统割接，暂时无法访问",
    "数据库连接失败",
    "Sitio en mantenimiento. Disculpe las molestias.",
    "El portal se encuentra temporalmente fuera de servicio.",
    "Le site est momentanément indisponible.",
    "Site em manutenção. Voltaremos em breve.",
    "Il sito è temporaneamente non disponibile.",
    "De website is wegens onderhoud tijdelijk niet bereikbaar.",
    "Sitemiz bakım çalışması nedeniyle kapalıdır.",
    "Situs sedang dalam perbaikan.",
    "Hệ thống đang bảo trì.",
    "Сайт тимчасово недоступний.",
    "ただいまメンテナンス中です。しばらくお待ちください。",
    "الموقع تحت الصيانة. يرجى المحاولة لاحقا.",
)
NEWS = (
    ("Online payments closed on Sunday", "The website is offline on Sunday from 8 am to noon."),
    (
        "关于系统升级暂停服务的公告",
        "因系统升级，本网站将于5月8日22时至9日8时暂停服务，给您带来不便敬请谅解。",
    ),
    ("Port closed after storm", "The connection failed on Monday, and the harbour was closed until noon."),
    ("Too many requests for school places", "The council had too many requests for school places this year."),
    ("Wartungsarbeiten an der Schleuse", "Die Schleuse wird wegen Wartungsarbeiten bis Mai gesperrt."),
)


def page(text: str, title: str = "") -> bytes:
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>".encode()
    )


@pytest.mark.parametrize("text", OUTAGES)
def test_a_page_of_few_words_that_say_so_is_no_article(text: str) -> None:
    with pytest.raises(NotAnArticle) as caught:
        extract_article(page(text), URL, context=LISTED)

    assert caught.value.kind == "unavailable"


@pytest.mark.parametrize("text", OUTAGES)
def test_a_list_in_whose_place_it_stands_is_to_be_asked_for_again(text: str) -> None:
    answer = Answer(url=URL, status=200, body=page(text))

    result = read_list_answer(answer, platform=None, context=PageContext())

    assert isinstance(result, Failed)
    assert result.cause is FailureCause.SERVER_ERROR


@pytest.mark.parametrize(("title", "text"), NEWS)
@pytest.mark.parametrize("is_listed", [True, False])
def test_news_of_outages_are_news(title: str, text: str, *, is_listed: bool) -> None:
    context = PageContext(listed_title=title if is_listed else None)

    assert extract_article(page(text, title), URL, context=context).paragraphs == (text,)
