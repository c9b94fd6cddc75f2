"""Habits of Chinese list pages: labels before titles, columns of documents, pagers of their systems."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.extract import extract_list

URL = "http://www.city.example.cn/news/"
TITLES = (
    "市政府召开第88次常务会议研究部署安全生产工作",
    "关于2026年端午节放假安排的通知",
    "我市一季度外贸进出口同比增长8.3%",
    "市领导带队开展防汛防台工作督查调研",
    "全市生物医药产业高质量发展大会召开",
)
DAYS = tuple(date(2026, 5, day) for day in (9, 8, 7, 6, 5))


def _page(body: str, *, script: str = "") -> bytes:
    menu = "".join(f"<li><a href=/{name}/>{name}</a></li>" for name in ("首页", "要闻动态", "政务公开"))
    return (
        f"<html><head><meta charset=utf-8><title>工作动态</title></head><body><ul>{menu}</ul>{body}"
        f"<script>{script}</script><p>主办：临江市人民政府办公室</p></body></html>"
    ).encode()


def _rows(form: str) -> str:
    return "".join(
        form.format(number=number, title=title, day=day)
        for number, (title, day) in enumerate(zip(TITLES, DAYS, strict=True))
    )


PLAIN = "<ul class=list>" + _rows("<li><a href=/a/{number}.html>{title}</a><span>{day}</span></li>") + "</ul>"


def test_a_label_that_the_title_attribute_leaves_out_is_no_part_of_a_title() -> None:
    row = "<li><a href=/a/{number}.html title='{title}'><em>[市本级]</em>{title}</a><span>{day}</span></li>"

    found = extract_list(_page(f"<ul class=list>{_rows(row)}</ul>"), URL)

    assert tuple(entry.title for entry in found.entries) == TITLES


def test_the_mark_of_a_pinned_row_is_no_part_of_its_title() -> None:
    row = "<li><a href=/a/{number}.html>[置顶]{title}</a><span>{day}</span></li>"

    found = extract_list(_page(f"<ul class=list>{_rows(row)}</ul>"), URL)

    assert tuple(entry.title for entry in found.entries) == TITLES


def test_dots_behind_a_title_that_was_not_cut_are_none_of_it() -> None:
    row = "<li><a href=/a/{number}.html title='{title}'>{title}...</a><span>{day}</span></li>"

    found = extract_list(_page(f"<ul class=list>{_rows(row)}</ul>"), URL)

    assert tuple(entry.title for entry in found.entries) == TITLES


def test_rows_without_days_in_a_table_beside_a_list_of_dated_rows_are_none_of_it() -> None:
    beside = "".join(
        f"<tr><td>·<a href=/a/9{n}.html>全县组织工作会议第{n}次召开</a></td></tr>" for n in (1, 2)
    )
    rows = _rows("<tr><td>·<a href=/a/{number}.html>{title}</a></td><td>[{day}]</td></tr>")
    layout = f"<table><tr><td><table>{beside}</table></td><td><table>{rows}</table></td></tr></table>"

    found = extract_list(_page(layout), URL)

    assert tuple(entry.title for entry in found.entries) == TITLES


def test_rows_without_years_in_a_list_beside_one_of_whole_days_are_none_of_it() -> None:
    beside = "".join(
        f"<li><a href=/b/{n}.html>全市安全生产工作会议第{n}次召开</a><i>05-0{n}</i></li>" for n in (1, 2)
    )
    rows = _rows("<li><a href=/a/{number}.html>{title}</a><i>({day})</i></li>")

    found = extract_list(_page(f"<div><ul>{rows}</ul></div><div><ul>{beside}</ul></div>"), URL)

    assert tuple(entry.title for entry in found.entries) == TITLES


def test_rows_may_be_elements_that_open_an_article_where_they_are_clicked() -> None:
    row = "<div class=r onclick=\"window.open('/a/show.html?id={number}')\"><p>{title}</p><i>{day}</i></div>"

    found = extract_list(_page(f"<div>{_rows(row)}</div>"), URL)

    assert tuple((entry.title, entry.date) for entry in found.entries) == tuple(
        zip(TITLES, DAYS, strict=True)
    )


def test_a_list_is_found_on_a_page_that_names_nothing() -> None:
    menu = "<div><ul><li><a href=/a/>要闻动态</a></li><li><a href=/b/>通知公告</a></li></ul></div>"
    rows = _rows("<li><a href=/a/{number}.html>{title}</a><span>{day}</span></li>")

    found = extract_list(_page(f"{menu}<div><ul>{rows}</ul></div>{menu * 3}"), URL)

    assert tuple(entry.title for entry in found.entries) == TITLES


def test_a_table_of_documents_is_dated_by_the_column_of_their_publication() -> None:
    head = "<tr><th>标题</th><th>文号</th><th>成文日期</th><th>发布日期</th></tr>"
    row = (
        "<tr><td><a href=/a/{number}.html>{title}</a></td><td>临政发〔2026〕{number}号</td>"
        "<td>2026-04-01</td><td>{day}</td></tr>"
    )

    found = extract_list(_page(f"<table>{head}{_rows(row)}</table>"), URL)

    assert tuple(entry.date for entry in found.entries) == DAYS


def test_a_menu_that_stands_like_the_rows_of_old_tables_is_none_of_them() -> None:
    menu = "<table><tr><td><a href=index.asp>首页</a></td><td><a href=b.asp>县情</a></td></tr></table>"
    row = (
        "<tr><td><img src=dot.gif></td><td><a href=show.asp?id={number}>{title}</a></td><td>[{day}]</td></tr>"
    )

    page = f"<html><meta charset=utf-8><body>{menu}<table>{_rows(row)}</table></body></html>"

    assert tuple(entry.title for entry in extract_list(page.encode(), URL).entries) == TITLES


def test_the_files_that_a_script_counts_end_as_it_writes_them() -> None:
    script = """var currentPage = 0; var countPage = 3//pages
    document.write("<a href=\\"index_"+nextPage+".shtml\\">下一页</a>");"""

    found = extract_list(_page(PLAIN, script=script), URL)

    assert [request.url for request in found.next] == [f"{URL}index_1.shtml", f"{URL}index_2.shtml"]


def test_a_link_is_followed_that_names_the_next_page_beside_its_script() -> None:
    pager = (
        "<a tagname='/eportal/ui?pageId=3&currentPage=2' onclick=query(this) href='javascript:;'>下一页</a>"
    )

    (following,) = extract_list(_page(PLAIN + pager), URL).next

    assert following.url == "http://www.city.example.cn/eportal/ui?pageId=3&currentPage=2"


@pytest.mark.parametrize(
    ("call", "goes", "second"),
    [
        ('laypage({cont:"p",pages:3,', 'location.href="index_"+e.curr+".html"', f"{URL}index_2.html"),
        ('laypage.render({elem:"p",count:24,limit:8,', "location='?page=' + e.curr", f"{URL}?page=2"),
    ],
)
def test_the_pager_of_layui_says_where_it_goes(call: str, goes: str, second: str) -> None:
    found = extract_list(
        _page(PLAIN, script=f"{call}curr:1,jump:function(e,first){{if(!first){{{goes}}}}}}})"), URL
    )

    assert (len(found.next), found.next[0].url) == (2, second)


def test_a_pager_of_layui_that_loads_its_rows_is_named_as_unread() -> None:
    script = 'laypage.render({elem:"p",count:24,limit:8,jump:function(e){load(e.curr)}})'

    found = extract_list(_page(PLAIN, script=script), URL)

    assert (found.next, found.unread, found.total) == ((), "laypage", 24)


@pytest.mark.parametrize(
    "said",
    [
        "<p>共有信息 24 条，分 3 页</p>",
        "<section>共 24 筆資料，第 1/3 頁</section>",
        "<div><a>24条</a> <a>下一页</a></div>",
        "<div>总共有 24 封来信</div>",
        "<div>共找到 <span>24</span> 条内容</div>",
        "<div>为您找到相关结果约24个结果</div>",
        "<div>共计24条</div>",
        "<li><span>每页&nbsp;<em>8</em>&nbsp;记录</span><span>总共&nbsp;<em>24</em>&nbsp;记录&nbsp;</span></li>",
    ],
)
def test_a_total_is_read_wherever_a_pager_states_it(said: str) -> None:
    assert extract_list(_page(PLAIN + said), URL).total == 24


def test_the_capital_of_taiwan_counts_years_of_the_republic() -> None:
    row = "<li><a href=/a/{number}.html>{title}</a><span>115-05-09</span></li>"

    found = extract_list(_page(f"<ul class=list>{_rows(row)}</ul>"), "https://www.gov.taipei/News.aspx?n=1")

    assert {entry.date for entry in found.entries} == {date(2026, 5, 9)}


def test_rows_without_days_whose_titles_are_cut_early_are_a_list_and_the_menu_above_none_of_it() -> None:
    rows = "".join(f"<tr><td>·<a href=show.asp?id={n}>{n}号水库蓄水率..</a></td></tr>" for n in range(11, 21))
    menu = "<table><tr><td><a href=index.asp>首页</a> <a href=list.asp>新闻</a></td></tr></table>"
    pager = "<table><tr><td>共28条 第1/3页 上一页 <a href='?page=2'>下一页</a></td></tr></table>"

    found = extract_list(
        f"<html><body>{menu}<table>{rows}</table>{pager}</body></html>".encode(), f"{URL}list.asp"
    )

    assert [entry.url for entry in found.entries] == [f"{URL}show.asp?id={n}" for n in range(11, 21)]
    assert [request.url for request in found.next] == [f"{URL}list.asp?page=2"]


def test_two_dots_cut_a_title_too() -> None:
    rows = "".join(
        f"<li><a href='{number}.html' title='{title}'>{title[:8]}..</a><span>2026-05-09</span></li>"
        for number, title in enumerate(TITLES)
    )

    found = extract_list(_page(f"<ul>{rows}</ul>"), URL)

    assert [entry.title for entry in found.entries] == [*TITLES]
