"""What newspapers and blogs print amid a text and below it is no part of it; sentences with its words are."""

from __future__ import annotations

import pytest

from crawler.extract.body.boilerplate import without_boilerplate
from tests.crawler.extract.sentences import TEXT


@pytest.mark.parametrize(
    "line",
    [
        *("Article content", "Advertisement", "ADVERTISEMENT 2", "Story continues below advertisement"),
        *(
            "This advertisement has not loaded yet, but your article continues below.",
            "– Anzeige –",
            "Werbung",
        ),
        *("Publicité", "La suite après la publicité", "Publicidad", "Реклама", "广告"),
        *("Please enable JavaScript to see this map.", "Diese Karte benötigt JavaScript."),
        *(
            "This post contains affiliate links. If you buy something, I may earn a small commission.",
            "When you use the links on our site, we may receive a commission.",
            "As an Amazon Associate we earn from qualifying purchases.",
            "Über manche Links im Text erhalten wir eine kleine Provision.",
        ),
    ],
)
def test_a_label_or_a_note_of_the_site_amid_a_text_goes(line: str) -> None:
    lines = (TEXT[0], line, *TEXT[1:])

    kept, removed = without_boilerplate(lines)

    assert [lines[index] for index in kept] == list(TEXT)
    assert [each.text for each in removed] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The article content of the fund's site is written by volunteers.",
        "Die Polizei hat eine Anzeige wegen Betrugs aufgenommen.",
        "Advertisements for tobacco will be banned from January.",
        "„Wir wollen, dass beim Kauf der Verkäufer die Provision zahlt“, sagte die Ministerin.",
        "Brokers receive a commission on each purchase, our study of 400 contracts shows.",
        "“We will make a commission that links the ministries,” the president told reporters.",
        "The portal uses JavaScript and runs in any browser of the last five years.",
    ],
)
def test_a_sentence_that_only_has_words_of_such_a_note_stays(line: str) -> None:
    kept, _ = without_boilerplate((TEXT[0], line, *TEXT[1:]))

    assert kept == (0, 1, 2, 3)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "김철수 기자 chulsoo@bukilbo.example.co.kr",
            "paul.t@example.com",
            "Reageren op dit artikel? Mail de redactie.",
        ),
        *("(dmk)", "(red/dpa)", "Sendung: rbb24 Brandenburg aktuell, 03.11.2026, 19:30 Uhr"),
        *(
            "Dieses Thema im Programm: NDR 1 Niedersachsen | Aktuell | 03.11.2026 | 17:00 Uhr",
            "Alle Nachrichten aus München finden Sie auch auf unserer Facebook-Seite.",
            "Sign up for the weekly newsletter of our travel desk. Get news about destinations, plus the latest in"
            " aviation, food and drink, where to stay and what to see there in each season of the year.",
        ),
    ],
)
def test_how_newspapers_and_broadcasters_end_a_text_is_no_part_of_it(line: str) -> None:
    kept, _ = without_boilerplate((*TEXT, line))

    assert kept == (0, 1, 2)


def test_a_post_that_somebody_wrote_on_an_account_of_theirs_is_told_in_the_last_sentence() -> None:
    last = "Das schrieb der Bürgermeister am Dienstag auf seiner Facebook-Seite."

    kept, _ = without_boilerplate((*TEXT, last))

    assert kept == (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        *(
            ("di Paola Neri", False),
            ("Von Eva Kirch-Rasch", False),
            ("Por Ana Souza, Jornal do Sul — Pelotas", False),
        ),
        *(
            ("Von Musterstadt nach Berlin", True),
            ("Par la force des choses", True),
            ("Von der Leyen reist ab", True),
        ),
        ("Par le ministère de la Santé", True),
    ],
)
def test_who_wrote_a_text_is_no_line_of_it_below_a_lead(line: str, *, kept: bool) -> None:
    places, _ = without_boilerplate((TEXT[0], line, *TEXT[1:]))

    assert (1 in places) is kept
