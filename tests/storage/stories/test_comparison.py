"""What is a copy and what only looks like one, decided from two texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from time import process_time

import pytest

from benchmarks.story_bases import Release
from benchmarks.story_negatives import SERIES, correction, follow_up
from benchmarks.story_variants import VARIANTS
from storage.records import CopyKind
from storage.stories.alignment import align
from storage.stories.comparison import Wording, compare, may_be_copies
from storage.stories.wording import tokenise
from tests.storage.story_samples import release, wording

SOURCE = release(1)


def kept(start: int, end: int) -> Release:
    return replace(SOURCE, paragraphs=SOURCE.paragraphs[start:end])


def issue(title: str, text: str) -> Release:
    return Release(title=title, paragraphs=(text,), language="en")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("variant", sorted(set(VARIANTS) - {"combined"}))
def test_what_publishers_do_to_a_release_leaves_it_a_copy(variant: str, language: str) -> None:
    for seed in range(5):
        source = release(seed, language)
        republished = VARIANTS[variant](source, Random(seed))

        assert compare(wording(republished), wording(source)).kind is not None, republished


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SOURCE, CopyKind.COPY),
        (replace(SOURCE, title="Another headline altogether"), CopyKind.COPY),
        (kept(0, 2), CopyKind.EXCERPT),
        (kept(2, 4), CopyKind.EXCERPT),
        (replace(SOURCE, paragraphs=(*SOURCE.paragraphs, *release(2).paragraphs[:4])), CopyKind.EXTENDED),
        (
            replace(SOURCE, paragraphs=("XINHUA -- " + SOURCE.paragraphs[0], *SOURCE.paragraphs[1:])),
            CopyKind.COPY,
        ),
    ],
)
def test_the_kind_says_what_a_text_is_to_its_source(text: Release, kind: CopyKind) -> None:
    assert compare(wording(text), wording(SOURCE)).kind is kind


def test_a_corrected_number_makes_a_revised_copy() -> None:
    text = "The port handled 120 ships in May, 90 in June and 75 in July, its office said on 3 August."
    source = Release(title="Port", paragraphs=(text, *SOURCE.paragraphs), language="en")
    corrected = replace(source, paragraphs=(text.replace("90", "95"), *SOURCE.paragraphs))

    assert compare(wording(corrected), wording(source)).kind is CopyKind.REVISED


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("series", sorted(SERIES))
def test_texts_of_one_template_are_no_copies_of_each_other(series: str, language: str) -> None:
    first, *others = SERIES[series](Random(4), language, 6)

    assert {compare(wording(other), wording(first)).kind for other in others} == {None}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("retell", [follow_up, correction])
def test_a_report_that_repeats_a_passage_is_no_copy(
    retell: Callable[[Release, Random], Release], language: str
) -> None:
    for seed in range(5):
        source = release(seed, language, paragraphs=8)

        assert compare(wording(retell(source, Random(seed))), wording(source)).kind is None


def test_another_issue_of_a_series_is_no_copy_however_few_numbers_changed() -> None:
    text = "The yuan strengthened {} pips to {} against the dollar on {}, the trade system said. "
    standing = "The rate rests on prices of market makers before the market opens, and may move by 2 percent."
    monday = issue("Parity rate, 17 May 2026", text.format(83, "6.9582", "Monday") + standing)
    friday = issue("Parity rate, 4 June 2026", text.format(83, "7.2065", "Friday") + standing)

    assert compare(wording(friday), wording(monday)).reason == "another issue of one series"
    assert compare(wording(replace(friday, title="Yuan stronger")), wording(monday)).kind is CopyKind.REVISED


def test_the_minutes_of_full_hours_are_no_numbers_in_common() -> None:
    text = "A yellow warning holds from {}:00 on {} until {}:00 on Sunday, with {} mm of rain and gusts."
    standing = "Follow the forecasts, stay away from rivers and secure loose things outdoors. " * 2
    hills = issue("Warning for the hills", text.format(19, "Wednesday", 21, 69) + standing)
    coast = issue("Warning for the coast", text.format(19, "Monday", 6, 44) + standing)

    assert compare(wording(coast), wording(hills)).reason == "other numbers in the same places"


@pytest.mark.parametrize(("exchanged", "reason"), [(4, ""), (6, "other words in the same places")])
def test_few_words_may_be_exchanged_and_no_more(exchanged: int, reason: str) -> None:
    words = [f"word{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(104)]
    others = [*words]
    others[10 : 10 * exchanged + 1 : 10] = [f"{chr(110 + at) * 7}" for at in range(exchanged)]

    assert compare(Wording(title="", tokens=words), Wording(title="", tokens=others)).reason == reason


def test_numbers_count_as_changed_also_where_the_words_around_them_changed() -> None:
    standing = " ".join(f"standing{chr(97 + at)}" for at in range(20))
    text = f"{standing} ferries carried 120 passengers {standing} trams brought 75 {standing}"
    other = f"{standing} boats lost 90 sailors {standing} buses took 61 {standing}"

    assert align(tokenise(text), tokenise(other)).numbers_changed == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_paragraphs_in_another_order_leave_a_text_a_copy(language: str) -> None:
    source = release(6, language)
    first, second, third, fourth, *others = source.paragraphs
    turned = replace(source, paragraphs=(fourth, third, *others, second, first))

    comparison = compare(wording(turned), wording(source))

    assert comparison.kind is CopyKind.COPY
    assert comparison.alignment.moved > comparison.alignment.equal / 2


def test_a_translation_is_no_copy() -> None:
    assert compare(wording(release(3, "zh")), wording(release(3, "en"))).kind is None


def test_the_order_of_the_two_texts_makes_no_difference() -> None:
    text, other = wording(VARIANTS["combined"](SOURCE, Random(8))), wording(SOURCE)

    assert align(text.tokens, other.tokens) == align(other.tokens, text.tokens)


def test_a_refusal_says_why_and_keeps_its_numbers() -> None:
    first, second = SERIES["prices"](Random(1), "en", 2)

    comparison = compare(wording(first), wording(second))

    assert comparison.reason == "other numbers in the same places"
    assert comparison.alignment.numbers_changed > comparison.alignment.numbers_equal


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("", ""),
        ("", "word"),
        ("word", "word"),
        ("啊" * 5_000_000, "啊" * 4_000_000),
        ("a" * 5_000_000, "word " * 1_000_000),
        ("word " * 1_000_000, "word other " * 500_000),
        ("\u200b" * 100_000, "\u200b"),
        ("1 " * 500_000, "2 " * 500_000),
    ],
)
def test_texts_that_are_no_releases_cost_little(text: str, other: str) -> None:
    one = Release(title="", paragraphs=(text,), language="en")
    two = Release(title="", paragraphs=(other,), language="en")
    started = process_time()

    may_be_copies(wording(one), wording(two))
    compare(wording(one), wording(two))

    assert process_time() - started < 15


def test_invisible_characters_make_no_difference() -> None:
    marked = replace(SOURCE, paragraphs=tuple("\u200b".join(text) for text in SOURCE.paragraphs))

    assert tokenise("\n".join(marked.paragraphs)) == tokenise("\n".join(SOURCE.paragraphs))
