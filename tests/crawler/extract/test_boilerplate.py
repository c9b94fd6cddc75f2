"""What is another at every visit is no part of an article; what only looks like it is."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article
from crawler.extract.body.boilerplate import end_rule, top_rule, without_boilerplate
from tests.crawler.extract.sentences import TEXT


@pytest.mark.parametrize(
    "line",
    [
        *(
            "（阅读：{} 次）",
            "浏览次数：{}",
            "阅读 {}",
            "本页面已被浏览{}次",
            "您是本站第 {} 位访客",
            "點閱數：{}",
            "閲覧数：{}",
        ),
        *("Viewed {} times", "{} views", "Page views: {}", "Hits: {}", "This page has been viewed {} times."),
        *("Rating: 4.3/5 ({} votes)", "Visualizações: {}", "조회수 {}", "Generated in 0.{} seconds"),
        *("打印时间：2026-11-29 10:01:{}", "Printed on 12 May 2026 10:{}", "今天是2026年11月29日 {}℃"),
        *(
            "2026-03-21 阅读量：{} 来源：办公室",
            "21 March 2026 · {} views · 3 min read",
            "2026-03-21 | 热度 {} | 来源 新华网",
        ),
    ],
)
def test_a_line_that_differs_at_every_visit_goes(line: str) -> None:
    assert top_rule(line.format(17)) or end_rule(line.format(17))
    pages = [
        f"<h1>Council approves seven new schools</h1><p>{TEXT[0]}</p><p>{TEXT[1]}</p><p>{TEXT[2]}</p><p>{end}</p>"
        if end_rule(end)
        else f"<h1>Council approves seven new schools</h1><p>{end}</p><p>{TEXT[0]}</p><p>{TEXT[1]}</p><p>{TEXT[2]}</p>"
        for end in (line.format(17), line.format(23))
    ]
    articles = [extract_article(page.encode(), "https://www.city.example.gov/news/1.html") for page in pages]

    assert {article.paragraphs for article in articles} == {TEXT}
    assert len({article.published for article in articles}) == 1


@pytest.mark.parametrize(
    "line",
    [
        *("شارك | طباعة", "שתף", "Κοινοποίηση · Εκτύπωση", "Paylaş Yazdır", "Chia sẻ", "แชร์ พิมพ์", "शेयर करें"),
        *("Sdílet Vytisknout", "Megosztás", "Distribuie", "Dela Skriv ut", "Del", "Jaa", "Drukuj", "Печать"),
        *("Сподели", "공유 인쇄", "Condividi Stampa", "Delen"),
    ],
)
def test_a_toolbar_goes_in_any_language(line: str) -> None:
    assert end_rule(line)


@pytest.mark.parametrize(
    "line",
    [
        "2026年3月21日",
        "令和8年3月21日",
        "令和8年3月21日（土）",
        "2026年3月21日(土曜日)",
        "中華民國115年3月21日 (星期六)",
        "報道発表日：令和8年3月21日",
        "2026年3月21日 09:30信息来源：市政府办公室【字体：大 中 小】",
        "2026-03-21 09:30【字体：大 中 小】",
    ],
)
def test_a_line_that_says_only_the_day_goes_in_the_years_of_its_country(line: str) -> None:
    markup = f"<h1>Council approves schools</h1><p>{line}</p>" + "".join(f"<p>{text}</p>" for text in TEXT)

    found = extract_article(markup.encode(), "https://www.city.example.gov/news/1.html")

    assert found.paragraphs == TEXT
    assert found.published is not None
    assert found.published.isoformat() == "2026-03-21"


@pytest.mark.parametrize(
    "line",
    [
        "阅读5本书，收获很多",
        "今天是国家公祭日，南京举行公祭仪式",
        "Views differ on this: 3 of them",
        "Generated 20 million jobs",
        "Today is 20 years since",
        "On 3 March 2026 by decree",
        "3 March 2026, from Berlin the minister said",
        "Опубліковано 23 жовтня 2026 року звіт, який показав зростання.",
        "18/10/2026 thousands of views were exchanged",
    ],
)
def test_a_sentence_that_begins_like_one_stays(line: str) -> None:
    assert top_rule(line) is None
    assert end_rule(line) is None


def test_the_time_at_which_a_page_was_printed_is_not_that_of_its_publication() -> None:
    body = "".join(f"<p>{line}</p>" for line in TEXT)
    page = f"<h1>Council approves seven new schools</h1><p>2026-03-21</p>{body}<p>打印时间：2026-11-29 10:01:43</p>"

    article = extract_article(page.encode(), "https://www.city.example.gov/news/1.html")

    assert str(article.published) == "2026-03-21"


@pytest.mark.parametrize(
    "line",
    [
        "Chủ Nhật, 18/10/2026 09:15 Lượt xem: 231",
        "mardi 6 octobre 2026, par Rédaction",
        "03/11/2026 - Publicado por: Clara Nunes - Categoria: Saúde - Tags: vacina campanha",
        "Paskelbta: 2026 m. lapkričio 3 d.",
        "প্রকাশ: ০৩ নভেম্বর ২০২৬",
        "الثلاثاء 1448/5/23 هـ الموافق 2026/11/03 م",
        "Міністерство освіти і науки України, опубліковано 23 жовтня 2026 року о 14:05",
        "Прокупље/Београд, 11. октобар 2026. године",
        "Oleh: Humas Dipublikasikan pada 15 Oktober 2026 Kategori: Berita Dibaca: 1.204 Kali",
        "Noticias - 20.10.2026",
        "چهارشنبه ۲۹ مهر ۱۴۰۵ - ۱۴:۳۰",
        "الأربعاء، 14 أكتوبر 2026",
        "عدد المشاهدات: 120",
        "＊＊＊＊＊＊＊＊＊＊",
        "____________",
    ],
)
def test_a_line_of_facts_over_a_text_goes(line: str) -> None:
    assert top_rule(line)


def test_what_stands_between_a_text_and_the_contact_below_it_goes_too() -> None:
    lines = ["市民プールは、点検のため冬の間休業します。ご理解とご協力をお願いいたします。", "関連資料",
             "PDFファイルをご覧いただくには、「Adobe Reader」が必要です。", "このページに関するお問い合わせ", "電話"]  # fmt: skip

    kept, removed = without_boilerplate(lines)

    assert kept == (0,)
    assert {line.rule for line in removed} == {"files", "reader", "contact"}


@pytest.mark.parametrize(
    "line",
    [
        *("Mis à jour le 05/04/2024", "Dernière mise à jour : 5 avril 2024", "Le mardi 9 avril 2024"),
        *("Zuletzt aktualisiert am 14. Februar 2024", "Letzte Aktualisierung: 14.02.2024"),
        *("Última actualización: 12/03/2024", "Fecha de publicación: 12/03/2024"),
        *(
            "Publicado em 14/05/2024 16h02 Atualizado em 15/05/2024 09h11",
            "Ultimo aggiornamento: 13 Marzo 2024",
        ),
        *(
            "Laatst gewijzigd op 21 juni 2024",
            "Senast uppdaterad 22 februari 2024",
            "Sist endret 16.05.2024 12.30",
        ),
        *("Sidst opdateret 14.05.2024", "Päivitetty 7.3.2024", "Ostatnia modyfikacja: 08.03.2024 10:12"),
        *("Aktualizováno: 7. 3. 2024", "Közzététel: 2024. március 7."),
        *("Pressemitteilung Nr. 12/2024 vom 14.02.2024", "Pressemeldung vom 14. Februar 2024"),
        *(
            "14.02.2024 - Meldung - Verkehr",
            "March 5, 2024 | Press Releases",
            "Press Release Number: R-24-05",
        ),
        *("Nr. 012/24 | 14.02.2024", "By Jane Doe, Office of Public Affairs", "Category: News", "Transcript"),
        *("Contact: Jane Roe, 555-0101, press@agency.example.gov", "Embargo: 10:00, 5 March 2024"),
        *("Ort Neuburg Datum 14.02.2024", "Lieu : Belleville Date : 5 avril 2024"),
        "This publication is licensed under the terms of the Open Government Licence v3.0 except where stated.",
    ],
)
def test_what_a_release_says_of_itself_over_its_text_goes(line: str) -> None:
    kept, _ = without_boilerplate((line, *TEXT))

    assert kept == (1, 2, 3)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Back to all news",
            "Zurück zur Übersicht",
            "Retour aux actualités",
            "Volver al listado",
            "Torna all'elenco",
        ),
        *("Tillbaka till nyheter", "Terug naar overzicht", "Tilbake", "Powrót"),
        *(
            "War diese Seite hilfreich?",
            "Cette page vous a-t-elle été utile ?",
            "Did you find this page useful?",
        ),
        *(
            "Page last updated: 22 August 2024",
            "Last updated on August 22, 2024",
            "Date modified: 2025-01-20",
        ),
        *("(Release ID: 2012345) Visitor Counter : 1043", "Read this release in: Hindi , Tamil", "YB/DNS/PS"),
        "All content is available under the Open Government Licence v3.0, except where otherwise stated",
        "Dieser Beitrag steht unter der Lizenz CC BY-ND 4.0 DE",
        "Todo o conteúdo deste site está publicado sob a licença Creative Commons Atribuição 3.0",
        "CC BY-SA 4.0",
        "Amt für Straßen der Stadt Neuburg, Pressestelle, Telefon: 0555 123-456, E-Mail: presse@neuburg.example",
        "Contact presse : Léa Morin, 05 55 12 34 56",
        "Ministerio de Agricultura, Gabinete de Prensa, Tel. 555 01 23 45, prensa@agri.example",
        "For media enquiries please contact: Tom Reed, 0555 123 456, tom.reed@example.org",
        "Lisätietoja: erityisasiantuntija Anna Salo, p. 050 555 0101",
        "Więcej informacji: Jan Nowak, tel. 22 555 01 02",
        "Original-Content von: Stadt Neuburg, übermittelt durch news aktuell",
        "(This story has not been edited by our staff and is published from a syndicated feed.)",
        *("// انتهى //", "--Ends/ MS/ KH", "-- BERNAMA", "(ΑΦ/ΓΣ)", "Biuro Prasowe Ministerstwa", "ENDS"),
    ],
)
def test_what_a_site_says_below_a_text_goes(line: str) -> None:
    kept, _ = without_boilerplate((*TEXT, line))

    assert kept == (0, 1, 2)


@pytest.mark.parametrize(
    "line",
    [
        "By 2030 the city will have seven new schools and four hundred teachers.",
        "Back to school: the city opens seven new buildings on Monday, officials said on Friday.",
        "Updated plans were shown on 5 March 2024 to parents in the town hall.",
        "This work is under way and will be finished before the Open Government Week begins.",
        "The council's press office has moved to Tel Street 12; its number stays the same.",
        "More information: the plan is on show at the library.",
        "For further information on how the port was built see chapter 3.",
        "This report was published in 2019 and found that ports are unsafe.",
        "Statement by the Prime Minister on National Harbour Day",
        "BY THE PRESIDENT OF THE PHILIPPINES",
        "Place: the old harbour hall, at seven in the evening",
        "About the project",
        "Пресс-служба сообщила о закрытии порта.",
    ],
)
def test_a_sentence_that_begins_like_a_fact_of_its_release_stays(line: str) -> None:
    assert not top_rule(line)
    assert not end_rule(line)


def test_a_letterhead_goes_where_more_of_the_paper_stands_below_it() -> None:
    office = "Ministry of Finance"

    paper, _ = without_boilerplate(("Republic of Kenya", office, "PRESS STATEMENT", *TEXT))
    below, _ = without_boilerplate(("KENYATAAN MEDIA", "KEMENTERIAN PENGANGKUTAN MALAYSIA", *TEXT))
    headed, _ = without_boilerplate((office, *TEXT))

    assert paper == (3, 4, 5)
    assert below == (2, 3, 4)
    assert headed == (0, 1, 2, 3)


def test_what_an_american_office_says_of_itself_below_its_mark_goes_but_notes_stay() -> None:
    about = "The Harbor Agency works day and night."

    below, _ = without_boilerplate((*TEXT, "###", about))
    notes, _ = without_boilerplate((*TEXT, "###", "Notes to editors", about))

    assert below == (0, 1, 2)
    assert notes == (0, 1, 2, 4, 5)


def test_a_heading_that_heads_nothing_does_not_end_a_text() -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    page = f"<h1>Council approves seven new schools</h1><div>{text}<h2>Read on</h2><ul><li><a href=/a>Roads</a></ul></div>"

    assert extract_article(page.encode(), "https://www.city.example.gov/news/1").paragraphs == TEXT


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("より良いウェブサイトにするために、ページのご感想をお聞かせください。", "feedback"),
        ("このページは役に立ちましたか？", "feedback"),
        ("今後の進め方について、市民の皆さまのご意見を踏まえて検討します。", None),
        ("この情報は県から提供を受けたものです。", None),
        ("박지수 기자의 구독 수", "author mark"),
        ("구독자 1,204", "author mark"),
        ("정기 구독을 신청했다.", None),
    ],
)
def test_what_sites_of_japan_and_korea_ask_their_readers_is_no_text(line: str, rule: str | None) -> None:
    assert end_rule(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "印刷ページ表示 更新日：2026年5月8日更新",
        "印刷ページ表示 大きな文字で印刷ページ表示 掲載日：2026年5月8日",
        "大きな文字で印刷",
    ],
)
def test_the_line_of_japanese_systems_for_printing_and_the_day_is_no_text(line: str) -> None:
    assert top_rule(line)


HAN = (
    "冒充银行经理来电的人称事主有巨额欠款，再假扮警察要求事主说明全部财产，最终卷走大笔钱款。",
    "接到报案后第二天警方即立案侦查，先后在多地抓获九名嫌疑人，斩断了这一链条的关键一环。",
    "警方提示，接到自称公安、检察院、法院、银行等单位人员的来电切勿轻易相信，更不要透露密码。",
)


@pytest.mark.parametrize("editor", ["责任编辑：", "责任编辑：李明", "（责编：李明）", "网络编辑/李明"])
def test_who_edited_a_chinese_text_ends_it(editor: str) -> None:
    kept, removed = without_boilerplate((*HAN, editor, "港口铁路于晚间启动疏散程序。", "南方都市报"))

    assert kept == (0, 1, 2)
    assert [line.rule for line in removed] == ["editor"] * 3


def test_what_a_text_was_called_where_it_comes_from_is_no_part_of_it() -> None:
    kept, _ = without_boilerplate(("原标题：七旬阿婆接来电被骗上百万", *HAN))

    assert kept == (1, 2, 3)
