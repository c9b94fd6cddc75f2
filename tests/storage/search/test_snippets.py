"""A snippet begins and ends between words."""

from __future__ import annotations

import pytest

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
