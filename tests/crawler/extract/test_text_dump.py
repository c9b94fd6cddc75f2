"""Pages that survive only as text: saved, copied from a browser, printed by a text browser or as Markdown."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import NotAnArticle, PageContext, extract_text
from crawler.extract.publication import day_of

DUMPS = sorted((Path(__file__).parent / "whole_dumps").glob("*.txt"))
TEXT = (
    "The city government announced on Monday that the new tram line will open to passengers on 1 July.",
    "Mayor Helen Ortega said that the line would carry some 40,000 passengers a day.",
    "Tickets cost the same as on buses.",
)
LINES = (
    *("Home > News", "Eyesight Protection:", "Print", "Share", "14 May 2026", "Source: Gazette", "Published"),
    *("New tram line opens in July", "Related news", "Contact", "Menu", "© City of Marlow", "", "- lifts"),
    *(
        "首页>要闻",
        "来源:市府办",
        "市长主持召开市政府常务会议",
        "5月13日,市长李明主持召开市政府常务会议。",
        *TEXT,
    ),
)


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_a_whole_dump_yields_its_article(dump: Path) -> None:
    article = extract_text(dump.read_text(encoding="utf-8"))

    assert {
        "title": article.title,
        "published": day_of(article.published).isoformat() if article.published else None,
        "language": article.language,
        "source": article.source,
        "author": article.author,
        "editor": article.editor,
        "paragraphs": list(article.paragraphs),
    } == json.loads(dump.with_suffix(".json").read_text(encoding="utf-8"))


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_every_line_of_a_dump_is_its_title_a_paragraph_or_accounted_for(lines: list[str]) -> None:
    try:
        article = extract_text("\n\n".join(lines))
    except NotAnArticle:
        return

    told = Counter((article.title, *article.paragraphs, *(line.text for line in article.removed)))
    assert told == Counter(filter(None, lines))


def test_the_first_line_of_a_plain_text_is_its_title_however_short() -> None:
    lead = "The council opens seven new schools in the eastern districts"

    article = extract_text("\n".join(("Council approves budget", "", lead, TEXT[0])))

    assert article.title == "Council approves budget"
    assert article.paragraphs == (lead, TEXT[0])


@pytest.mark.parametrize(
    "title", ["Council approves new budget.", "“We leave nobody behind”", "Who pays for it?"]
)
def test_a_title_may_end_as_a_sentence_does(title: str) -> None:
    article = extract_text("\n\n".join((title, *TEXT)))

    assert (article.title, article.paragraphs) == (title, TEXT)


def test_the_title_that_a_list_gave_is_found_among_the_lines() -> None:
    lines = (
        "City of Marlow",
        "Transport and roads in the city",
        "Tram opens",
        "Lines 1 to 4 are not changed",
        *TEXT,
    )

    article = extract_text("\n".join(lines), context=PageContext(listed_title="Tram opens"))

    assert article.title == "Tram opens"
    assert article.paragraphs == ("Lines 1 to 4 are not changed", *TEXT)


def test_a_few_sentences_about_the_site_stand_below_a_text_and_a_second_half_does_not() -> None:
    about = "This website is managed by the press office of the city, which answers within two days."
    title = "New tram line opens in July"

    assert extract_text("\n".join((title, *TEXT, "Share this page", about))).paragraphs == TEXT
    assert extract_text("\n".join((title, *TEXT, "Share this page", *TEXT))).paragraphs[-3:] == TEXT


def test_the_day_of_an_address_over_the_text_is_that_of_the_article_where_no_line_tells_another() -> None:
    address = "https://www.marlow.example/news/2026/0303/tram.html"

    article = extract_text("\n".join((address, "New tram line opens in July", *TEXT)))

    assert (article.published, article.published_from) == (date(2026, 3, 3), "url")


@pytest.mark.parametrize(
    "label", ["Last updated: 5 March 2026", "Updated 5 March 2026", "成文日期:2026年3月5日"]
)
def test_a_day_of_publication_goes_before_one_of_a_change_or_of_a_signature(label: str) -> None:
    lines = ("Home > News", "New tram line opens in July", label, "Published: 3 March 2026", *TEXT)

    assert extract_text("\n".join(lines)).published == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("kind", "dump"),
    [
        ("challenge", "Just a moment...\nwww.marlow.example\nEnable JavaScript and cookies to continue"),
        ("not-found", "404 Not Found\n\nThe page you requested could not be found on this server."),
        ("not-found", "首页\n您访问的页面不存在\n请检查地址是否正确,或返回首页继续浏览本网站其他内容。"),
        (
            "unavailable",
            "Service Unavailable\n\nThe service is temporarily unavailable. Please try again later.",
        ),
        (
            "list",
            "Home > News\nNews\n2026-05-14 Ferry returns to the islands\n2026-05-13 Library opens on Monday\n"
            "2026-05-12 New school for the east\n2026-05-10 Bridge closed for two nights\n1 2 3 Next",
        ),
        (
            "list",
            "News\n\nFerry returns\nIt runs again from Monday.\n3 March 2026\n\nLibrary opens\nIt has forty seats."
            "\n1 March 2026\n\nRoad works\nHigh Street is closed until Friday.\n26 February 2026\n\n1 2 3 Next Last",
        ),
        (
            "list",
            f"New tram line opens in July\n\n3 March 2026\n\n{TEXT[0]}\n\n-----\n\n"
            f"Library opens on Monday\n\n1 March 2026\n\n{TEXT[0]}",
        ),
        (
            "list",
            f"Title: New tram line opens in July\nDate: 3 March 2026\n\n{TEXT[0]}\n\n"
            f"Title: Library opens on Monday\nDate: 1 March 2026\n\n{TEXT[0]}",
        ),
        (
            "list",
            f"New tram line opens in July\n3 March 2026\n{TEXT[0]}\n{TEXT[1]}\n"
            f"Library opens again on Monday\n1 March 2026\n{TEXT[0]}\n{TEXT[2]}",
        ),
        (
            "list",  # as Nexis hands two articles out
            f"New tram line opens in July\nMarlow Post\n3 March 2026\nLength: 90 words\nBody\n{TEXT[0]}\n"
            f"Library opens on Monday\nMarlow Post\n1 March 2026\nLength: 80 words\nBody\n{TEXT[0]}",
        ),
        ("not-found", "抱歉，您要访问的页面不存在或已删除！\n返回首页"),
        (
            "list",
            "首页>要闻\n市政府召开常务会议 2026-05-14\n全市经济工作会议召开 [2026-05-13]\n"
            "东海至临江高速公路通车 2026-05-12\n上一页 下一页 尾页",
        ),
    ],
)
def test_a_dump_of_something_else_is_refused_by_its_name(kind: str, dump: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        extract_text(dump)

    assert refused.value.kind == kind


def test_dates_of_meetings_below_a_text_make_no_list() -> None:
    meetings = ("14 May 2026, town hall", "16 May 2026, library", "18 May 2026, school of the east")

    assert extract_text("\n".join(("Council asks about the plan", *TEXT, *meetings))).paragraphs == (
        *TEXT,
        *meetings,
    )


def test_a_chronicle_is_an_article_and_no_list() -> None:
    days = [
        f"{day} May 2026: the council met in the harbour and voted on part {day} of the plan."
        for day in range(1, 6)
    ]

    assert extract_text("\n".join(("Chronicle of May", *days))).paragraphs == tuple(days)


def test_days_over_the_parts_of_a_text_make_no_list() -> None:
    days = ("11 May 2026", "10 May 2026", "9 May 2026")
    parts = [line for day in days for line in (day, TEXT[0])]

    assert extract_text("\n".join(("Flood in the lower valley", *parts))).title == "Flood in the lower valley"


def test_a_divider_inside_of_a_text_parts_no_articles() -> None:
    text = ("New tram line opens in July", "3 March 2026", TEXT[0], "-----", "How it works", *TEXT[1:])

    assert extract_text("\n\n".join(text)).paragraphs == (TEXT[0], "How it works", *TEXT[1:])


def test_a_hyphen_at_the_end_of_a_line_goes_where_it_parts_a_word_and_stays_where_it_is_its_own() -> None:
    lines = (
        "The city council met on Monday in the old hall and the depart-",
        "ment of works told it what the repair of the quay and of the",
        "well-known tower above the harbour costs, and that the well-",
        "known tower may stay open while both are mended in spring.",
    )

    article = extract_text("\n".join(("A quay and a tower", "", *lines)))

    assert article.paragraphs == (
        "The city council met on Monday in the old hall and the department of works told it what the repair of "
        "the quay and of the well-known tower above the harbour costs, and that the well-known tower may stay "
        "open while both are mended in spring.",
    )


def test_a_prefix_of_english_words_keeps_no_hyphen_in_another_language() -> None:
    lines = (
        "Les prélèvements destinés à l'irrigation sont réduits de moitié entre",
        "10 heures et 18 heures. Le remplissage des piscines privées est inter-",
        "dit jusqu'à nouvel ordre dans les trois bassins de la vallée de l'Orbe.",
    )

    article = extract_text("\n".join(("Sécheresse dans la vallée de l'Orbe", "", *lines)))

    assert "est interdit jusqu'à" in article.paragraphs[0]


def test_points_between_the_facts_under_a_lead_and_the_text_are_text() -> None:
    lead = "Lifts and ramps will be built at 24 railway stations by 2028, ministers have confirmed."
    facts = ("From:", "Department for Rail", "Published", "19 January 2026")
    points = ("24 stations to get lifts", "£280 million from the rail fund", "work to start this summer")

    article = extract_text(
        "\n".join(("Home", "Step-free access for more stations", lead, *facts, *points, *TEXT))
    )

    assert (article.paragraphs, article.source) == ((lead, *points, *TEXT), "Department for Rail")


@pytest.mark.parametrize(
    "title",
    [
        "No. 10 confirms the day of the summit",
        "来自基层一线的声音",
        "Consultation opens / NEWS",
        "Budget 2026 adopted",
    ],
)
def test_a_headline_that_looks_like_furniture_is_one(title: str) -> None:
    assert extract_text("\n\n".join((title, *TEXT))).title == title


def test_a_sentence_that_names_a_file_is_text() -> None:
    sentence = "The plan (plan-2026.pdf) was adopted by the council on Monday evening."

    assert extract_text("\n\n".join(("A plan for the quay", sentence, *TEXT))).paragraphs == (sentence, *TEXT)


def test_a_message_in_too_many_parts_is_read_as_it_stands() -> None:
    fields = ("From: a@harbour.example", "To: b@harbour.example", "Subject: New tram line opens in July")
    parts = "".join(f'Content-Type: multipart/mixed; boundary="{at}"\n\n--{at}\n' for at in range(3_000))

    article = extract_text("\n".join((*fields, parts, *TEXT)))

    assert article.title == "New tram line opens in July"
