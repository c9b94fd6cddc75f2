from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.tokens import IS_PAIRED, LONGEST_WORD, character_marks, fold, runs, tokens


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


@given(st.text(alphabet="a b1宁波市，。_é\n𠀀\u3099が\u0e33", max_size=30))
def test_tokens_follow_from_the_runs(text: str) -> None:
    expected = []
    for run in runs(text):
        pairs = [a + b for a, b in pairwise(run)] if IS_PAIRED.match(run) else []
        expected += [*pairs, run[-1]] if IS_PAIRED.match(run) else [run]

    assert tokens(text) == expected


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
