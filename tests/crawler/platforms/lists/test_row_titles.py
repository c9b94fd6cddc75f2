# ruff: noqa: E501 - words read better on few lines
"""What links say that only ask to follow them, in the languages of lists."""

from __future__ import annotations

import pytest

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
