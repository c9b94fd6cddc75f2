"""The load site: any number of heavy, different pages, faults that recover, edits that can be counted."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest
from lxml import html

from crawler.demo.__main__ import main
from crawler.demo.load import PER_PAGE, Faults, LoadSite

HEADERS: dict[str, str] = {}


def get(site: LoadSite, path: str) -> bytes:
    reply = site.respond("GET", path, HEADERS)
    assert reply.status == 200, path
    return reply.body


def walk(site: LoadSite, section: int) -> list[str]:
    path, found = f"/load/{section}/index.html", []
    while path:
        tree = html.document_fromstring(get(site, path).decode())
        found += tree.xpath("//ul[@class='news_list']/li/a/@href")
        following = tree.xpath("//a[@class='next']/@href")
        path = f"/load/{section}/{following[0]}" if following else ""
    return found


def test_pages_weigh_30_to_55_kilobytes() -> None:
    site = LoadSite(articles=300)
    sizes = [len(get(site, site.path(number))) for number in site.numbers()]

    assert 30_000 < min(sizes) < 35_000
    assert 50_000 < max(sizes) < 56_000


def test_writing_ahead_changes_nothing() -> None:
    site, twin = LoadSite(articles=5), LoadSite(articles=5)
    site.write_ahead()

    assert get(site, site.path(4)) == get(twin, twin.path(4))


def test_a_page_carries_exactly_its_text() -> None:
    site = LoadSite(articles=50)

    for number in (0, 17, 49):
        article = site.article(number)
        tree = html.document_fromstring(get(site, article.path).decode())
        assert tree.xpath("string(//p[@class='con-title'])") == article.text.title
        assert tuple(p.text_content() for p in tree.xpath("//*[@id='zoom']/p")) == article.text.paragraphs


def test_articles_are_the_same_for_the_same_number_and_share_little() -> None:
    site, twin = LoadSite(articles=100), LoadSite(articles=2000)
    sentences = [set(" ".join(site.article(number).text.paragraphs).split(". ")) for number in site.numbers()]

    assert all(site.article(number) == twin.article(number) for number in site.numbers())
    assert len({site.article(number).text.title for number in site.numbers()}) == 100
    assert (
        max(len(left & right) / min(len(left), len(right)) for left, right in combinations(sentences, 2))
        < 0.2
    )


@pytest.mark.parametrize(("articles", "sections"), [(45, 1), (40, 1), (1, 1), (100, 3)])
def test_lists_of_twenty_name_every_article_once(articles: int, sections: int) -> None:
    site = LoadSite(articles=articles, sections=sections)
    walks = [walk(site, number) for number in range(1, sections + 1)]

    assert Counter(path for each in walks for path in each) == Counter(map(site.path, site.numbers()))
    assert get(site, "/load/1/index.html").count(b"<li><a href=") == min(PER_PAGE, len(walks[0]))


def test_advance_adds_at_the_top_and_edits_the_newest_of_the_old() -> None:
    site = LoadSite(articles=60, sections=2)
    before = {site.path(number): get(site, site.path(number)) for number in site.numbers()}

    site.respond("POST", "/advance?new=20&edited=14", HEADERS)

    after = {site.path(number): get(site, site.path(number)) for number in site.numbers()}
    assert len(after) == 80
    assert len([path for path in before if after[path] != before[path]]) == 14
    assert set(walk(site, 1)[:10]) <= set(after) - set(before)


def test_an_unchanged_article_is_304_and_an_edited_one_is_not() -> None:
    site = LoadSite(articles=30)
    tags = [site.respond("GET", site.path(number), HEADERS).header("etag") or "" for number in (0, 5)]
    site.advance(new=0, edited=1)

    statuses = [
        site.respond("GET", site.path(number), {"if-none-match": tag}).status
        for number, tag in zip((0, 5), tags, strict=True)
    ]

    assert statuses == [200, 304]


def test_faults_have_their_shares_and_recover() -> None:
    faults = Faults(server_error=0.03, timeout=0.02, truncated=0.01, dropped=0.01, attempts=2)
    site = LoadSite(articles=2000, faults=faults)
    kinds: Counter[str] = Counter()

    for number in site.numbers():
        replies = [site.respond("GET", site.path(number), HEADERS) for _ in range(3)]
        first = replies[0]
        kinds["error"] += first.status == 500
        kinds["timeout"] += first.delay_seconds > 0
        kinds["truncated"] += first.sent_bytes is not None
        kinds["dropped"] += first.dropped and not first.delay_seconds
        assert replies[0] == replies[1]
        assert replies[2].status == 200
        assert not replies[2].dropped
        assert replies[2].sent_bytes is None

    assert kinds == {
        "error": pytest.approx(60, abs=25),
        "timeout": pytest.approx(40, abs=20),
        "truncated": pytest.approx(20, abs=14),
        "dropped": pytest.approx(20, abs=14),
    }


@pytest.mark.parametrize(
    "path", ["/", "/art/2026/5/22/art_1_9999999.html", "/art/x", "/load/9/index.html", "/load/1/index_3.html"]
)
def test_what_is_not_there_is_404(path: str) -> None:
    assert LoadSite(articles=45).respond("GET", path, HEADERS).status == 404


def test_every_section_has_a_list() -> None:
    site = LoadSite(articles=100, sections=8)

    paths = [f"/load/{number}/index.html" for number in range(1, 9)]

    assert [site.respond("GET", path, HEADERS).status for path in paths] == [200] * 8


def test_the_command_line_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])

    assert caught.value.code == 0
    assert re.search(r"--articles", capsys.readouterr().out)
