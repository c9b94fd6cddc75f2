"""A snippet begins and ends between words."""

from __future__ import annotations

import unicodedata

import pytest

from storage.search.folded_places import joins
from storage.search.query_language import parse, positive_phrases
from storage.search.snippets import LENGTH, pattern_of, snippet_around

WORDS = "The harbour office said on Monday that containers of every shipping company are welcome there. " * 6


@pytest.mark.parametrize("query", ["monday", "containers", "welcome"])
def test_a_snippet_cuts_no_word(query: str) -> None:
    snippet = snippet_around(WORDS, pattern_of(positive_phrases(parse(query))))

    shown = snippet.text.strip("… ")
    assert len(shown) > LENGTH - 30
    assert set(shown.split()) <= set(WORDS.split())


def test_han_text_and_endless_words_fill_a_snippet() -> None:
    han = "港口办公室周一表示第二个柜台对所有需要许可证的人开放" * 20

    assert len(snippet_around(han, pattern_of(positive_phrases(parse("柜台")))).text.strip("…")) == LENGTH
    assert len(snippet_around("x" * 1000, None).text.strip("…")) == LENGTH


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("apec", "领导人在APEC会议上讲话", ["APEC"]),
        ("ＡＰＥＣ", "APEC会议", ["APEC"]),
        ('"apec会议"', "在APEC会议上", ["APEC会议"]),
        ("contain*", "运containers船", ["containers"]),
        ("port", "ports, port港, airport", ["port"]),
        ("a", "x_a_b", ["a"]),
        ("ﾊﾟｰﾃｨｰ", "会ﾊﾟｰﾃｨｰ会", ["ﾊﾟｰﾃｨｰ"]),
        ("パーティー", "ｶﾞ ﾊﾟｰﾃｨｰ会", ["ﾊﾟｰﾃｨｰ"]),
        ("宁波", "№5 ｶﾞ 宁波港", ["宁波"]),  # one character more, and one less
        ("harbour", "Ｎ° ½ cafe\u0301s a\u0300\u0301\u0302 harbour", ["harbour"]),
        (
            "부산항",
            unicodedata.normalize("NFD", "서울 부산항 정부"),
            [unicodedata.normalize("NFD", "부산항")],
        ),
        ("2", "the ½ is found", ["½"]),
        ("strasse", "in der Straße, … Strasse", ["Straße", "Strasse"]),
        ("กรุงเทพ", "ﷺ กรุงเทพ ẞ", ["กรุงเทพ"]),
        ("cafe", "cafe\u0301", ["cafe\u0301"]),
    ],
)
def test_words_are_marked_that_stand_within_a_script_without_spaces(
    query: str, text: str, marked: list[str]
) -> None:
    snippet = snippet_around(text, pattern_of(positive_phrases(parse(query))))

    assert [snippet.text[start:end] for start, end in snippet.marks] == marked


@pytest.mark.parametrize("text", ["น้ำท่วมประเทศไทย" * 30, unicodedata.normalize("NFD", "부산항서울정부" * 60)])
def test_a_snippet_cuts_no_character(text: str) -> None:
    whole = text[:200] + "港口" + text
    snippet = snippet_around(whole, pattern_of(positive_phrases(parse("港口"))))

    shown = snippet.text.strip("…")
    following = whole[whole.index(shown) + len(shown)]
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["港口"]
    assert len(shown) > LENGTH - 30
    assert not joins(shown[0])
    assert not joins(following)
