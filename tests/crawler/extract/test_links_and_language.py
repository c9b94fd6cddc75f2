"""What an article carries beside its text."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from crawler.extract import NotAnArticle, extract_article
from crawler.extract.attachments import attachments_of
from crawler.extract.images import images_of
from crawler.extract.language import language_of
from crawler.extract.markup.links import absolute
from crawler.extract.markup.page import read_page
from crawler.extract.types import PageContext


def test_attachments_are_absolute_titled_and_never_the_sites_own() -> None:
    markup = b"""<html><head><base href="https://www.example.gov/a/"></head><body>
    <nav><a href="/leaflet.pdf">Leaflet</a></nav>
    <p><a href=" report.pdf " title="Annual report 2026">Annual...</a> <a href="report.pdf">again</a></p>
    <p><a href="../t/Table%201.xls"></a> <a href="javascript:x('y.pdf')">no</a> <a href="page.html">no</a></p>
    <div class="footer"><a href="/charter.doc">Charter</a></div></body></html>"""
    page = read_page(markup, "https://www.example.gov/x.html", PageContext())

    found = [(link.url, link.title, link.media_type) for link in attachments_of(page)]

    assert found == [
        ("https://www.example.gov/a/report.pdf", "Annual report 2026", "application/pdf"),
        ("https://www.example.gov/t/Table%201.xls", "Table 1.xls", "application/vnd.ms-excel"),
    ]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<a href='/cmm/FileDown.do?id=7&sn=0'>계획.hwp</a> [112 KB]", ["/cmm/FileDown.do?id=7&sn=0"]),
        ("<a href='/cmm/FileDown.do?id=7'>계획.hwpx (1.2MB) 다운로드</a>", ["/cmm/FileDown.do?id=7"]),
        (
            "<a href=\"javascript:fn_egov_downFile('FILE_1','0')\">plan.pdf</a>",
            ["/cmm/fms/FileDown.do?atchFileId=FILE_1&fileSn=0"],
        ),
        (
            "<a href='/system/download.jsp?wbfileid=A1'>2026年名单.docx</a>",
            ["/system/download.jsp?wbfileid=A1"],
        ),
        ("<a href='/down.jsp?filename=a.xlsx&n=1'>名单</a>", ["/down.jsp?filename=a.xlsx&n=1"]),
        ("<a href='/media/812/download'>Annual plan (PDF, 1.2 MB)</a>", ["/media/812/download"]),
        ("<a href='/page?fdl=28411'>Plan</a> (pdf, 340 KB)", ["/page?fdl=28411"]),
        ("<a href='/plans'>Plans</a> (of the city, 340 of them)", []),
        ("<a href='dl-98-11.html' title='說明.pdf(另開視窗)'>計畫說明</a>", ["/news/dl-98-11.html"]),
        (
            "<a href='/attachment/5f1' download aria-label='Get, Plan.pdf, (PDF, 0.4MB)'></a>",
            ["/attachment/5f1"],
        ),
        ("<a href='/attachment/5f2'>plan.pdf 1.20MB</a>", ["/attachment/5f2"]),
        ("<a href='/File/56349' title='另開新視窗'><img alt='下載檔案：浮標位置圖'></a>", ["/File/56349"]),
        ("<a href='/download?id=4455'>प्रेस विज्ञप्ति डाउनलोड गर्नुहोस्</a>", ["/download?id=4455"]),
        (
            "<a href='/documents/20126/plan.pdf/9c3b7a10-52f1-4d0e-a3a6-0d0f6c1b2e77?t=17'>Plan</a>",
            ["/documents/20126/plan.pdf/9c3b7a10-52f1-4d0e-a3a6-0d0f6c1b2e77?t=17"],
        ),
        ("<a href='/plan.pdf/notes'>Notes</a>", []),
        ("<a href='/profile/56349'>Minister of Ports</a>", []),
        ("<a href='https://get.example.com/reader/download/10'>Download the reader</a>", []),
        ("<a href='/download'>All downloads</a>", []),
        ("<a href='/news/down.html'>Prices are down (again)</a>", []),
        ("<a href='javascript:down(3)'>plan.pdf</a>", []),
    ],
)
def test_a_file_behind_an_endpoint_is_told_by_the_words_of_its_link(link: str, expected: list[str]) -> None:
    page = read_page(f"<p>{link}</p>".encode(), "https://www.example.gov/news/1.html", PageContext())

    assert [found.url for found in attachments_of(page)] == [
        f"https://www.example.gov{path}" for path in expected
    ]


OPENS = "<script>function fileDown(a, b) { window.open('/down.do?id=' + b + '&of=' + a); }</script>"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            "<span>plan.hwp</span> <a href='#x' onclick=\"fileDown('F_1','7')\"><img alt='다운로드'></a>",
            ["7&of=F_1"],
        ),
        ("<a href=\"javascript:fileDown('F_1','8')\">plan.pdf</a>", ["8&of=F_1"]),
        ("<a href='#x' onclick=\"fileDown('F_1','7')\">Open the plan</a>", []),
        ("<a href='#x' onclick=\"otherDown('F_1','7')\">plan.pdf</a>", []),
    ],
)
def test_a_file_that_a_function_opens_is_told_by_its_name(link: str, expected: list[str]) -> None:
    markup = f"{OPENS}<ul><li>{link}</li></ul>".encode()
    page = read_page(markup, "https://www.example.gov/news/1.html", PageContext())

    assert [found.url for found in attachments_of(page)] == [
        f"https://www.example.gov/down.do?id={query}" for query in expected
    ]


def test_images_are_the_pictures_not_the_icons() -> None:
    markup = b"<img data-src='/p/1.jpg' src='/blank.gif' alt='The pier'><img src='/i/icon_a.png'>"
    page = read_page(b"<html><body>" + markup, "https://www.example.gov/x.html", PageContext())

    found = images_of(page, page.tree.iter("img"))

    assert [(link.url, link.title) for link in found] == [("https://www.example.gov/p/1.jpg", "The pier")]


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        (
            None,
            "The harbour office of the city opened a second counter in the north of the port on Monday.",
            "en",
        ),
        (
            "en",
            "Das Amt hat in der Stadt eine neue Stelle für die Fischer und die Schiffe am Hafen eröffnet.",
            "de",
        ),
        ("zh-CN", "市政府召开常务会议，研究部署防汛防台工作。", "zh"),
        (
            None,
            "El gobierno anunció el lunes que la nueva línea abrirá al público el 1 de julio, antes de lo previsto.",
            "es",
        ),
        (
            None,
            "L'alcaldessa ha anunciat que la nova línia s'obrirà al públic l'1 de juliol, abans del previst.",
            "ca",
        ),
        (
            None,
            "Il comune ha annunciato che la nuova linea aprirà il primo luglio. L'orario resta invariato.",
            "it",
        ),
        (
            None,
            "Kommunen opplyste at den nye linjen åpner 1. juli, tre måneder tidligere enn planlagt.",
            "no",
        ),
        ("no", "Regjeringen foreslår å utvide veien, og arbeidet starter i mars og vil vare i to år.", "no"),
        ("nb", "Regjeringen foreslår å utvide veien, og arbeidet starter i mars og vil vare i to år.", "nb"),
        (
            "da",
            "Byrådet vedtog at gøre vejen bredere, og arbejdet begynder i marts og varer to år i alt.",
            "da",
        ),
        (
            "en",
            "Rada przyjęła we wtorek plan rozbudowy drogi, która się rozpocznie w marcu i potrwa dwa lata.",
            "pl",
        ),
        (
            "eu",
            "Udalak herenegun onartu zuen portuko errepidea zabaltzeko plana, bi urteko lanak dira.",
            "eu",
        ),
        ("uk", "Уряд ухвалив план розширення дороги. Роботи триватимуть два роки.", "uk"),
        ("uk", "Правительство утвердило план расширения дороги. Работы займут два года, объявил он.", "ru"),
        ("bg", "Правителството прие план за разширяване на пътя.", "bg"),
        ("fa", "دولت روز سه شنبه طرح تعریض جاده بندر را تصویب کرد.", "fa"),
        (None, "Η κυβέρνηση ενέκρινε το σχέδιο για τον δρόμο του λιμανιού.", "el"),
        (None, "宁波市の港湾局は新しい窓口を開設しました。", "ja"),
        ("pt-BR", "Aviso", "pt"),
        (None, "Aviso", None),
    ],
)
def test_the_text_tells_its_language_and_the_page_only_where_it_is_too_short(
    declared: str | None, text: str, expected: str | None
) -> None:
    assert language_of(declared, "", [text]) == expected


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://www.example.gov/a/../b.pdf",
            "http://Example.gov:8080/",
            "https://example.gov/新闻.html?id=1;2#top",
        ),
        *("https://example.gov/a?", "https://example.gov/a#", "HTTPS://example.gov/a", "https://例子.cn/a"),
        *(
            "https://example.gov",
            "https://user@example.gov/a",
            "//example.gov/a",
            "/a;b?c",
            "?page=2",
            "../a",
        ),
    ],
)
def test_an_address_is_what_joining_makes_of_it(address: str) -> None:
    base = "https://www.example.gov/news/index.html"

    assert absolute(base, address) == urljoin(base, address)


@pytest.mark.parametrize(
    "viewer",
    [
        '<iframe src="/pdfjs/web/viewer.html?file=%2Ffiles%2Fplan.pdf"></iframe>',
        '<embed src="/files/plan.pdf" type="application/pdf">',
        '<object data="/files/plan.pdf"><a href="/files/plan.pdf">Plan of the harbour road</a></object>',
    ],
)
def test_a_document_in_a_viewer_is_the_attachment_of_a_page_without_text(viewer: str) -> None:
    page = f"<html><head><title>Plan of the harbour road</title></head><body>{viewer}</body></html>"

    article = extract_article(page.encode(), "https://www.example.gov/plans/harbour-road")

    assert article.body_kind == "pdf"
    assert [link.url for link in article.attachments] == ["https://www.example.gov/files/plan.pdf"]


@pytest.mark.parametrize(
    ("below", "kind"),
    [
        ('<div class="con"><p><img src="./W020261108.jpg" width="800"></p></div>', "images"),
        ('<div class="con"><a href="./W020261108.jpg"><img src="./W020261108.jpg"></a></div>', "images"),
        ('<div class="con"><a href="/join"><img src="/banner.jpg"></a></div>', None),
        ('<div class="con"><img src="/dot.gif" width="9"></div>', None),
    ],
)
def test_a_picture_below_the_headline_is_the_body_of_a_page_without_text(
    below: str, kind: str | None
) -> None:
    page = f"""<html><head><title>停水通知</title></head><body><img src="/top.jpg"><div class="art">
    <h1>停水通知</h1><div>发布时间：2026-11-08</div>{below}</div></body></html>""".encode()

    if kind is None:
        with pytest.raises(NotAnArticle):
            extract_article(page, "http://www.city.gov.cn/tz/1.html")
        return
    article = extract_article(page, "http://www.city.gov.cn/tz/1.html")

    assert article.body_kind == kind
    assert [image.url for image in article.images] == ["http://www.city.gov.cn/tz/W020261108.jpg"]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        (" /files/work plan 2026.pdf\n", "https://www.example.gov/files/work%20plan%202026.pdf"),
        ("\\files\\plan.pdf", "https://www.example.gov/files/plan.pdf"),
        ("/files/pl\nan.pdf?of=a\\b", "https://www.example.gov/files/plan.pdf?of=a\\b"),
    ],
)
def test_an_address_is_read_as_browsers_do(written: str, url: str) -> None:
    body = (
        "<p>The harbour office of the city opened a second counter in the north of the port on Monday.</p>"
        * 3
    )
    page = f"<h1>A second counter opens</h1>{body}<p><a href='{written}'>Work plan</a></p>"

    article = extract_article(page.encode(), "https://www.example.gov/news/1.html")

    assert [link.url for link in article.attachments] == [url]


def test_joiners_stay_where_a_script_spells_with_them() -> None:
    body = "<p>رئیس\u200cجمهور در جلسه هیئت دولت بر اجرای سریع\u200cتر طرح نوسازی بنادر تأکید کرد.</p>" * 3
    page = f"<h1>نوسازی بنادر جنوبی کشور</h1>{body}<p>The har\u200cbour\u200d office opened on Monday morning.</p>"

    article = extract_article(page.encode(), "https://www.example.ir/news/1.html")

    assert "رئیس\u200cجمهور" in article.paragraphs[0]
    assert not any("\u200d" in line or "har\u200cbour" in line for line in article.paragraphs)
