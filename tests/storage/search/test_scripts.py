"""Scripts and their spellings: one to a search, and shown as they were published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from storage.archive import Archive
from storage.rows import SearchHit
from storage.search.folding import fold, runs
from tests.storage.samples import article, start, visit

TEXTS = {
    "simplified": article("宁波台湾周", "宁波与台湾的文化周今天开幕，后天闭幕。"),
    "traditional": article("寧波臺灣週", "寧波與台灣的文化週今天開幕，後天閉幕。"),
    "hong-kong": article("衞生署公布", "衞生署說：綫上登記，羣組里的皇后。"),
}


POINTED = {
    "hindi": article("मंत्री ने योजना शुरू की", "गाँव के किसानों के लिए नया फ़ैसला १२ मई को हुआ।"),
    "hindi-friend": article("मित्र देश", "मित्र देशों के साथ बैठक हुई।"),
    "tamil": article("முதலமைச்சர் உரை", "தமிழ்நாடு அரசின் புதிய திட்டம்."),
    "arabic": article("وزارة الاقتصاد", "أعلنت الوزارةُ الخطّةَ الجديدة في مستشفى المدينة عام ٢٠٢٦."),
    "persian": article("گزارش کتابخانه", "او می‌خواهد کتاب بخواند."),
    "hebrew": article("הודעה", "מֶמְשֶׁלֶת יִשְׂרָאֵל הודיעה."),
}


@pytest.fixture(scope="module")
def filled(shared_archive_url: str) -> Iterator[Archive]:
    """Open an archive of all these texts for tests that only ask."""
    with Archive(shared_archive_url) as archive:
        run = start(archive)
        archive.record_all(run, [visit(name, found) for name, found in (TEXTS | POINTED).items()])
        yield archive


def names_of(hits: Sequence[SearchHit]) -> list[str]:
    return [hit.url.rpartition("/")[2].removesuffix(".html") for hit in hits]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("宁波", ["simplified", "traditional"]),
        ("寧波", ["simplified", "traditional"]),
        ("台灣", ["simplified", "traditional"]),
        ("臺湾", ["simplified", "traditional"]),
        ("灣", ["simplified", "traditional"]),
        ("title:臺", ["simplified", "traditional"]),
        ('"與台灣的文化"', ["simplified", "traditional"]),
        ("卫生署说", ["hong-kong"]),
        ("線上", ["hong-kong"]),
        ("后", ["simplified", "traditional", "hong-kong"]),
        ("寧波 -灣", []),
    ],
)
def test_simplified_and_traditional_find_each_other(filled: Archive, query: str, names: list[str]) -> None:
    assert set(names_of(filled.search(query))) == set(names)
    assert filled.count(query).number == len(names)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("宁波", {"simplified": ["宁波"], "traditional": ["寧波"]}),
        ("臺湾", {"simplified": ["台湾"], "traditional": ["台灣"]}),
        ("后", {"simplified": ["后"], "traditional": ["後"], "hong-kong": ["后"]}),
        ("线上登记", {"hong-kong": ["綫上登記"]}),
    ],
)
def test_snippets_show_the_text_as_it_was_published(
    filled: Archive, query: str, marked: dict[str, list[str]]
) -> None:
    hits = filled.search(query)
    shown = {
        hit.url.rpartition("/")[2].removesuffix(".html"): [
            hit.snippet[first:last] for first, last in hit.marks
        ]
        for hit in hits
    }

    assert shown == marked
    assert all(hit.snippet in TEXTS[name].body for name, hit in zip(shown, hits, strict=True))


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("मित्र", {"hindi-friend": ["मित्र"]}),
        ("title:मंत्री", {"hindi": []}),
        ("मंत*", {"hindi": []}),
        ("फैसला", {"hindi": ["फ़ैसला"]}),
        ('"गांव के"', {"hindi": ["गाँव के"]}),
        ("12", {"hindi": ["१२"]}),
        ("किसान", {}),
        ("தமிழ்நாடு", {"tamil": ["தமிழ்நாடு"]}),
        ("தமிழ்*", {"tamil": ["தமிழ்நாடு"]}),
        ("الوزارة", {"arabic": ["الوزارةُ"]}),
        ("الخطة", {"arabic": ["الخطّةَ"]}),
        ("مستشفي المدينه 2026", {"arabic": ["مستشفى", "المدينة", "٢٠٢٦"]}),
        ("كتاب", {"persian": ["کتاب"]}),
        ("ממשלת", {"hebrew": ["מֶמְשֶׁלֶת"]}),
    ],
)
def test_words_are_found_with_their_vowel_signs_and_without_their_points(
    filled: Archive, query: str, marked: dict[str, list[str]]
) -> None:
    hits = filled.search(query)

    assert {
        hit.url.rpartition("/")[2].removesuffix(".html"): [
            hit.snippet[first:last] for first, last in hit.marks
        ]
        for hit in hits
    } == marked
    assert filled.count(query).number == len(marked)


@pytest.mark.parametrize("length", [1, 2, 3, 6])
def test_counts_equal_a_scan_of_the_folded_texts(filled: Archive, length: int) -> None:
    texts = [(fold(text.title), fold(text.body)) for text in TEXTS.values()]
    runs_ = [run for text in TEXTS.values() for run in runs(text.body)]
    queries = {run[start : start + length] for run in runs_ for start in range(len(run) - length + 1)}

    counted = {query: filled.count(query).number for query in queries}
    assert counted == {
        query: sum(query in title or query in body for title, body in texts) for query in queries
    }
