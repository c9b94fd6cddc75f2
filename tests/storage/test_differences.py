"""Word-level differences, in English and Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.differences import Kind, Piece, Row, changed_words, differences


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


def whole(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "marked_before", "marked_after"),
    [
        (
            "The mayor opened three bridges on Monday, June 8.",
            "The mayor opened four bridges on Tuesday, June 8.",
            "The mayor opened [three] bridges on [Monday], June 8.",
            "The mayor opened [four] bridges on [Tuesday], June 8.",
        ),
        (
            "मंत्री ने योजना शुरू की थी, cafe\u0301 में।",
            "मित्र ने योजना शुरू की थी, cafe में।",
            "[मंत्री] ने योजना शुरू की थी, [cafe\u0301] में।",
            "[मित्र] ने योजना शुरू की थी, [cafe] में।",
        ),
        (
            "宁波市政府今日召开会议，研究部署防汛工作。",
            "宁波市政府昨日召开会议，研究部署抗旱工作。",
            "宁波市政府[今]日召开会议，研究部署[防汛]工作。",
            "宁波市政府[昨]日召开会议，研究部署[抗旱]工作。",
        ),
        (
            "It rained. The port closed at noon.",
            "The port closed at noon.",
            "[It rained. ]The port closed at noon.",
            "The port closed at noon.",
        ),
        ("one of the old ways", "two in the new lanes", "[one of the old ways]", "[two in the new lanes]"),
        ("same", "same", "same", "same"),
        ("", "new", "", "[new]"),
    ],
)
def test_changed_words_are_marked_and_small_equal_pieces_between_them_too(
    before: str, after: str, marked_before: str, marked_after: str
) -> None:
    first, second = changed_words(before, after)

    assert (shown(first), shown(second)) == (marked_before, marked_after)


def test_paragraphs_stand_beside_their_own_versions() -> None:
    before = ["The harbour opens on Monday.", "Tickets cost 5 yuan.", "The end."]
    after = ["A word before.", "The harbour opens on Friday.", "The end."]

    rows = [(row.kind, shown(row.before), shown(row.after)) for row in differences(before, after)]

    assert rows == [
        (Kind.ADDED, "", "[A word before.]"),
        (Kind.CHANGED, "The harbour opens on [Monday].", "The harbour opens on [Friday]."),
        (Kind.REMOVED, "[Tickets cost 5 yuan.]", ""),
        (Kind.SAME, "The end.", "The end."),
    ]


def test_a_text_that_did_not_change_has_only_equal_rows() -> None:
    text = ["One.", "Two.", "Two."]

    assert {row.kind for row in differences(text, text)} == {Kind.SAME}


@given(
    st.lists(st.text("ab 宁波。.", max_size=12), max_size=8),
    st.lists(st.text("ab 宁波。.", max_size=12), max_size=8),
)
def test_each_side_of_the_differences_is_that_text(before: list[str], after: list[str]) -> None:
    rows = differences(before, after)

    assert [whole(row.before) for row in rows if row.kind is not Kind.ADDED] == before
    assert [whole(row.after) for row in rows if row.kind is not Kind.REMOVED] == after
    assert all(not piece.changed for row in rows if row.kind is Kind.SAME for piece in row.before)


def test_huge_texts_end_in_a_coarse_difference_soon() -> None:
    before = [f"Paragraph {number} of the first." for number in range(500)] + ["x " * 200_000]
    after = [f"Another {number} of the second." for number in range(500)] + ["y " * 200_000]

    rows: list[Row] = differences(before, after)

    assert [whole(row.after) for row in rows if row.kind is not Kind.REMOVED] == after
