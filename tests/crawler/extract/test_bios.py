"""What a newspaper says below a text of who wrote it is no part of the text."""

from __future__ import annotations

import pytest

from crawler.extract import ExtractedArticle, extract_article
from tests.crawler.extract.sentences import TEXT


def _article(*last: str, author: str = "Jo Lee") -> ExtractedArticle:
    head = f'<title>City builds seven schools</title><meta name="author" content="{author}">'
    lines = "".join(f"<p>{line}</p>" for line in (*TEXT, *TEXT_GOES_ON, *last))
    page = (
        f"<html><head>{head}</head><body><h1>City builds seven schools</h1><div>{lines}</div></body></html>"
    )
    return extract_article(page.encode(), "https://www.paper.example/city/1")


TEXT_GOES_ON = (
    "Two of the schools will stand on the grounds of a former brewery, which the city bought six years ago.",
    "The others take the place of buildings from the sixties that cost more to heat than to tear down.",
)


@pytest.mark.parametrize(
    "bio",
    [
        "Jo Lee is the education editor of the Herald and lives in Leeds.",
        "Jo Lee, who has two children at school, writes about cities.",
        "Our correspondent Jo Lee covers the eastern districts.",
        "Jo Lee ist Reporterin für das Berichtsgebiet Bildung.",
        "Jo Lee est journaliste au service des villes.",
    ],
)
def test_who_the_author_is_goes(bio: str) -> None:
    article = _article(bio)

    assert article.paragraphs == (*TEXT, *TEXT_GOES_ON)
    assert ("about the author", bio) in [(line.rule, line.text) for line in article.removed]


def test_what_else_is_said_of_the_author_goes_with_it() -> None:
    more = ("Jo Lee is a teacher in Leeds.", "She has written two books on schools.")

    assert _article(*more).paragraphs == (*TEXT, *TEXT_GOES_ON)


def test_one_of_several_authors_is_told_of() -> None:
    article = _article("Ann Hill writes for the Herald from Leeds.", author="Jo Lee and Ann Hill")

    assert article.paragraphs == (*TEXT, *TEXT_GOES_ON)


@pytest.mark.parametrize(
    "line",
    [
        "“I was there myself, and Jo Lee is right about the heating,” said the mayor of the town.",
        "Ann Hill is the first head of a school in the city who is younger than thirty, officials said.",
        "The mayor said of the report: Jo Lee has counted every window of every school in the city.",
    ],
)
def test_a_sentence_of_the_text_stays(line: str) -> None:
    assert _article(line).paragraphs == (*TEXT, *TEXT_GOES_ON, line)
