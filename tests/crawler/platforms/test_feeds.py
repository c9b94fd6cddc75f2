# ruff: noqa: E501 - markup reads better on one line
"""Feeds are lists too."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from crawler.extract import ExtractionError, ListEntry, extract_article, extract_list

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>News</title><link>https://www.example.gov/news/</link>
<item><title>Ports &amp; rail</title><link>https://www.example.gov/news/a/</link><pubDate>Tue, 19 May 2026 12:00:00 +0000</pubDate></item>
<item><title><![CDATA[Two <b>bridges</b> closed]]></title><link>/news/b/</link><dc:date>2026-05-18T08:00:00Z</dc:date></item>
<item><title>Without an address</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title type="html">Ferry timetable &amp;amp; fares</title><link rel="self" href="https://www.example.gov/x.atom"/><link rel="alternate" type="text/html" href="https://www.example.gov/news/ferry"/><updated>2026-05-21T09:30:00+01:00</updated></entry>
</feed>"""


def test_the_items_of_an_rss_feed_are_entries() -> None:
    found = extract_list(RSS.encode(), "https://www.example.gov/feed/")

    assert found.entries == (
        ListEntry(url="https://www.example.gov/news/a/", title="Ports & rail", date=date(2026, 5, 19)),
        ListEntry(url="https://www.example.gov/news/b/", title="Two bridges closed", date=date(2026, 5, 18)),
    )


@pytest.mark.parametrize(
    ("guid", "expected"),
    [
        ('<guid isPermaLink="false">item_1</guid>', []),
        ('<guid isPermaLink="false">https://www.example.gov/?p=12</guid>', ["https://www.example.gov/?p=12"]),
        ("<guid>https://www.example.gov/news/c</guid>", ["https://www.example.gov/news/c"]),
    ],
)
def test_a_mark_of_an_item_without_a_link_is_its_address_only_where_it_is_one(
    guid: str, expected: list[str]
) -> None:
    feed = f"<rss><channel><item><title>Drill in the port</title><link/>{guid}</item></channel></rss>"

    found = extract_list(feed.encode(), "https://www.example.gov/feed/")

    assert [entry.url for entry in found.entries] == expected


def test_the_entries_of_an_atom_feed_are_entries() -> None:
    found = extract_list(ATOM.encode(), "https://www.example.gov/news.atom")

    assert found.entries == (
        ListEntry(
            url="https://www.example.gov/news/ferry", title="Ferry timetable & fares", date=date(2026, 5, 21)
        ),
    )


PREFIXED = """<?xml version="1.0"?><a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="https://www.example.gov/press/">
<a:link rel="self" href="https://www.example.gov/press/feed"/><a:link href="feed?page=2" rel="next"/>
<a:entry><a:title>Ferry timetable</a:title><a:link href="ferry.html"/></a:entry></a:feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="x"><title>News</title><link>https://www.example.gov/</link>
<items><rdf:Seq><rdf:li rdf:resource="https://www.example.gov/a.html"/></rdf:Seq></items></channel>
<item rdf:about="https://www.example.gov/a.html"><title>Ports and rail</title><link>https://www.example.gov/a.html</link></item></rdf:RDF>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://www.example.gov/a.html</loc><lastmod>2026-05-20</lastmod><image:image><image:loc>https://www.example.gov/a.png</image:loc></image:image></url>
<url><loc>https://www.example.gov/b.html</loc><news:news><news:publication_date>2026-05-19T10:00:00Z</news:publication_date>
<news:title>Two bridges closed</news:title></news:news></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://www.example.gov/news-1.xml</loc></sitemap><sitemap><loc>/news-2.xml</loc></sitemap></sitemapindex>"""


def test_a_feed_with_a_prefix_and_a_base_leads_on_to_its_next_page() -> None:
    found = extract_list(PREFIXED.encode(), "https://www.example.gov/feed")

    assert found.entries == (
        ListEntry(url="https://www.example.gov/press/ferry.html", title="Ferry timetable"),
    )
    assert [request.url for request in found.next] == ["https://www.example.gov/press/feed?page=2"]


DECISIONS = """<?xml version="1.0"?><rss version="2.0" xmlns:decision="http://lexum.com/decision/"><channel><title>Court</title>
<item><title>
    Ferry Company v. Harbour Board
        - 2026 Ex. 17
</title><link>https://court.example.gov/item/17/index.do</link><decision:date>02/03/2026</decision:date></item>
<item><title>Miller v. City</title><link>https://court.example.gov/item/16/index.do</link><decision:date>01/27/2026</decision:date></item>
</channel></rss>"""


def test_a_feed_may_date_what_it_is_about_in_an_element_of_its_own() -> None:
    found = extract_list(DECISIONS.encode(), "https://court.example.gov/rss.do")

    assert [(entry.title, entry.date) for entry in found.entries] == [
        ("Ferry Company v. Harbour Board - 2026 Ex. 17", date(2026, 2, 3)),
        ("Miller v. City", date(2026, 1, 27)),
    ]


def test_a_feed_of_a_search_states_its_total() -> None:
    feed = ATOM.replace("<entry>", "<openSearch:totalResults> 840 </openSearch:totalResults><entry>")

    assert extract_list(feed.encode(), "https://www.example.gov/news.atom").total == 840


def test_the_table_of_contents_of_an_rdf_feed_is_no_entry() -> None:
    found = extract_list(RDF.encode(), "https://www.example.gov/feed.rdf")

    assert found.entries == (ListEntry(url="https://www.example.gov/a.html", title="Ports and rail"),)


@pytest.mark.parametrize("sent", [bytes, gzip.compress])
def test_the_pages_of_a_sitemap_are_entries_in_no_order(sent: Callable[[bytes], bytes]) -> None:
    found = extract_list(sent(SITEMAP.encode()), "https://www.example.gov/sitemap.xml")

    assert found.entries == (
        ListEntry(url="https://www.example.gov/a.html", title=""),
        ListEntry(url="https://www.example.gov/b.html", title="Two bridges closed", date=date(2026, 5, 19)),
    )
    assert not found.newest_first


def test_the_sitemaps_of_an_index_are_its_further_pages() -> None:
    found = extract_list(INDEX.encode(), "https://www.example.gov/sitemap.xml")

    assert (found.entries, found.newest_first) == ((), False)
    assert [request.url for request in found.next] == [
        "https://www.example.gov/news-1.xml",
        "https://www.example.gov/news-2.xml",
    ]


def test_a_compressed_file_that_is_torn_is_no_list() -> None:
    with pytest.raises(ExtractionError):
        extract_list(gzip.compress(SITEMAP.encode())[:60], "https://www.example.gov/sitemap.xml.gz")


def test_a_page_that_speaks_of_feeds_is_none() -> None:
    assert (
        extract_list(
            b"<html><body><p>&lt;rss&gt; <rss> feeds</p></body></html>", "https://www.example.gov/"
        ).entries
        == ()
    )


LEVELS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{LEVELS}]>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY e11 SYSTEM "{}">]>'
ITEM = (
    "<item><title>Ports reopen &e11; after the storm</title><link>https://a.example/news/1.html</link></item>"
)


@pytest.mark.parametrize("read", [extract_list, extract_article])
@pytest.mark.parametrize("place", ["", '<?xml version="1.0"?>'])
@pytest.mark.parametrize("kind", ["bomb", "file", "huge text"])
def test_a_feed_expands_no_entity_and_reads_no_file(
    tmp_path: Path, kind: str, place: str, read: Callable[[bytes, str], object]
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret of this machine")
    declared = {"bomb": BOMB, "file": OUTSIDE.format(secret.as_uri()), "huge text": ""}[kind]
    item = ITEM.replace("&e11;", "x" * 5_000_000) if kind == "huge text" else ITEM
    markup = f"{place}{declared}<rss><channel>{item}</channel></rss>".encode()
    started = time.process_time()

    try:
        found = repr(read(markup, "https://a.example/feed"))
    except ExtractionError as refusal:
        found = str(refusal)

    assert time.process_time() - started < 5
    assert "the secret" not in found
    assert found.count("ha") < 10


@pytest.mark.parametrize(
    ("feed", "is_cut"),
    [
        (RSS, False),
        (ATOM, False),
        (RSS + "\n<!-- served from cache -->", False),
        (RSS.partition("</channel>")[0], True),
        (ATOM.partition("</feed>")[0], True),
        (ATOM.partition("</feed>")[0] + "<b>Fatal error</b>: out of memory", True),
        ('<urlset xmlns="x"><url><loc>https://www.example.gov/a</loc></url></urlset>', False),
        ('<urlset xmlns="x"><url><loc>https://www.example.gov/a</loc></url>', True),
        ('<sitemapindex xmlns="x"><sitemap><loc>https://www.example.gov/s.xml</loc></sitemap>', True),
        ('<rdf:RDF xmlns="x"><item><title>Ferry</title><link>/a</link></item></rdf:RDF>', False),
        ('<a:feed xmlns:a="x"><a:entry><a:title>F</a:title><a:link href="/a"/></a:entry></a:feed>', False),
    ],
)
def test_a_feed_without_its_end_was_cut(feed: str, *, is_cut: bool) -> None:
    assert extract_list(feed.encode(), "https://www.example.gov/feed/").is_cut is is_cut


def test_an_entry_without_a_day_takes_that_of_its_address() -> None:
    feed = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>https://www.example.gov/2026/11/27/tea-prices/</loc><lastmod>2026-11-30</lastmod></url></urlset>"""

    (entry,) = extract_list(feed, "https://www.example.gov/sitemap.xml").entries

    assert entry.date == date(2026, 11, 27)
