"""The demo's texts: deterministic, different from each other, and copies only where they are called so."""

from __future__ import annotations

from itertools import combinations

import pytest

from crawler.demo import texts_en, texts_zh
from crawler.demo.content import Attachment, Block, BlockKind, Table, Text, read_text
from crawler.demo.editions import first_edition
from crawler.demo.grammar import Grammar
from crawler.demo.phrases_en import ENGLISH
from crawler.demo.phrases_zh import CHINESE
from crawler.demo.site import DemoSite
from storage.records import CopyKind


def shingles(text: Text) -> set[tuple[str, ...]]:
    words = " ".join(text.paragraphs)
    tokens, length = (list(words), 6) if any("一" <= sign <= "龥" for sign in words) else (words.split(), 3)
    return {tuple(tokens[start : start + length]) for start in range(len(tokens) - length + 1)}


def shared(left: set[tuple[str, ...]], right: set[tuple[str, ...]]) -> float:
    return len(left & right) / min(len(left), len(right))


def test_notation_knows_headings_items_tables_and_attachments() -> None:
    text = read_text("Title\n\nLead.\n## Part\n* first\n| a | b |\n| c | d |\nEnd.\n@ W01.pdf The plan.pdf")

    assert text == Text(
        title="Title",
        blocks=(
            Block(text="Lead."),
            Block(text="Part", kind=BlockKind.HEADING),
            Block(text="first", kind=BlockKind.ITEM),
            Table(rows=(("a", "b"), ("c", "d"))),
            Block(text="End."),
        ),
        attachments=(Attachment(title="The plan.pdf", name="W01.pdf"),),
    )


@pytest.mark.parametrize("grammar", [ENGLISH, CHINESE])
def test_a_grammar_writes_the_same_text_for_the_same_number(grammar: Grammar) -> None:
    assert grammar.compose(7) == grammar.compose(7) != grammar.compose(8)


@pytest.mark.parametrize("grammar", [ENGLISH, CHINESE])
def test_texts_of_a_grammar_are_no_copies_of_each_other(grammar: Grammar) -> None:
    texts = [shingles(grammar.compose(number)) for number in range(60)]

    assert max(shared(left, right) for left, right in combinations(texts, 2)) < 0.4


def test_a_dozen_articles_are_written_by_hand() -> None:
    written = (*texts_en.HOT_NEWS, *texts_en.ANNOUNCEMENTS, *texts_zh.GOVERNMENT_NEWS)

    assert len(written) >= 12
    assert all(len(read_text(each).paragraphs) >= 3 for each in written)


def test_only_declared_copies_and_bulletins_are_alike() -> None:
    truth = DemoSite().truth()
    pages = [shown.page for shown in first_edition().shown()]
    texts = {page.path: shingles(page.text) for page in pages}
    unalike = [
        path
        for path, each in truth.items()
        if each.copy_of is None and not each.moved_to and "Bulletin" not in each.title
    ]

    assert max(shared(texts[left], texts[right]) for left, right in combinations(unalike, 2)) < 0.4


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [
        (CopyKind.COPY, 1.0, 1.0),
        (CopyKind.EXCERPT, 0.99, 1.0),
        (CopyKind.EXTENDED, 0.99, 1.0),
        (CopyKind.REVISED, 0.9, 0.999),
    ],
)
def test_a_copy_is_what_the_truth_calls_it(kind: CopyKind, least: float, most: float) -> None:
    pages = {shown.page.path: shown.page for shown in first_edition().shown()}
    copies = [page for page in pages.values() if page.copy_kind is kind and page.copy_of]

    assert {page.section for page in copies} == {"announcements", "county"}
    for page in copies:
        original = pages[page.copy_of or ""]
        assert least <= shared(shingles(page.text), shingles(original.text)) <= most
        assert page.published is not None
        assert original.day is not None
        assert page.day is not None
        assert page.day >= original.day


def test_exact_copies_have_the_very_text_of_their_originals() -> None:
    truth = DemoSite().truth()
    copies = [each for each in truth.values() if each.copy_kind is CopyKind.COPY]

    assert len(copies) == 6
    assert all(each.paragraphs == truth[each.copy_of or ""].paragraphs for each in copies)
