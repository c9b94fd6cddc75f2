"""Habits of Chinese government pages: who is addressed, who signs, facts in brackets, names before titles."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article

TITLE = "关于做好2026年夏粮收购工作的通知"
ADDRESSED = "各县人民政府，市级各单位："
TEXT = (
    "经市政府同意，现就做好2026年夏粮收购工作通知如下，请结合实际抓好贯彻落实。",
    "各地要落实粮食安全责任，提前安排仓容、资金和人员，方便农民售粮，严防出现卖粮难。",
    "各级发展改革部门要会同有关单位加强市场监测，依法严厉查处坑农害农的行为。",
)
SIGNED = ("临江市人民政府办公室", "2026年5月8日")
FACTS = "<div class='xx'>2026-05-09 来源：市政府办公室</div>"


def _page(body: str, *, title: str = TITLE, over: str = FACTS) -> bytes:
    menu = "".join(f"<li><a href=/{name}/>{name}</a></li>" for name in ("首页", "要闻", "公开", "服务"))
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><ul>{menu}</ul>"
        f"<div class=bt><h1>{TITLE}</h1>{over}</div><div class=nr>{body}</div>"
        "<div class=foot><p>主办：临江市人民政府办公室 网站标识码：3300000001</p></div></body></html>"
    ).encode()


def _lines(*lines: str, tag: str = "p") -> str:
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines)


def test_the_line_that_says_who_is_addressed_is_part_of_the_text() -> None:
    lines = (ADDRESSED, TEXT[0], "6月19日（星期五）至21日（星期日）放假调休，共3天。", TEXT[1], *SIGNED)
    over = "<h6><span>发布时间：2026-06-11</span><span>发布单位：县政府办</span></h6>"
    body = _lines(*lines, tag="div").replace("<div>", "<div class=start>", 1)

    article = extract_article(_page(body, over=over), "https://www.city.example/n/1.html")

    assert article.paragraphs == lines


def test_who_signs_behind_a_table_signs_the_text_over_it() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{tons}</td></tr>" for name, tons in (("县", "吨"), ("甲县", "88"))
    )
    page = _page(f"{_lines(*TEXT)}<table>{rows}</table>{_lines(*SIGNED)}")

    article = extract_article(page, "https://www.city.example/n/1.html")

    assert article.paragraphs == (*TEXT, *SIGNED)
    assert article.tables == ((("县", "吨"), ("甲县", "88")),)


ANNEX = (
    *("第一章 总则", "第一条 为了规范粮食收购活动，根据有关法律法规，制定本办法。", "第二章 收购"),
    *(
        "第二条 市粮食主管部门负责统筹全市粮食收购工作。",
        "第三章 附则",
        "第三条 本办法自2026年7月1日起施行。",
    ),
)


def test_short_lines_of_an_annex_behind_the_signature_belong_to_the_text() -> None:
    for tag in ("p", "div"):
        lines = (TEXT[0], *SIGNED, *ANNEX)

        assert (
            extract_article(_page(_lines(*lines, tag=tag)), "https://www.city.example/n/1.html").paragraphs
            == lines
        )


def test_facts_that_close_a_text_stay_and_credits_behind_them_go() -> None:
    facts = ("解读机关：市民政局", "解读人：张某", "联系电话：0571-87654321")
    for tag in ("p", "div"):
        page = _page(_lines(*TEXT, *facts, "责任编辑：李某", tag=tag))

        assert extract_article(page, "https://www.city.example/n/1.html").paragraphs == (*TEXT, *facts)


def test_facts_of_a_publication_in_brackets_are_no_text() -> None:
    facts = ("【信息时间：2026-05-09】", "【阅读次数：】", "【我要打印】", "【关闭】")
    page = _page(_lines(*facts, TEXT[0], *SIGNED), over="")

    article = extract_article(page, "https://www.city.example/n/1.html")

    assert article.paragraphs == (TEXT[0], *SIGNED)
    assert str(article.published) == "2026-05-09"


def test_what_a_player_shows_without_its_script_is_no_text() -> None:
    player = _lines("播放时间：", "字幕 倍速 清晰度", "刷新 重试 诊断", tag="div")
    video = "<video>您的浏览器不支持视频播放</video><p>您的浏览器不支持视频播放</p>"
    page = _page(video + player + _lines(*TEXT))

    assert extract_article(page, "https://www.city.example/n/1.html").paragraphs == TEXT


def test_the_author_that_the_portal_of_the_state_council_states_is_its_editor_not_the_source() -> None:
    head = "<head><meta name='manuscriptId' content=1><meta name='author' content=宋岩>"
    page = _page(_lines(*TEXT)).replace(b"<head>", head.encode())

    article = extract_article(page, "https://www.gov.cn/yaowen/content_1.htm")

    assert article.source == "市政府办公室"


def test_what_a_headline_holds_behind_itself_is_none_of_it() -> None:
    for behind in ("<p>文章来源：办公室 发布时间：2026-05-09</p>", "<p>临政办发〔2026〕12号</p>"):
        headline = f"<div class=article-title><p>{TITLE}</p>{behind}</div>"
        page = _page(_lines(*TEXT), over="").replace(f"<h1>{TITLE}</h1>".encode(), headline.encode())

        assert extract_article(page, "https://www.city.example/n/1.html").title == TITLE


@pytest.mark.parametrize(
    ("stated", "path"),
    [
        (f"临江市人民政府 规范性文件 {TITLE}", ""),
        (f"Linjiang, China Notices {TITLE}", "<div>Home><a href=/n/>Notices</a></div>"),
        ("全国公共资源交易平台（某省·临江市）", "<div>首页 > 公告</div>"),
    ],
)
def test_the_names_that_a_title_element_begins_with_are_no_part_of_the_headline(
    stated: str, path: str
) -> None:
    page = _page(_lines(*TEXT), title=stated).replace(b"h1>", b"strong>")
    page = page.replace(b"<div class=bt>", f"{path}<div class=bt>".encode())

    assert extract_article(page, "https://www.city.example/n/1.html").title == TITLE


def test_chinese_lines_that_open_with_a_number_or_a_label_are_parted_by_one_break() -> None:
    lines = ("一、招标人", "名 称：临江市水利局", "联系人：王女士", "电 话：0571-1234567", "二、其他")
    page = _page(_lines(*TEXT) + f"<p>{'<br>'.join(lines)}</p>" + _lines(TEXT[0] + "特此公告。"))

    assert extract_article(page, "https://www.city.example/n/1.html").paragraphs[3:8] == lines


@pytest.mark.parametrize(
    "credit",
    [
        "一审：张某 二审：李某 三审：王某",
        "文字：张某 图片：李某",
        "审核人：李某",
        "编辑 | 张某",
        "2026年5月8日（星期五） 香港時間17時05分",
        "2026-05-08 星期五 發布時間：16時20分",
    ],
)
def test_who_made_a_text_and_when_it_was_issued_stand_behind_it(credit: str) -> None:
    page = _page(f"<div class=TRS_Editor>{_lines(*TEXT, credit)}</div>")

    assert extract_article(page, "https://www.city.example/n/1.html").paragraphs == TEXT


def test_a_table_right_behind_the_text_is_kept_apart_from_it() -> None:
    table = "<table><tr><td>县</td><td>吨</td></tr><tr><td>甲县</td><td>88</td></tr></table>"
    page = _page(_lines(*TEXT[:2]) + table, over=FACTS).replace(b"h1>", b"div>")

    article = extract_article(page, "https://www.city.example/n/1.html")

    assert (article.paragraphs, article.tables) == (TEXT[:2], ((("县", "吨"), ("甲县", "88")),))


def test_a_site_and_its_section_in_brackets_behind_a_title_are_none_of_it() -> None:
    stated = f"{TITLE}（某院全球資訊網－本院新聞）"
    page = _page(_lines(*TEXT), title=stated).replace(
        b"<head>", f"<head><meta name=DC.Title content='{stated}'>".encode()
    )

    assert extract_article(page, "https://www.office.example.gov.tw/Page/1").title == TITLE


@pytest.mark.parametrize("host", ["www.city.example.cn", "www.city.example"])
def test_a_page_that_tells_but_the_day_of_its_update_is_of_that_day(host: str) -> None:
    page = _page(_lines(*TEXT), over="<p>Updated: May 9, 2026 17:39 <span>Xinhua</span></p>")

    article = extract_article(page, f"https://{host}/n/1.html")

    assert (str(article.published)[:10], article.published_from) == ("2026-05-09", "change at the headline")


def test_the_second_headline_behind_dashes_is_no_text() -> None:
    text = (
        "新华社北京5月8日电 全国粮食工作会议8日在京召开，部署夏粮收购等重点工作。",
        "会议强调，要守住底线。",
    )
    page = _page(_lines(*text), over=f"<p>——部署夏粮收购等重点工作</p>{FACTS}")

    assert extract_article(page, "https://www.city.example/n/1.html").paragraphs == text


def test_a_signature_and_the_name_of_an_annex_amid_a_text_stay() -> None:
    lines = (
        *(
            "各区人民政府，市政府直属各单位：",
            "现将《临江市促进消费若干措施》印发给你们，请认真组织实施。",
            *SIGNED,
        ),
        *("临江市促进消费若干措施", "为进一步释放消费潜力，制定如下措施。"),
        *("一、发放消费券", "全年发放消费券3亿元。"),
    )
    for tag in ("p", "div"):
        page = _page(_lines(*lines, tag=tag))

        assert extract_article(page, "https://www.city.example/n/1.html").paragraphs == lines


def test_markup_that_a_system_escaped_into_the_title_is_none_of_it() -> None:
    page = _page(f"<div class=TRS_Editor>{_lines(*TEXT)}</div>", title="要闻").replace(
        b"<head>", "<head><meta name=ArticleTitle content='夏粮收购&lt;br/&gt;工作部署'>".encode()
    )

    title = extract_article(page, "https://www.city.example/n/202605/t20260509_1.html").title

    assert title == "夏粮收购 工作部署"


def test_a_short_text_below_its_headline_and_day_is_an_article_whatever_news_stand_beside_it() -> None:
    news = "".join(
        f"<li><a href=/x/{day}.html>全市经济社会发展取得新成效之第{day}篇报道内容摘要</a><i>2026-05-0{day}</i></li>"
        for day in range(1, 9)
    )
    page = _page(_lines(TEXT[1]), over="<p>2026-05-09 <span>市文旅局</span></p>")
    page = page.replace(b"<div class=bt>", f"<div class=side><ul>{news}</ul></div><div class=bt>".encode())

    assert extract_article(page, "https://www.city.example/n/1.html").paragraphs == (TEXT[1],)


def test_the_source_of_news_is_read_behind_its_label() -> None:
    page = _page(_lines(*TEXT), over="<div>时间：2026年05月09日 作者： 新闻来源：办公室</div>")

    assert extract_article(page, "https://www.city.example/n/1.html").source == "办公室"


def test_a_table_of_facts_without_colons_tells_the_day() -> None:
    facts = (
        "<table><tr><td>公开日期</td><td>2026-05-09</td><td>文号</td><td>临政〔2026〕3号</td></tr></table>"
    )
    page = _page(_lines(TEXT[0], *SIGNED), over=facts)

    assert str(extract_article(page, "https://www.city.example/n/1.html").published) == "2026-05-09"


def test_a_headline_may_hold_the_facts_of_its_text_behind_a_line_break() -> None:
    facts = "<br><span>2026-05-09 09:20:11&nbsp;&nbsp;来源：综合科&nbsp;&nbsp;评论：<a>0</a> 点击：</span>"
    page = _page(_lines(*TEXT), over="").replace(f"{TITLE}</h1>".encode(), f"{TITLE}{facts}</h1>".encode())

    article = extract_article(page, "https://www.city.example/index.php?id=1")

    assert (article.title, article.source, article.paragraphs) == (TITLE, "综合科", TEXT)
    assert str(article.published)[:10] == "2026-05-09"


def test_an_abstract_that_a_system_cut_from_the_text_is_none_of_it() -> None:
    page = _page(f"<div class=intro>{TEXT[0]}{TEXT[1][:12]}...</div>" + _lines(*TEXT))

    assert extract_article(page, "https://www.city.example/n/1.html").paragraphs == TEXT


def test_the_parts_of_an_article_are_numbered_in_brackets() -> None:
    pager = "".join(
        f"<a href=/n1/c1-40500002{part}.html>【{number}】</a>" for number, part in ((1, ""), (2, "-2"))
    )
    page = _page(_lines(*TEXT) + f"<div class=zdfy>{pager}</div>")

    found = extract_article(page, "http://news.example.cn/n1/c1-40500002.html").next_page

    assert found == "http://news.example.cn/n1/c1-40500002-2.html"


def test_a_portal_says_beside_a_source_that_the_text_is_its_own() -> None:
    head = "<head><meta name=source content='来源：人民网-文化频道 原创稿'>".encode()
    page = _page(_lines(*TEXT), over="").replace(b"<head>", head)

    assert extract_article(page, "https://www.city.example/n/1.html").source == "人民网-文化频道"


FILED = (
    *("By Li Wei | city.example.cn | Updated: 2026-05-08 10:12", "english.city.cn | Updated: 2026-05-08"),
    *("【法规类型】海关规范性文件", "【效    力】[有效]", "【发文机关】海关总署"),
    *(
        "索 引 号： 0001/2026-1 公开方式： 主动公开",
        "发文机构：市政府办公室 成文日期：2026年5月6日",
        "有 效 性： 有效",
    ),
    *(
        "文　　号：临政发〔2026〕1号",
        "[ 索引号 ] 111 [ 发文字号 ] 渝府发〔2026〕1号",
        "信息分类：工作动态",
        "体裁：通知",
    ),
    *("（ 2026-05-08 09:20 ）", "语音播报：", "听全文", "已阅：28次", "发布：2026-05-08"),
)
CLOSING = (
    *(
        "【我要纠错】",
        "0人点赞",
        "【版权声明】凡本网注明来源为“临江新闻网”的作品，未经授权不得转载。",
        "是否有帮助？ 有 无",
        "满意度评价：满意 基本满意 不满意",
        "已有 0 人参与评价",
    ),
    *(
        "扫码查看手机版",
        "手机扫一扫分享给好友",
        "保存 打印 关闭",
        "推荐给朋友",
        "本页二维码",
        "相关政策：",
        "政策解读：",
    ),
    *(
        "打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。",
        "特此声明：凡本网注明来源的作品均转载自其它媒体",
    ),
    *("统稿：张某", "图：王某", "供图：王某", "作者单位：市府办", "通讯员：王某", "记者 王某", "编审：王某"),
)


@pytest.mark.parametrize(
    ("over", "behind"), [*((line, "") for line in FILED), *(("", line) for line in CLOSING)]
)
def test_what_systems_print_around_a_text_is_none_of_it(over: str, behind: str) -> None:
    page = _page(f"<div class=TRS_Editor>{_lines(over)}{_lines(*TEXT)}{_lines(behind)}</div>")

    assert extract_article(page, "https://www.city.example/n/1.html").paragraphs == TEXT


@pytest.mark.parametrize(
    "line",
    ["联系人：张某", "地点：市行政中心会议室", "特此公告。", "（此件公开发布）", "来源于群众、服务于群众"],
)
def test_lines_that_close_a_notice_stay(line: str) -> None:
    page = _page(f"<div class=TRS_Editor>{_lines(*TEXT, line)}</div>")

    assert extract_article(page, "https://www.city.example/n/1.html").paragraphs == (*TEXT, line)


def test_a_headline_that_a_text_repeats_on_three_lines_is_none_of_it() -> None:
    lines = (TITLE[:4], TITLE[4:12], TITLE[12:])

    article = extract_article(_page(_lines(*lines, *TEXT)), "https://www.city.example/n/1.html")

    assert article.paragraphs == TEXT


def test_lines_that_begin_with_words_of_the_headline_are_text() -> None:
    lines = (TITLE[:4], *TEXT)

    article = extract_article(_page(_lines(*lines)), "https://www.city.example/n/1.html")

    assert article.paragraphs == lines


def test_lines_that_are_counted_without_a_mark_are_parted_by_one_break() -> None:
    lines = ("报名须提交以下材料", "1身份证复印件", "2近期免冠照片", "3学历证书")

    article = extract_article(
        _page(_lines(*TEXT[:2], "<br>".join(lines), TEXT[2])), "https://www.city.example/n/1.html"
    )

    assert article.paragraphs == (*TEXT[:2], *lines, TEXT[2])


def test_numbers_that_lines_begin_with_are_no_count() -> None:
    lines = ("全市上半年生产总值增长", "3个百分点的贡献来自工业，", "2个百分点来自服务业")

    article = extract_article(
        _page(_lines(*TEXT[:2], "<br>".join(lines), TEXT[2])), "https://www.city.example/n/1.html"
    )

    assert article.paragraphs == (*TEXT[:2], " ".join(lines), TEXT[2])


def test_who_edited_a_text_of_an_account_is_named_over_what_else_it_recommends() -> None:
    closing = ("编辑 / 陈晓", "审核 / 林志", "往期推荐", "反诈宣传进校园")

    article = extract_article(_page(_lines(*TEXT, *closing)), "https://www.city.example/n/1.html")

    assert (article.paragraphs, article.editor) == (TEXT, "陈晓")
