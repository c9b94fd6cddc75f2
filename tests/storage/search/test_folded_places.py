"""What is found in a folded text stands where its place says, whatever folding did to the characters."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from storage.search.folded_places import EVEN, UNSURE, folded_text, joins
from storage.search.folding import fold, without_marks

ANY = st.text(
    st.one_of(
        st.sampled_from("宁波寧港 abZ…½№ßẞİﷺﾊﾞﾟｶ①Ⅷéǆ\u0301\u0323\u1112\u1161\u11ab가\uffa1\uffc2น้ำ👩\u200d\n"),
        st.characters(),
    ),
    max_size=40,
)


@given(ANY)
@example("№ｶﾞ宁")
@example("½e\u0301")
@example(unicodedata.normalize("NFD", "한글"))
def test_every_place_leads_to_the_characters_that_fold_to_what_stands_there(text: str) -> None:
    folded = folded_text(text)

    assert folded.text == fold(without_marks(text))
    assert folded.end(len(folded.text)) <= len(text)
    for place, character in enumerate(folded.text):
        start, end = folded.start(place), folded.end(place + 1)
        assert start < end
        assert character in fold(without_marks(text[start:end]))


def test_letters_that_are_not_looked_at_fold_to_one() -> None:
    even = [chr(point) for point in range(0x110000) if not UNSURE.match(chr(point))]

    assert len(even) > 20_000, EVEN
    assert not [each for each in even if joins(each) or len(fold(each)) != 1]
