"""Facts on Chinese pages: lists of them over a text, labels without a colon, items amid a notice, who is the editor."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article

TITLE = "临江市2026年太阳能路灯采购项目中标结果公告"
TEXT = (
    "受市住房和城乡建设局委托，对太阳能路灯采购项目进行公开招标，现将中标结果公告如下。",
    "本公告期限为一个工作日，有异议的供应商可在公告期限届满之日起七个工作日内提出质疑。",
)
URL = "https://www.city.example/n/1.html"


def _page(body: str, *, over: str = "", head: str = "", title: str = TITLE, headline: str = TITLE) -> bytes:
    menu = "".join(f"<li><a href=/{name}/>{name}</a></li>" for name in ("首页", "要闻", "公开", "服务"))
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body><ul>{menu}</ul>"
        f"<div class=bt><h1>{headline}</h1>{over}</div><div class=nr>{body}</div>"
        "<div class=foot><p>主办：临江市人民政府办公室 网站标识码：3300000001</p></div></body></html>"
    ).encode()


def _lines(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


ITEMS = (
    *("1.采购人信息", "名 称：临江市住房和城乡建设局", "地 址：临江市滨江路1号", "联系方式：0571-1234567"),
    *("2.采购代理机构信息", "名 称：临江诚信招标有限公司", "联系方式：0571-7654321"),
)


def test_items_in_wrappers_of_their_own_amid_a_notice_belong_to_it() -> None:
    boxed = f"<div><div>{_lines(*ITEMS)}</div></div>"
    page = _page(
        _lines(TEXT[0], "九、联系方式") + boxed + _lines("3.项目联系方式", TEXT[1]), over="2026-05-09"
    )

    assert extract_article(page, URL).paragraphs == (
        TEXT[0],
        "九、联系方式",
        *ITEMS,
        "3.项目联系方式",
        TEXT[1],
    )


def test_a_hidden_quotation_behind_a_text_is_none_of_it() -> None:
    page = _page(
        f"{_lines(*TEXT)}<blockquote style='display: none'><samp>0</samp></blockquote>", over="2026-05-09"
    )

    assert extract_article(page, URL).paragraphs == TEXT


def test_a_list_of_facts_of_the_page_over_a_text_is_none_of_it_whatever_else_it_tells() -> None:
    facts = (
        "發布日期:2026-05-09",
        "聯絡電話:(02)2388-9393",
        "更新頻率:不定期",
        "更新日期:2026-05-10",
        "點閱次數:88",
    )
    page = _page(f"<ul class=info>{''.join(f'<li>{fact}</li>' for fact in facts)}</ul>{_lines(*TEXT)}")

    assert extract_article(page, URL).paragraphs == TEXT


def test_a_list_of_facts_of_an_event_stays() -> None:
    facts = ("時間：五月二十日上午九時", "地點：市政府三樓會議室", "報名費：免費")
    page = _page(f"<ul class=info>{''.join(f'<li>{fact}</li>' for fact in facts)}</ul>{_lines(*TEXT)}")

    assert extract_article(page, URL).paragraphs == (*facts, *TEXT)


@pytest.mark.parametrize(
    "over",
    [
        "<table><tr><th>發布機關</th><td>市政府民政局</td></tr><tr><th>發布日期</th><td>2026-05-09</td></tr></table>",
        "<table><tr><th>公告單位</th><td>市政府民政局</td><th>公告日期</th><td>115/10/07</td></tr></table>",
        "<dl><dt>发布机构</dt><dd>市政府民政局</dd></dl>",
        "<ul><li>2026-05-09 18:30</li><li>稿源：市政府民政局</li></ul>",
    ],
)
def test_the_source_stands_in_a_cell_behind_its_label_or_is_called_that_of_a_manuscript(over: str) -> None:
    assert extract_article(_page(_lines(*TEXT), over=over), URL).source == "市政府民政局"


def test_the_author_that_a_meta_states_is_none_where_the_page_calls_the_same_name_its_editor() -> None:
    page = _page(_lines(*TEXT) + "<p>责任编辑：宋某</p>", head="<meta name=author content=宋某>")

    article = extract_article(page, URL)

    assert (article.author, article.editor) == (None, "宋某")


def test_the_portal_of_the_state_council_states_the_editor_as_the_author() -> None:
    head = "<meta name='manuscriptId' content=1><meta name=author content=马某>"
    page = _page(f"<div id=UCAP-CONTENT>{_lines(*TEXT)}</div>", head=head)

    article = extract_article(page, "https://www.gov.cn/gongbao/content_1.htm")

    assert (article.author, article.editor) == (None, "马某")


def test_the_name_of_the_section_behind_two_lines_is_no_part_of_a_title() -> None:
    head = "<meta name='manuscriptId' content=1><meta name=lanmu content=2026年第23号>"
    page = _page(
        f"<div id=UCAP-CONTENT>{_lines(*TEXT)}</div>",
        head=head,
        title=f"{TITLE}__2026年第23号国务院公报_中国政府网",
        headline="",
    )

    assert extract_article(page, "https://www.gov.cn/gongbao/content_1.htm").title == TITLE


@pytest.mark.parametrize(
    "section", ["县长信箱", "政策文件", "在线访谈", "规范性文件", "某市政府教育局-公告訊息"]
)
def test_what_the_title_element_calls_the_section_is_no_title(section: str) -> None:
    page = _page(_lines(*TEXT), title=section, headline="").replace(
        b"<h1></h1>", f"<h4 class=doc_title>{TITLE}</h4>".encode()
    )

    assert extract_article(page, URL).title == TITLE


@pytest.mark.parametrize("stated", ["", "临江市人民政府网"])
@pytest.mark.parametrize(
    "credit", ["来源:市住建局<span>阅读:36</span>", "发布者：admin 发布时间：2026/5/9 11:20:05"]
)
def test_a_page_that_states_no_title_of_its_own_has_the_line_over_its_credits(
    stated: str, credit: str
) -> None:
    rows = f"<tr><td>{TITLE}</td></tr><tr><td>{credit}</td></tr><tr><td>{_lines(*TEXT)}</td></tr>"
    page = _page(f"<table>{rows}</table>", title=stated, headline="")

    article = extract_article(page, URL)

    assert (article.title, article.paragraphs) == (TITLE, TEXT)


def test_where_the_data_of_a_bulletin_are_from_is_text_if_a_sentence_says_it() -> None:
    line = "资料来源：本公报中财政数据来自市财政局。"

    assert extract_article(_page(_lines(*TEXT, line)), URL).paragraphs == (*TEXT, line)


def test_a_remark_of_publication_behind_a_day_alone_stays() -> None:
    lines = (*TEXT, *TEXT[:1], "2026年5月8日", "（此件主动公开）")

    assert extract_article(_page(_lines(*lines), over="2026-05-09"), URL).paragraphs == lines


@pytest.mark.parametrize(
    ("stated", "headline", "credit"),
    [
        ("临江市卫生局 医疗卫生", f"<h3>{TITLE}</h3>", "发布时间：2026-05-09 来源：市住建局"),
        ("临川林业", f"<div class=pages-title>{TITLE}</div>", "2026-05-09 09:33:12 来源： 市住建局"),
    ],
)
def test_a_title_element_that_the_page_does_not_repeat_gives_way_to_the_headline_over_the_credits(
    stated: str, headline: str, credit: str
) -> None:
    page = _page(_lines(*TEXT), over=f"<div class=info>{credit}</div>", title=stated, headline="").replace(
        b"<h1></h1>", headline.encode()
    )

    assert extract_article(page, URL).title == TITLE
