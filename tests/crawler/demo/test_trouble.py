"""Every trouble of the table shows what it says, at its own address."""

from __future__ import annotations

import gzip
import zlib
from http.client import IncompleteRead, RemoteDisconnected

import pytest

from crawler.demo.declaration import DEMO, troubled_demo_site
from crawler.demo.places import REDESIGNED_LIST
from crawler.demo.robots import Robots
from crawler.demo.site import DemoSite
from crawler.demo.trouble import (
    CHALLENGED_LIST,
    EMPTY_LIST,
    LIST,
    TROUBLES,
    Expected,
    Trouble,
)
from tests.doc_pages import CODE, REFERENCE, documented, rows

HOST = {"host": "127.0.0.1:8765"}
BY_NAME = {trouble.name: trouble for trouble in TROUBLES}


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.name)
def test_each_trouble_answers_at_its_path_only_when_asked_for(trouble: Trouble) -> None:
    assert DemoSite(trouble=True).respond("GET", trouble.path, HOST).header("x") is None
    assert DemoSite().respond("GET", trouble.path, HOST).status == 404


def test_the_section_lists_the_troubles_between_sound_articles() -> None:
    markup = DemoSite(trouble=True).respond("GET", LIST, HOST).body.decode()
    listed = [trouble for trouble in TROUBLES if trouble.listed]
    places = [markup.index(f'href="{trouble.path}"') for trouble in listed]
    refused = [trouble for trouble in listed if trouble.expected is Expected.REFUSED]

    assert places == sorted(places)
    assert len(refused) < len(listed) / 2
    assert "javascript:history.back()" in markup
    assert "http://[broken/" in markup


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("challenge-200", 200),
        ("challenge-412", 412),
        ("challenge-521", 521),
        ("dead-404", 404),
        ("dead-410", 410),
        ("soft-404", 200),
        ("error-500", 500),
        ("busy-503", 503),
        ("redirect-home", 302),
        ("redirect-loop", 302),
    ],
)
def test_statuses(name: str, status: int) -> None:
    site = DemoSite(trouble=True)

    assert [site.respond("GET", BY_NAME[name].path, HOST).status for _ in range(4)] == [status] * 4


@pytest.mark.parametrize("name", ["challenge-200", "challenge-412", "challenge-521"])
def test_a_challenge_is_a_short_script(name: str) -> None:
    body = BY_NAME[name].reply().body

    assert b"<script" in body
    assert len(body) < 1000


def test_the_bomb_is_small_until_it_is_opened() -> None:
    reply = BY_NAME["gzip-bomb"].reply()
    opened = zlib.decompressobj(31)

    assert reply.header("content-encoding") == "gzip"
    assert len(reply.body) < 100_000
    assert opened.decompress(reply.body, 100_000).startswith(b"<!DOCTYPE")
    assert len(gzip.decompress(reply.body)) > 64 * 1024 * 1024


def test_the_huge_page_has_fifty_megabytes() -> None:
    reply = BY_NAME["huge"].reply()

    assert len(reply.body) > 50_000_000
    assert reply.header("content-length") == str(len(reply.body))


@pytest.mark.parametrize(
    ("name", "charset"),
    [
        ("gbk-as-utf8", "gb18030"),
        ("utf8-as-gb2312", "utf-8"),
        ("gbk-undeclared", "gb18030"),
        ("header-says-latin1", "utf-8"),
    ],
)
def test_a_wrong_label_hides_a_sound_text(name: str, charset: str) -> None:
    trouble = BY_NAME[name]
    markup = trouble.reply().body.decode(charset)

    assert trouble.text is not None
    assert all(line in markup for line in trouble.text.paragraphs)


def test_readable_troubles_are_in_the_truth_of_a_troubled_site() -> None:
    readable = {trouble.path for trouble in TROUBLES if trouble.text is not None}

    assert readable == {
        path for path, each in DemoSite(trouble=True).truth().items() if each.section == "trouble"
    }
    assert readable == {trouble.path for trouble in TROUBLES if trouble.expected is Expected.ARTICLE}


def test_the_early_end_comes_before_the_article() -> None:
    body = BY_NAME["early-end"].reply().body

    assert body.index(b"</html>") < body.index(b'id="zoom"') < body.rindex(b"</html>")


def test_odd_characters_are_a_nul_and_half_a_surrogate() -> None:
    body = BY_NAME["nul-and-surrogate"].reply().body

    assert b"\x00" in body
    assert b"&#xD83D;" in body


@pytest.mark.parametrize(
    ("path", "status"), [(REDESIGNED_LIST, 200), (EMPTY_LIST, 200), (CHALLENGED_LIST, 412)]
)
def test_lists_without_entries_have_addresses_of_their_own(path: str, status: int) -> None:
    reply = DemoSite(trouble=True).respond("GET", path, HOST)

    assert reply.status == status
    assert b"<li>" not in reply.body


@pytest.mark.parametrize(
    ("kind", "status", "sign"),
    [
        (Robots.PLAIN, 200, b"Disallow: /internal/"),
        (Robots.ABSENT, 404, b"404"),
        (Robots.FORBIDDING, 200, b"Disallow: /\n"),
        (Robots.UNREACHABLE, 503, b"503"),
        (Robots.DELAYING, 200, b"Crawl-delay: 1"),
        (Robots.HUGE, 200, b"Disallow: /\n"),
        (Robots.REDIRECTED, 302, b"robots/plain.txt"),
        (Robots.HTML, 200, b"<html>"),
    ],
)
def test_each_kind_of_robots_can_be_served_and_looked_at(kind: Robots, status: int, sign: bytes) -> None:
    served = DemoSite(robots=kind).respond("GET", "/robots.txt", HOST)
    shown = DemoSite(trouble=True).respond("GET", f"/trouble/robots/{kind}.txt", HOST)

    assert (served.status, shown.status) == (status, status)
    assert sign in served.body
    assert sign in shown.body


def test_huge_robots_hides_its_rule_behind_500_kibibytes() -> None:
    body = DemoSite(robots=Robots.HUGE).respond("GET", "/robots.txt", HOST).body

    assert body.index(b"Disallow") > 500 * 1024


def test_a_truncated_answer_ends_before_its_stated_length(serving, client) -> None:
    visitor = client(serving(DemoSite(trouble=True)))

    with pytest.raises(IncompleteRead) as caught:
        visitor.ask("GET", BY_NAME["truncated"].path)

    assert caught.value.partial.startswith(b"<!DOCTYPE")
    assert caught.value.expected


def test_a_dropped_connection_has_no_answer(serving, client) -> None:
    visitor = client(serving(DemoSite(trouble=True)))

    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        visitor.ask("GET", BY_NAME["dropped"].path)


def test_a_slow_answer_takes_as_long_as_it_is_told(serving, client) -> None:
    quick = client(serving(DemoSite(trouble=True, slow_seconds=0.01)))
    patient = client(serving(DemoSite(trouble=True, slow_seconds=30)))
    patient.connection.timeout = 0.05

    assert quick.ask("GET", BY_NAME["slow"].path).status == 200
    with pytest.raises(TimeoutError):
        patient.ask("GET", BY_NAME["slow"].path)


def test_the_troubled_declaration_adds_two_sections() -> None:
    added = troubled_demo_site(DEMO.base_url).sections[len(DEMO.sections) :]

    assert [(section.slug, section.path) for section in added] == [
        ("trouble", LIST),
        ("redesigned", REDESIGNED_LIST),
    ]


def test_every_trouble_and_every_kind_of_robots_is_documented() -> None:
    page = REFERENCE / "demo-site.md"
    told = {
        name.removesuffix(".html"): row for row in rows(page, "Troubles") for name in CODE.findall(row[0])
    }
    shown = [trouble for trouble in TROUBLES if not trouble.name.startswith("sound-")]

    assert {trouble.name: [trouble.shows, trouble.expected] for trouble in shown} == {
        name: row[1:] for name, row in told.items() if not name.startswith(("sound-", "/"))
    }
    assert documented(page, "Kinds of robots.txt") == list(Robots)
