"""Pages that are no articles say what they are."""

from __future__ import annotations

import pytest

from crawler.demo import trouble_pages
from crawler.extract import NotAnArticle, PageContext, extract_article
from storage.records import BodyKind

ROWS = "".join(
    f'<li><a href="/news/{number}.html">The harbour office publishes its report number {number}</a>'
    f"<span>2026-05-{number + 10}</span></li>"
    for number in range(12)
)

TEXT_OF_A_FEED = (
    b"<title>A second counter opens</title><description>"
    + b"It is open to all. " * 40
    + b"</description></item></channel></rss>"
)


def article(body: str, title: str = "Harbour Office Opens a Second Counter") -> bytes:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        (trouble_pages.WAIT_CHALLENGE.encode(), "challenge"),
        (trouble_pages.SOFT_404.encode(), "not-found"),
        (trouble_pages.LOGIN.encode(), "login"),
        (trouble_pages.REDESIGNED_LIST.encode(), "shell"),
        (article(f"<ul>{ROWS}</ul>", "Press Releases"), "list"),
        (article("<p></p>"), "empty-body"),
        (
            b"<html><head><title>Harbour Office</title></head><body><div id=app></div><noscript><p>"
            b"Please switch scripts on.</p></noscript><script src=/app.js></script></body></html>",
            "shell",
        ),
        (article("<p>抱歉，您访问的页面不存在或已被删除。</p>", "页面不存在"), "not-found"),
        (article("<p>您访问的页面不存在或已被删除！</p>", "提示信息"), "not-found"),
        (b"<?xml version='1.0'?><rss><channel><title>News</title><item>" + TEXT_OF_A_FEED, "list"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "not-html"),
    ],
)
def test_what_is_no_article_is_named(markup: bytes, kind: str) -> None:
    with pytest.raises(NotAnArticle) as caught:
        extract_article(markup, "https://www.example.gov/1.html")

    assert caught.value.kind == kind
    assert caught.value.url == "https://www.example.gov/1.html"


def test_an_article_about_404_errors_is_an_article() -> None:
    text = "<p>The city library answered 404 letters in May, more than ever, and its head was glad.</p>" * 12

    assert extract_article(article(text, "404 Letters Answered"), "https://www.example.gov/1.html").paragraphs


@pytest.mark.parametrize(
    "title",
    [
        "Sidan kunde inte hittas",
        "Siden blev ikke fundet",
        "Fant ikke siden",
        "Nie znaleziono strony",
        "Страница не найдена",
        "Pagina niet gevonden",
        "Pagina non trovata",
        "Halaman tidak ditemukan",
        "Sayfa bulunamadı",
        "الصفحة غير موجودة",
        "페이지를 찾을 수 없습니다",
        "ไม่พบหน้าที่ต้องการ",
        "Không tìm thấy trang",
        "Stránka nenalezena",
        "Η σελίδα δεν βρέθηκε",
        "Sivua ei löytynyt",
        "הדף לא נמצא",
        "找不到網頁",
        "お探しのページは見つかりませんでした",
        "Sorry, we can't find that page",
        "Page unavailable",
        "Cette page n'existe pas",
        "La página que busca no existe",
        "Сторінку не знайдено",
        "Az oldal nem található",
        "Pagina nu a fost găsită",
        "صفحه مورد نظر یافت نشد",
        "Stranica nije pronađena",
        "Diese Seite existiert nicht",
        "Página não encontrada",
        "404",
        "Error 404",
        "HTTP Status 404 – Not Found",
        "404 | Example Council",
        "404 Not Found",
        "404错误页面",
        "Example Council - 404",
        "Not found",
        "Page not found - Example Council",
        "Sorry, the page you requested could not be found.",
        "The requested URL /news/1.html was not found on this server.",
        "File not found.",
        "Pagina niet gevonden | Gemeente",
        "الصفحة المطلوبة غير موجودة",
        "This page has been removed",
        "This article has been removed",
        "Sorry, this content is no longer available.",
        "This news item was deleted by the publisher",
    ],
)
def test_an_error_page_says_so_in_any_language(title: str) -> None:
    for body in ("<p>…</p>", "<p>Please go back to our home page.</p>"):
        with pytest.raises(NotAnArticle) as caught:
            extract_article(article(body, title), "https://www.example.org/1.html")

        assert caught.value.kind == "not-found"


@pytest.mark.parametrize(
    "title",
    [
        "503 Service Unavailable",
        "HTTP Status 500 – Internal Server Error",
        "Site maintenance",
        "Under maintenance | Example Council",
        "We'll be back soon",
        "Error establishing a database connection",
        "Welcome to nginx!",
        "系统维护中",
        "网站系统升级维护中",
        "网站正在升级维护",
        "只今メンテナンス中です",
        "Wartungsarbeiten",
        "En mantenimiento",
        "Ведутся технические работы",
    ],
)
def test_a_server_that_cannot_answer_now_is_told_by_its_words(title: str) -> None:
    with pytest.raises(NotAnArticle) as caught:
        extract_article(article("<p>Please try again in an hour.</p>", title), "https://example.gov/1.html")

    assert caught.value.kind == "unavailable"


@pytest.mark.parametrize(
    "written",
    [
        "<b>Fatal error</b>:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /www/db.php:31",
        "PHP Parse error: syntax error, unexpected '}' in /www/news/show.php on line 12",
        "Microsoft OLE DB Provider for SQL Server error '80004005' [DBNETLIB] SQL Server does not exist.",
        "ADODB.Connection error '800a0e7a' Provider cannot be found. /inc/conn.asp, line 11",
        "java.lang.NullPointerException at gov.news.Show.doGet(Show.java:41)",
        "System.Data.SqlClient.SqlException: Timeout expired. at System.Data.SqlClient.SqlConnection.Open()",
        "ORA-12541: TNS:no listener",
        "mysqli_connect(): (HY000/2002): Connection refused in /www/inc/db.php on line 5",
    ],
)
def test_what_a_program_that_broke_down_writes_is_no_article(written: str) -> None:
    trace = "".join(f"<p>#{number} /www/lib/part{number}.php({number}): open()</p>" for number in range(30))
    context = PageContext(listed_title="Harbour office opens a counter for permits")
    for markup in (f"<p>{written}</p>{trace}", article(f"<p>{written}</p>", "Harbour Council").decode()):
        with pytest.raises(NotAnArticle) as caught:
            extract_article(markup.encode(), "https://example.gov/1.html", context=context)

        assert caught.value.kind == "unavailable"


CONSENT = (
    "<p>We use cookies to run this website and to understand how visitors use it.</p>"
    "<p>You can accept all of them or reject those that are not necessary.</p><button>Accept all</button>"
)


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("We value your privacy", CONSENT),
        ("Cookies on this site", CONSENT),
        (
            "Datenschutzeinstellungen",
            "<p>Wir verwenden Cookies, um die Website zu betreiben. Einige davon sind notwendig.</p>",
        ),
        ("Votre vie privée", "<p>Ce site utilise des cookies pour mesurer son audience et votre visite.</p>"),
    ],
)
def test_a_page_that_wants_consent_to_cookies_is_no_article(heading: str, text: str) -> None:
    context = PageContext(listed_title="Harbour office opens a counter for permits")
    with pytest.raises(NotAnArticle) as caught:
        extract_article(article(text, heading), "https://example.gov/1.html", context=context)

    assert caught.value.kind == "challenge"


@pytest.mark.parametrize(
    ("heading", "text", "button"),
    [
        (
            "Before you continue",
            "<p>We use cookies and data to deliver and maintain our services, and to track outages.</p>"
            "<p>If you choose to accept all, we will also use them to develop new services.</p>",
            "<input type='submit' value='Accept all'>",
        ),
        (
            "Die Hafenzeitung gehört zur Küstengruppe",
            "<p>Wir betreiben und verwalten mehrere Zeitungen, die Ihre Region zuverlässig informieren.</p>"
            "<p>Wenn Sie zustimmen, verwenden wir und 237 Partner Cookies, um Anzeigen auszuwählen.</p>",
            "<button name='yes'><span>Alle akzeptieren</span></button>",
        ),
        (
            "隐私提示",
            "<p>本网站使用 Cookie 了解访问情况，并据此改进网页内容和服务，请您在继续浏览之前作出选择。</p>",
            "<button>同意并继续</button>",
        ),
    ],
)
def test_a_question_above_a_button_that_agrees_is_no_article(heading: str, text: str, button: str) -> None:
    markup = f"<title>{heading}</title><main><h1>{heading}</h1>{text}<form>{button}</form></main>"
    with pytest.raises(NotAnArticle) as caught:
        extract_article(markup.encode(), "https://example.gov/1.html")

    assert caught.value.kind == "challenge"


def test_a_banner_over_news_of_cookies_leaves_them_news() -> None:
    title = "Regulator fines a site that asked nobody before it set cookies"
    banner = "<div id='consent'><p>We use cookies.</p><button>Accept all</button></div>"
    text = f"{banner}<p>The site set cookies on the machines of its readers, the regulator says.</p>"

    assert extract_article(article(text, title), "https://example.gov/1.html").title == title


def test_news_of_cookies_are_news() -> None:
    title = "Regulator fines a site that asked nobody before it set cookies"
    text = "<p>The site set cookies on the machines of its readers, the regulator says.</p>"
    context = PageContext(listed_title=title)

    for known in (context, PageContext()):
        assert (
            extract_article(article(text, title), "https://example.gov/1.html", context=known).title == title
        )


def test_news_of_fatal_errors_are_news() -> None:
    text = "Fatal error: the inquiry found that a signal had been set for a line that was closed to trains."

    assert extract_article(article(f"<p>{text}</p>", "Inquiry into the crash"), "https://example.gov/1.html")


def test_a_message_in_all_of_a_page_s_few_words_is_one() -> None:
    with pytest.raises(NotAnArticle) as caught:
        extract_article(
            article("<p>We can't find the page you're looking for.</p>", "Oops!"), "https://example.gov/1"
        )

    assert caught.value.kind == "not-found"


def test_an_index_of_a_folder_is_a_list() -> None:
    names = "".join(f'<a href="{n}.html">{n}.html</a> 12-May-2026 10:00 1234\n' for n in range(3))

    with pytest.raises(NotAnArticle) as caught:
        extract_article(article(f"<pre>{names}</pre>", "Index of /news"), "https://example.gov/news/")

    assert caught.value.kind == "list"


@pytest.mark.parametrize(
    "title",
    [
        "Harbour bridge under maintenance until May",
        "Scheduled maintenance of the water network",
        "Ferry temporarily unavailable to lorries",
        "Council approves 404 new homes",
        "404 new homes for Eastport",
        "Resolution 404",
        "Decree No: 404",
        "House passes HB-404 on school meals",
        "Missing walkers not found, search goes on",
        "Former mayor not found guilty of fraud",
        "Weapons not found in search of vessel",
        "This record was removed from the archives, court hears",
        "Content has been removed from the school curriculum",
    ],
)
def test_a_short_notice_with_the_words_of_an_error_page_is_an_article(title: str) -> None:
    text = "<p>The council of Eastport decided on Monday what its office had proposed in May.</p>"

    assert extract_article(article(text, title), "https://example.gov/1.html").title == title


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            '<div class="pdf-content"><iframe src="/viewer.html?file=/files/report.pdf"></iframe></div>',
            BodyKind.PDF,
        ),
        ('<div class="content"><a href="report.pdf">Annual report</a></div>', BodyKind.PDF),
    ],
)
def test_a_document_can_be_the_body(body: str, kind: BodyKind) -> None:
    found = extract_article(article(body), "https://www.example.gov/1.html")

    assert found.body_kind is kind


DOCUMENTS = "".join(
    f'<tr><td>{month}/12/2026</td><td><a href="/files/{month}-agenda.pdf">Agenda</a></td>'
    f'<td><a href="/files/{month}-minutes.pdf">Minutes</a></td></tr>'
    for month in range(1, 9)
)
ANNEXES = "".join(
    f'<p><a href="/files/{number}.pdf">Annex {number}: form for berth {number}</a></p>' for number in range(9)
)
TEXT = "<p>The harbour office holds its meetings in the open, and all who need a permit may come.</p>" * 9
POSTS = "".join(f"<article><h2>Berth {number} opens</h2>{TEXT}</article>" for number in range(4))


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        (article(f"{TEXT}<table>{DOCUMENTS}</table>", "Board Meetings"), "https://www.example.gov/meetings"),
        (article(f"{TEXT}<ul>{ROWS}</ul>", "The Harbour Office of Example"), "https://www.example.gov/"),
        (
            article(POSTS, "Highlights of the Harbour Office")
            .replace(b"<body>", b'<body class="archive category">')
            .replace(b"</head>", b'<meta name="generator" content="WordPress 6.5"></head>'),
            "https://www.example.gov/highlights/",
        ),
    ],
)
def test_overviews_are_lists_however_much_they_say(markup: bytes, url: str) -> None:
    with pytest.raises(NotAnArticle) as caught:
        extract_article(markup, url)

    assert caught.value.kind == "list"


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        (article(TEXT + ANNEXES, "New Forms for the Harbour"), "https://www.example.gov/forms"),
        (article(TEXT, "A Harbour With Two Counters"), "https://www.example.gov/"),
    ],
)
def test_a_notice_with_annexes_and_a_text_at_the_front_are_articles(markup: bytes, url: str) -> None:
    assert extract_article(markup, url).paragraphs


def test_rows_of_one_day_that_each_show_it_are_a_list() -> None:
    rows = ROWS.replace("2026-05-1", "2026-05-08<!-- ").replace("</span>", " --></span>")

    with pytest.raises(NotAnArticle) as caught:
        extract_article(article(f"<ul>{rows}</ul>", "Press Releases"), "https://www.example.gov/press.html")

    assert caught.value.kind == "list"


NOTICE = "".join(
    f"<p>The counter in the {place} opens on Monday, and takes letters, forms and fees of all offices.</p>"
    for place in ("old customs house", "northern tower", "market hall")
)


@pytest.mark.parametrize(
    ("rows", "listed", "kind"),
    [
        (5, None, None),
        (12, None, "list"),
        (12, "Harbour Office Opens a Second Counter", None),
        (12, "Harbour Office Opens a…", None),
        (12, "Reports of the Harbour Office", "list"),
    ],
)
def test_dated_news_beside_a_short_notice_make_no_list_of_it(
    rows: int, listed: str | None, kind: str | None
) -> None:
    beside = "</li>".join(ROWS.split("</li>")[:rows]) + "</li>"
    markup = article(f"<p>12 May 2026</p>{NOTICE}<h2>Other news</h2><ul>{beside}</ul>")
    context = PageContext(listed_title=listed)

    if kind is None:
        assert len(extract_article(markup, "https://www.example.gov/1.html", context=context).paragraphs) == 3
        return
    with pytest.raises(NotAnArticle) as caught:
        extract_article(markup, "https://www.example.gov/1.html", context=context)
    assert caught.value.kind == kind


def test_links_in_a_short_text_under_one_date_are_no_rows() -> None:
    names = ("the Mosel", "the Rheingau and its hills", "Rheinhessen by the river", "the Pfalz in May")
    lines = "".join(
        f'<p>Most of it grows in <a href="/regions/{place}.html">{name}</a>, and few know of its {place + 90} years.</p>'
        for place, name in enumerate(names * 2)
    )
    body = f"<div class='row'><div><span class='date'>27.01.2022</span><div class='text'>{lines}</div></div></div>"

    found = extract_article(article(body, "Riesling Birthday Posts"), "https://www.example.de/riesling.html")

    assert str(found.published) == "2022-01-27"
    assert len(found.paragraphs) == 8


def test_a_text_for_readers_without_scripts_is_the_text_where_there_is_no_other() -> None:
    line = "The browser warns of a page that was seen to steal passwords, and asks whether to go on. " * 4
    text = f"<div>{line}<br><br>{line}</div>"
    builder = f"<script type='text/template'>{text}</script>"

    found = extract_article(
        article(f"<div class='post-body'>{builder}<noscript>{text}</noscript></div>"),
        "https://blog.example/1",
    )

    assert found.paragraphs == (line.strip(), line.strip())
    with pytest.raises(NotAnArticle):
        extract_article(
            article(f"{builder}<noscript>Please switch scripts on.</noscript>"), "https://blog.example/1"
        )


@pytest.mark.parametrize("title", ["Under maintenance", "Page not found", "503 Service Unavailable"])
def test_the_title_of_a_list_row_makes_no_article_of_a_message(title: str) -> None:
    listed = PageContext(listed_title="Harbour Office Opens a Second Counter")
    page = article("<p>Please come back soon.</p>", title)

    with pytest.raises(NotAnArticle):
        extract_article(page, "https://example.gov/1.html", context=listed)

    named = PageContext(listed_title=title)  # a notice that a list calls so
    assert extract_article(page, "https://example.gov/1.html", context=named).title == title
