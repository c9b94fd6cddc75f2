"""The whole title and the address of each row of a list page."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.extract import ListEntry, extract_list
from tests.crawler.extract.listed_rows import (
    DAYS,
    ENGLISH_URL,
    LIST_URL,
    SLUGS,
    TITLES,
    page,
)

CHINESE_ROWS = """<ul class="list">
<li><a href="./202207/t20220705_1001.html" title="市统计局召开年中工作会议部署下半年重点任务">市统计局召开年中工作会议部署…</a><span>2022-07-05</span></li>
<li><a href="../tzgg/202206/t20220628_1000.html" title="关于开展人口变动抽样调查的公告">关于开展人口变动抽样调查的公告</a><span>2022-06-28</span></li>
<li><a href="t20220617_0999.html">2022.06.17 上半年物价走势平稳</a></li>
</ul>"""


def test_relative_links_cut_titles_and_days_in_the_title_are_read() -> None:
    found = extract_list(page(CHINESE_ROWS), LIST_URL)

    assert found.entries == (
        ListEntry(
            url="https://www.example.gov.cn/xw/gzdt/202207/t20220705_1001.html",
            title="市统计局召开年中工作会议部署下半年重点任务",
            date=date(2022, 7, 5),
        ),
        ListEntry(
            url="https://www.example.gov.cn/xw/tzgg/202206/t20220628_1000.html",
            title="关于开展人口变动抽样调查的公告",
            date=date(2022, 6, 28),
        ),
        ListEntry(
            url="https://www.example.gov.cn/xw/gzdt/t20220617_0999.html",
            title="上半年物价走势平稳",
            date=date(2022, 6, 17),
        ),
    )


LABELLED = [
    (
        "标题：市统计局召开年中工作会议部署下半年重点任务&#10;发布时间：2022-07-05",
        "市统计局召开年中工作会议部署下半年重点任务",
    ),
    ("市统计局召开年中工作会议部署下半年重点任务", "市统计局召开年中工作会议部署下半年重点任务"),
    ("点击查看", "市统计局召开年中工作会议…"),
]


@pytest.mark.parametrize(("attribute", "expected"), LABELLED)
def test_only_a_title_attribute_that_completes_the_text_is_taken(attribute: str, expected: str) -> None:
    row = f"<ul><li><a href='t20220705_1.html' title='{attribute}'>市统计局召开年中工作会议…</a> 2022-07-05</li></ul>"

    assert extract_list(page(row), LIST_URL).entries[0].title == expected


def test_a_title_that_begins_with_its_day_keeps_it() -> None:
    row = (
        "<ul>"
        + "".join(
            f"<li><a href='/a/{n}.html'>2019年9月1{n}日新闻发布会实录</a><span>2019-09-2{n}</span></li>"
            for n in range(4)
        )
        + "</ul>"
    )

    found = extract_list(page(row), LIST_URL)

    assert found.entries[0].title == "2019年9月10日新闻发布会实录"
    assert found.entries[0].date == date(2019, 9, 20)


def test_the_base_of_the_page_is_what_links_are_relative_to() -> None:
    found = extract_list(page(CHINESE_ROWS, "<base href='https://base.gov.cn/x/'>"), LIST_URL)

    assert found.entries[0].url == "https://base.gov.cn/x/202207/t20220705_1001.html"


def test_cut_titles_are_completed_before_a_page_is_judged() -> None:
    rows = "".join(
        f'<li><a href="/a/{number}.htm" title="某市召开第{number}次经济工作会议研究部署下一步工作">某市召开…</a></li>'
        for number in range(1, 9)
    )

    found = extract_list(f"<ul>{rows}</ul>".encode(), "http://www.city.example.cn/a/")

    assert [entry.title for entry in found.entries][:1] == ["某市召开第1次经济工作会议研究部署下一步工作"]
    assert len(found.entries) == 8


@pytest.mark.parametrize(
    "link",
    [
        '<h2><a href="/n/{0}">{1}</a></h2><p><a href="/n/{0}">Weiterlesen …<span class="invisible"> {1}</span></a></p>',
        '<h2><a href="/n/{0}">{1}</a></h2><p><a href="/n/{0}">Lire la suite… {1}</a></p>',
        '<a href="/n/{0}"><div>Departmental update</div><p class="heading text-underline">{1}</p></a>',
    ],
)
def test_the_title_of_a_row_is_its_heading_not_what_asks_to_read_on(link: str) -> None:
    listed = "".join(
        f"<li>{link.format(slug, title)}</li>" for slug, title in zip(SLUGS, TITLES, strict=True)
    )

    found = extract_list(page(f"<ul>{listed}</ul>"), ENGLISH_URL)

    assert tuple(entry.title for entry in found.entries) == TITLES


@pytest.mark.parametrize("begins", ["Open: ", "Details: ", "View over ", "Download: ", "More: "])
def test_titles_may_begin_like_what_asks_to_read_on(begins: str) -> None:
    listed = "".join(
        f'<li><a href="/n/{slug}">{begins}{title}</a> <i>{day}</i></li>'
        for title, slug, day in zip(TITLES, SLUGS, DAYS, strict=True)
    )

    found = extract_list(page(f"<ul>{listed}</ul>"), ENGLISH_URL)

    assert [entry.title for entry in found.entries] == [begins + title for title in TITLES]
