# ruff: noqa: E501 - words read better on few lines
"""What links say that only ask to follow them, in the languages of lists."""

from __future__ import annotations

import pytest

from crawler.extract import extract_list
from crawler.platforms.lists.row_titles import says_more

MORE = [
    "Devamı", "Devamını gör", "Ətraflı", "Loe edasi", "Lasīt vairāk", "Plačiau", "Skaityti daugiau", "Bővebben", "Tovább olvasom",
    "Lexo më shumë", "Mai multe", "Preberi več", "Detaljnije", "Lesa meira", "Więcej", "Celý článek", "Llegir més", "Darllen mwy",
    "Léigh tuilleadh", "Irakurri gehiago", "Zur Pressemitteilung", "Lire l’article", "Виж повече", "Прочитај повеќе", "Прочитај више",
    "Διαβάστε περισσότερα", "Толығырақ", "Дэлгэрэнгүй", "ვრცლად", "Կարդալ ավելին", "Soma zaidi", "قراءة المزيد", "التفاصيل",
    "بیشتر بخوانید", "مزید پڑھیں", "קרא עוד", "বিস্তারিত", "थप पढ्नुहोस्", "Lihat detail",
]  # fmt: skip


@pytest.mark.parametrize("words", MORE)
def test_words_that_only_ask_to_read_on_are_no_title(words: str) -> None:
    assert says_more(words)
    assert says_more(f"{words} »")


@pytest.mark.parametrize(
    "words", ["Detaljplan för Norra hamnen", "Več kot sto novih vrtcev", "Więcej pociągów do Krakowa"]
)
def test_titles_that_begin_with_such_words_stay_titles(words: str) -> None:
    assert not says_more(words)


@pytest.mark.parametrize(
    ("head", "first"), [("Title", "Order {}"), ("件名", "Order {}"), ("No", "The whole text of order {}")]
)
def test_a_row_whose_link_says_view_is_titled_by_the_column_of_titles(head: str, first: str) -> None:
    rows = "".join(
        f"<tr><td>Order {n}</td><td>The whole text of order {n}</td><td>1{n}/03/2026</td><td><a href='/{n}.pdf'>View</a></td></tr>"
        for n in range(3, 8)
    )
    table = f"<table><thead><tr><th>{head}</th><th>Description</th><th>Date</th><th>File</th></tr></thead>{rows}</table>"

    found = extract_list(f"<main>{table}</main>".encode(), "https://www.example.gov.in/orders")

    assert [entry.title for entry in found.entries] == [first.format(n) for n in range(3, 8)]
