"""Texts of the Far East whose lines were wrapped at a column: no blank stands where a line ended."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article

LINES = (
    "臨川縣政府今（十三）日召開本年度第三次縣務會議，會中聽取農業處",
    "有關稻米收購情形之報告，並就各鄉鎮道路改善工程進度詳加討論，縣",
    "長並指示各單位務必於月底前完成檢討。",
)
SECOND = (
    "縣長表示，今年入夏以來雨量偏少，各水庫蓄水率均較往年為低，請水",
    "利處會同自來水公司研擬因應措施，以確保民生用水無虞。",
)
NOTICE = """例稿名稱：臨川地方法院公告（第二次拍賣）
發文日期：中華民國115年3月13日
主旨：公告以投標方法拍賣本院114年度司執字第70394號清償債
      務強制執行事件，債務人所有如附表所示不動產有關事項。
公告事項：
  一、不動產所在地、種類、權利範圍、實際狀況、占有使用情
      形及其他相關事項：均詳如附表。
  二、拍定人就拍賣物無物之瑕疵擔保請求權。
"""


def _page(body: str) -> bytes:
    menu = "".join(f"<li><a href=/{name}/>{name}</a></li>" for name in ("首頁", "縣政新聞", "服務"))
    return (
        "<html lang=zh-Hant-TW><head><meta charset=utf-8><title>縣務會議</title></head><body>"
        f"<ul>{menu}</ul><h1>縣務會議</h1>{body}</body></html>"
    ).encode()


def _read(body: str) -> tuple[str, ...]:
    return extract_article(_page(body), "https://www.linchuan.example.gov.tw/n?id=1").paragraphs


@pytest.mark.parametrize(
    "body",
    [
        "<pre>　　{}\n\n　　{}</pre>",
        "<div style='white-space: pre-wrap'>　　{}\n\n　　{}</div>",
        "<div><p>\n  {}\n</p><p>{}</p></div>",
    ],
)
def test_lines_that_were_wrapped_go_on_without_a_blank(body: str) -> None:
    shown = body.format("\n".join(LINES), "\n".join(SECOND))

    assert _read(shown) == ("".join(LINES), "".join(SECOND))


def test_lines_that_were_wrapped_with_breaks_go_on_without_a_blank() -> None:
    assert _read(f"<div>{'<br>'.join(LINES)}<br><br>{'<br>'.join(SECOND)}</div>") == (
        "".join(LINES),
        "".join(SECOND),
    )


def test_lines_that_hang_below_the_head_of_an_item_go_on_in_its_line() -> None:
    article = extract_article(_page(f"<pre>{NOTICE}</pre>"), "https://www.linchuan.example.gov.tw/n?id=1")

    assert article.paragraphs[-4:] == (
        "主旨：公告以投標方法拍賣本院114年度司執字第70394號清償債務強制執行事件，債務人所有如附表所示不動產有關事項。",
        "公告事項：",
        "一、不動產所在地、種類、權利範圍、實際狀況、占有使用情形及其他相關事項：均詳如附表。",
        "二、拍定人就拍賣物無物之瑕疵擔保請求權。",
    )
    assert article.published.isoformat()[:10] == "2026-03-13"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (
            "<p>主持人：王縣長\n紀錄：李科員\n出席：各局處首長</p>",
            "主持人：王縣長 紀錄：李科員 出席：各局處首長",
        ),
        (f"<p><b>{LINES[0]}</b>\n<b>{LINES[1]}</b></p>", f"{LINES[0]} {LINES[1]}"),
        (
            "<p>The county government held its third meeting of the year\non Friday and heard.</p>",
            "The county government held its third meeting of the year on Friday and heard.",
        ),
    ],
)
def test_other_ends_of_lines_in_the_markup_are_blanks(body: str, line: str) -> None:
    text = "".join(f"<p>{''.join(lines)}</p>" for lines in (LINES, SECOND))

    assert line in _read(f"<div>{text}{body}{text.replace('縣', '市')}</div>")
