"""The publication date is the one that the page states, on the calendar of its site."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.extract import PageContext, extract_article
from crawler.extract.body.boilerplate import top_rule
from crawler.extract.body.catalogue import CREDIT_LABELS, DATE_LABELS, labels_in
from crawler.extract.dates.date_labels import PUBLICATION_LABELS, labelled_dates
from crawler.extract.dates.written import CHINESE_TIME, Conventions
from crawler.extract.markup.element_index import LONGEST_LABEL
from crawler.extract.publication import day_of

TEXT = "".join(
    f"<p>The harbour office said in report {number} that its second counter is open to all.</p>"
    for number in range(1, 8)
)


def published(markup: str, url: str = "https://www.example.org/a") -> date | datetime | None:
    head, _, body = markup.partition("|")
    page = f"<html><head>{head}</head><body><article><h1>Second Counter Opens</h1>{body}{TEXT}</article></body></html>"
    return extract_article(page.encode(), url).published


def test_a_label_over_the_container_of_a_family_tells_the_time() -> None:
    lines = "".join(
        f"<p>　　第{number}条，窗口向全体居民开放，无需预约即可办理。</p>" for number in range(1, 6)
    )
    page = f"""<html><head><title>第二窗口开放</title></head><body><table><tr><td><b>第二窗口开放</b></td></tr>
    <tr><td>发布时间：</td><td>2026-11-07 09:34</td><td>来源：市政府</td></tr>
    <tr><td><div class="TRS_Editor">{lines}<p>市政府办公室</p><p>2026年11月5日</p></div></td></tr></table></body></html>"""

    found = extract_article(
        page.encode(),
        "https://www.example.gov.cn/t20261106_1.htm",
        context=PageContext(timezone="Asia/Shanghai"),
    )

    assert (found.published, found.published_from) == (
        datetime(2026, 11, 7, 9, 34, tzinfo=ZoneInfo("Asia/Shanghai")),
        "label 发布时间",
    )


@pytest.mark.parametrize(
    ("markup", "url", "day"),
    [
        ("|<h4>Published</h4><div>July 8, 2025</div>", "https://www.example.org/a", date(2025, 7, 8)),
        ("|<p>发布时间：</p><p>2025-07-08</p>", "https://www.example.cn/a", date(2025, 7, 8)),
        (
            "|<p>Gönderim: 08.07.2025 15:42 Güncelleme: 13.07.2025</p>",
            "https://www.example.gov.tr/a",
            date(2025, 7, 8),
        ),
        ("|<p>8 July 2025, updated: 13 July 2025</p>", "https://www.example.org/a", date(2025, 7, 8)),
        ("|<p>时间/2025-07-08 15:42　浏览/156次</p>", "https://www.example.cn/a", date(2025, 7, 8)),
        ("|<p>26 | 01 | 2022</p>", "https://www.example.ch/a", date(2022, 1, 26)),
        (
            '|<p itemprop="datePublished" content="2023-10-03T05:30:41-04:00">Updated on June 26, 2025</p>',
            "https://www.example.org/a",
            date(2023, 10, 3),
        ),
        (
            "|<div data-page='{&quot;datePublished&quot;:&quot;2025-11-17T09:00:00-05:00&quot;}'></div>",
            "https://www.example.org/a",
            date(2025, 11, 17),
        ),
        (  # later than the page itself: another article's
            '<meta name="date" content="2020-04-20T14:57:27+02:00">|<p class="date">01.05.2020</p>',
            "https://www.example.de/a",
            date(2020, 4, 20),
        ),
    ],
)
def test_the_day_is_the_one_that_the_page_states(markup: str, url: str, day: date) -> None:
    found = published(markup, url)

    assert found is not None
    assert day_of(found) == day


UTC_EVENING = '<meta property="article:published_time" content="2022-11-06T%s:00Z">|%s'


@pytest.mark.parametrize(
    ("markup", "url", "day"),
    [
        (UTC_EVENING % ("23:00", ""), "https://www.example.de/a", date(2022, 11, 7)),  # midnight there
        (UTC_EVENING % ("23:20", "<time>07.11.2022</time>"), "https://www.example.de/a", date(2022, 11, 7)),
        (UTC_EVENING % ("23:20", "<time>06.11.2022</time>"), "https://www.example.de/a", date(2022, 11, 6)),
        (UTC_EVENING % ("23:20", ""), "https://www.example.de/a", date(2022, 11, 6)),
        (UTC_EVENING % ("23:00", ""), "https://www.example.com/a", date(2022, 11, 6)),  # no country, no zone
        (  # several zones: what readers see beside the moment
            '|<time datetime="2022-11-06T23:00:00Z">Monday 7 November 2022</time>',
            "https://www.example.gov.au/a",
            date(2022, 11, 7),
        ),
        (  # what they see is no neighbour of it
            '|<time datetime="2022-11-06T23:00:00Z">Event on 9 November 2022</time>',
            "https://www.example.gov.au/a",
            date(2022, 11, 6),
        ),
    ],
)
def test_a_moment_of_the_night_falls_on_the_day_that_the_page_shows(markup: str, url: str, day: date) -> None:
    found = published(markup, url)

    assert found is not None
    assert day_of(found) == day


def test_a_date_over_the_credits_and_counters_above_the_headline_is_the_articles() -> None:
    above = "".join(
        f"<td>{cell}</td>" for cell in ("26 | 01 | 2022", "Region", "Text and photos:", "Li Na", "0 337")
    )
    body = "<p>The harbour office opened a second counter in the north of the port on Monday.</p>" * 6
    markup = (
        f"<html lang='de'><body><table><tr>{above}</tr></table><h1>A second counter</h1>{body}</body></html>"
    )

    found = extract_article(markup.encode(), "https://www.example.ch/de/counter--1026")

    assert str(found.published) == "2022-01-26"


def test_every_label_is_short_enough_to_be_seen_before_its_colon() -> None:
    of_credits = (label for field in CREDIT_LABELS.values() for labels in field.values() for label in labels)
    labels = (*PUBLICATION_LABELS, *of_credits)

    assert max(map(len, labels)) + len("  ") <= LONGEST_LABEL


def test_a_date_over_the_headline_is_found_where_a_familys_container_holds_the_text_alone() -> None:
    text = "".join(
        f"<p>Das Amt zählt im Jahr {year} rund 39 600 Brücken an den Fernstraßen.</p>" for year in range(4)
    )
    markup = (
        '<html lang=de><head><title>Brücken</title><meta name="generator" content="Government Site Builder">'
        '</head><body><main><div class="content"><span>Pressemitteilung Nr. 123 vom 4. November 2026</span>'
        f'<h1>39 600 Brücken an Fernstraßen</h1><div class="richtext">{text}</div></div></main></body></html>'
    )

    article = extract_article(markup.encode(), "https://www.amt.example/presse/PD_123.html")

    assert article.published == date(2026, 11, 4)
    assert article.published_from == "line at the headline"


def test_a_date_over_the_headline_goes_before_one_of_a_related_article() -> None:
    markup = f"""<html><head><title>Port opens terminal</title></head><body><div class="reader"><span class="news__date">
    3 November 2026</span><h3>Port opens terminal</h3>{"<p>The port opened its new terminal on Monday, two years late.</p>" * 3}
    </div><div class="related"><a href="/2"><span class="entry__date">1 November 2026</span> Bridge opens</a></div></body></html>"""

    assert extract_article(markup.encode(), "https://port.example/news/1").published == date(2026, 11, 3)


def test_the_date_over_the_headline_goes_before_that_beside_another_headline() -> None:
    others = "".join(
        f"<div><span class='-meta'>1{number} février 2020</span><h2><a href='/{number}'>Autre article</a></h2></div>"
        for number in range(3)
    )
    markup = f"""<html><head><title>Le port ouvre</title></head><body><p>Loïc Le Clerc | 30 septembre 2018</p>
    <h2>Le port ouvre</h2>{"<p>Le port a ouvert son nouveau terminal lundi, avec deux ans de retard.</p>" * 8}
    {others}</body></html>"""

    assert extract_article(markup.encode(), "https://port.example.fr/1").published == date(2018, 9, 30)


def test_the_headline_may_have_its_section_in_small_print() -> None:
    heading = "<h1>Second Counter Opens<br><small><a href='/c'>Ports</a></small></h1>"
    related = "<aside><article><h5><a href='/b'>A note</a></h5><time datetime='2025-07-06'></time></article></aside>"
    page = f"<html><body><article>{heading}<ul><li><time datetime='2025-07-08 20:54:16'>8 July</time></ul>{TEXT}</article>{related}"

    found = extract_article(page.encode(), "https://www.example.org/a").published

    assert found is not None
    assert day_of(found) == date(2025, 7, 8)


def test_a_line_that_is_nothing_but_a_day_may_stand_farther_below_the_headline() -> None:
    lines = "".join(f"<p>Fotos: agencia {number}</p>" for number in range(7))
    found = published(f"|{lines}<p>13 de octubre de 2026 - 4:35 p. m.</p>", "https://www.gob.pe/a")

    assert found is not None
    assert day_of(found) == date(2026, 10, 13)


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("Karlsruhe, (12.11.2021). Die Kirche gedenkt", date(2021, 11, 12)),
        ("Bern, 03.11.2026 — Der Bundesrat beschloss", date(2026, 11, 3)),
        ("(Madrid, 3 de noviembre de 2026).- El Gobierno aprobó", date(2026, 11, 3)),
        ("OTTAWA, Ontario – November 3, 2026 – The minister said", date(2026, 11, 3)),
        ("November 3, 2026 - Ottawa, Ontario - The minister said", date(2026, 11, 3)),
        ("On November 3, 2026, the council said", None),
        ("The meeting of 3 November 2026 - a long one - ended as follows", None),
    ],
)
def test_place_and_day_before_a_text_tell_when_it_was_published(opening: str, day: date | None) -> None:
    lines = f"<p>{opening} that the road to the harbour will be widened in the years to come.</p>{TEXT}"
    markup = f"<html><head><title>Harbour road</title></head><body><div><h1>Harbour road</h1>{lines}</div></body></html>"

    assert extract_article(markup.encode(), "https://www.example.org/news/1").published == day


READ_LABELS = labels_in(DATE_LABELS["published"])


@pytest.mark.parametrize("label", [*READ_LABELS, *labels_in(DATE_LABELS["line"])])
def test_what_labels_the_day_of_a_publication_is_read_and_is_no_text(label: str) -> None:
    line = f"{label}: 2026-05-08"

    assert top_rule(line) in ("date line", "meta line")
    if label in READ_LABELS:
        assert [str(reading.day) for reading, _ in labelled_dates([line], Conventions())] == ["2026-05-08"]


@pytest.mark.parametrize(
    "line",
    [
        "Gepubliceerd op dinsdag 3 november 2026 12:05 u.",
        "Publié le mardi 3 novembre 2026",
        "Publicado el martes, 3 de noviembre de 2026",
    ],
)
def test_a_weekday_may_stand_between_a_label_and_its_date(line: str) -> None:
    assert published(f"|<p>{line}</p>") == date(2026, 11, 3)


def test_the_last_change_of_an_arabic_page_gives_way_to_its_date() -> None:
    changed = '<div class="last-update">آخر تحديث للصفحة: 05 نوفمبر 2026</div>'
    page = f"<html lang=ar><body><main><span class=news-date>03 نوفمبر 2026</span><h1>افتتاح مكتب جديد في الميناء</h1>{TEXT}{changed}"

    assert extract_article(page.encode(), "https://www.example.ae/a").published == date(2026, 11, 3)


def test_a_date_over_the_headline_goes_before_one_amid_the_text() -> None:
    first, rest = TEXT.split("</p>", 2)[:2], TEXT.split("</p>", 2)[2]
    other = "<div class=x1><h4><a href=/b>Port opens</a></h4><p>1 November 2026</p></div>"
    body = f"<main><div><span>Newsroom</span> <span>3 November 2026</span></div><h1>Second Counter Opens</h1>{'</p>'.join(first)}</p>{other}{rest}</main>"

    article = extract_article(
        f"<html lang=en><body>{body}</body></html>".encode(), "https://www.example.org/a"
    )

    assert article.published == date(2026, 11, 3)


def test_a_time_element_in_a_line_of_facts_tells_the_moment() -> None:
    facts = '<p class="info"><time datetime="2026-11-02T16:10:00+01:00">02.11.2026 16:10</time></p>'
    page = f"<html lang=de><body><main><h1>Neue Brücke eröffnet</h1>{facts}{TEXT}</main></body></html>"

    article = extract_article(page.encode(), "https://www.example.at/a")

    assert article.published == datetime.fromisoformat("2026-11-02T16:10:00+01:00")


def test_the_date_beside_the_headline_goes_before_one_in_a_column_beside_its_text() -> None:
    others = "".join(
        f"<div class='story'><p class='author'>1{number} august 2026, ora: 09:05</p><h2><a href='/{number}'>Alt"
        " articol</a></h2></div>"
        for number in range(3)
    )
    markup = f"""<html><head><title>Portul deschide terminalul</title></head><body><ul><li><span class="date">9 august 2026</span>
    <a href="/8">Rețete din varză</a></li></ul><div class="articol"><h1>Portul deschide terminalul</h1><p class="data_author">05 august 2026, ora: 09:18</p>
    <div class="right">{others}</div>
    <div class="left">{"<p>Portul a deschis luni un terminal nou, cu doi ani mai târziu.</p>" * 5}</div></div></body></html>"""

    assert extract_article(markup.encode(), "https://port.example.md/1").published == date(2026, 8, 5)


@pytest.mark.parametrize("item", ["一、时间：", "一、日期：<br>"])
def test_what_an_item_of_a_notice_dates_is_not_its_publication(item: str) -> None:
    markup = f"""<html lang="zh"><head><title>澜海周边海域活动通报</title></head><body><h2>澜海周边海域活动通报</h2>
    <div class="pageinfo"><span>海域动态</span> <span>2026.03.19</span></div><div><p>{item}2026年3月18日上午九时起。</p>
    <p>二、活动情况：截至当日，共有船舶九艘在周边海域持续活动，港务部门严密监控并妥善应对。</p></div></body></html>"""

    assert published(markup, "https://www.port.example.cn/news/1") == date(2026, 3, 19)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026-09-26 12:11<span>来源：澜海时报</span>", datetime(2026, 9, 26, 12, 11, tzinfo=CHINESE_TIME)),
        ("2026-09-27 08:05<span>来源：澜海时报</span>", date(2026, 9, 26)),  # another day, of something else
        ("来源：澜海时报", date(2026, 9, 26)),
    ],
)
def test_the_time_below_the_headline_is_read_where_the_address_tells_its_day(
    line: str, expected: date | datetime
) -> None:
    text = "<p>澜海港第二窗口今日向全体居民开放，无需预约即可办理各项业务。</p>" * 4
    page = f"""<html><head><title>第二窗口开放_澜海时报网</title></head><body><div><h2>第二窗口开放</h2>
    <div class="info">{line}</div></div><div class="txt_con">{text}</div></body></html>"""

    found = extract_article(page.encode(), "http://news.port.example.cn/2026/0926/15409036.shtml")

    assert found.published == expected


def test_the_day_of_a_publication_goes_before_that_of_a_change_above_it() -> None:
    page = """<html lang="ja"><head><title>港湾条例の改正について</title></head><body><p>最終更新日：2026/02/22</p>
    <h1>港湾条例の改正について</h1><div><p>港湾条例を改正し、第二窓口の受付時間を延長することとしました。</p>
    <p>窓口の受付時間は平日の午前九時から午後六時までとなり、予約は不要です。</p></div>
    <table><tr><td>公表日</td><td>2025/12/23</td></tr><tr><td>最終更新日</td><td>2026/02/22</td></tr></table></body></html>"""

    found = extract_article(page.encode(), "https://www.port.example.jp/a/1.html")

    assert found.published == date(2025, 12, 23)
