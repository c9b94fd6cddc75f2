"""Short notices on bare themes: every sentence counts where there are three."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.extract import extract_article

NOTICE = (
    "The council approved a plan on Tuesday to widen Harbour Road, a project that will take two years.",
    "Work starts in March and costs 4.2 million pounds, of which the region pays half.",
    "Buses will be diverted from 1 March.",
)


def _page(body: str, *, language: str = "en") -> bytes:
    title = "Council widens Harbour Road"
    return (
        f"<html lang={language}><head><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main>"
        "<footer><a href=/privacy>Privacy</a><p>© 2026 Example Council. All rights reserved.</p></footer>"
        "</body></html>"
    ).encode()


def test_sentences_after_a_lead_of_another_class_are_kept() -> None:
    lead, *others = (
        "Byrådet vedtog tirsdag en plan om at gøre Havnevejen bredere over to år.",
        "Arbejdet begynder i marts og koster 4,2 millioner kroner.",
        "Busserne kører ad en anden rute fra 1. marts.",
    )
    body = f'<p class="lead">{lead}</p>' + "".join(f"<p>{line}</p>" for line in others)

    article = extract_article(_page(body, language="da"), "https://www.kommune.example/nyheder/1")

    assert article.paragraphs == (lead, *others)


def test_a_heading_between_sentences_is_kept() -> None:
    body = "".join(f"<p>{line}</p>" for line in NOTICE)
    body += "<h2>Notes to editors</h2><p>The road was built in 1931.</p>"

    article = extract_article(_page(body), "https://www.council.example/news/1")

    assert article.paragraphs == (*NOTICE, "Notes to editors", "The road was built in 1931.")


def test_a_title_element_that_begins_with_site_and_section_ends_with_the_headline() -> None:
    page = _page("".join(f"<p>{line}</p>" for line in NOTICE)).replace(b"<title>", b"<title>City | News | ")
    page = page.replace(b"h1>", b"h2>")

    assert extract_article(page, "https://www.city.example/n/1").title == "Council widens Harbour Road"


def test_a_line_that_only_says_when_is_no_text() -> None:
    for line in ("3 hours ago", "2026-11-03", "2026年11月3日 10:00", "Press release | 3 November 2026"):
        page = _page(f"<p>{line}</p>" + "".join(f"<p>{line}</p>" for line in NOTICE))

        assert extract_article(page, "https://www.council.example/news/1").paragraphs == NOTICE


def test_a_banner_that_asks_for_consent_is_no_part_of_the_text() -> None:
    banner = """<div role="dialog"><h2>Cookies on this site</h2><p>We would like to set additional cookies so we can
    remember your settings and understand how people use the service.</p></div>"""
    page = _page("".join(f"<p>{line}</p>" for line in NOTICE)).replace(b"<main>", banner.encode() + b"<main>")

    assert extract_article(page, "https://www.council.example/news/1").paragraphs == NOTICE


def test_blank_lines_part_paragraphs_where_the_markup_keeps_them() -> None:
    lines = "\n\n".join(line.replace(", ", ",\n") for line in NOTICE)
    for body in (f"<pre>{lines}</pre>", f'<div style="white-space: pre-line">{lines}</div>'):
        page = _page(f"<h4>FOR IMMEDIATE RELEASE<br>November 3, 2026</h4>{body}")

        assert extract_article(page, "https://www.agency.example.gov/pr/1103.html").paragraphs == NOTICE


def test_an_old_page_without_a_title_element_has_the_headline_of_its_table() -> None:
    page = """<table><tr><td align=center class=bt>市长主持召开市政府常务会议</td></tr>
    <tr><td>发布日期：[2026-11-08] 点击次数：[12]</td></tr>
    <tr><td><p>11月8日上午，市长李明主持召开市政府常务会议，研究部署安全生产工作。
    <p>会议强调，要压实企业主体责任，加强重点领域隐患排查整治。</td></tr>
    <tr><td>[<a href="#">打印</a>] [<a href="#">关闭</a>]</td></tr></table>"""

    article = extract_article(page.encode(), "http://www.city.example.cn/show.asp?id=12")

    assert article.title == "市长主持召开市政府常务会议"
    assert len(article.paragraphs) == 2


def test_an_xhtml_page_says_its_language_in_its_own_way() -> None:
    page = _page(f"<p>{NOTICE[2]}</p>").replace(b"<html lang=en>", b'<html xml:lang="en">')

    assert extract_article(page, "https://www.council.example/news/1").language == "en"


def test_what_stands_under_several_contact_headings_is_no_article() -> None:
    body = "".join(f"<p>{line}</p>" for line in NOTICE * 3)
    body += "<h3>Adresse für Rückfragen</h3><p>Dienst für Medien, 3003 Bern</p><h3>Herausgeber</h3><p>Amt</p>"

    article = extract_article(_page(body, language="de"), "https://www.amt.example/meldung")

    assert article.paragraphs == NOTICE * 3


def test_a_line_in_bold_over_a_paragraph_is_a_heading_of_the_text() -> None:
    first, second, third = NOTICE
    body = f"<div><p>{first}</p><p><strong>Next steps</strong></p><p>{second}</p><p>{third}</p></div>"

    article = extract_article(_page(body), "https://www.council.example/news/1")

    assert article.paragraphs == (first, "Next steps", second, third)


def test_short_items_of_a_list_in_a_familys_container_stay_together() -> None:
    first, second, third = NOTICE
    items = ("a cycle lane on both sides", "a third lane for buses")
    body = (
        '<article class="node node--release"><div class="field--name-body">'
        f"<p>{first}</p><p>{second}</p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul><p>{third}</p>"
        "</div></article>"
    )
    page = _page(body).replace(b"<head>", b'<head><meta name="Generator" content="Drupal 9">')

    article = extract_article(page, "https://www.council.example/release/1")

    assert article.platform == "drupal"
    assert article.paragraphs == (first, second, *items, third)


def test_a_list_is_kept_to_its_last_item_and_the_sentence_behind_it() -> None:
    items = ("Safer crossings at the school.", "A cycle lane.", "Bus stops.")
    listed = "".join(f"<li>{item}</li>" for item in items)
    body = f"<p>3 November 2026</p><p>{NOTICE[0]}</p><ol>{listed}</ol><p>{NOTICE[2]}</p>"

    article = extract_article(_page(body), "https://www.example.gov/news/widen-harbour-road")

    assert article.paragraphs == (NOTICE[0], *items, NOTICE[2])


def test_a_list_of_terms_between_paragraphs_is_part_of_the_text() -> None:
    terms = (
        "Start",
        "March 2027, after the winter works.",
        "Cost",
        "4.2 million pounds, half from the region.",
    )
    body = f"<p>3 November 2026</p><p>{NOTICE[0]}</p><dl><dt>{terms[0]}</dt><dd>{terms[1]}</dd>"
    body += f"<dt>{terms[2]}</dt><dd>{terms[3]}</dd></dl><p>{NOTICE[2]}</p>"

    article = extract_article(_page(body), "https://www.example.gov/news/widen-harbour-road")

    assert article.paragraphs == (NOTICE[0], *terms, NOTICE[2])


def test_what_stands_above_a_repeated_title_and_tells_the_time_to_read_is_no_text() -> None:
    body = f"<p>{NOTICE[0]}</p><div>3 min read</div>" + "".join(f"<p>{line}</p>" for line in NOTICE[1:])
    page = _page(body).replace(b"<main><h1>", b"<main><div class=text><p>Roads desk</p><h1>")

    assert extract_article(page, "https://www.council.example/news/1").paragraphs == NOTICE


def test_whom_to_ask_is_told_below_a_text_and_is_no_part_of_it() -> None:
    lines = (
        "Das Kabinett hat am Mittwoch den Entwurf eines Gesetzes zum Bau von Brücken beschlossen.",
        "Der Entwurf sieht vor, dass Ersatzbauten künftig ohne gesonderte Genehmigung errichtet werden können.",
        "Er geht nun an den Bundesrat; in Kraft treten soll das Gesetz zum 1. Januar 2027.",
    )
    body = "".join(f"<p>{line}</p>" for line in lines)
    body += "<p>Rückfragen bitte an:</p><p>Polizei Musterstadt<br>Pressestelle<br>Telefon 0211 4566</p>"

    article = extract_article(_page(body, language="de"), "https://www.polizei.example/pm/1")

    assert article.paragraphs == lines


def test_a_heading_over_one_short_last_sentence_is_part_of_the_text() -> None:
    first, second, third = NOTICE
    body = f"<div><p>{first}</p><p>{second}</p><h2>Buses</h2><p>{third}</p></div>"

    article = extract_article(_page(body), "https://www.council.example/news/1")

    assert article.paragraphs == (first, second, "Buses", third)


NOTICE_IN_HAN = (
    "各区县（市）人民政府，市直及部省属驻某各单位：",
    "现将《安全生产条例实施办法》印发给你们，请结合本地本部门工作实际，认真贯彻执行，抓好各项任务落实。",
    "某市人民政府",
    "2026年11月1日",
    "（此件公开发布）",
)


def test_who_signed_a_notice_and_when_is_part_of_it_and_is_not_when_it_was_published() -> None:
    title = "某市人民政府关于印发安全生产条例实施办法的通知"
    table = "<table><tr><td>成文日期：</td><td>2026年11月1日</td><td>发布日期：</td><td>2026年11月8日</td></tr></table>"
    text = "".join(f"<p>{line}</p>" for line in NOTICE_IN_HAN)
    page = f"<html><head><title>{title}</title></head><body>{table}<h1>{title}</h1><div>{text}</div></body></html>"

    article = extract_article(page.encode(), "http://www.example.gov.cn/1.html")

    assert article.paragraphs == NOTICE_IN_HAN
    assert article.published == date(2026, 11, 8)


def test_a_headline_that_nothing_marks_stands_over_the_credits() -> None:
    text = "".join(f"<br>　　{line}会议强调，要压实企业主体责任。" for line in NOTICE_IN_HAN[:2])
    page = (
        "<html><head><title>某县人民政府</title></head><body><table><tr><td>您现在的位置：首页 >> 正文</td></tr>"
        "<tr><td><font size=4><b>县长主持召开县政府常务会议</b></font></td></tr>"
        f"<tr><td>发布时间：2006-11-8 来源：县府办 点击：1024</td></tr><tr><td>{text}</td></tr></table></body></html>"
    )

    article = extract_article(page.encode(), "http://www.example.gov.cn/show.asp?id=123")

    assert article.title == "县长主持召开县政府常务会议"
    assert article.published == date(2006, 11, 8)


def test_what_a_portal_declares_below_a_text_is_no_part_of_it() -> None:
    statement = (
        "Notice: The content above is uploaded and posted by a user of this portal, which only stores it."
    )
    body = (
        "<div>"
        + "".join(f"<p>{line}</p>" for line in (*NOTICE, "Source: Council Daily", statement))
        + "</div>"
    )

    assert extract_article(_page(body), "https://www.council.example/news/1").paragraphs == NOTICE


def test_a_quotation_between_paragraphs_is_part_of_the_text() -> None:
    first, second, third = NOTICE
    quotation = "“It is a great day for the city,” says Mayor Lee."
    body = (
        f"<div><p>{first}</p><p>{second}</p><blockquote><p>{quotation}</p></blockquote><p>{third}</p></div>"
    )

    article = extract_article(_page(body), "https://www.council.example/news/1")

    assert article.paragraphs == (first, second, quotation, third)


def test_a_last_section_in_a_wrapper_of_its_own_is_part_of_the_text() -> None:
    first, second, third = NOTICE
    section = '<div class="paragraph">{}<div class="text">{}</div></div>'
    body = (
        f'<article><div class="paragraphs">{section.format("", f"<p>{first}</p><p>{second}</p>")}'
        f"{section.format('<h3>Buses</h3>', f'<p>{third}</p>')}</div></article>"
    )

    article = extract_article(_page(body), "https://www.council.example/news/1")

    assert article.paragraphs == (first, second, "Buses", third)


def test_a_sentence_that_tells_of_a_day_does_not_say_when_it_was_published() -> None:
    sentence = "The act goes to the second chamber now and is to be in force by 1 January 2027."
    body = "".join(f"<p>{line}</p>" for line in (*NOTICE, sentence))

    assert extract_article(_page(body), "https://www.council.example/news/1").published is None


def test_a_small_table_between_paragraphs_is_kept_whole_and_apart() -> None:
    first, second, third = NOTICE
    rows = (("Year", "Cost"), ("2026", "1.2 million"), ("2027", "3.0 million"))
    table = "".join(f"<tr><td>{year}</td><td>{cost}</td></tr>" for year, cost in rows)
    body = f"<div><p>{first}</p><p>{second}</p><table>{table}</table><p>{third}</p></div>"

    article = extract_article(_page(body), "https://www.council.example/news/1")

    assert article.paragraphs == NOTICE
    assert article.tables == (rows,)
    assert not article.removed


def test_what_asks_to_subscribe_or_to_follow_is_no_text() -> None:
    body = "<p>3 November 2026</p>" + "".join(f"<p>{line}</p>" for line in NOTICE)
    body += "<p>Follow us on Twitter @harbourcity and Facebook.</p><div><h3>Stay informed</h3>"
    body += "<p>Sign up for our newsletter to get the latest news from the council every week.</p></div>"

    article = extract_article(_page(body), "https://www.example.gov/news/widen-harbour-road")

    assert article.paragraphs == NOTICE
    assert {line.rule for line in article.removed if line.position == "end"} >= {"feedback", "share"}


def test_how_a_state_tells_its_own_sites_from_others_is_no_text() -> None:
    banner = """<section class="usa-banner"><p>An official website of the United States government</p><div
    class="usa-banner__content" hidden><p><strong>Official websites use .gov</strong><br>A .gov website belongs to an
    official government organization in the United States.</p><p><strong>Secure .gov websites use HTTPS</strong><br>A
    lock or https:// means you’ve safely connected to the .gov website. Share sensitive information only on official,
    secure websites.</p></div></section>"""
    page = _page("".join(f"<p>{line}</p>" for line in NOTICE)).replace(b"<main>", banner.encode() + b"<main>")

    assert extract_article(page, "https://www.harbour.gov/news/1").paragraphs == NOTICE


def test_how_to_open_the_documents_below_a_text_is_no_part_of_it() -> None:
    text = (
        "県は3日、港湾道路の拡幅計画を決定しました。工事は来年3月に始まり、2年で完了する予定です。",
        "事業費は42億円です。",
    )
    below = """<h2>ダウンロード</h2><ul><li><a href="/plan.pdf">計画の概要（PDF：512KB）</a></li></ul><p>PDF形式のファイルをご覧いただく
    場合には、Adobe Acrobat Readerが必要です。お持ちでない方は、バナーのリンク先から無料ダウンロードしてください。</p>"""
    page = _page("".join(f"<p>{line}</p>" for line in text) + below, language="ja")

    assert extract_article(page, "https://www.pref.example.lg.jp/doro.html").paragraphs == text


TEXT = "".join(f"<p>{line}</p>" for line in NOTICE)
ROWS = "".join(
    f'<li><a href="/news/{n}">Office publishes its report number {n}</a> 2026-02-{n}</li>'
    for n in range(10, 14)
)


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='wide'>{TEXT}</div><div class='narrow'>{TEXT}</div>",
        f"<div class='wide'>{TEXT}</div><div class='narrow'><h1>Council widens Harbour Road</h1>{TEXT}</div>",
        f"{TEXT}<aside class='pull-quote'>Work starts in March</aside>",
        f"<dl><dt>Published</dt><dd>3 February 2026</dd><dt>Type</dt><dd>News story</dd></dl>{TEXT}",
        f"{TEXT}<h3>Sign up for our newsletter</h3><p>Receive the latest news from the council in your inbox.</p>",
        f"{TEXT}<h2>Other news</h2><ul>{ROWS}</ul>",
        f"{TEXT}<h3>Weitere Meldungen</h3><ul>{ROWS}</ul>",
    ],
)
def test_what_stands_beside_a_text_is_no_part_of_it(body: str) -> None:
    assert extract_article(_page(body), "https://www.council.example/news/1").paragraphs == NOTICE


def test_when_a_page_was_generated_is_not_when_it_was_published() -> None:
    page = _page(TEXT).replace(b"</main>", b"</main><p>Page generated 28 November 2026</p>")

    assert extract_article(page, "https://www.council.example/news/1").published is None
