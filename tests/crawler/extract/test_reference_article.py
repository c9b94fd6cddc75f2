"""The reference article: its text dump and its HTML forms give the same lines, character for character."""

from __future__ import annotations

import html
from datetime import date
from textwrap import fill

import pytest

from crawler.extract import extract_article, extract_text

TITLE = (
    "Harbour City and Lakeland hold exchange meeting on counterpart cooperation and poverty alleviation, "
    "Anna Berg and Jo Hill deliver speech"
)
PARAGRAPHS = (
    "The exchange meeting on counterpart cooperation was held in Harbour City on the 8th. Anna Berg, Governor of "
    "the Coast, and Jo Hill, Governor of Lakeland, attended the meeting and delivered a speech.",
    "Anna Berg first welcomed the delegation to the first expo. She pointed out that the Coast's cooperation is a "
    "major responsibility. Over the years, the Coast has strengthened its cooperation with Lakeland, and achieved "
    "good results in institutional innovation, platform construction and industrial cooperation.",
    "On behalf of Lakeland, Jo Hill expressed his gratitude for inviting Lakeland as the “theme province” to "
    "participate in the first expo. He hoped that the two sides will focus on the implementation of projects.",
    "During their stay, the delegation attended the expo, held a special promotion meeting of “Revitalizing the "
    "North – A Greeting from Open Lakeland”, and held a forum attended by experts and entrepreneurs.",
)
DUMP = "\n".join(("Home>Hot News", "Eyesight Protection:", TITLE, "", *PARAGRAPHS, "", "print】 【close", ""))
TOOLBARS = (
    "【<a href='javascript:print()'>print</a>】 【<a href='javascript:close()'>close</a>】",
    "[<a>Print</a>] [<a>Close</a>]",
    "<a>打印本页</a> <a>关闭窗口</a>",
    "print】 【close",
    "【ｐｒｉｎｔ】　【ｃｌｏｓｅ】",
    "【PRINT】&nbsp;【CLOSE】",
    "<span class='printer'>打印</span><span class='close'>关闭</span>",
)
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<meta name="ArticleTitle" content="{title}"></head><body>
<div class="position"><a href="/">Home</a>&gt;<a href="/col/col1/index.html">Hot News</a></div>
<div class="eyes">Eyesight Protection: <a href="javascript:setColor('FAFBE6')"><img alt="" src="/a.gif"></a>
<a href="javascript:setColor('FFF2E2')"><img alt="" src="/b.gif"></a></div>
<div class="main"><p class="con-title">{title}</p><div id="zoom">{body}</div><div class="tools">{toolbar}</div></div>
<div class="foot">Copyright Harbour City. All rights reserved. <a href="/map">Site map</a></div></body></html>"""


@pytest.mark.parametrize("toolbar", TOOLBARS)
@pytest.mark.parametrize(
    "wrap", ["<p>{}</p>", "{}<br><br>", "<p>&nbsp;&nbsp;&nbsp;&nbsp;{}</p>", "<div>{}</div>"]
)
def test_every_html_form_gives_the_same_text(toolbar: str, wrap: str) -> None:
    body = "\n".join(wrap.format(html.escape(paragraph)) for paragraph in PARAGRAPHS)
    page = PAGE.format(title=html.escape(TITLE), body=body, toolbar=toolbar)

    article = extract_article(page.encode(), "http://english.harbour.example/art/2019/6/8/art_1_2.html")

    assert article.title == TITLE
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("toolbar", TOOLBARS)
def test_a_toolbar_inside_of_the_body_goes_too(toolbar: str) -> None:
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in PARAGRAPHS)
    page = PAGE.format(title=html.escape(TITLE), body=f"{body}<p>{toolbar}</p>", toolbar="")

    article = extract_article(page.encode(), "http://english.harbour.example/art/2019/6/8/art_1_2.html")

    assert article.paragraphs == PARAGRAPHS


def test_a_text_dump_gives_the_title_line_and_the_paragraphs() -> None:
    article = extract_text(DUMP)

    assert article.title == TITLE
    assert article.paragraphs == PARAGRAPHS
    assert article.published is None
    assert article.published_from == "none: no date in text, metas or URL"
    assert [(line.text, line.rule, line.position) for line in article.removed] == [
        ("Home>Hot News", "breadcrumb", "top"),
        ("Eyesight Protection:", "eyesight", "top"),
        ("print】 【close", "print-close", "end"),
    ]


def test_a_dump_gives_the_day_and_the_source_that_stand_below_its_title() -> None:
    dump = """首页>要闻

    市长主持召开市政府常务会议

    发布时间：2026-11-08 来源：市府办 浏览次数：12

    字号：[大 中 小]

    11月8日上午，市长李明主持召开市政府常务会议，研究部署安全生产工作。

    【打印本页】 【关闭窗口】"""

    article = extract_text(dump)

    assert article.title == "市长主持召开市政府常务会议"
    assert article.paragraphs == ("11月8日上午，市长李明主持召开市政府常务会议，研究部署安全生产工作。",)
    assert (article.published, article.published_from) == (date(2026, 11, 8), "label 发布时间")
    assert article.source == "市府办"


def test_a_day_alone_below_the_title_is_the_day_of_a_dump_and_one_below_the_text_is_not() -> None:
    lines = ["Council widens Harbour Road", "3 November 2026", "Work starts in March.", "9 November 2026"]

    article = extract_text("\n\n".join(lines))

    assert article.published == date(2026, 11, 3)
    assert article.paragraphs == ("Work starts in March.", "9 November 2026")


def test_lines_that_were_wrapped_are_one_paragraph_and_others_stay() -> None:
    paragraphs = (
        "The city council approved on Monday a budget of 12 million for seven new schools in the eastern"
        " districts, where the number of pupils has doubled within ten years.",
        "Mayor Helen Ortiz said that the first of them would open in September next year, and that the council"
        " would hire 40 teachers.",
    )
    items = (
        "Schools: 7",
        "Teachers: 40",
        "Budget: 12 million, of which a third is for the roads to the schools",
    )
    wrapped = "\n\n".join(fill(paragraph, 66) for paragraph in paragraphs)

    article = extract_text(f"Council approves budget\n\n{wrapped}\n\n" + "\n".join(items))

    assert article.paragraphs == (*paragraphs, *items)


@pytest.mark.parametrize(
    "lines",
    [
        (
            "The council opens seven new schools in the eastern districts",
            "Mayor Helen Ortiz said so on Monday.",
        ),
        (
            "全市经济工作会议召开，会议总结今年工作，部署明年任务，" * 2,
            "会议指出，要坚持稳中求进，扎实推动高质量发展，确保完成任务。" * 2,
        ),
    ],
)
def test_lines_that_are_only_as_long_as_each_other_stay(lines: tuple[str, ...]) -> None:
    assert extract_text("\n".join(("Council approves budget", "", *lines))).paragraphs == lines
