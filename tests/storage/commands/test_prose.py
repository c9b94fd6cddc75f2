"""Lines of a terminal: Chinese breaks between characters, words do not, nothing is lost or too wide."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from storage.commands.prose import line_ends

LETTERS = st.text(alphabet="ab1. \n中文，。“”（）\u0301😀\U00020000", max_size=60)


def lines_of(text: str, width: int) -> list[str]:
    ends = [0, *line_ends(text, width), len(text)]
    return [text[start:end].rstrip() for start, end in pairwise(ends)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("港口开放。 首批货轮今日抵港", ["港口开放。", "首批货轮今", "日抵港"]),
        ("他说：“港口开放。”再见", ["他说：“港", "口开放。”", "再见"]),
        ("a port opens", ["a port", "opens"]),
        ("港口开放。\n首批货轮今日抵港\n", ["港口开放。", "首批货轮今", "日抵港"]),
        ("a\nport opens", ["a", "port opens"]),
        ("截至2026年5月底", ["截至2026年", "5月底"]),
        ("a" * 23, ["a" * 10, "a" * 10, "aaa"]),
        ("  港口开放今日", ["  港口开放", "今日"]),
        ("", [""]),
    ],
)
def test_lines_end_where_those_of_the_language_do(text: str, lines: list[str]) -> None:
    assert lines_of(text, 10) == lines


@given(text=LETTERS, width=st.integers(2, 20))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    lines = lines_of(text, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert not any("\n" in line for line in lines)
    assert all(cell_len(line) <= width for line in lines)
