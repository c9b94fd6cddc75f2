"""What appeared, was edited and was removed, on both engines."""

from __future__ import annotations

from contextlib import suppress

import pytest

from storage import Archive
from storage.changes import NEAR, ChangeKind
from storage.errors import BadQuery
from storage.records import Missing
from tests.storage.samples import DAY, START, article, edited, next_run, start, visit

ONE = article("Harbour one", "The first text.")


@pytest.fixture
def changed(archive: Archive) -> Archive:
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
    return archive


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
    monkeypatch.setitem(NEAR, ChangeKind.EDITED, near)

    assert [row.title for row in changed.changes(ChangeKind.EDITED, query=query, limit=1)] == titles[:1]
    assert [row.title for row in changed.changes(ChangeKind.EDITED, query=query)] == titles


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_a_query_narrows_the_changes(changed: Archive, kind: ChangeKind) -> None:
    titles = {row.title for row in changed.changes(kind, query="harbour")}

    assert titles == ({"Harbour one"} if kind is not ChangeKind.REMOVED else set())


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
