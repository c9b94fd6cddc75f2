"""The text of a page is what its bytes say, whatever the page claims and however often it was encoded."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from crawler.extract import extract_article
from crawler.extract.markup.encoding import REPAIRED, decode
from crawler.network.fetches import http_charset

LINES = (
    "宁波市人民政府发布新的规定",
    "für größere Häfen und “Straßen”",
    "Здравствуйте – привет",
    "l’été à Évian 😀",
)
# An accent before a dash or a quotation mark reads like a sign of double encoding, by chance.
ACCENTS = "Je těžké\xa0– s médii; « Le blé\xa0» et « le café\xa0», dit-il: très fâché\xa0– après l'été."


def twice(text: str, codec: str) -> bytes:
    letters = (bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())
    return "".join(letters).encode()


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
@pytest.mark.parametrize("text", LINES)
def test_text_that_was_encoded_twice_is_read_rightly_and_said_to_be(text: str, codec: str) -> None:
    assert decode(twice(f"{text} {text} {text}", codec), None) == (f"{text} {text} {text}", REPAIRED)


@pytest.mark.parametrize(
    "text", [*LINES, "“CAFÉ” É” É” É”", "Ærø ã â é", "Ã¼ is what a broken ü looks like", ACCENTS]
)
def test_text_that_was_encoded_once_stays(text: str) -> None:
    assert decode(text.encode(), None) == (text, "utf-8")


def test_what_is_whole_utf_8_is_no_western_text() -> None:
    markup = '<meta charset="iso-8859-1"><p>für</p>'

    assert decode(markup.encode(), None) == (markup, "utf-8")
    assert decode(markup.encode("latin-1"), None) == (markup, "cp1252")


def test_the_repair_is_told_with_the_article() -> None:
    body = "".join(
        f"<p>Der zweite Schalter für größere Schiffe öffnet im Jänner, Bericht {n}.</p>" for n in range(9)
    )
    markup = f"<html><head><title>Zweiter Schalter für Häfen</title></head><body><h1>Zweiter Schalter für Häfen</h1>{body}"

    article = extract_article(twice(markup, "cp1252"), "https://www.example.de/a")

    assert article.title == "Zweiter Schalter für Häfen"
    assert article.encoding == REPAIRED


# A line of each encoding that pages of governments are still in, and the language that such a page names.
ENCODED = {
    "big5": ("zh-TW", "市府召開經濟會議部署重點工作，並公布第二次計畫。"),
    "gb18030": ("zh", "某市召开经济工作会议部署重点任务，并公布第二次计划。"),
    "euc-kr": ("ko", "시청은 경제 회의를 열고 두 번째 계획을 발표했다."),
    "shift_jis": ("ja", "県は第二回の経済会議を開き、新しい計画を発表した。"),
    "euc-jp": ("ja", "県は第二回の経済会議を開き、新しい計画を発表した。"),
    "iso-2022-jp": ("ja", "県は第二回の経済会議を開き、新しい計画を発表した。"),
    "windows-1251": ("ru", "Министерство объявило о втором плане для северного региона."),
    "iso-8859-2": ("pl", "Ministerstwo ogłosiło drugi plan rozwoju dla północnych regionów."),
    "windows-1250": ("cs", "Ministerstvo představilo žádost – „druhý plán“ rozvoje."),
    "windows-1252": ("fr", "Le ministère présente son deuxième plan pour l’été."),
    "windows-1256": ("ar", "أعلنت الوزارة الخطة الثانية للمنطقة الشمالية."),
    "windows-874": ("th", "กระทรวงประกาศแผนที่สองสำหรับภาคเหนือของประเทศ"),
    "iso-8859-7": ("el", "Το υπουργείο ανακοίνωσε το σχέδιο για την περιοχή."),
}
AS_PYTHON_SAYS = {"windows-874": "cp874"}


def page_of(encoding: str) -> tuple[str, bytes]:
    language, line = ENCODED[encoding]
    text = f'<html lang="{language}"><head><title>{line}</title></head><body>{f"<p>{line}</p>" * 6}</body></html>'
    return text, text.encode(AS_PYTHON_SAYS.get(encoding, encoding))


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        (
            "cp1252",
            "Das Café am Hafen öffnet wieder – endlich. Die Stadt teilte mit, es habe zwei Jahre gedauert.",
        ),
        ("cp1252", "La inversión asciende a 2,4 millones, según anunció ayer la concejala Marta Ibáñez."),
        ("cp1252", "A Câmara Municipal aprovou o orçamento de São João para a educação."),
        (
            "cp1250",
            "Rząd przyjął projekt ustawy o żegludze śródlądowej, poinformował minister w październiku.",
        ),
        ("cp1251", "Правительство приняло проект закона о внутреннем водном транспорте, сообщил министр."),
        ("cp1255", "הממשלה אישרה את הצעת החוק לתחבורה ימית."),
        ("big5", "東海市今天宣布啟動老舊社區改造,為期三年。"),
        ("cp932", "北浜港では、大型船に対応した新しい岸壁の整備を進めてきました。"),
    ],
)
@pytest.mark.parametrize("before", ["", '{"url": "https://www.harbour.example/news/1.html", "text": "'])
def test_a_text_that_declares_nothing_is_read_by_its_letters(codec: str, text: str, before: str) -> None:
    assert decode(f"{before}{text}".encode(codec), None)[0] == before + text


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("meta", ["", "utf-8"])
def test_a_page_that_declares_no_encoding_or_a_wrong_one_is_read_by_its_text(
    encoding: str, meta: str
) -> None:
    text, markup = page_of(encoding)
    declaration = f'<meta charset="{meta}">' if meta else ""

    assert decode(declaration.encode() + markup, None)[0] == declaration + text


@pytest.mark.parametrize("encoding", ENCODED)
def test_the_encoding_that_a_header_names_is_taken_by_whatever_name(encoding: str) -> None:
    text, markup = page_of(encoding)
    by_python = http_charset(
        Response("https://www.example.gov/", headers={"Content-Type": f"text/html; charset={encoding}"})
    )

    assert decode(markup, encoding)[0] == text
    assert decode(markup, by_python)[0] == text


def test_a_few_broken_letters_do_not_make_another_encoding_of_utf_8() -> None:
    broken = "宁波市人民政府发布新的规定".encode() * 20 + b"\xe5\xae"

    assert decode(broken, None)[1] == "utf-8"
