"""Where a line of text ends, and what of the markup inside it is no part of its words."""

from __future__ import annotations

import pytest

from crawler.extract.lines.blocks import read_blocks
from crawler.extract.markup.page import parse


def lines_of(markup: str) -> list[str]:
    return [block.text for block in read_blocks(parse(f"<body>{markup}</body>")).blocks]


@pytest.mark.parametrize("style", ["display:block", "margin: 0; DISPLAY : block;"])
def test_a_span_that_is_shown_as_a_block_is_a_line(style: str) -> None:
    markup = (
        f'<p><span style="{style}">Work starts in March.</span><span style="{style}">Buses go on.</span></p>'
    )

    assert lines_of(markup) == ["Work starts in March.", "Buses go on."]


def test_a_span_that_is_shown_inside_a_line_is_none() -> None:
    markup = '<p>Work <span style="font-size: 16px">starts</span> in <span style="display:inline">March</span>.</p>'

    assert lines_of(markup) == ["Work starts in March."]


@pytest.mark.parametrize(
    "reference",
    [
        '<sup><a href="#note-1">1</a></sup>',
        '<a href="#note-1"><sup>[1]</sup></a>',
        '<sup id="ref:1"><a href="#note:1" class="link">[footnote 1]</a></sup>',
    ],
)
def test_the_number_of_a_note_is_no_part_of_the_word_before_it(reference: str) -> None:
    assert lines_of(f"<p>The road was built in 1931{reference}, of stone.</p>") == [
        "The road was built in 1931, of stone."
    ]


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<p>A yard of 900 m<sup>2</sup></p>", "A yard of 900 m2"),
        ("<p>On the 1<sup>st</sup> of May</p>", "On the 1st of May"),
        ('<p>See <sup><a href="/plan">the plan</a></sup></p>', "See the plan"),
    ],
)
def test_other_raised_text_stays(markup: str, line: str) -> None:
    assert lines_of(markup) == [line]


@pytest.mark.parametrize(
    "name", ["sr-only", "visually-hidden", "govuk-visually-hidden", "screen-reader-text"]
)
def test_what_is_read_to_listeners_alone_is_no_part_of_a_line(name: str) -> None:
    markup = f'<h2>A call of the <abbr>MHS</abbr><span class="{name}">Ministry of Health and Sport</span> for ideas</h2>'

    assert lines_of(markup) == ["A call of the MHS for ideas"]


def test_a_line_that_is_read_to_listeners_alone_stays_one() -> None:
    assert lines_of('<p><span class="sr-only">Published:</span> 3 November 2026</p>') == [
        "Published: 3 November 2026"
    ]
