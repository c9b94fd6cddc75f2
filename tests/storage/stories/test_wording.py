"""Tokens: equal wording gives equal tokens, whatever the spelling."""

from __future__ import annotations

import pytest

from storage.stories.wording import LONGEST_KEPT, MOST_KEPT, _kept, tokenise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  ...!? ", []),
        ("Ningbo's port", ["ningbo", "s", "port"]),
        ("宁波港 Ningbo", ["宁", "波", "港", "ningbo"]),
        ("1,200 companies", ["1200", "companies"]),
        ("twelve hundred companies", ["1200", "companies"]),
        ("one hundred and twenty-five thousand", ["125000"]),
        ("three four", ["3", "4"]),
        ("1.5 million and a million", ["1500000", "and", "a", "million"]),
        ("一百五十万", ["1500000"]),
        ("150万", ["1500000"]),
        ("1.5亿元", ["150000000", "元"]),
        ("二〇一九年六月八日", ["2019", "年", "6", "月", "8", "日"]),
        ("2019-06-08", ["2019", "6", "8"]),
        ("2019.06.08", ["2019", "6", "8"]),
        ("百分之十五", ["15", "percent"]),
        ("15% 15 percent 15 per cent", ["15", "percent"] * 3),
        ("3.50", ["3_5"]),
        ("三点五", ["3_5"]),
        ("covid19 5g", ["covid19", "5g"]),
        ("in 2019, 007 of 1,500,000 (5..)", ["in", "2019", "7", "of", "1500000", "5"]),
        ("Příliš žluťoučký kůň – 5 € · 3½", ["příliš", "žluťoučký", "kůň", "5", "31", "2"]),
        ("Москва: 1,5 млн", ["москва", "1", "5", "млн"]),
    ],
)
def test_words_characters_and_numbers_by_value_become_tokens(text: str, expected: list[str]) -> None:
    assert tokenise(text) == expected


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        ("Hot News", "ＨＯＴ　ＮＥＷＳ"),
        ("报名人数达12万", "报名人数达１２万"),
        ("“release” – dated", '"release" - dated'),
        ("re\u00adlease\u200b d", "release d"),
        ("宁 波\n市", "宁波市"),
        ("STRASSE", "straße"),
    ],
)
def test_case_width_punctuation_and_invisible_characters_make_no_difference(text: str, twin: str) -> None:
    assert tokenise(text) == tokenise(twin)


@pytest.mark.parametrize("character", ["啊", "a", "1", "\u200b", "🙂", "\ud800"])
def test_five_megabytes_of_one_character_give_a_bounded_number_of_tokens(character: str) -> None:
    assert len(tokenise(character * 5_000_000)) <= 400_000


def test_the_latest_texts_keep_their_tokens_and_none_keeps_memory_for_ever() -> None:
    long = "word " * LONGEST_KEPT
    for text in ("Ningbo Port", long):
        tokenise(text)

    assert _kept["Ningbo Port"] == "ningbo port"
    assert long not in _kept

    for number in range(MOST_KEPT):
        tokenise(f"text {number}")
    assert "Ningbo Port" not in _kept
