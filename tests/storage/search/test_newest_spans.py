"""The spans in which the newest hits are looked for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search.document_numbers import DAY_BITS, document_number
from storage.search.newest_spans import DATED, Look, LookAtArrivals, Span
from storage.search.span_marks import BLOCK, OF_ALL, arrival_marks_between, marks_between, span_marks

numbers = st.builds(
    document_number,
    st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)) | st.dates(),
    st.integers(1, (1 << 28) - 1),
)


@given(numbers, numbers, numbers)
def test_every_document_of_a_span_has_one_of_its_few_marks(one: int, other: int, third: int) -> None:
    first, number, last = sorted((one, other, third))

    marks = marks_between(first, last + 1)

    assert len(marks) <= 24
    assert set(marks) & set(span_marks(number))


@given(st.integers(1, 4_000))
def test_the_marks_of_a_span_are_of_few_other_documents(days: int) -> None:
    last = date(2024, 5, 30).toordinal()
    marks = set(marks_between((last - days + 1) << DAY_BITS, (last + 1) << DAY_BITS))

    marked = [
        day for day in range(last - 2 * days - 600, last + 600) if marks & set(span_marks(day << DAY_BITS))
    ]

    assert len(marked) <= days * 1.5


def test_undated_articles_have_marks_of_their_own_and_all_documents_one() -> None:
    dated = document_number(date(2024, 5, 1), 1)

    assert len(marks_between(5_000, 9_000)) == 3
    assert marks_between(0, dated) == marks_between(document_number(date.min, 1), dated) == [OF_ALL]


@given(st.lists(st.integers(1, 1_000), max_size=100), st.integers(0, 500), st.integers(1, 1_000))
def test_spans_follow_each_other_from_the_newest_on(bounds: list[int], first: int, newest: int) -> None:
    parts = tuple(sorted(set(bounds), reverse=True))

    spans = list(Look(Span(first, 2_000), False, newest, parts).spans())

    assert [spans[0].end, spans[-1].first] == [newest + 1, first] if newest >= first else not spans
    assert all(later.first == earlier.end for earlier, later in zip(spans[1:], spans, strict=False))
    assert len(spans) <= 13


def test_each_span_holds_half_as_much_as_all_before_it() -> None:
    look = Look(Span(), False, 1_000, tuple(range(950, 100, -50)))

    assert [span.first for span in look.spans()] == [950, 900, 850, 800, 700, 550, 350, 0]


@pytest.mark.parametrize(
    ("shares", "firsts"),
    [((1,), [850, 700, 400, 0]), ((3, 1), [850, 800, 600, 200, 0]), ((3, 3, 1), [850, 800, 750, 500, 0])],
)
def test_the_first_span_holds_what_is_wanted_and_later_ones_their_shares_of_all_before_them(
    shares: tuple[int, ...], firsts: list[int]
) -> None:
    look = Look(Span(), False, 1_000, tuple(range(950, 0, -50)), near=801, shares=shares)

    assert [span.first for span in look.spans()] == firsts


@pytest.mark.parametrize(
    ("within", "spans"),
    [
        (Span(), [(5 * DATED, 9 * DATED + 1), (2 * DATED, 5 * DATED), (0, 8)]),
        (Span(first=5), [(5 * DATED, 9 * DATED + 1), (2 * DATED, 5 * DATED), (5, 8)]),
        (Span(first=3 * DATED), [(5 * DATED, 9 * DATED + 1), (3 * DATED, 5 * DATED)]),
        (Span(first=6 * DATED), [(6 * DATED, 9 * DATED + 1)]),
    ],
)
def test_undated_documents_are_looked_for_apart_from_the_oldest(
    within: Span, spans: list[tuple[int, int]]
) -> None:
    look = Look(within, False, 9 * DATED, (5 * DATED,), oldest=2 * DATED, undated=7)

    assert [(span.first, span.end) for span in look.spans()] == spans


def test_an_archive_of_undated_documents_alone_is_looked_through() -> None:
    assert list(Look(Span(), False, 9, (5,), undated=9).spans()) == [Span(5, 10), Span(0, 5)]


arrivals = st.integers(1, 300_000) | st.integers(1, (1 << 28) - 1)


@given(arrivals, arrivals, arrivals)
def test_every_article_of_a_span_of_arrivals_has_one_of_its_few_marks(
    one: int, other: int, third: int
) -> None:
    first, number, last = sorted((one, other, third))

    marks = arrival_marks_between(first, last + 1)

    assert len(marks) <= 24
    assert marks == [OF_ALL] or set(marks) & set(span_marks(document_number(date(2024, 5, 1), number)))


@given(st.none() | arrivals)
def test_spans_of_arrivals_follow_each_other_from_the_latest_on(newest: int | None) -> None:
    spans = list(LookAtArrivals(in_pieces=False, newest=newest).spans())

    assert [spans[0].end, spans[-1].first] == [newest + 1, 0] if newest else not spans
    assert all(later.first == earlier.end for earlier, later in zip(spans[1:], spans, strict=False))
    assert all(len(span.marks()) <= 24 for span in spans)
    assert len(spans) <= 20


def test_the_latest_articles_are_told_from_those_just_before_them() -> None:
    latest = LookAtArrivals(in_pieces=False, newest=5 * BLOCK + 7).spans()
    marks = set(next(latest).marks())

    marked = [number for number in range(1, 6 * BLOCK, 50) if marks & set(span_marks(number))]

    assert min(marked) >= 4 * BLOCK
    assert len(marks) == 2
