# ruff: noqa: E501 - markup reads better on one line
"""Hanweb lists: datastore rows, both calling styles of the data proxy, script arrays."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.extract import ExtractedList, ListEntry, extract_list

COLUMN_URL = "https://tjj.example.gov.cn/col/col77/index.html"
PROXY = "/module/web/jpage/dataproxy.jsp"
ROW = "<li><a href='/art/2019/6/8/art_77_{n}.html' title=\"第{n}次全市统计工作会议召开\">第{n}次全市统计工作…</a><span>[2019-06-0{n}]</span></li>"
PARAMETERS = "{col:1,appid:'1',webid:39,path:'/',columnid:77,sourceContentType:1,unitid:'34',webname:'示例市统计局',permissiontype:0}"


def datastore(rows: int = 2, total: int = 100, pages: int | None = None, group: str | None = None) -> str:
    records = "".join(f"<record><![CDATA[{ROW.format(n=n)}]]></record>\n" for n in range(1, rows + 1))
    following = f'<nextgroup><![CDATA[<a href="{group}"></a>]]></nextgroup>' if group else ""
    counted = f"<totalpage>{pages}</totalpage>" if pages else ""
    return f"<datastore>{following}<totalrecord>{total}</totalrecord>{counted}<recordset>{records}</recordset></datastore>"


def column(store: str, script: str = "") -> bytes:
    menu = "<ul class='nav'><li><a href='/col/col1/index.html'>政务公开与统计数据发布</a></li></ul>"
    return f"<html><body>{menu}<div id='34'><script type='text/xml'>{store}</script></div><script>{script}</script></body></html>".encode()


def jpage(parameters: str = PARAMETERS, *, per_page: int = 15, total: int = 100, proxy: str = PROXY) -> str:
    return f"$('#34').jpage({{totalRecord:{total},groupSize:3,proxyUrl:'{proxy}',perPage:{per_page},ajaxParam:{parameters}}});"


def read(markup: bytes, url: str = COLUMN_URL) -> ExtractedList:
    return extract_list(markup, url)


def test_rows_are_cut_from_the_script_with_whole_title_and_day() -> None:
    found = read(column(datastore()))

    assert found.platform == "hanweb"
    assert found.total == 100
    assert found.entries[1] == ListEntry(
        url="https://tjj.example.gov.cn/art/2019/6/8/art_77_2.html",
        title="第2次全市统计工作会议召开",
        date=date(2019, 6, 2),
    )


ROWS = [
    ("<li><a href='/art/2019/6/8/art_1_2.html'>Harbour opens</a></li>", "Harbour opens", date(2019, 6, 8)),
    (
        "<tr><td width='620'><a title='全市防汛会议' href='../../art/2020/11/30/art_1_2.html'>全市防汛…</a></td><td width='100'>2020-12-01</td></tr>",
        "全市防汛会议",
        date(2020, 12, 1),
    ),
    (
        "<li><a href='/art/2019/6/8/art_1_2.html' title='招标公告'><span>招标公告</span><i>2019-06-09</i></a></li>",
        "招标公告",
        date(2019, 6, 9),
    ),
    (
        "<li style=<br/><a href='/col/col1/art/2026/art_0123456789abcdef0123456789abcdef.html'>新网址的文章</a></li>",
        "新网址的文章",
        None,
    ),
    ("<table><tr><td><li><a href='/art/2019/6/8/art_1_2.html'>未闭合的行", "未闭合的行", date(2019, 6, 8)),
]


@pytest.mark.parametrize(("row", "title", "day"), ROWS)
def test_a_record_may_hold_any_markup(row: str, title: str, day: date | None) -> None:
    found = read(
        column(f"<datastore><recordset><record><![CDATA[\n{row}\n]]></record></recordset></datastore>")
    )

    assert [(entry.title, entry.date) for entry in found.entries] == [(title, day)]


def test_paged_style_asks_for_each_group_from_the_next_to_the_last() -> None:
    group = f"{PROXY}?page=2&amp;appid=1&amp;webid=16&amp;path=/&amp;columnid=77&amp;unitid=34&amp;webname=示例市&amp;permissiontype=0"

    found = read(column(datastore(pages=5, group=group)))

    assert [parse_qs(urlsplit(each.url).query)["page"] for each in found.next] == [["2"], ["3"], ["4"], ["5"]]
    assert parse_qs(urlsplit(found.next[0].url).query)["webname"] == ["示例市"]
    assert {each.method for each in found.next} == {"GET"}
    assert dict(found.next[0].headers)["Referer"] == COLUMN_URL


@pytest.mark.parametrize("proxy", [PROXY, "/module/jpage/dataproxy.jsp"])
@pytest.mark.parametrize(
    "script", [jpage, lambda **kw: f"var param_34 = {PARAMETERS};\n{jpage('param_34', **kw)}"]
)
def test_ranged_style_posts_the_parameters_of_the_script(proxy: str, script: object) -> None:
    found = read(column(datastore(), script(proxy=proxy)))  # type: ignore[operator]

    first = found.next[0]
    assert first.url == f"https://tjj.example.gov.cn{proxy}?startrecord=3&endrecord=47&perpage=15"
    assert first.method == "POST"
    assert dict(first.form) == {
        "col": "1", "appid": "1", "webid": "39", "path": "/", "columnid": "77", "sourceContentType": "1",
        "unitid": "34", "webname": "示例市统计局", "permissiontype": "0",
    }  # fmt: skip
    assert [urlsplit(each.url).query for each in found.next][-1] == "startrecord=93&endrecord=100&perpage=15"


def test_an_answer_of_the_proxy_is_read_like_its_page() -> None:
    url = f"https://tjj.example.gov.cn{PROXY}?page=2&appid=1"

    found = read(datastore(pages=3, group="./dataproxy.jsp?page=3&appid=1").encode(), url)

    assert len(found.entries) == 2
    assert found.entries[0].url == "https://tjj.example.gov.cn/art/2019/6/8/art_77_1.html"
    assert [each.url for each in found.next] == [f"https://tjj.example.gov.cn{PROXY}?page=3&appid=1"]


def test_the_last_answer_names_no_page() -> None:
    answer = read(datastore(pages=3).encode(), f"https://tjj.example.gov.cn{PROXY}?page=3&appid=1")
    ranged = read(
        datastore().encode(), f"https://tjj.example.gov.cn{PROXY}?startrecord=46&endrecord=90&perpage=15"
    )

    assert answer.next == ()
    assert ranged.next == ()


def test_a_page_that_shows_all_records_asks_for_no_more() -> None:
    assert read(column(datastore(rows=2, total=2), jpage(total=2))).next == ()


def test_rows_in_script_arrays_are_read() -> None:
    script = """urls[0]='/art/2019/6/8/art_77_1.html';headers[0]="科技周开幕";year[0]='2019';month[0]='06';day[0]='08';
    urls[1]='/art/2019/5/30/art_77_2.html';headers[1]="实验室&quot;开放日&quot;";year[1]='2019';month[1]='05';day[1]='30';"""

    found = read(f"<html><body><script>{script}</script></body></html>".encode())

    assert [(entry.title, entry.date) for entry in found.entries] == [
        ("科技周开幕", date(2019, 6, 8)),
        ('实验室"开放日"', date(2019, 5, 30)),
    ]


def test_a_page_names_a_bounded_number_of_pages() -> None:
    group = f"{PROXY}?page=1&columnid=77"

    assert len(read(column(datastore(total=999_999_999, pages=99_999_999, group=group))).next) <= 501
    assert len(read(column(datastore(total=999_999_999), jpage(per_page=1, total=999_999_999))).next) <= 501
