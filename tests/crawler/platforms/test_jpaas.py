# ruff: noqa: E501 - markup reads better on one line
"""jpaas lists: the unit that a script names, and its JSON answer."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.extract import extract_list

LIST_URL = "https://gxj.example.gov.cn/col/col1229/index.html"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY = "{'parseType':'bulidstatic','webId':'8d82','tplSetId':'2097','pageType':'column','tagId':'%s','editType':'null','pageId':'1b56'}"


def list_page(*tags: str, parse_type: str = "bulidstatic") -> bytes:
    scripts = "".join(
        f'<script src="/x/AuthorizedRead/unitbuild.js" parseType="{parse_type}" url="{UNIT}" queryData="{QUERY % tag}"></script>'
        for tag in tags
    )
    return f"<html><body><div class='nav'><a href='/'>首页</a></div><div id='list'>{scripts}</div></body></html>".encode()


def answer(rows: int = 3, pager: str = '<div class="pagination" rows="15" count="40"></div>') -> bytes:
    html = "<ul>" + "".join(
        f'<li class="clearfix"><a href="/art/2026/art_{n:032x}.html" title="第{n}批中小企业专项资金安排公示">第{n}批中小企业专项…</a><span class="bt-right">2026-03-0{n}</span></li>'
        for n in range(1, rows + 1)
    ) + "</ul>" + pager  # fmt: skip
    return json.dumps({"success": True, "code": "200", "data": {"html": html}}).encode()


@pytest.mark.parametrize("parse_type", ["bulidstatic", "buildstatic"])
def test_a_list_page_asks_for_the_unit_of_its_list(parse_type: str) -> None:
    found = extract_list(list_page("当前位置", "分页列表", "友情链接", parse_type=parse_type), LIST_URL)

    assert found.platform == "jpaas"
    assert [parse_qs(urlsplit(each.url).query)["tagId"] for each in found.next] == [["分页列表"]]
    assert parse_qs(urlsplit(found.next[0].url).query)["webId"] == ["8d82"]
    assert dict(found.next[0].headers) == {"Referer": LIST_URL}


def test_a_site_declared_as_hanweb_that_has_moved_is_read_as_jpaas() -> None:
    found = extract_list(list_page("分页列表"), LIST_URL, platform="hanweb")

    assert (found.platform, len(found.next)) == ("jpaas", 1)


def test_an_answer_holds_rows_total_and_the_pages_after_it() -> None:
    url = f"https://gxj.example.gov.cn{UNIT}?webId=8d82&pageId=1b56"

    found = extract_list(answer(), url)

    assert found.total == 40
    assert found.entries[0].title == "第1批中小企业专项资金安排公示"
    assert found.entries[0].date == date(2026, 3, 1)
    assert [parse_qs(urlsplit(each.url).query)["paramJson"] for each in found.next] == [
        ['{"pageNo":2,"pageSize":15}'],
        ['{"pageNo":3,"pageSize":15}'],
    ]


def test_the_answer_for_a_later_page_names_those_after_it() -> None:
    url = f'https://gxj.example.gov.cn{UNIT}?webId=8d82&paramJson={{"pageNo":3,"pageSize":15}}'

    assert extract_list(answer(), url).next == ()


@pytest.mark.parametrize(
    "body", [b"{}", b'{"data": null}', b'{"data": {"html": 5}}', b"{", b'{"data": {"html": ""}}']
)
def test_an_answer_without_rows_is_an_empty_list(body: bytes) -> None:
    found = extract_list(body, f"https://gxj.example.gov.cn{UNIT}?webId=8d82")

    assert (found.entries, found.next) == ((), ())
