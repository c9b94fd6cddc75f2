"""Articles of official accounts: their day in a script, and what stands around every text."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article

TITLE = "关于做好2026年夏粮收购工作的通知"
TEXT = (
    "经市政府同意，现就做好2026年夏粮收购工作通知如下，请结合实际抓好贯彻落实。",
    "各地要落实粮食安全责任，提前安排仓容、资金和人员，方便农民售粮，严防出现卖粮难。",
    "各级发展改革部门要会同有关单位加强市场监测，依法严厉查处坑农害农的行为。",
)


def _lines(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


ACCOUNT = "<h1 id=activity-name>{title}</h1><a id=js_name>临江发布</a><div id=js_content>{body}</div><script>{script}</script>"


@pytest.mark.parametrize(
    "script",
    [
        'var ct = "1778234400";',
        "var ct='1778234400',a=1;",
        'var publish_time = "2026-05-08" || "";',
        "var oriCreateTime = '1778234400';",
        "var createTime = '2026-05-08 18:00';",
        "window.cgiData = {create_time: '1778234400' * 1}",
    ],
)
def test_scripts_of_an_account_tell_the_day_in_the_ways_of_ten_years(script: str) -> None:
    page = ACCOUNT.format(title=TITLE, body=_lines(*TEXT), script=script)

    article = extract_article(page.encode(), "https://mp.weixin.qq.com/s/abc")

    assert str(article.published)[:10] == "2026-05-08"


@pytest.mark.parametrize("over", ["点击上方蓝字关注我们", "↑ 点击上方“临江发布”关注我们"])
def test_how_an_account_asks_to_be_followed_is_no_part_of_its_texts(over: str) -> None:
    page = ACCOUNT.format(title=TITLE, body=_lines(over, *TEXT), script="")

    assert extract_article(page.encode(), "https://mp.weixin.qq.com/s/abc").paragraphs == TEXT


@pytest.mark.parametrize(
    "behind",
    [
        ("END", "来源丨临江发布", "责编丨张某", "往期推荐", "全市防汛演练举行"),
        ("- END -", "编辑：张某", "点击下方“阅读原文”查看更多"),
        ("长按识别二维码关注我们", "点个“在看”再走吧"),
        ("资料：市卫健委", "编辑：李某", "* 转载请注明来自临江发布官方微信"),
        ("本文来源：市卫健委", "内容来源 | 临江发布", "▼ 推荐阅读 ▼"),
    ],
)
def test_how_an_account_closes_its_texts_is_no_part_of_them(behind: tuple[str, ...]) -> None:
    page = ACCOUNT.format(title=TITLE, body=_lines(*TEXT, *behind), script="")

    assert extract_article(page.encode(), "https://mp.weixin.qq.com/s/abc").paragraphs == TEXT
