"""The demo site keeps its promises: sections, lists, articles, dates, encodings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from lxml import etree, html

from crawler.demo.content import PageKind, Truth
from crawler.demo.declaration import DEMO
from crawler.demo.replies import Reply
from crawler.demo.site import DemoSite
from crawler.sites import Section

BASE = "http://127.0.0.1:8765/"
HOST = {"host": "127.0.0.1:8765"}
BODIES = "//*[@id='zoom'] | //*[contains(@class, 'TRS_Editor')] | //*[@class='entry-content']"


def fetch(site: DemoSite, url: str) -> Reply:
    """Return what stands at *url* once the page that fails at first has recovered."""
    target = urlsplit(url)._replace(scheme="", netloc="").geturl()
    replies = (site.respond("GET", target, HOST) for _ in range(3))
    return next(reply for reply in replies if reply.status != 500)


def get(site: DemoSite, url: str) -> bytes:
    reply = fetch(site, url)
    assert reply.status == 200, url
    return reply.body


def tree_of(body: bytes, charset: str = "utf-8") -> html.HtmlElement:
    return html.document_fromstring(body.decode(charset))


def rows_in(markup: str, url: str) -> Iterator[str]:
    """Yield the article addresses of a list page of any of the four sections."""
    records = re.findall(r"<record><!\[CDATA\[(.*?)\]\]></record>", markup, re.DOTALL)
    fragments = records or [markup]
    path = "//ul/li/a/@href" if not records else "//a/@href"
    for fragment in fragments:
        tree = html.document_fromstring(fragment)
        for href in tree.xpath(f"{path} | //h2[@class='entry-title']/a/@href"):
            if re.search(r"/(art|t2026|announcements/2026)", href):
                yield urljoin(url, href)


def walk_hot_news(site: DemoSite) -> Iterator[str]:
    url = urljoin(BASE, "/col/col1001/index.html")
    while url:
        markup = get(site, url).decode()
        yield from rows_in(markup, url)
        found = re.search(r'<nextgroup><!\[CDATA\[<a href="([^"]+)"', markup)
        url = urljoin(url, found[1]) if found else ""


def walk_government(site: DemoSite) -> Iterator[str]:
    first = get(site, "/zwgk/index.html").decode()
    count, current = map(int, re.findall(r'createPageHTML\((\d+), (\d+), "index", "html"\)', first)[0])
    assert current == 0
    for number in range(count):
        path = f"/zwgk/index_{number}.html" if number else "/zwgk/index.html"
        yield from rows_in(get(site, path).decode(), urljoin(BASE, path))


def walk_announcements(site: DemoSite) -> Iterator[str]:
    url: str | None = urljoin(BASE, "/announcements/")
    while url:
        markup = get(site, url).decode()
        yield from rows_in(markup, url)
        found = re.search(r'<link rel="next" href="([^"]+)"', markup)
        url = found[1] if found else None


def walk_county(site: DemoSite) -> Iterator[str]:
    url = urljoin(BASE, "/col/col2005/index.html")
    markup = get(site, url).decode("gb18030")
    yield from rows_in(markup, url)
    total, per_page = (int(re.findall(rf"{name}:(\d+)", markup)[0]) for name in ("totalRecord", "perPage"))
    form = re.findall(r"ajaxParam:\{(.*?)\}", markup)[0]
    body = urlencode(dict(pair.split(":", 1) for pair in form.replace("'", "").split(",")))
    for start in range(per_page * 3 + 1, total + 1, per_page * 3):
        query = urlencode({"startrecord": start, "endrecord": start + per_page * 3 - 1, "perpage": per_page})
        reply = site.respond("POST", f"/module/jpage/dataproxy.jsp?{query}", HOST, body.encode())
        yield from rows_in(reply.body.decode(), url)


WALKS = {
    "hot-news": walk_hot_news,
    "zwyw": walk_government,
    "announcements": walk_announcements,
    "county": walk_county,
}


@pytest.mark.parametrize("section", DEMO.sections, ids=lambda section: section.slug)
def test_lists_of_a_section_name_every_page_the_truth_knows_once(section: Section) -> None:
    site = DemoSite()
    expected = [
        url
        for url, truth in site.truth(BASE).items()
        if truth.listed and (truth.section == section.slug or section.slug in truth.also_in)
    ]

    listed = list(WALKS[section.slug](site))

    assert Counter(listed) == Counter(expected)
    assert 12 <= len(listed) <= 45


def test_site_has_about_a_hundred_pages_of_every_kind() -> None:
    kinds = Counter(truth.kind for truth in DemoSite().truth().values())

    assert 90 <= sum(kinds.values()) <= 115
    assert kinds[PageKind.COPY] == 12
    assert kinds[PageKind.MISSING] == kinds[PageKind.MOVED] == 1


def readable(truth: Truth) -> bool:
    return truth.kind in {PageKind.ARTICLE, PageKind.COPY}


def body_lines(tree: html.HtmlElement) -> list[str]:
    body = tree.xpath(BODIES)[0]
    etree.strip_elements(body, "table", with_tail=False)
    if body.xpath("./div/br"):
        return [line.strip("\u2003 \n") for line in body.xpath("./div/text()")]
    lines = (
        element.text_content().replace("\xa0", " ").strip() for element in body.xpath(".//p|.//h3|.//li")
    )
    return [line for line in lines if line]


def test_every_article_page_carries_exactly_its_text() -> None:
    site = DemoSite()

    for path, truth in site.truth().items():
        if not readable(truth):
            continue
        reply = fetch(site, path)
        charset = "utf-8" if "utf-8" in (reply.header("content-type") or "") else "gb18030"
        tree = tree_of(reply.body, charset)
        rows = tree.xpath(f"({BODIES})//tr")
        cells = [[cell.text_content() for cell in row.xpath("./td")] for row in rows]
        assert body_lines(tree) == list(truth.paragraphs), path
        assert truth.title in tree.xpath("string(//h1 | //p[@class='con-title'])"), path
        assert cells == [list(row) for table in truth.tables for row in table], path


@pytest.mark.parametrize(
    ("section", "sign"),
    [
        ("hot-news", ">Home</a>&gt;<a href"),
        ("hot-news", "Eyesight Protection:"),
        (
            "hot-news",
            'print</a>】 【<a href="javascript:window.close()">close</a>】',
        ),
        ("zwyw", "（责任编辑："),
        ("zwyw", "上一篇："),
        ("zwyw", '<meta name="ContentSource"'),
        ("zwyw", '<div class="TRS_Editor">'),
        ("announcements", 'property="article:published_time"'),
        ("announcements", '<div class="entry-content">'),
        ("county", "打印本页"),
        ("county", "视力保护色："),
    ],
)
def test_article_pages_wear_the_furniture_of_their_family(section: str, sign: str) -> None:
    site = DemoSite()
    path = next(path for path, truth in site.truth().items() if truth.section == section and readable(truth))

    body = site.respond("GET", path, HOST).body

    assert sign in body.decode("gb18030" if section == "county" else "utf-8")


def test_a_hot_news_date_stands_in_one_place_only() -> None:
    site = DemoSite()
    places: Counter[str] = Counter()

    for path, truth in site.truth().items():
        if truth.section != "hot-news" or not readable(truth):
            continue
        day = truth.published_day
        in_meta = b'name="PubDate"' in get(site, path)
        in_url = bool(day) and f"/{day.year}/{day.month}/{day.day}/" in path if day else False
        in_row = truth.listed and truth.listed_day is not None
        places["url" if in_url else "meta" if in_meta else "row" if in_row else "nowhere"] += 1
        assert not (in_meta and (in_url or in_row)), path

    assert places["nowhere"] == 1
    assert min(places["url"], places["meta"], places["row"]) >= 8


def test_times_of_government_pages_are_exact_to_the_second() -> None:
    for truth in DemoSite().truth().values():
        if truth.section == "zwyw":
            assert isinstance(truth.published, datetime)
            assert truth.published.utcoffset() is not None


def test_county_and_some_government_pages_are_gbk_that_call_themselves_gb2312() -> None:
    site = DemoSite()
    charsets: Counter[str] = Counter()

    for path, truth in site.truth().items():
        if truth.language == "zh" and readable(truth):
            reply = fetch(site, path)
            if b"gb2312" in reply.body and reply.header("content-type") == "text/html":
                reply.body.decode("gb18030")
                charsets[truth.section] += 1

    assert charsets["county"] == 14
    assert charsets["zwyw"] == 4


def test_an_editor_has_a_name_that_gb2312_cannot_write() -> None:
    editors = {truth.editor for truth in DemoSite().truth().values() if truth.editor}

    with pytest.raises(UnicodeEncodeError):
        "".join(editors).encode("gb2312")


def test_links_of_the_government_list_are_relative() -> None:
    markup = get(DemoSite(), "/zwgk/index.html").decode()

    assert markup.count('<li><a href="./2026') == 12


def test_visible_titles_are_cut_and_whole_in_the_title_attribute() -> None:
    markup = get(DemoSite(), "/col/col1001/index.html").decode()

    assert re.search(
        r'title="Donglan-Xiling .* Address the Delegates" target="_blank">Donglan-Xiling .*\.\.\.</a>', markup
    )


def test_the_moved_page_leads_to_an_unlisted_one_with_the_same_text() -> None:
    site = DemoSite()
    truth = site.truth()
    moved = next(each for each in truth.values() if each.kind is PageKind.MOVED)

    reply = site.respond("GET", moved.url, HOST)

    assert (reply.status, reply.header("location")) == (301, moved.moved_to)
    target = truth[moved.moved_to or ""]
    assert target.kind is PageKind.ARTICLE
    assert not target.listed
    assert target.paragraphs == moved.paragraphs


def test_the_missing_page_is_listed_and_404() -> None:
    site = DemoSite()
    missing = next(each for each in site.truth().values() if each.kind is PageKind.MISSING)

    reply = site.respond("GET", missing.url, HOST)

    assert reply.status == 404
    assert b"404 Not Found" in reply.body


def test_one_page_fails_twice_then_recovers_for_good() -> None:
    site = DemoSite()
    paths = [path for path, truth in site.truth().items() if readable(truth)]
    unsteady = [path for path in paths if site.respond("GET", path, HOST).status == 500]

    statuses = [site.respond("GET", unsteady[0], HOST).status for _ in range(4)]

    assert len(unsteady) == 1
    assert statuses == [500, 200, 200, 200]


def test_one_page_counts_its_visits_and_carries_no_validators() -> None:
    site = DemoSite()
    paths = [path for path, truth in site.truth().items() if readable(truth)]
    counted = [path for path in paths if fetch(site, path).header("etag") is None]
    first, second = (get(site, counted[0]) for _ in range(2))

    assert len(counted) == 1
    assert first != second
    assert re.sub(rb"\d+</span>", b"", first) == re.sub(rb"\d+</span>", b"", second)


def test_attachments_can_be_fetched() -> None:
    site = DemoSite()
    attachments = [each for truth in site.truth().values() for each in truth.attachments]
    types = {site.respond("GET", path, HOST).header("content-type") for path, _ in attachments}

    assert types == {"application/pdf", "application/msword", "application/vnd.ms-excel"}
    assert get(site, next(path for path, _ in attachments if path.endswith(".pdf"))).startswith(b"%PDF-")


def test_one_address_is_listed_by_two_sections() -> None:
    shared = [truth for truth in DemoSite().truth().values() if truth.also_in]

    assert [(truth.section, truth.also_in) for truth in shared] == [("hot-news", ("announcements",))]


def test_robots_closes_a_folder_that_no_section_needs() -> None:
    site = DemoSite()
    rules = get(site, "/robots.txt").decode()
    closed = re.findall(r"Disallow: (\S+)", rules)

    assert f"Sitemap: {BASE}sitemap.xml" in rules
    assert closed
    assert not [path for path in site.truth() if path.startswith(tuple(closed))]
    assert not [section for section in DEMO.sections if section.path.startswith(tuple(closed))]


def test_the_sitemap_names_every_page() -> None:
    site = DemoSite()
    addresses = re.findall(r"<loc>(.*?)</loc>", get(site, "/sitemap.xml").decode())

    assert addresses == list(site.truth(BASE))


@pytest.mark.parametrize(
    "path", ["/nothing", "/art/2026/1/1/art_1001_1.html", "/zwgk/index_9.html", "/trouble/index.html"]
)
def test_an_unknown_path_is_404_with_a_page(path: str) -> None:
    reply = DemoSite().respond("GET", path, HOST)

    assert reply.status == 404
    assert reply.body.startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    "query",
    ["columnid=1001&page=x", "columnid=2005&startrecord=a&endrecord=2", "page=1", "columnid=1001&page=-4"],
)
def test_the_proxy_survives_any_parameters(query: str) -> None:
    reply = DemoSite().respond("GET", f"/module/web/jpage/dataproxy.jsp?{query}", HOST)

    assert reply.status in {200, 400, 404}
    assert b"<record>" not in reply.body


def test_the_proxy_takes_ranges_by_get_too() -> None:
    reply = DemoSite().respond(
        "GET", "/module/web/jpage/dataproxy.jsp?columnid=1001&startrecord=39&endrecord=45&perpage=5", HOST
    )

    assert reply.body.count(b"<record>") == 2


def test_the_home_page_leads_to_every_section() -> None:
    tree = tree_of(get(DemoSite(), "/"))

    assert {section.path for section in DEMO.sections} <= set(tree.xpath("//a/@href"))


def test_absolute_links_follow_the_host_that_was_asked() -> None:
    reply = DemoSite().respond("GET", "/announcements/", {"host": "localhost:99"})

    assert b'href="http://localhost:99/announcements/2026/' in reply.body


def test_a_host_that_is_no_host_is_not_echoed() -> None:
    reply = DemoSite().respond("GET", "/announcements/", {"host": '"><script>'})

    assert b'"><script>' not in reply.body


def test_two_sites_are_the_same_to_the_byte() -> None:
    left, right = DemoSite(), DemoSite()

    assert left.truth() == right.truth()
    assert all(left.respond("GET", path, HOST) == right.respond("GET", path, HOST) for path in left.truth())


def test_dates_of_the_first_edition_end_in_may_2026() -> None:
    days = [truth.published_day for truth in DemoSite().truth().values() if truth.published_day]

    assert max(days) == date(2026, 5, 22)
    assert min(days).year == 2019


def test_the_paging_script_names_what_its_proxy_needs() -> None:
    markup = get(DemoSite(), "/col/col1001/index.html").decode()
    proxy = re.findall(r'<nextgroup><!\[CDATA\[<a href="([^"]+)"', markup)[0]

    assert dict(parse_qsl(urlsplit(proxy).query)) == {
        "page": "2",
        "appid": "1",
        "webid": "16",
        "path": "/",
        "columnid": "1001",
        "unitid": "212860",
        "webname": "Lanhai China",
        "permissiontype": "0",
    }
