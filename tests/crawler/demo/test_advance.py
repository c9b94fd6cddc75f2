"""Each edition edits one page, removes one and adds two or three; everything else stays."""

from __future__ import annotations

import json

from crawler.demo.content import PageKind
from crawler.demo.site import DemoSite

HOST = {"host": "127.0.0.1:8765"}
EDITIONS = 24


def test_an_edition_edits_one_page_removes_one_and_adds_two_or_three() -> None:
    site = DemoSite()

    for number in range(1, EDITIONS + 1):
        before = site.truth()
        change = site.advance()
        after = site.truth()
        edited = [path for path in before if path in after and before[path] != after[path]]
        assert change.edition == number
        assert edited == [change.edited]
        assert set(before) - set(after) == {change.removed}
        assert set(after) - set(before) == set(change.added)
        assert len(change.added) in {2, 3}


def test_edits_rotate_through_figures_additions_and_titles() -> None:
    site = DemoSite()
    kinds = []

    for _ in range(3):
        before = site.truth()
        change = site.advance()
        old, new = before[change.edited], site.truth()[change.edited]
        kinds.append((old.title != new.title, len(new.paragraphs) - len(old.paragraphs)))

    assert kinds == [(False, 0), (False, 1), (True, 0)]


def test_edits_and_removals_reach_every_section() -> None:
    site = DemoSite()
    edited, removed = set(), set()

    for _ in range(4):
        before = site.truth()
        change = site.advance()
        edited.add(before[change.edited].section)
        removed.add(before[change.removed].section)

    assert edited == removed == {"hot-news", "zwyw", "announcements", "county"}


def test_an_original_is_never_edited_or_removed_under_its_copies() -> None:
    site = DemoSite()

    for _ in range(EDITIONS):
        site.advance()

    truth = site.truth()
    copies = [each for each in truth.values() if each.copy_of]
    assert len(copies) == 12
    assert all(each.copy_of in truth for each in copies)


def test_special_pages_stay_as_they_are() -> None:
    site = DemoSite()
    special = {PageKind.MISSING, PageKind.MOVED, PageKind.COPY}
    before = {path: each for path, each in site.truth().items() if each.kind in special}

    for _ in range(EDITIONS):
        site.advance()

    assert {path: each for path, each in site.truth().items() if each.kind in special} == before


def test_new_articles_stand_first_in_their_list() -> None:
    site = DemoSite()

    change = site.advance()

    listing = site.respond("GET", "/col/col1001/index.html", HOST).body.decode()
    assert listing.index(change.added[0]) < listing.index("Donglan-Xiling Partnership Conference")


def test_a_removed_page_is_404_and_leaves_the_list_and_its_total() -> None:
    site = DemoSite()
    change = next(
        change
        for change in iter(site.advance, None)
        if "/art_1001_" in change.removed or "/col1001/" in change.removed
    )
    section = [truth for truth in site.truth().values() if truth.section == "hot-news" and truth.listed]

    reply = site.respond("GET", change.removed, HOST)
    proxy = "/module/web/jpage/dataproxy.jsp?columnid=1001&startrecord=1&endrecord=999"
    rows = site.respond("GET", proxy, HOST).body.decode()

    assert reply.status == 404
    assert change.removed not in rows
    assert f"<totalrecord>{len(section)}</totalrecord>" in rows


def test_only_pages_whose_bytes_changed_get_new_validators() -> None:
    site = DemoSite()
    paths = list(site.truth())
    before = {path: site.respond("GET", path, HOST) for path in paths}

    change = site.advance()

    for path in paths:
        reply = site.respond("GET", path, HOST)
        if reply.status != 200 or before[path].status != 200 or not reply.header("etag"):
            continue
        same = reply.body == before[path].body
        assert (reply.header("etag") == before[path].header("etag")) is same
        assert (reply.header("last-modified") == before[path].header("last-modified")) is same
    assert site.respond("GET", change.edited, HOST).body != before[change.edited].body


def test_neighbours_of_new_and_removed_pages_change_their_bytes_but_not_their_text() -> None:
    site = DemoSite()
    before = site.truth()
    bodies = {path: site.respond("GET", path, HOST).body for path in before}
    change = site.advance()

    changed = {
        path
        for path in site.truth()
        if path in bodies and site.respond("GET", path, HOST).status == 200 and path != change.edited
        if site.respond("GET", path, HOST).body != bodies[path]
    }

    quiet = {path for path in changed if site.truth()[path] == before[path]}
    assert len(quiet) >= 3


def test_editions_are_the_same_for_every_site() -> None:
    left, right = DemoSite(), DemoSite()

    assert [left.advance() for _ in range(5)] == [right.advance() for _ in range(5)]
    assert left.truth() == right.truth()


def test_post_advance_answers_what_changed() -> None:
    site, twin = DemoSite(), DemoSite()

    reply = site.respond("POST", "/advance", HOST, b"")

    change = twin.advance()
    assert json.loads(reply.body) == {
        "edition": 1,
        "edited": change.edited,
        "removed": change.removed,
        "added": list(change.added),
    }
    assert site.edition.number == 1


def test_get_advance_changes_nothing() -> None:
    site = DemoSite()

    reply = site.respond("GET", "/advance", HOST)

    assert (reply.status, site.edition.number) == (404, 0)


def test_a_redesign_leaves_hot_news_without_entries_and_articles_without_text() -> None:
    site = DemoSite()
    hot_news, other = (
        next(path for path in site.truth() if mark in path) for mark in ("/col1001/", "/zwgk/")
    )
    untouched = site.respond("GET", other, HOST).body

    site.respond("POST", "/redesign", HOST, b"")

    assert b"<li>" not in site.respond("GET", "/col/col1001/index.html", HOST).body
    assert b"zoom" not in site.respond("GET", hot_news, HOST).body
    assert site.respond("GET", other, HOST).body == untouched
