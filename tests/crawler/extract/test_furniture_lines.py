"""Lines that offices print right over and right below a text, in its own element, are none of it."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article
from crawler.extract.body.boilerplate import without_boilerplate

TITLE = "关于做好2026年夏粮收购工作的通知"
TEXT = (
    "为切实做好2026年夏粮收购工作，现就有关事项通知如下，请结合实际抓好贯彻落实。",
    "各地要落实粮食安全责任，提前安排仓容、资金和人员，方便农民售粮，严防出现卖粮难。",
)
IN_ENGLISH = (
    "The council approved a plan on Tuesday to widen Harbour Road, a project that will take two years.",
    "Work starts in March and costs 4.2 million pounds, of which the region pays half.",
)


def _article(*lines: str, title: str = TITLE) -> tuple[str, ...]:
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>2026-05-09</p><div class=TRS_Editor>{body}</div></body></html>"
    )
    return extract_article(page.encode(), "https://www.city.example/n/202605/t20260509_1.html").paragraphs


@pytest.mark.parametrize(
    "line",
    [
        "保护视力色：",
        "听新闻",
        "来稿时间：2026-05-08",
        "2026年5月8日 星期五",
        "时间：2026-05-08 10:11 来源：市政府办公室",
        "全文有效 成文日期：2026-03-02 字体：【大】【中】【小】",
        "ここから本文です。",
        "報道発表資料",
        "Listen to this page",
        "Type: Press release",
        "Posted on May 8, 2026 by admin",
        "Print this page Email this page",
        "Tarikh: 9 Oktober 2026",
        "Oficina de Imagen Institucional",
        "วันที่ 9 ตุลาคม 2569",
        "For release at 2:00 p.m. EDT",
        "Minister for Transport and Main Roads The Honourable Jane Minnikin",
        "Geplaatst op dinsdag 3 november 2026",
        "23/04/1448 05/10/2026",
        "長野県（観光部）プレスリリース令和8年（2026年）11月10日",
        "طباعة مشاركة استمع",
    ],
)
def test_a_line_over_a_text_that_tells_of_the_page_is_no_text(line: str) -> None:
    assert _article(line, *TEXT) == TEXT


@pytest.mark.parametrize("line", ["【字体：大 中 小】", "来源：市政府办公室", "分享到：", "收藏"])
@pytest.mark.parametrize("head", ["临政办发〔2026〕12号", "（2026年5月8日，临江）"])
def test_facts_below_what_heads_a_document_are_no_text(head: str, line: str) -> None:
    assert _article(head, line, *TEXT) == (head, *TEXT)


@pytest.mark.parametrize(
    "line",
    [
        *("（通讯员 张某）", "[责任编辑 李某]", "我要纠错 责任编辑：李某", "本网编辑：李某", "投稿人：张某"),
        *("市农业农村局供稿", "原标题：某某会议召开", "用微信“扫一扫”分享本页", "点击收藏 打印 关闭"),
        *("更多精彩内容请关注微信公众号", "点击查看更多", "【返回】", "网站声明", "正文已结束"),
        *("版权所有，转载请注明来源", "分享让更多人看到", "联系我们 | 网站地图", "更新日期：115-09-20"),
        *("政策解读：《夏粮收购办法》解读", "文章录入：admin 责任编辑：admin"),
    ],
)
def test_a_line_below_a_chinese_text_that_tells_of_the_page_is_no_text(line: str) -> None:
    assert _article(*TEXT, line) == TEXT


@pytest.mark.parametrize(
    "line",
    [
        *("Report a problem with this page", "Comments are closed.", "Return to news releases"),
        *("All press releases", "View all news", "Topics: Health", "Image: City of Port", "Email this page"),
        *("Links", "Herausgeber: Stadt Hafen", "PDF herunterladen", "Nächste Meldung", "Alle Meldungen"),
        *("Seitenanfang", "Kategorie: Presse", "Bildquelle: Stadt Hafen"),
        *("ページの先頭へ戻る", "担当：広報課", "問い合わせ先：広報課 電話 03-1234-5678", "（了）"),
        *("이 페이지에서 제공하는 정보에 만족하십니까?", "페이스북 트위터 카카오톡", "Metryka dokumentu"),
        *("Projektleiterin Minna Salo, p. 044 703 0000, minna.salo@city.example", "(Államtitkárság/MTI)"),
        "(MAP: 14 avril 2026)",
    ],
)
def test_a_line_below_a_text_that_tells_of_the_page_is_no_text(line: str) -> None:
    assert _article(*IN_ENGLISH, line, title="Council widens Harbour Road") == IN_ENGLISH


@pytest.mark.parametrize(
    "line",
    [
        *("时间：2026年5月8日（星期五）上午9时", "活动时间：2026年5月8日至10日", "地点：市政府礼堂"),
        *("来源于群众、服务于群众是我们的宗旨。", "打印机采购项目结果公示如下。"),
    ],
)
def test_facts_of_an_event_and_sentences_over_a_text_stay(line: str) -> None:
    assert _article(line, *TEXT) == (line, *TEXT)


@pytest.mark.parametrize(
    "line",
    [
        *("主办单位：市文旅局", "责任编辑要切实履行审核职责。", "更多信息请关注市政府网站。"),
        *("返回原籍人员应当主动报备。", "联系电话：0579-82300000", "（以上数据由市统计局提供）"),
    ],
)
def test_sentences_and_facts_below_a_text_stay(line: str) -> None:
    assert _article(*TEXT, line) == (*TEXT, line)


@pytest.mark.parametrize(
    "line", ["Weitere Auskünfte erteilt Anne Alt unter Tel. 02382 59743 (alt@city.example)."]
)
def test_a_sentence_that_names_whom_to_ask_stays(line: str) -> None:
    assert _article(*IN_ENGLISH, line, title="Council widens Harbour Road") == (*IN_ENGLISH, line)


def test_an_office_below_a_japanese_page_goes_however_short_the_page_is() -> None:
    asked = (
        "このページに関するお問合せ",
        "生涯活躍部 スポーツ振興課",
        "業務内容：スポーツ行事の企画、学校体育施設の開放、スポーツ団体の育成",
    )

    kept, removed = without_boilerplate(("市民の健康づくりを目的に、大会を開催します。", *asked))

    assert kept == (0,)
    assert [line.rule for line in removed] == ["contact"] * 3
