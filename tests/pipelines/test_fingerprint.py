"""Fingerprints and digests: what is equal, what is near, what is bounded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.fingerprint import fingerprint, fingerprinted
from storage.records import Article, Fetch, Link, Rejected, SiteRecord, Visit

FETCH = Fetch(
    url="https://www.example.gov/1.html",
    site=SiteRecord(key="example", title="Example", base_url="https://www.example.gov/"),
    at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
)
SENTENCES = tuple(
    f"Sentence {number} says that district {number * 7} opened {number * 3} schools beside road {number + 5}."
    for number in range(40)
)
RELEASE = Article(title="Schools open", paragraphs=SENTENCES)


def test_a_blank_more_or_less_leaves_both_digests_equal() -> None:
    spaced = replace(RELEASE, title="Schools  open ", paragraphs=(SENTENCES[0] + " ", *SENTENCES[1:]))

    assert fingerprint(spaced).digest == fingerprint(RELEASE).digest
    assert fingerprint(spaced).text_digest == fingerprint(RELEASE).text_digest


@pytest.mark.parametrize(
    "edited",
    [
        replace(RELEASE, title="School opens"),
        replace(RELEASE, paragraphs=SENTENCES[1:]),
        replace(RELEASE, tables=((("a", "b"),),)),
        replace(RELEASE, attachments=(Link(url="https://www.example.gov/1.pdf"),)),
    ],
)
def test_every_edit_that_a_reader_sees_changes_the_digest(edited: Article) -> None:
    assert fingerprint(edited).digest != fingerprint(RELEASE).digest


def test_title_and_paragraph_breaks_leave_the_text_digest_equal() -> None:
    joined = replace(RELEASE, title="Other", paragraphs=(" ".join(SENTENCES),))

    assert fingerprint(joined).text_digest == fingerprint(RELEASE).text_digest


def test_a_text_without_words_has_nothing_to_compare() -> None:
    wordless = fingerprint(Article(title="Notice", paragraphs=("***",)))

    assert (wordless.text_digest, wordless.fingerprints) == ("", ())


def test_an_excerpt_shares_most_of_its_fingerprints_with_its_source() -> None:
    source, excerpt = fingerprint(RELEASE), fingerprint(replace(RELEASE, paragraphs=SENTENCES[5:20]))

    assert len(set(excerpt.fingerprints) & set(source.fingerprints)) >= 4


def test_fingerprints_are_signed_and_ascend_as_unsigned() -> None:
    values = fingerprint(RELEASE).fingerprints

    assert all(-(2**31) <= value < 2**31 for value in values)
    assert [value % 2**32 for value in values] == sorted(value % 2**32 for value in values)


def test_fingerprints_are_the_same_on_every_machine() -> None:
    assert fingerprint(RELEASE).fingerprints[:3] == (14001142, 49574009, 53495050)


@pytest.mark.parametrize("text", ["", "word", "啊" * 5_000_000, "a" * 5_000_000, "\ud800", "x y"])
def test_the_number_of_fingerprints_is_bounded(text: str) -> None:
    assert len(fingerprint(Article(title="t", paragraphs=(text,))).fingerprints) <= 96


def test_articles_are_fingerprinted_and_everything_else_passes() -> None:
    rejected = Rejected(reason="empty-body")

    assert fingerprinted(Visit(fetch=FETCH, result=RELEASE)).result == fingerprint(RELEASE)
    assert fingerprinted(Visit(fetch=FETCH, result=rejected)) == Visit(fetch=FETCH, result=rejected)
