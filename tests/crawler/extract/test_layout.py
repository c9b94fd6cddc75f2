"""What is summed up over a page's lines, and the lines that need no decision of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.extract import extract_article
from crawler.extract.body.features import features_of
from crawler.extract.body.model import clues_of, load_model
from crawler.extract.body.region import article_blocks, least_share
from crawler.extract.lines.blocks import read_blocks
from crawler.extract.lines.layout import Layout
from crawler.extract.markup.head import read_head
from crawler.extract.markup.page import read_page
from crawler.extract.types import PageContext

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/*.html"))
MARKUP = b"""<html><body><div id=nav><ul><li><a href=/a>Departments</a></li><li><a href=/b>Services</a></li>
<li><a href=/c>Contact</a></li></ul></div><div id=text><h1>The bridge opens</h1><p>The bridge over the river
opens on Monday after two years of work, the council said in a statement.</p><p>Read <a href=/d>more</a> of
it here: buses will cross the bridge every ten minutes, and walking will be free for everybody.</p></div>
</body></html>"""


def layout_of(markup: bytes) -> Layout:
    return Layout(read_blocks(read_page(markup, "https://www.example.gov/a", PageContext()).tree))


def test_lines_of_a_menu_are_told_from_those_of_the_text() -> None:
    layout = layout_of(MARKUP)

    menu = [block.text for block in layout.blocks if layout.is_menu(block)]

    assert menu == ["Departments", "Services", "Contact"]


def test_the_sums_of_a_frame_are_those_of_its_lines() -> None:
    layout = layout_of(MARKUP)
    core = layout.core

    assert core is not None
    assert core.element.get("id") == "text"
    inside = layout.blocks[core.first : core.end]
    assert layout.size_of(core) == sum(block.size for block in inside)
    assert layout.linked_of(core) == sum(block.linked for block in inside) == 4
    assert layout.prose_of(core) == sum(block.size for block in inside[1:])


def test_prose_above_and_around_a_line_is_counted_in_lines() -> None:
    layout = layout_of(MARKUP)
    title = next(block.index for block in layout.blocks if block.text == "The bridge opens")

    shares = [layout.prose_around(title + step) for step in range(3)]

    assert shares[0] == (0.0, 99, 1)
    assert shares[1] == (0.0, 99, 1)
    assert 0.4 < shares[2][0] < 0.6
    assert shares[2][1:] == (1, 99)


def test_a_line_that_holds_the_text_once_more_is_a_copy_and_a_quoting_one_is_not() -> None:
    lines = [
        f"In week {week} the council repaired {week * 7} kilometres of the road to the harbour, it said on Monday."
        for week in range(1, 7)
    ]
    quoting = f"{lines[0]} {lines[1]} {'That is more than in any other year since the road was built. ' * 8}".strip()
    body = "".join(f"<p>{line}</p>" for line in (*lines, quoting))
    whole = " ".join((*lines, quoting))
    page = f"<html><body><main><h1>Roads</h1>{body}</main><div>{whole}</div></body></html>"
    layout = layout_of(page.encode())

    copies = layout.copies()

    assert [layout.blocks[index].text for index in copies] == [whole]
    assert layout.blocks[max(copies)] not in layout.open_to_doubt()


@pytest.mark.parametrize("file", PAGES[::2], ids=lambda file: file.stem)
def test_a_line_of_a_menu_is_what_the_model_would_leave_out(file: Path) -> None:
    page = read_page(file.read_bytes(), "https://www.example.gov/a", PageContext())
    reading = read_blocks(page.tree)
    clues = clues_of(reading, read_head(page), "")

    rows = features_of(reading.blocks, Layout(reading), clues)

    shares = load_model().probabilities(rows)
    least = least_share([block.size for block in reading.blocks], shares)
    kept = [block for block, share in zip(reading.blocks, shares, strict=True) if share > least]
    found = article_blocks(reading, clues, load_model())
    assert [block for block in found if block in kept] == kept
    # Nothing else is added than headings between the lines, and the items of lists that are text.
    assert {block.frame.tag for block in found if block not in kept} <= {"h2", "h3", "h4", "h5", "h6", "li"}


def test_a_short_last_sentence_that_stands_like_the_others_is_part_of_the_text() -> None:
    page = """<html lang="de"><body><nav><a href="/">Startseite</a></nav><div id="content">
    <h1>Linie 4: Züge fahren öfter</h1>
    <p>Ab Mai verkehren die Züge der Linie 4 alle 8 Minuten, teilte das Ministerium am Dienstag mit.</p>
    <p>„Das verkürzt die Wege für alle“, sagte die Ministerin. Die Maßnahme kostet 4 Millionen Euro.</p>
    <p>Weitere Strecken folgen im Herbst.</p>
    <a href="javascript:print()">Seite drucken</a> <a href="#top">Nach oben</a></div></body></html>"""

    found = extract_article(page.encode(), "https://www.example.de/presse/4.html")

    assert found.paragraphs[-1] == "Weitere Strecken folgen im Herbst."
    assert len(found.paragraphs) == 3


def test_a_japanese_line_of_publication_is_no_text() -> None:
    page = """<html lang="ja"><head><title>港湾整備計画について</title></head><body><h1>港湾整備計画について</h1>
    <p>公開日：令和8年10月7日</p><div><p>国土省は、港湾整備計画の第七次案を取りまとめましたので、お知らせします。</p>
    <p>計画の期間は令和9年度から十年間です。詳細は添付資料をご覧ください。</p></div></body></html>"""

    found = extract_article(page.encode(), "https://www.example.go.jp/7.html")

    assert found.paragraphs[0].startswith("国土省は")
    assert str(found.published) == "2026-10-07"


def test_a_line_that_only_says_when_a_page_was_published_is_no_text() -> None:
    lines = "".join(
        f"<p>The council approved plan {number} to widen the road to the harbour.</p>" for number in range(5)
    )
    page = (
        f"<html><body><main><h1>Roads widen</h1><p>Published 3 November 2026</p>{lines}</main></body></html>"
    )

    found = extract_article(page.encode(), "https://www.example.gov.uk/news/roads")

    assert found.paragraphs[0].startswith("The council approved plan 0")
    assert str(found.published) == "2026-11-03"


@pytest.mark.parametrize(
    ("shares", "least"),
    [
        ([0.99] * 9 + [0.47], 0.5),  # clear: what is likelier not to be of the text is not taken
        ([0.9, 0.45, 0.45, 0.42, 0.44], 0.4),
        ([0.05] * 50, 0.4),
        ([0.99, *[0.2] * 500], 0.5),  # many lines that are clear make no doubt
        ([], 0.4),
    ],
)
def test_a_page_that_is_unclear_is_read_more_freely(shares: list[float], least: float) -> None:
    assert least_share([100] * len(shares), shares) == pytest.approx(least, abs=0.03)


def test_comments_of_readers_below_a_text_are_no_part_of_it_however_long() -> None:
    opinion = "I crossed the old bridge every day of my life, and nobody ever asked me what the new one should cost. "
    comments = f"<div id=comments>{f'<div class=comment><p>{opinion * 3}</p></div>' * 9}</div>"
    layout = layout_of(MARKUP.replace(b"</body>", f"{comments}</body>".encode()))

    open_to_doubt = {block.text for block in layout.open_to_doubt()}

    assert "The bridge opens" in open_to_doubt
    assert not any(text.startswith("I crossed") for text in open_to_doubt)


def test_where_the_comments_are_the_text_they_stay() -> None:
    markup = MARKUP.replace(b"id=text", b"class=discussion")

    assert "The bridge opens" in {block.text for block in layout_of(markup).open_to_doubt()}


def test_sentences_of_banners_over_the_headline_outweigh_no_text() -> None:
    offer = "<p>Free delivery of every permit that is asked for online before the end of the month of %s.</p>"
    banners = "".join(offer % month for month in ("January", "March", "May", "July"))
    markup = MARKUP.replace(b"<div id=nav>", f"<div class=slides>{banners}</div><div id=nav>".encode())

    core = layout_of(markup).core

    assert core is not None
    assert core.element.get("id") == "text"
