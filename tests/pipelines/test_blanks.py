"""Runs of white space become single spaces, whatever a text holds."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from pipelines.blanks import single_spaced


def test_every_character_is_spaced_as_python_splits_text() -> None:
    for code in range(sys.maxunicode + 1):
        text = f"{chr(code)}a {chr(code)}"

        assert single_spaced(text) == " ".join(text.split())


@given(st.text(alphabet=" \t\n\x1c\x85\xa0\u200b\u2028\u3000ab中", max_size=12))
def test_no_run_of_white_space_is_left(text: str) -> None:
    assert single_spaced(text) == " ".join(text.split())
