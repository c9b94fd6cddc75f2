"""The text of a page is what its bytes say, whatever the page claims and however often it was encoded."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article
from crawler.extract.encoding import REPAIRED, decode

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
