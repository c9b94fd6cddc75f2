"""What appeared, was edited and was removed, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest

from storage import Archive
from storage.errors import BadQuery
from storage.queries.changes import ChangeKind
from storage.records import Missing
from tests.storage.samples import DAY, START, article, edited, next_run, start, visit

ONE = article("Harbour one", "The first text.")
NEWEST_WITH_WORDS = {
    "common": range(26),
    "-common": (),
    "rare -nothing": [3],
    "common -rare": [number for number in range(26) if number != 3],
    '"common text" published:2024-05': range(1, 26, 2),
    "common published:..2000": range(0, 26, 4),
    "common published:2024-06..": (),
    "common site:ningbo title:port": range(26),
    "common site:elsewhere": (),
    "long OR rare": [25, 3],
}


@pytest.fixture(scope="module")
def changed(shared_archive_url: str) -> Iterator[Archive]:
    """Open an archive in which articles were edited and removed; for tests that only ask."""
    with Archive(shared_archive_url) as archive:
        run = start(archive, removal_checks=1, removal_days=0)
        archive.record_all(
            run, [visit("one", ONE)] + [visit(n, article(f"Port {n}", f"Text {n}.")) for n in (2, 3, 4)]
        )
        run = next_run(archive, run, removal_checks=1, removal_days=0)
        archive.record_all(
            run,
            [
                visit("one", edited(ONE, "The second text."), at=START + DAY),
                visit(2, edited(article("Port 2"), "Text 2, edited."), at=START + DAY),
                visit(3, Missing(status=404), at=START + 2 * DAY),
                visit(4, Missing(status=410), at=START + 2 * DAY),
            ],
        )
        yield archive


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        (ChangeKind.NEW, ["Port 4", "Port 3", "Port 2", "Harbour one"]),
        (ChangeKind.EDITED, ["Port 2", "Harbour one"]),
        (ChangeKind.REMOVED, ["Port 4", "Port 3"]),
    ],
)
def test_changes_come_newest_first(changed: Archive, kind: ChangeKind, titles: list[str]) -> None:
    found = [row.title for row in changed.changes(kind)]

    assert sorted(found) == sorted(titles)
    assert kind is ChangeKind.REMOVED or found == titles


@pytest.mark.parametrize("query", ["", "-nothing", "port OR harbour"])
@pytest.mark.parametrize("kind", list(ChangeKind))
def test_paging_by_cursor_shows_every_change_once(changed: Archive, kind: ChangeKind, query: str) -> None:
    whole = changed.changes(kind)
    paged, cursor = [], None
    while page := changed.changes(kind, query=query, limit=1, after=cursor):
        paged += page
        cursor = page[-1].cursor

    assert paged == whole


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("-harbour", ["Port 2"]),
        ("text -harbour", ["Port 2"]),
        ("-(port OR harbour)", []),
        ("port OR harbour", ["Port 2", "Harbour one"]),
        ("harbour site:ningbo", ["Harbour one"]),
        ("harbour -site:ningbo", []),
        ("state:gone", []),
        ("-state:gone text", ["Port 2", "Harbour one"]),
    ],
)
@pytest.mark.parametrize("near", [1, 1_000])
def test_changes_match_what_their_query_asks_and_forbids(
    changed: Archive, monkeypatch: pytest.MonkeyPatch, query: str, titles: list[str], near: int
) -> None:
    monkeypatch.setattr("storage.queries.changes.NEAR", near)

    assert [row.title for row in changed.changes(ChangeKind.EDITED, query=query, limit=1)] == titles[:1]
    assert [row.title for row in changed.changes(ChangeKind.EDITED, query=query)] == titles


def test_new_articles_with_words_come_in_order_of_arrival_whatever_their_day(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.search.newest_spans.BLOCK", 2)
    texts = {3: "Common text, rare.", 25: "Common text, long. " + "Word. " * 16_000}
    days = [date(1999, 1, 1), date(2024, 5, 1), None, date(2024, 5, 2)]
    visits = [
        visit(
            number,
            article(f"Port {number}", texts.get(number, "Common text."), published_day=days[number % 4]),
        )
        for number in range(26)
    ]
    archive.record_all(start(archive), visits)

    for query, wanted in NEWEST_WITH_WORDS.items():
        first = archive.changes(ChangeKind.NEW, query=query, limit=3)
        rest = archive.changes(ChangeKind.NEW, query=query, after=first[-1].cursor) if first else []

        titles = [f"Port {number}" for number in sorted(wanted, reverse=True)]
        assert [row.title for row in first] == titles[:3], query
        assert [row.title for row in [*first, *rest]] == titles, query


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_a_query_narrows_the_changes(changed: Archive, kind: ChangeKind) -> None:
    titles = {row.title for row in changed.changes(kind, query="harbour")}

    assert titles == ({"Harbour one"} if kind is not ChangeKind.REMOVED else set())


FIELDS = (
    "site:ningbo",
    "section:news",
    "source:x",
    "lang:en",
    "state:archived",
    "state:gone",
    "story:s1",
    "published:2024",
)


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_any_field_narrows_the_changes(changed: Archive, kind: ChangeKind) -> None:
    every = {row.cursor for row in changed.changes(kind)}

    for field in FIELDS:
        for words in ("", "text -nothing ", "(port OR harbour) "):
            having, lacking = (
                {row.cursor for row in changed.changes(kind, query=f"{words}{sign}{field}")}
                for sign in ("", "-")
            )
            assert not having & lacking, (field, words)
            assert having | lacking == every, (field, words)


def test_an_edit_tells_the_title_before(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit("one", ONE))
    archive.record(
        next_run(archive, run), visit("one", article("Harbour two", "The first text."), at=START + DAY)
    )

    (row,) = archive.changes(ChangeKind.EDITED)

    assert (row.title_before, row.title, row.revision) == ("Harbour one", "Harbour two", 2)


@pytest.mark.parametrize("kind", list(ChangeKind))
@pytest.mark.parametrize(
    "cursor", ["nothing", "\x00", "\ud800", "9999-99-99~x", "0001-01-01T00:00:00+23:59~x", "."]
)
def test_a_cursor_of_no_list_is_refused_or_leads_to_its_end(
    changed: Archive, kind: ChangeKind, cursor: str
) -> None:
    with suppress(BadQuery):
        assert changed.changes(kind, after=cursor) == []
