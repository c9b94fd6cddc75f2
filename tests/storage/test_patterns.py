"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from storage.patterns import any_of, lazy_pattern


def test_a_lazy_pattern_answers_as_the_compiled_one() -> None:
    lazy = lazy_pattern(r"(?P<day>\d+) may", re.IGNORECASE)

    match = lazy.search("on 8 MAY")
    again = lazy.search("9 May")

    assert match
    assert match["day"] == "8"
    assert again
    assert again["day"] == "9"
    assert lazy.fullmatch("in May") is None
    assert lazy.sub("a day", "8 May") == "a day"
    assert lazy.pattern == r"(?P<day>\d+) may"


def test_a_lazy_pattern_is_not_compiled_before_it_is_used() -> None:
    lazy = lazy_pattern("(")

    with pytest.raises(re.error):
        lazy.search("text")


def test_the_longest_word_at_a_place_is_found() -> None:
    pattern = re.compile(any_of(["mar", "march", "may", "m.a", "ma"]))

    assert pattern.findall("march mark may m.a mba ma") == ["march", "mar", "may", "m.a", "ma"]
