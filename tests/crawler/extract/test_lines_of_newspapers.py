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
        *(
            "Dalsza część artykułu znajduje się pod materiałem wideo",
            "Artikkelen fortsetter under annonsen",
            "Tekst loopt door onder de advertentie",
            "La suite de l'article après la publicité",
            "El artículo continúa después de la publicidad",
            "Продолжение после рекламы",
            "Juttu jatkuu kuvan jälkeen.",
            "Tekst loopt door onder de foto.",
            "after newsletter promotion",
        ),
        *(
            "Empfohlener redaktioneller Inhalt",
            "Mit Ihrer Zustimmung wird hier ein externes YouTube-Video (Google Ireland Limited) geladen.",
            "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden. Damit können"
            " personenbezogene Daten an Drittplattformen übermittelt werden.",
            "An dieser Stelle finden Sie einen externen Inhalt von Instagram, der den Artikel ergänzt.",
            "This article contains content provided by Instagram.",
            "We ask for your permission before anything is loaded, as they may be using cookies.",
            "Pour afficher ce contenu, vous devez accepter les cookies de ce réseau.",
        ),
        *(
            "By signing up, you confirm that you are over the age of 16 and agree to receive offers.",
            "Privacy Notice: Newsletters may contain information about charities, online ads, and content"
            " funded by outside parties.",
            "Mit Ihrer Anmeldung nehmen Sie die Datenschutzerklärung zur Kenntnis.",
            "The Power Up newsletter provides everything you need to know about energy. Sign up here.",
            "There's plenty more where that came from. Sign up for the Bell today to get it in your inbox daily.",
            *("💡", "★★★★★", "Sponsored content", "Contenido patrocinado"),
            "This post is sponsored by Highland Flour Mills. All opinions are my own.",
            "Cet article a été réalisé en partenariat avec la région.",
            "Want more from us? Sign up for our newsletter, The Selection, and shop smarter.",
            "Check out more of our travel stories by signing up to our free weekly newsletter",
            "Get Cycle Monthly delivered through your letterbox every month. 12 issues for £11.99.",
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
        "The story continues below the falls, where the river turns north and the valley widens again.",
        "Externe Inhalte sollen die Behörden künftig nur noch mit Zustimmung der Nutzer laden.",
        "By signing up more nurses, the ministry hopes that you and I will wait for less than an hour.",
        "The law was published on 3 November 2026.",
        "The newsletter is sent to 400 schools, and the council hopes that more parents will sign up.",
        "This article is about the festival that the brewery sponsored until 2019.",
        "Residents can sign up for Hamilton's newsletter at any library, the mayor told reporters.",
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
            "Alle News und Geschichten aus der Region finden Sie auf unserem Portal.",
            "Dziękujemy, że przeczytałaś nasz artykuł do końca. Bądź na bieżąco!",
            "SOURCE Larkfield Foods, Inc.",
            "(Reporting by Jo Lee in Oslo, with reporting by Ann Ray, editing by Mark Holm.)",
            "Reporting by Jo Lee; additional reporting by Ann Ray and Tim Fox; Editing by Mark Holm and Eva Lind",
            "(Jean Petit, édité par Anne Martin)",
            "twitter.com/joleereports",
            "Masz ciekawy temat? Napisz do nas: redakcja@example.pl",
            "Haben Sie einen Hinweis für uns? Schreiben Sie an die Redaktion.",
            "Якщо ви помітили помилку, виділіть необхідний текст і натисніть Ctrl+Enter.",
            "Нашли опечатку? Выделите её и нажмите Ctrl+Enter.",
            "(You can now subscribe to our WhatsApp channel)",
            "（记者 赵一凡 通讯员 孙梅）",
            "Follow Newsdesk on Instagram, Facebook, Twitter and YouTube.",
            "Listen to Newsdesk live at 12:45 and 17:45 weekdays - or listen back here.",
            "A version of this article appears in print on March 12, 2025, Section A, Page 18.",
            "Читайте «Город» в Telegram.",
            "Clique aqui e entre no canal do jornal no WhatsApp",
            "Sign up for the weekly newsletter of our travel desk. Get news about destinations, plus the latest in"
            " aviation, food and drink, where to stay and what to see there in each season of the year.",
        ),
    ],
)
def test_how_newspapers_and_broadcasters_end_a_text_is_no_part_of_it(line: str) -> None:
    kept, _ = without_boilerplate((*TEXT, line))

    assert kept == (0, 1, 2)


@pytest.mark.parametrize(
    "line",
    [
        "3 settembre 2025 (modifica il 3 settembre 2025 | 10:12)",
        "Ascolta l'articolo4 min",
        "Listen to this article · 8:22 min",
        "Article réservé aux abonnés",
        "Exclusivo para suscriptores",
        "Ouest-Journal Yann LE BRAS. Publié le 16/05/2025 à 18h05",
        "Güncelleme Tarihi: Nisan 18, 2025 14:15 Oluşturulma Tarihi: Nisan 18, 2025 13:40",
    ],
)
def test_when_for_whom_and_how_long_a_text_is_stands_over_it(line: str) -> None:
    assert without_boilerplate((line, *TEXT))[0] == (1, 2, 3)
    assert without_boilerplate((TEXT[0], line, *TEXT[1:]))[0] == (0, 2, 3)


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


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "About the author",
            "Über die Autorin",
            "Sobre o autor",
            "À propos de l'auteure",
            "Об авторе",
            "作者简介",
        ),
        *("You’ll also love...", "Mehr Themen auf Post.de:", "Other Valley Top Stories"),
        "Il vous reste 57.09% de cet article à lire. La suite est réservée aux abonnés.",
    ],
)
def test_what_stands_under_such_a_heading_below_a_text_is_none_of_it(heading: str) -> None:
    kept, _ = without_boilerplate((*TEXT, heading, "Jo Lee has been with us for ten years."))

    assert kept == (0, 1, 2)


def test_what_a_company_says_of_itself_below_its_release_is_none_of_it() -> None:
    below = (
        "About Bramble Foods Bramble Foods makes protein from oats and has 610 employees.",
        "Forward-Looking Statements This release contains statements which involve risks.",
        "SOURCE Bramble Foods, Inc.",
    )

    assert without_boilerplate((*TEXT, *below))[0] == (0, 1, 2)
    assert without_boilerplate((*TEXT, "About 40 people came, and the mayor told them about the schools."))[
        0
    ] == (*(0, 1, 2, 3),)
