"""The title is the headline that a reader sees, without what names the site or the section."""

from __future__ import annotations

import pytest

from crawler.extract import PageContext, extract_article

TEXT = "".join(
    f"<p>The harbour office said on day {day} that its second counter is open to all who need a permit.</p>"
    for day in range(1, 8)
)
NEWS = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "%s"}</script>'


def page(head: str, *headlines: str) -> bytes:
    lines = "".join(f"<h1>{line}</h1>" for line in headlines)
    return f"<html><head>{head}</head><body><article>{lines}{TEXT}</article></body></html>".encode()


@pytest.mark.parametrize(
    ("url", "markup", "title"),
    [
        (  # the section that a newsroom's schema appends
            "https://www.example.org/a",
            page(NEWS % "Second Counter Opens | Harbour", "Second Counter Opens"),
            "Second Counter Opens",
        ),
        (  # the site's name in its host alone
            "https://permits.harbourline.org/second-counter",
            page("<title>Second Counter Opens | Harbourline Permits</title>"),
            "Second Counter Opens",
        ),
        (  # an only headline that is no headline of this article
            "https://www.example.org/a",
            page('<meta property="og:title" content="Second Counter Opens">', "12 Comments"),
            "Second Counter Opens",
        ),
        (  # a desk before the headline, the office behind it
            "https://www.example.gov/opa/pr/1",
            page(
                "<title>Office of Public Affairs | Second Counter Opens in Port | Harbour Department</title>",
                "Second Counter Opens in Port",
            ),
            "Second Counter Opens in Port",
        ),
        (  # the section as the only h1
            "https://www.city.example.gov/CivicAlerts.aspx?AID=123",
            page(
                "<title>News Flash • Harbour City • Web</title>",
                "News Flash</h1><h2>Second Counter Opens</h2><h1 hidden>",
            ),
            "Second Counter Opens",
        ),
        (  # a family's page whose first headings name its parts; the title element begins with one
            "https://www.example.bund.de/SharedDocs/news/second-counter.html",
            page(
                '<meta name="generator" content="Government Site Builder">'
                "<title>Harbour Office - News - Second Counter Opens</title>"
                '<meta property="og:title" content="Second Counter Opens">',
                *("Navigation and Services", "Harbour Office", "Second Counter Opens", "Footer"),
            ),
            "Second Counter Opens",
        ),
        (  # a dash with one blank before the office
            "https://www.health.example.tw/cp-1.html",
            page("<title>第二櫃臺今日啟用- 衛生福利部</title>", "第二櫃臺今日啟用"),
            "第二櫃臺今日啟用",
        ),
        (  # a small line over the headline that the page states with it
            "https://www.example.gov/a",
            page(
                "<title>Harbour Second Counter Opens</title>",
                '<span class="kicker">Harbour</span> <span>Second Counter Opens</span>',
            ),
            "Second Counter Opens",
        ),
        (  # nothing but the press desk in the title element
            "https://www.example.gov.in/release?id=1",
            page(
                "<title>Press Release: Press Information Bureau</title>",
                "</h1><h2 id=Titleh2>Second Counter Opens in Port</h2><h1>",
            ).replace(b"<h1></h1>", b""),
            "Second Counter Opens in Port",
        ),
        (  # the section as h1, behind the headline in the title element
            "https://www.example.gob/resumenes/031126.aspx",
            page(
                "<title>Example. 03/11/2026. Second Counter Opens in Port [Council/Summaries]</title>",
                "Council</h1><h2>Second Counter Opens in Port</h2><h1 hidden>Council",
            ),
            "Second Counter Opens in Port",
        ),
        (  # a headline that nothing but the address repeats
            "https://www.example.org/news/zweiter-schalter-fuer-haefen.html",
            page("<title>Details</title>", "Willkommen im Amt", "Zweiter Schalter für Häfen"),
            "Zweiter Schalter für Häfen",
        ),
    ],
)
def test_the_title_is_the_headline_of_the_article(url: str, markup: bytes, title: str) -> None:
    assert extract_article(markup, url).title == title


def test_a_button_that_is_never_closed_hides_nothing() -> None:
    markup = page("<title>Second Counter Opens</title>", "Second Counter Opens")
    markup = markup.replace(b"<body>", b"<body><div><button><span>Menu</span></div><button>Search</button>")

    assert len(extract_article(markup, "https://www.example.org/a").paragraphs) == 7


def test_the_initials_of_an_office_before_the_headline_are_no_part_of_it() -> None:
    lines = "".join(
        f"<p>The ministry said that line {number} runs more often from May on.</p>" for number in range(6)
    )
    page = f"<html><head><title>BMV - Line 4 runs more often</title></head><body><h1>Line 4 runs more often</h1>{lines}</body></html>"

    assert (
        extract_article(page.encode(), "https://www.example.de/press/4.html").title
        == "Line 4 runs more often"
    )


def test_a_site_behind_a_dash_without_blanks_is_no_part_of_a_chinese_title() -> None:
    lines = "".join(
        f"<p>　　会议强调，要压实企业主体责任，加强第{number}类重点领域隐患排查整治。</p>"
        for number in range(6)
    )
    page = f"<html><head><title>市长主持召开常务会议-某县人民政府</title></head><body><h2>市长主持召开常务会议</h2>{lines}</body></html>"

    assert extract_article(page.encode(), "https://www.example.gov.cn/4.html").title == "市长主持召开常务会议"


def test_a_title_that_the_cms_cut_is_completed_by_the_headline() -> None:
    page = """<html><head><title>Ningbo opens the new port termi…</title></head><body>
    <div class="title">Ningbo opens the new port terminal of Meishan</div><div id="zoom">
    <p>The terminal was opened on Monday, three years after work on it had begun, the port bureau said.</p>
    <p>It handles four ships at a time and is served by a railway of its own.</p></div></body></html>"""

    article = extract_article(page.encode(), "https://english.ningbo.example.cn/art/2026/11/8/art_1_2.html")

    assert article.title == "Ningbo opens the new port terminal of Meishan"


@pytest.mark.parametrize(
    ("title", "headline", "expected"),
    [
        ("臺北市政府新聞稿-加強防災整備", "<h2>加強防災整備</h2>", "加強防災整備"),
        ("某市民政局", '<div class="article_title">关于公布检查结果的公告</div>', "关于公布检查结果的公告"),
        ("市长调研市公安局", '<div class="title">市政府今日要闻</div>', "市长调研市公安局"),
        (
            "x",
            '<meta property="og:title" content="改革再出发——走进市公安局"><div class="title">通知</div>',
            "改革再出发——走进市公安局",
        ),
        ("关于公布检查结果的公告-某市民政局", '<div class="title">通知公告</div>', "关于公布检查结果的公告"),
        (
            "국토교통부 - 보도자료 상세보기",
            "<h1>국토교통부</h1><h3>보도자료</h3><h4>항만도로 확장 계획 확정</h4><ul><li>등록일 2026-11-03</li></ul>",
            "항만도로 확장 계획 확정",
        ),
        (
            "Press corner",
            '<meta property="og:title" content="Press corner"><h1>Commission widens the harbour road</h1>',
            "Commission widens the harbour road",
        ),
    ],
)
def test_the_name_of_an_office_is_no_title(title: str, headline: str, expected: str) -> None:
    text = "<p>市長今（8）日表示，市府已完成各項防災整備工作，請市民放心。</p><p>消防局指出，將持續加強巡查，確保安全。</p>"
    page = f"<html><head><title>{title}</title></head><body>{headline}<div>{text}</div></body></html>"

    assert extract_article(page.encode(), "http://www.city.example.cn/a.html").title == expected


def test_of_two_parts_that_are_lines_of_the_page_the_lower_one_is_the_title() -> None:
    text = "<p>Спешната помощ получи нова линейка, с която ще стига и до най-далечните села.</p>" * 3
    page = f"""<html><head><title>Министерство на здравеопазването :: Нова линейка за Смолян</title></head><body>
    <a href="/">Министерство на здравеопазването</a><h1>Нова линейка за Смолян</h1>{text}</body></html>"""

    assert extract_article(page.encode(), "https://www.example.bg/1.html").title == "Нова линейка за Смолян"


def test_the_name_of_a_site_alone_is_no_part_to_keep() -> None:
    text = "<p>The growers have sold more than three thousand tons of oranges since September.</p>" * 3
    page = f"""<html><head><title>Oranges online - The Example Valley Growers Association</title></head><body>
    <a href="/">The Example Valley Growers Association</a>{text}</body></html>"""

    title = extract_article(page.encode(), "https://www.example.org/1.html").title

    assert title == "Oranges online - The Example Valley Growers Association"


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Taizhou, China-Orange growers head online", "Orange growers head online"),
        ("빈집 정비 100동 지원 &lt; 보도자료 &lt; 광주광역시", "빈집 정비 100동 지원"),
    ],
)
def test_the_part_of_a_title_element_that_is_a_line_of_the_page_is_the_title(title: str, line: str) -> None:
    text = "<p>The growers have sold more than three thousand tons of oranges since September.</p>" * 3
    page = f"<html><head><title>{title}</title></head><body><table><tr><td>{line}</td></tr></table>{text}</body></html>"

    assert extract_article(page.encode(), "https://www.example.gov/art/1.html").title == line


def test_a_headline_over_credits_without_a_blank_is_found_where_the_page_names_its_board() -> None:
    page = """<html lang=ko><head><title>보도자료 상세보기 - 국토교통부</title></head><body><h3>보도자료</h3><div>
    <h4>새 철도 노선, 2년 앞당겨 내년 3월 착공</h4><ul><li><span>부서</span>철도건설과</li><li><span>등록일</span>2026-03-07</li></ul>
    <div><p>국토교통부는 새로운 철도 노선 공사를 당초 계획보다 2년 앞당겨 내년 3월에 착수한다고 오늘 밝혔다.</p>
    <p>재원의 3분의 2는 국가가 부담하고 나머지는 노선이 지나는 6개 시·도가 부담한다.</p></div></div></body></html>"""

    article = extract_article(page.encode(), "https://www.ministry.example.kr/news/dtl.jsp?id=95089001")

    assert article.title == "새 철도 노선, 2년 앞당겨 내년 3월 착공"


def test_the_headline_of_an_arabic_page_is_found_where_its_title_names_a_ministry() -> None:
    headline = "وزير الصحة يفتتح مركزاً لأمراض القلب في البصرة"
    text = "<p>افتتح وزير الصحة اليوم مركزاً تخصصياً لأمراض القلب في محافظة البصرة بسعة مئة سرير.</p>" * 3
    page = f"<html lang=ar><head><title>وزارة الصحة العراقية</title></head><body><h2 class=article-title>{headline}</h2>{text}"

    assert extract_article(page.encode(), "https://moh.example.iq/?article=4312").title == headline


def test_a_headline_of_lower_rank_is_found_where_the_page_names_only_its_section() -> None:
    headline = "2026年港口学术年会在澜海市举行"
    text = "<p>5月10日至12日，港口学术年会在澜海市举行，来自一百二十余所高校的六百余名专家出席会议。</p>" * 3
    page = f"""<html><head><title>新闻动态--中国港口学会官网</title></head><body><div><h3>首页 - 新闻动态</h3></div>
    <div><h5>{headline}</h5><div><b>发布时间：2026-05-18</b> <i>来源：中国港口学会</i></div><div>{text}</div></div></body></html>"""

    assert extract_article(page.encode(), "http://www.port.example.cn/content.aspx?id=1004").title == headline


def test_a_headline_behind_the_names_of_a_ministry_its_site_and_its_sections_is_the_title() -> None:
    headline = "澜海周邊海空域動態"
    stated = f"澜海國防部 - 全球資訊網 - 新聞與公告 - 區域動態 - {headline}"
    text = "<p>迄上午六時止，計有船舶九艘持續在澜海周邊活動，港務單位運用任務船嚴密監控與應處。</p>" * 3
    page = f"""<html lang="zh-Hant"><head><title>{stated}</title><meta property="og:title" content="{stated}"></head><body>
    <h2>{headline}</h2><div>115.03.19</div><div>{text}</div></body></html>"""

    assert extract_article(page.encode(), "https://www.mnd.example.tw/news/86346").title == headline


def test_a_line_that_names_a_document_is_the_title_where_the_page_states_its_section_alone() -> None:
    headline = "关于公布澜海大学2026级学生专业分流名单的通知"
    text = "".join(f"<p>{line}</p>" for line in ("各学院：", "现将专业分流名单予以公布，请各学院通知学生。"))
    page = f"""<html><head><title>公告留言</title></head><body><table><tr><td><a href="/2">关于举行运动会的通知</a></td></tr>
    <tr><td>{headline}</td></tr><tr><td>{text}<p>附件：1.《名单》</p><p>教务处</p><p>2026年7月25日</p></td></tr>
    <tr><td>发  布  人：胡琴<br>发布时间：2026-07-25 10:30:48</td></tr></table></body></html>"""

    assert extract_article(page.encode(), "https://jw.example.cn/ggly_view.do?id=1").title == headline


def test_a_headline_behind_a_path_of_sections_is_the_title() -> None:
    headline = "[교양과정] 2026학년도 2학기 시간표 안내"
    text = "<p>교양과정 시간표를 첨부와 같이 안내하오니 수강신청에 참고하시기 바랍니다.</p>" * 3
    page = f"""<html lang="ko"><head><title>항만대학 &gt; 정보서비스 &gt; 학사공지 게시물 상세보기</title>
    <meta property="og:title" content="정보서비스 &gt; 학사공지: {headline}"></head><body><h2 class="tit">{headline}</h2>{text}"""

    assert extract_article(page.encode(), "https://www.port.example.kr/view.do?id=1").title == headline


def test_a_line_in_bold_between_a_kind_and_a_name_in_the_title_element_is_the_headline() -> None:
    page = (
        "<title>Press Release: Arrest in Harbor Burglaries | Westhaven Police Department</title><table><tr><td>"
        "<a href=/>Home</a></td><td><font size=4><b>Arrest in Harbor Burglaries</b></font><br><br>"
        "On Sunday, May 5, officers arrested a 34-year-old man in connection with six burglaries.<br><br>"
        "The suspect was booked into the county jail on six counts of burglary.</td></tr></table>"
    )

    article = extract_article(page.encode(), "https://www.police.example/news/1")

    assert article.title == "Arrest in Harbor Burglaries"
    assert article.paragraphs[0].startswith("On Sunday")


@pytest.mark.parametrize(
    ("listed", "element"),
    [
        ("老港片区再添5处岸电..", "沙屿县人民政府网站"),
        ("老港片区再添5处岸电…", "沙屿县人民政府网站"),
        ("老港片区再添5处..", "老港片区再添5处岸电设施"),
    ],
)
def test_a_title_that_the_row_of_a_list_cut_is_completed_by_the_page(listed: str, element: str) -> None:
    text = "记者从市港口局获悉，新增岸电设施已全部投入使用，靠港船舶可以用上绿色电力。<br><br>" * 4
    markup = (
        f"<html><head><title>{element}</title></head><body><table><tr><td align=center><font size=5>"
        "<b>老港片区再添5处岸电设施</b></font></td></tr><tr><td align=center>发布时间：2026-5-9 阅读：12次</td></tr>"
        f"<tr><td>{text}</td></tr></table></body></html>"
    )

    article = extract_article(
        markup.encode(), "https://www.example.gov.cn/show.asp?id=2", context=PageContext(listed_title=listed)
    )

    assert article.title == "老港片区再添5处岸电设施"
