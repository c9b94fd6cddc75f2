"""Fields, which the full-text indexes tell by marks."""

from __future__ import annotations

import pytest

from storage import Archive
from storage.queries.changes import ChangeKind
from storage.records import RunKind, SiteRecord
from storage.rows import ArticleFilter
from storage.search import field_marks
from storage.verification.findings import Check, Finding
from tests.storage.samples import DAY, NEWS, NINGBO, START, article, edited, next_run, start, visit

HARBIN = SiteRecord(key="har'bin", title="Harbin", base_url="https://harbin.test/")
ARTICLES = (
    ("One", "zh-Hans", "Office 1"),
    ("Two", "zh", "Office '2'"),
    ("Three", "en", None),
    ("Four", None, "OFFICE １"),
    ("Five", "zh'x", "新华社"),
)
WANTED: dict[str, set[str]] = {
    "harbour site:ningbo": {"One", "Two", "Three", "Four", "Five"},
    "harbour site:har'bin": {"Six"},
    "harbour -site:ningbo": {"Six"},
    "harbour site:nowhere": set(),
    "harbour (site:nowhere OR site:har'bin)": {"Six"},
    "harbour lang:zh": {"One", "Two"},
    "harbour lang:zh-Hans": {"One"},
    "harbour lang:zh-hans": {"One"},
    "harbour lang:ZH-HANS": {"One"},
    "lang:ZH": {"One", "Two", "Seven"},
    "state:ARCHIVED lang:zh-hans": {"One", "Seven"},
    "lang:zh": {"One", "Two", "Seven"},
    "lang:zh'x": {"Five"},
    "source:office lang:zh": {"One", "Two", "Seven"},
    "harbour lang:z": set(),
    "harbour lang:zh'x": {"Five"},
    'harbour source:"office 1"': {"One", "Four"},
    "harbour source:office": {"One", "Two", "Four"},
    "harbour source:office -source:2": {"One", "Four"},
    "harbour source:nobody": set(),
    "harbour -source:nobody lang:en": {"Three", "Six"},
    "harbour -source:office": {"Three", "Five", "Six"},
    "-source:office": {"Three", "Five", "Six"},
    "-lang:zh": {"Three", "Four", "Five", "Six"},
    "harbour -lang:zh -site:ningbo": {"Six"},
    "-section:news": {"Seven"},
    "-(section:news site:ningbo)": {"Six", "Seven"},
    "-one site:ningbo source:1": {"Four", "Seven"},
    "harbour site:ningbo section:news": {"One", "Two", "Three", "Four", "Five"},
}
LIKE_THE_FIRST = {"language": "zh-Hans", "source": "Office 1"}


@pytest.fixture
def filed(archive: Archive) -> Archive:
    run = start(archive)
    archive.record_all(
        run,
        [
            visit(title, article(title, f"Harbour {title}.", language=language, source=source))
            for title, language, source in ARTICLES
        ],
    )
    other = archive.start_run(HARBIN, [NEWS], kind=RunKind.CRAWL, code_version="1", options={})
    archive.record(other, visit("six", article("Six", "Harbour six."), site=HARBIN))
    archive.record(
        start(archive, None), visit("seven", article("Seven", "Port.", **LIKE_THE_FIRST), section=None)
    )
    return archive


@pytest.mark.parametrize("most_sources", [0, 100])
def test_fields_narrow_words_alike_on_both_engines(
    filed: Archive, monkeypatch: pytest.MonkeyPatch, most_sources: int
) -> None:
    monkeypatch.setattr(field_marks, "MOST_SOURCES", most_sources)

    assert {query: {hit.title for hit in filed.search(query)} for query in WANTED} == WANTED
    assert {query: filed.count(query).number for query in WANTED} == {q: len(t) for q, t in WANTED.items()}
    changes = {query: filed.changes(ChangeKind.NEW, query=query) for query in WANTED}
    assert {query: {row.title for row in rows} for query, rows in changes.items()} == WANTED


def test_a_field_that_an_edit_changes_is_found_by_its_new_value(archive: Archive) -> None:
    first = article("One", "Harbour one.", language="en", source="Old office")
    run = start(archive)
    archive.record(run, visit("one", first))
    later = edited(first, "Harbour one, edited.", language="zh", source="New office")
    archive.record(next_run(archive, run), visit("one", later, at=START + DAY))

    found = {
        query: archive.count(f"harbour {query}").number
        for query in ("lang:en", "lang:zh", "source:old", "source:new", f"site:{NINGBO.key}")
    }

    assert found == {"lang:en": 0, "lang:zh": 1, "source:old": 0, "source:new": 1, f"site:{NINGBO.key}": 1}
    wrong = [each for each in archive.verify() if isinstance(each, Finding) and each.check is Check.SEARCH]
    assert not wrong


@pytest.mark.parametrize("asked", ["pt", "PT", "pt-br", "pt-BR", "PT-BR"])
@pytest.mark.parametrize("stored", ["pt-BR", "pt-br", "PT-BR"])
def test_the_case_of_a_language_means_nothing(archive: Archive, asked: str, stored: str) -> None:
    archive.record(start(archive), visit("one", article("One", "Harbour one.", language=stored)))

    assert archive.count(f"lang:{asked}").number == 1
    assert archive.count(f"harbour lang:{asked}").number == 1
    assert archive.count(f"harbour -lang:{asked}").number == 0
    assert len(list(archive.articles(ArticleFilter(language=asked)))) == 1
