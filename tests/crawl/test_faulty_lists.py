"""Sections whose list pages break, lie or never end: what is missing is named, and the next run mends it."""

from __future__ import annotations

import json
from itertools import count

import pytest

from storage import Archive
from tests.crawl.conftest import Crawl, Place
from tests.crawl.faulty_lists import (
    ENTRIES,
    ROWS,
    SECOND_PAGES,
    TOTALS,
    answer_all,
    answer_without_end,
    article,
    entries,
    list_page,
    page,
    title_of,
)
from tests.crawler.probing import Asked, Loopback, reply

CAUSES = {
    "error": "server-error",
    "not-found": "not-found",
    "empty": "no entries",
    "blank": "no entries",
    "first-again": "only entries of earlier pages",
    "truncated": "truncated",
    "challenge": "challenge",
    "to-home": "not-found",
    "to-first": "only entries of earlier pages",
}


def crawl(
    place: Place,
    server: Loopback,
    *names: str,
    full: str = "",
    revisit: str = "due",
    **settings: int,
) -> Crawl:
    return place.crawl_lists(
        *(server.url(f"/{name}/") for name in names),
        arguments={"full": full, "revisit": revisit},
        RETRY_TIMES=0,
        **settings,
    )


def states(place: Place) -> set[str]:
    with Archive(place.archive_url) as archive:
        return {row.state for row in archive.articles()}


def test_a_list_page_that_breaks_is_named_and_the_others_are_read(place: Place, server: Loopback) -> None:
    names = [*SECOND_PAGES, *TOTALS]
    answer_all(server)
    broken = crawl(place, server, *names)
    found = place.certificates()

    assert broken.exit_code == 5  # the challenge decides
    for name, cause in CAUSES.items():
        gap = f"list page 2 ({server.url(f'/{name}/?page=2')}): {cause}"
        assert (found[name].verdict, found[name].gaps) == ("incomplete", (gap,)), name
        assert found[name].listed == ENTRIES - ROWS, name  # pages 1 and 3
    assert found["without-pager"].listed == ENTRIES  # page 3 is known from page 1
    assert {name: (found[name].stated_total, found[name].verdict) for name in TOTALS} == {
        "none-stated": (None, "unknown"),
        "right": (12, "complete"),
        "larger": (100, "incomplete"),
        "smaller": (5, "complete"),
        "changing": (12, "complete"),
        "negative": (None, "unknown"),
        "enormous": (None, "unknown"),
        "no-number": (None, "unknown"),
    }

    answer_all(server, sound=True)
    mended = crawl(place, server, *names)

    assert mended.exit_code == 0, mended.log
    assert {(row.known, row.archived, row.gaps) for row in place.certificates().values()} == {
        (ENTRIES, ENTRIES, ())
    }

    answer_all(server)
    crawl(place, server, *names, full="1")

    assert states(place) == {"archived"}  # what a broken page did not list is not suspected


def test_a_broken_list_page_makes_a_run_incomplete_and_says_which(
    sqlite_place: Place, server: Loopback
) -> None:
    answer_all(server)

    broken = crawl(sqlite_place, server, "not-found", "empty")

    assert broken.exit_code == 3
    # Of two reasons that of the section declared first, whichever was answered first.
    assert f"list page 2 ({server.url('/not-found/?page=2')}): not-found" in broken.log.splitlines()[-1]


def test_an_empty_page_behind_a_link_ends_a_list_only_if_it_is_a_page_of_the_list(
    sqlite_place: Place, server: Loopback
) -> None:
    answer_all(server)
    following = b'<a href="?page=2">Next</a>'
    ends = {
        "emptied": page('<ul class="list"></ul><div class="pages"></div>'),
        "busy": page("<p>The system is busy, please try again later.</p>"),
        "blank": b"",
    }
    for name, end in ends.items():
        rows = list_page(name, 1).partition(b'<div class="pages">')[0]
        server.answers[f"/{name}/"] = reply(200, rows + b'<div class="pages">' + following + b"</div>")
        server.answers[f"/{name}/?page=2"] = reply(200, end)
        for path in entries(name, 1):
            server.answers[path] = reply(200, article(path))

    crawled = crawl(sqlite_place, server, *ends)

    gaps = {name: row.gaps for name, row in sqlite_place.certificates().items()}
    assert crawled.exit_code == 3, crawled.log
    assert gaps["emptied"] == ()
    for name in ("busy", "blank"):
        (gap,) = gaps[name]
        assert gap.startswith(f"list page 2 ({server.url(f'/{name}/?page=2')}): no entries, and nothing")


def test_a_site_whose_articles_all_lead_in_circles_refuses(sqlite_place: Place, server: Loopback) -> None:
    answer_all(server)
    for path in entries("right", 1):
        server.answers[path] = reply(302, headers={"Location": f"{path}?cookie=1"})
        server.answers[f"{path}?cookie=1"] = reply(302, headers={"Location": path})
    server.answers["/right/"] = reply(200, list_page("right", 1).partition(b'<div class="pages">')[0])

    refused = crawl(sqlite_place, server, "right")

    assert refused.exit_code == 5, refused.log
    assert sqlite_place.certificates()["right"].rejected == {"too-many-redirects": ROWS}


def test_a_page_in_the_place_of_articles_is_known_while_any_of_them_is_lost(
    place: Place, server: Loopback
) -> None:
    answer_all(server)
    paths = entries("right", 1)
    server.answers["/right/"] = reply(200, list_page("right", 1).partition(b'<div class="pages">')[0])
    for path in paths:
        server.answers[path] = reply(200, page("<h1>One moment</h1><p>We shall be with you soon again.</p>"))
    crawl(place, server, "right")
    server.answers |= {path: reply(200, article(path)) for path in paths[1:]}

    again = crawl(place, server, "right")  # one row alone tells nothing

    assert again.exit_code == 3, again.log
    certificate = place.certificates()["right"]
    assert (certificate.archived, certificate.lost) == (ROWS - 1, 1)


def test_a_site_whose_list_leads_in_a_circle_refuses(sqlite_place: Place, server: Loopback) -> None:
    server.answers["/news/"] = reply(302, headers={"Location": "/news/?cookie=1"})
    server.answers["/news/?cookie=1"] = reply(302, headers={"Location": "/news/"})

    refused = crawl(sqlite_place, server, "news")

    assert refused.exit_code == 5, refused.log
    (gap,) = sqlite_place.certificates()["news"].gaps
    assert gap == f"list page 1 ({server.url('/news/?cookie=1')}): refused"


def test_a_list_without_an_end_ends_at_a_bound_that_the_verdict_names(
    sqlite_place: Place, server: Loopback
) -> None:
    answer_without_end(server, "news", lambda count: f"/news/{count}.html")

    endless = crawl(sqlite_place, server, "news", LISTED_MOST=30)

    assert endless.exit_code == 3
    assert "news: the list goes on after 30 entries (LISTED_MOST)" in endless.log.splitlines()[-1]
    found = sqlite_place.certificates()["news"]
    assert (found.listed, found.archived, found.walked_to_end) == (32, 32, False)


def test_a_list_that_shows_the_same_rows_under_other_addresses_for_ever_is_at_its_end(
    sqlite_place: Place, server: Loopback
) -> None:
    answer_without_end(server, "news", lambda count: f"/news/{count % (3 * ROWS)}.html?visitor={count}")

    crawl(sqlite_place, server, "news")

    assert sqlite_place.certificates()["news"].listed == 4 * ROWS
    assert [path for path in server.paths() if "page=" in path][-1] == "/news/?page=4"


def test_a_last_page_of_a_single_row_beside_other_news_is_read(place: Place, server: Loopback) -> None:
    answer_all(server)
    beside = "".join(f'<li><a href="{path}">{title_of(path)}</a></li>' for path in entries("right", 1))
    shown = {1: entries("last", 1), 2: entries("last", 2)[:1]}
    for number, paths in shown.items():
        row = '<div><p><a href="{}">{}</a></p><p>2026-05-18</p></div>'
        rows = "".join(row.format(path, title_of(path)) for path in paths)
        following = '<div class="pages"><a href="/last/?page=2">Next</a></div>' if number == 1 else ""
        markup = page(f'<div class="rows">{rows}</div>{following}<div class="most"><ul>{beside}</ul></div>')
        server.answers["/last/" if number == 1 else "/last/?page=2"] = reply(200, markup)
        for path in paths:
            server.answers[path] = reply(200, article(path))

    crawled = crawl(place, server, "last")

    assert crawled.exit_code == 0, crawled.log
    assert set(archived_paths(place, server)) == {*shown[1], *shown[2]}


def archived_paths(place: Place, server: Loopback) -> list[str]:
    with Archive(place.archive_url) as archive:
        return [row.url.removeprefix(server.url("")) for row in archive.articles()]


def test_one_text_in_the_place_of_all_articles_refuses_the_site(place: Place, server: Loopback) -> None:
    answer_all(server, sound=True)
    shown = "<p>This portal needs a newer browser. Switch on its scripts and load the page again. </p>" * 3
    for number in (2, 3):
        for path in entries("right", number):
            server.answers[path] = reply(200, page(f"<h1>Your browser is too old</h1>{shown}"))

    refused = crawl(place, server, "right")
    assert refused.exit_code == 5, refused.log
    assert set(archived_paths(place, server)) == set(entries("right", 1))

    answer_all(server, sound=True)
    mended = crawl(place, server, "right")
    assert mended.exit_code == 0, mended.log
    with Archive(place.archive_url) as archive:
        assert {row.revisions for row in archive.articles()} == {1}


def test_articles_of_one_sentence_that_name_their_rows_are_archived(
    sqlite_place: Place, server: Loopback
) -> None:
    answer_all(server, sound=True)
    for path in entries("right", 1):
        server.answers[path] = reply(200, page(f"<h1>{title_of(path)}</h1><p>See the annex for details.</p>"))
    odd = "<h1>A portrait of the harbour master</h1><p>She has held the office for thirty years now.</p>"
    server.answers[entries("right", 2)[0]] = reply(200, page(odd * 3))

    crawled = crawl(sqlite_place, server, "right")

    assert crawled.exit_code == 0, crawled.log
    assert len(archived_paths(sqlite_place, server)) == ENTRIES


NOTICE = page(
    "<h1>Scheduled works</h1><p>The website of the office is being renewed tonight between ten and six."
    " During these hours some of our pages cannot be shown. We thank all visitors for their patience.</p>"
)


def test_what_stands_in_the_place_of_one_article_is_asked_for_again(place: Place, server: Loopback) -> None:
    answer_all(server)
    newest, known = entries("none-stated", 1)[:2]
    server.answers["/none-stated/"] = server.answers["/none-stated/?page=1"] = reply(
        200, list_page("none-stated", 1, rows=entries("none-stated", 1)[1:])
    )
    assert crawl(place, server, "none-stated").exit_code == 0
    answer_all(server)
    server.answers[newest] = server.answers[known] = reply(200, NOTICE)

    disturbed = crawl(place, server, "none-stated", revisit="all")

    assert disturbed.exit_code == 3, disturbed.log
    assert newest not in archived_paths(place, server)

    answer_all(server)

    assert crawl(place, server, "none-stated").exit_code == 0
    assert sorted(archived_paths(place, server)) == sorted(
        path for number in (1, 2, 3) for path in entries("none-stated", number)
    )
    with Archive(place.archive_url) as archive:
        assert {row.revisions for row in archive.articles()} == {1}


def test_an_article_that_never_names_its_row_is_archived_in_the_third_run(
    sqlite_place: Place, server: Loopback
) -> None:
    answer_all(server)
    newest, *others = entries("none-stated", 1)
    server.answers["/none-stated/"] = server.answers["/none-stated/?page=1"] = reply(
        200, list_page("none-stated", 1, rows=others)
    )
    crawl(sqlite_place, server, "none-stated")
    answer_all(server)
    server.answers[newest] = reply(200, NOTICE)

    codes = [crawl(sqlite_place, server, "none-stated").exit_code for _ in range(3)]

    assert codes == [3, 3, 0]
    assert newest in archived_paths(sqlite_place, server)


def test_a_session_in_addresses_makes_no_articles_anew(place: Place, server: Loopback) -> None:
    visits = count(1)

    def listed(_asked: Asked) -> bytes:
        session = f"sid={next(visits):032x}".replace("=0", "=f")
        rows = "".join(
            f'<li><a href="/show?id={n}&amp;{session}">{title_of(f"/a/{n}.html")}</a> 2026-05-18</li>'
            for n in range(ROWS)
        )
        return reply(200, page(f'<ul class="list">{rows}</ul>'))

    def shown(asked: Asked) -> bytes:
        number = asked.path.partition("id=")[2].partition("&")[0]
        if "sid=" not in asked.path:
            return reply(302, headers={"Location": f"/show?id={number}&sid=ffff0000{next(visits):024x}"})
        return reply(200, article(f"/a/{number}.html"))

    server.answers = {"/robots.txt": reply(404), "/news/": listed}
    server.otherwise = shown

    first, second = (crawl(place, server, "news") for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0), second.log
    assert len([asked for asked in server.paths() if "show" in asked]) == ROWS
    again = crawl(place, server, "news", revisit="all")
    assert again.exit_code == 0, again.log
    assert set(archived_paths(place, server)) == {f"/show?id={n}" for n in range(ROWS)}
    assert states(place) == {"archived"}


@pytest.mark.parametrize(
    ("instead", "code"),
    [
        (reply(404), 4),
        (reply(302, headers={"Location": "/"}), 4),
        (reply(302, headers={"Location": "/sign-in"}), 5),
    ],
    ids=["not-found", "home", "login"],
)
def test_a_site_that_shows_something_else_for_all_articles_is_not_complete(
    sqlite_place: Place, server: Loopback, instead: bytes, code: int
) -> None:
    answer_all(server, sound=True)
    crawl(sqlite_place, server, "right")
    answer_all(server, sound=True)
    form = "<form><input name=user><input type=password name=word></form>"
    server.answers["/sign-in"] = reply(200, page(f"<h1>Sign in</h1>{form}"))
    for number in (1, 2, 3):
        for path in entries("right", number):
            server.answers[path] = instead

    again = crawl(sqlite_place, server, "right", revisit="all")

    assert again.exit_code == code, again.log


def test_an_interface_that_fails_in_the_middle_is_walked_again_in_the_next_run(
    place: Place, server: Loopback
) -> None:
    rows = [{"url": path, "title": title_of(path)} for number in (1, 2, 3) for path in entries("api", number)]
    server.answers = {row["url"]: reply(200, article(row["url"])) for row in rows}
    for number in (1, 2, 3, 4):
        shown = {"code": 200, "msg": "", "data": rows[(number - 1) * ROWS : number * ROWS]}
        server.answers[f"/api/?page={number}"] = reply(200, json.dumps(shown).encode())
    whole = server.answers["/api/?page=2"]
    server.answers["/api/?page=2"] = reply(200, b'{"code": 500, "msg": "busy", "data": null}')

    broken = place.crawl_lists(server.url("/api/?page=1"))
    server.answers["/api/?page=2"] = whole
    mended = place.crawl_lists(server.url("/api/?page=1"))

    assert broken.exit_code == 3, broken.log
    assert "list page 2" in broken.log.splitlines()[-1]
    assert mended.exit_code == 0, mended.log
    assert set(archived_paths(place, server)) == {row["url"] for row in rows}
