"""Letters to a mayor: question and answer are the text, however the page lays out the facts about them."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article

ASKED = "我住在滨江小区3幢，楼下餐饮店油烟扰民，夜间尤其严重，请有关部门处理。"
ANSWERED = (
    "网友您好！您反映的问题已收悉，现答复如下：",
    "经现场核查，该店油烟净化设施未按规定清洗，我局已责令其限期整改，并将加强巡查。",
    "感谢您对我们工作的关心和支持！",
)
ANSWER = "".join(f"<p>{line}</p>" for line in ANSWERED)
TITLE = "餐饮油烟扰民"
LAYOUTS = {
    "rows": "<table><tr><th>来信标题<td colspan=3>{title}<tr><th>来信人<td>张**<th>来信时间<td>2026-05-04"
    "<tr><th>来信内容<td colspan=3>{asked}<tr><th>答复单位<td>市城管局<th>答复时间<td>2026-05-08 10:05"
    "<tr><th>回复内容<td colspan=3>{answer}</table>",
    "two tables": "<table><tr><td>标题：<td>{title}<tr><td>留言时间：<td>2026-05-02<tr><td>留言内容：<td>{asked}</table>"
    "<table><tr><td>办理单位：<td>市城管局<tr><td>办结时间：<td>2026年5月8日<tr><td>办理结果：<td>{answer}</table>",
    "labels in rows of their own": "<table><tr><th>标题<td>{title}<tr><th colspan=2>诉求内容<tr><td colspan=2>{asked}"
    "<tr><th colspan=2>处理结果<tr><td colspan=2>{answer}<tr><th>承办单位<td>市城管局<tr><th>答复日期<td>2026-05-08</table>",
    "terms": "<dl><dt>信件标题：<dd>{title}<dt>写信时间：<dd>2026-05-01<dt>信件内容：<dd><p>{asked}</dl>"
    "<dl><dt>回复单位：<dd>市城管局<dt>回复时间：<dd>2026-05-08<dt>回复内容：<dd>{answer}</dl>",
    "pairs": "<div><span>咨询标题</span><span>{title}</span></div><div><span>咨询内容</span><span>{asked}</span></div>"
    "<div><span>回复部门</span><span>市城管局</span></div><div><span>回复时间</span><span>2026-05-08</span></div>"
    "<div><span>回复内容</span><div>{answer}</div></div>",
    "lines": "<div><p>来信标题：{title}</p><p>来信时间：2026-05-02　来信人：李**</p><p>来信内容：{asked}</p></div>"
    "<div><p>答复单位：市城管局</p><p>答复时间：2026-05-08 09:00</p><div>答复内容：{answer}</div></div>",
    "bare labels": "<h2>留言内容</h2><table><tr><td>标题<td>{title}<tr><td>内容<td>{asked}<tr><td>发布人<td>张**"
    "<tr><td>发布时间<td>2026-05-01<tr><td>回复内容<td>{answer}<tr><td>回复单位<td>市城管局<tr><td>回复时间<td>2026-05-08</table>",
    "headings": "<h1>{title}</h1><h3>问题描述</h3><p>{asked}</p><h3>官方回复</h3>"
    "<p>回复单位：市城管局　　回复时间：2026-05-08</p>{answer}",
}


def _page(layout: str, **values: str) -> bytes:
    body = layout.format(**{"title": TITLE, "asked": ASKED, "answer": ANSWER, **values})
    menu = "".join(f"<li><a href=/{name}/>{name}</a></li>" for name in ("首页", "公开", "互动"))
    return (
        f"<html><head><meta charset=utf-8><title>市长信箱-临江市人民政府</title></head><body><ul>{menu}</ul>"
        f"<div>当前位置：首页 &gt; 市长信箱</div><div class=box>{body}</div><p>主办：临江市人民政府办公室</p></body></html>"
    ).encode()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_letter_is_read_as_question_and_answer_of_the_day_of_the_answer(layout: str) -> None:
    article = extract_article(_page(LAYOUTS[layout]), "https://www.city.example.cn/szxx/9.html")

    assert article.paragraphs == (ASKED, *ANSWERED)
    assert (article.title, str(article.published)[:10], article.source) == (TITLE, "2026-05-08", "市城管局")


def test_a_letter_that_was_not_answered_yet_is_its_question() -> None:
    page = _page(LAYOUTS["rows"], answer="").replace(b"2026-05-08 10:05", b"")

    assert extract_article(page, "https://www.city.example.cn/szxx/9.html").paragraphs == (ASKED,)


def test_a_report_that_holds_a_table_of_what_was_found_and_done_is_no_letter() -> None:
    text = tuple(f"督察组第{number}日下沉各县区，{ANSWERED[1]}" for number in range(1, 6))
    table = "<table><tr><td>问题描述<td>油烟扰民<tr><td>处理结果<td>已责令该店停业，完成整改并验收</table>"
    page = _page("<h1>{title}</h1>" + "".join(f"<p>{line}</p>" for line in text) + table)

    article = extract_article(page, "https://www.city.example.cn/szxx/9.html")

    assert article.paragraphs[:5] == text


def test_who_wrote_a_letter_and_when_is_no_text_where_nothing_labels_the_question() -> None:
    layout = (
        "<h3>{title}</h3><dl><dt>信件编号<dd>20260504001<dt>来信人<dd>张**<dt>来信时间<dd>2026-05-04 20:11</dl>"
        "<div><p>{asked}</p></div><div><p>答复时间：2026-05-08 11:02</p>{answer}</div>"
    )

    article = extract_article(_page(layout), "https://www.city.example.cn/szxx/9.html")

    assert article.title == TITLE
    assert [line for line in article.paragraphs if line in ("信件编号", "来信人", "张**", "来信时间")] == []
    assert article.paragraphs[0] == ASKED
