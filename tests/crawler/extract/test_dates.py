"""Dates are read as sites write them; what is ambiguous, a counter or a clock's trap is not guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.extract import PageContext, extract_article
from crawler.extract.dates.written import Conventions, conventions_of, read_date, read_relative
from crawler.extract.publication import date_in_url

CHINA = conventions_of(country="CN", language="zh")
US = conventions_of(country="US", language="en")
GERMANY = conventions_of(country="DE", language="de", zone="Europe/Berlin")
TAIWAN = conventions_of(country="TW", language="zh-TW")
KOREA = conventions_of(country="KR", language="ko")
IRAN = conventions_of(country="IR", language="fa")
UNKNOWN = Conventions()
EAST = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "conventions", "expected"),
    [
        ("2022-03-22", CHINA, date(2022, 3, 22)),
        ("Wed Sep 10 2025", CHINA, date(2025, 9, 10)),
        ("Wed Sep 10 08:15:00 +0000 2025", CHINA, date(2025, 9, 10)),
        ("Tue Mar  3 14:05 CET 2026", CHINA, date(2026, 3, 3)),
        ("چهارشنبه ۲۹ مهر ۱۴۰۵ - ۱۴:۳۰", IRAN, datetime(2026, 10, 21, 14, 30)),  # noqa: DTZ001
        ("۱۲ آبان‌ماه ۱۴۰۵".replace("\u200c", " "), IRAN, date(2026, 11, 3)),
        ("1405/07/29", IRAN, date(2026, 10, 21)),
        ("۲۹/۰۷/۱۴۰۵", IRAN, date(2026, 10, 21)),
        ("۱ حمل ۱۴۰۳", conventions_of(country="AF", language=None), date(2024, 3, 20)),
        ("۲۱ اکتبر ۲۰۲۶", IRAN, date(2026, 10, 21)),
        ("2026 m. lapkričio 3 d.", UNKNOWN, date(2026, 11, 3)),
        ("2026. gada 3. novembris", UNKNOWN, date(2026, 11, 3)),
        ("2026-yil 3-noyabr", UNKNOWN, date(2026, 11, 3)),
        ("2026 жылғы 3 қараша", UNKNOWN, date(2026, 11, 3)),
        ("2026-жылдын 3-ноябры", UNKNOWN, date(2026, 11, 3)),
        ("2026ko azaroaren 3a", UNKNOWN, date(2026, 11, 3)),
        ("Data 2026 11 03", UNKNOWN, date(2026, 11, 3)),
        ("3/Nov/2026", UNKNOWN, date(2026, 11, 3)),
        ("3 نونبر 2026", UNKNOWN, date(2026, 11, 3)),
        ("3 تشرینی دووەم 2026", UNKNOWN, date(2026, 11, 3)),
        ("Selasa, 3 Nopember 2026", UNKNOWN, date(2026, 11, 3)),
        ("Nofeembar 3, 2026", UNKNOWN, date(2026, 11, 3)),
        ("03 stu 2026", UNKNOWN, date(2026, 11, 3)),
        ("2026 оны 11-р сарын 03", UNKNOWN, date(2026, 11, 3)),
        ("3 лістапада 2026", UNKNOWN, date(2026, 11, 3)),
        ("3 nëntor 2026", UNKNOWN, date(2026, 11, 3)),
        ("3 ta’ Novembru 2026", UNKNOWN, date(2026, 11, 3)),
        ("3 ნოემბერი, 2026", UNKNOWN, date(2026, 11, 3)),
        ("Noviembre 3 de 2026", UNKNOWN, date(2026, 11, 3)),
        ("৩ নভেম্বর ২০২৬", UNKNOWN, date(2026, 11, 3)),
        ("३ नवंबर २०२६", UNKNOWN, date(2026, 11, 3)),
        ("๓ พฤศจิกายน ๒๕๖๙", UNKNOWN, date(2026, 11, 3)),
        ("๓/๑๑/๒๕๖๙", UNKNOWN, date(2026, 11, 3)),
        ("3 พ.ย. 69", UNKNOWN, date(2026, 11, 3)),
        ("ថ្ងៃទី៣ ខែវិច្ឆិកា ឆ្នាំ២០២៦", UNKNOWN, date(2026, 11, 3)),
        ("၂၀၂၆ ခုနှစ်၊ နိုဝင်ဘာလ ၃ ရက်", UNKNOWN, date(2026, 11, 3)),
        ("၂၀၂၆ ခုနှစ်၊ ဧပြီလ ၃ ရက်", UNKNOWN, date(2026, 4, 3)),
        ("၂၀၂၆ ခုနှစ်၊ ဩဂုတ်လ ၃ ရက်", UNKNOWN, date(2026, 8, 3)),
        ("3 ພະຈິກ 2026", UNKNOWN, date(2026, 11, 3)),
        ("නොවැම්බර් 3, 2026", UNKNOWN, date(2026, 11, 3)),
        ("2026 оны 11 дүгээр сарын 3-ны өдөр", UNKNOWN, date(2026, 11, 3)),
        ("2026·11·03", CHINA, date(2026, 11, 3)),
        ("26.11.03", KOREA, date(2026, 11, 3)),
        ("26-11-03", CHINA, date(2026, 11, 3)),
        ("3 ΝΟΕΜΒΡΙΟΥ 2026", UNKNOWN, date(2026, 11, 3)),
        ("3 KASIM 2026", UNKNOWN, date(2026, 11, 3)),
        ("3 EKİM 2026", UNKNOWN, date(2026, 10, 3)),  # whose small letters are not those of its name
        ("3. listopada 2026.", conventions_of(country="HR", language="hr"), date(2026, 10, 3)),
        ("3 listopada 2026", conventions_of(country="PL", language="pl"), date(2026, 11, 3)),
        ("2026-11-03T23:30:60Z", UNKNOWN, datetime(2026, 11, 3, 23, 30, 59, tzinfo=UTC)),
        ("( 2022-03-22)", CHINA, date(2022, 3, 22)),
        ("[2022-03-22]", CHINA, date(2022, 3, 22)),
        ("2026.07.02", CHINA, date(2026, 7, 2)),
        ("2019年9月18日", CHINA, date(2019, 9, 18)),
        ("２０１９年９月１８日", CHINA, date(2019, 9, 18)),
        ("二〇一九年十二月二十三日", CHINA, date(2019, 12, 23)),
        ("2007-08-20-23:59:59", CHINA, datetime(2007, 8, 20, 23, 59, 59, tzinfo=EAST)),
        ("2019-09-18 06:23", CHINA, datetime(2019, 9, 18, 6, 23, tzinfo=EAST)),
        ("2022年3月8日 下午2:05", CHINA, datetime(2022, 3, 8, 14, 5, tzinfo=EAST)),
        ("民國109年3月4日", TAIWAN, date(2020, 3, 4)),
        ("109-03-04", TAIWAN, date(2020, 3, 4)),
        ("發布日期：109-03-04", UNKNOWN, date(2020, 3, 4)),
        ("令和元年5月1日", UNKNOWN, date(2019, 5, 1)),
        ("15 Apr 2020", UNKNOWN, date(2020, 4, 15)),
        ("Sept. 3rd, 2020", UNKNOWN, date(2020, 9, 3)),
        ("28.01.2022", GERMANY, date(2022, 1, 28)),
        ("26. Jan 2022", GERMANY, date(2022, 1, 26)),
        ("3. Juli 2018", GERMANY, date(2018, 7, 3)),
        ("le 1er mars 2020", UNKNOWN, date(2020, 3, 1)),
        ("5 de octubre de 2018", UNKNOWN, date(2018, 10, 5)),
        ("5 de março de 2018", UNKNOWN, date(2018, 3, 5)),
        ("05/10/2018", GERMANY, date(2018, 10, 5)),
        ("2/17/13", US, date(2013, 2, 17)),
        ("02/03/2017", US, date(2017, 2, 3)),
        ("11.03.26", US, date(2026, 11, 3)),
        ("03.11.26", GERMANY, date(2026, 11, 3)),
        ("2 ноября 2026 г.", UNKNOWN, date(2026, 11, 2)),
        ("2. marraskuuta 2026", UNKNOWN, date(2026, 11, 2)),
        ("2026. november 2.", UNKNOWN, date(2026, 11, 2)),
        ("2026년 11월 2일", UNKNOWN, date(2026, 11, 2)),
        ("ngày 2 tháng 11 năm 2026", UNKNOWN, date(2026, 11, 2)),
        ("13/03/2017", UNKNOWN, date(2017, 3, 13)),
        ("2022-01-28T00:00:00Z", UNKNOWN, datetime(2022, 1, 28, tzinfo=UTC)),
        ("04 نوفمبر 2026", Conventions(), date(2026, 11, 4)),
        ("٤ تشرين الثاني ٢٠٢٦", Conventions(), date(2026, 11, 4)),
        ("4 בנובמבר 2026", Conventions(), date(2026, 11, 4)),
        ("4 พฤศจิกายน พ.ศ. 2569", Conventions(), date(2026, 11, 4)),
        ("8 เมษายน 2569", Conventions(), date(2026, 4, 8)),
        ("8 เม.ย. 2569", Conventions(), date(2026, 4, 8)),
        ("4 नवंबर 2026", Conventions(), date(2026, 11, 4)),
        ("4 Tachwedd 2026", Conventions(), date(2026, 11, 4)),
    ],
)
def test_dates_are_read_as_sites_write_them(text: str, conventions: Conventions, expected: date) -> None:
    reading = read_date(text, conventions)

    assert reading is not None
    assert reading.value == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("發布日期：1150509", date(2026, 5, 9)),
        ("1150509", date(2026, 5, 9)),
        ("99/5/6", date(2010, 5, 6)),
        ("中市字第1150509號", None),
    ],
)
def test_days_without_a_sign_of_the_republic_are_read_where_it_counts_years(
    text: str, expected: date | None
) -> None:
    reading = read_date(text, conventions_of(country="TW", language="zh"))

    assert (reading and reading.value) == expected
    assert read_date(text, UNKNOWN) is None


@pytest.mark.parametrize(
    "text",
    [
        "02/03/2017",
        "1405/07/29",
        "20220617",
        "on the 8th",
        "浏览次数：2019",
        "1.1:50.3:48.6",
        "2022-02-30",
        "2026年7月 7月23日公開",
        "© 2021",
        "2019-13-01",
    ],
)
def test_what_is_ambiguous_or_no_date_is_none(text: str) -> None:
    assert read_date(text, UNKNOWN) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 hours ago", datetime(2022, 5, 2, 7, 30, tzinfo=EAST)),
        ("3天前", date(2022, 4, 29)),
        ("vor 2 Tagen", date(2022, 4, 30)),
        ("il y a 1 heure", datetime(2022, 5, 2, 9, 30, tzinfo=EAST)),
        ("昨天", date(2022, 5, 1)),
        ("today", date(2022, 5, 2)),
    ],
)
def test_relative_dates_count_from_the_fetch(text: str, expected: date) -> None:
    now = datetime(2022, 5, 2, 2, 30, tzinfo=UTC)

    assert read_relative(text, Conventions(zone=EAST, now=now)) == expected
    assert read_relative(text, Conventions(zone=EAST)) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/art/2019/6/8/art_21811_57155.html", date(2019, 6, 8)),
        ("http://a.example/x/202003/t20200320_523541.html", date(2020, 3, 20)),
        ("http://a.example/xwfb/20220601/7b24a666.html", date(2022, 6, 1)),
        ("http://a.example/2024-01/05/content_1.htm", date(2024, 1, 5)),
        ("http://a.example/col/col1/art/2026/art_b7a9cdc8.html", None),
        ("http://a.example/news/2019/story", None),
    ],
)
def test_addresses_that_state_a_day_give_it(url: str, expected: date | None) -> None:
    assert date_in_url(url) == expected


BODY = (
    "<p>The port opened its new terminal on Monday, and the mayor thanked all who had built it in two years.</p>"
    * 3
)
PAGE = "<html><head><title>Port opens terminal</title>{head}</head><body><h1>Port opens terminal</h1>{line}{body}</body></html>"


def published(
    head: str = "", line: str = "", context: PageContext = PageContext()
) -> tuple[object, str | None]:
    html = PAGE.format(head=head, line=line, body=BODY)
    article = extract_article(html.encode(), "", context=context)
    return article.published, article.published_from


def test_a_twelve_hour_clock_gives_way_to_the_printed_time() -> None:
    head = '<meta name="ArticleTitle" content="x"><meta name="PubDate" content="2022-03-22 03:00">'

    value, _ = published(head, "<p>发布时间：2022-03-22 15:00</p>")

    assert value == datetime(2022, 3, 22, 15, tzinfo=EAST)


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="others" content="页面生成时间 2023-10-23 10:00">',
        '<meta name="Maketime" content="2019-03-22">',
    ],
)
def test_the_time_of_the_page_s_making_is_no_publication(head: str) -> None:
    assert published(head)[0] is None


def test_a_date_after_the_fetch_is_refused() -> None:
    context = PageContext(fetched_at=datetime(2020, 1, 1, tzinfo=UTC))

    value, reason = published('<meta name="PubDate" content="2031-01-01">', context=context)

    assert (value, reason) == (None, "none: every date lies after the fetch")


def test_the_list_row_gives_the_date_that_the_page_withholds() -> None:
    assert published(context=PageContext(listed_date=date(2019, 6, 8))) == (date(2019, 6, 8), "list row")


def test_the_rule_and_the_losing_candidates_are_kept() -> None:
    head = '<meta name="PubDate" content="2022-03-22">'
    html = PAGE.format(head=head, line="<p>Published: 21 March 2022</p>", body=BODY)

    article = extract_article(html.encode(), "")

    assert article.published_from == "meta PubDate"
    dates = [(offer.value, offer.rule) for offer in article.candidates if offer.field == "published"]
    assert dates == [("2022-03-22", "meta PubDate"), ("2022-03-21", "label published")]


@pytest.mark.parametrize(
    ("text", "hour", "offset"),
    [
        ("June 8, 2019 at 12:30 a.m.", 0, None),
        ("June 8, 2019, 12:30 pm", 12, None),
        ("2019-06-08 14:30 PM", 14, None),  # some sites print it
        ("2019年6月8日 下午3:30", 15, None),
        ("2019年6月8日 凌晨12:30", 0, None),
        ("2019-06-08T10:30:00.123Z", 10, timedelta()),
        ("2019-06-08T10:30:00-0430", 10, timedelta(hours=-4.5)),
        ("2019-06-08 10:30:00 +23:00", 10, None),  # nobody lives there
    ],
)
def test_times_of_day_keep_their_half_and_offset(text: str, hour: int, offset: timedelta | None) -> None:
    found = read_date(text)

    assert found is not None
    assert isinstance(found.value, datetime)
    assert (found.value.hour, found.value.minute, found.value.utcoffset()) == (hour, 30, offset)


@pytest.mark.parametrize("offset", ["+30:00", "-9959", "+24:00"])
def test_a_time_with_an_impossible_offset_is_no_time(offset: str) -> None:
    found = read_date(f"2019-06-08T10:30:00{offset}")

    assert found is not None
    assert found.value == date(2019, 6, 8)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Harbour County sent this bulletin at 11/03/2026 09:15 AM EST", date(2026, 11, 3)),
        ("11/03/2026 9:15 a.m. (PDT)", date(2026, 11, 3)),
        ("11/03/2026 09:15", None),
        ("11/03/2026 09:15 AM WET", None),
    ],
)
def test_an_american_clock_says_that_the_month_stands_first(text: str, day: date | None) -> None:
    reading = read_date(text, UNKNOWN)

    assert (reading.day if reading else None) == day


def test_the_half_of_the_day_may_be_spelled_with_blanks() -> None:
    reading = read_date("3 de noviembre de 2026 - 10:15 p. m.")

    assert reading is not None
    assert reading.value == datetime(2026, 11, 3, 22, 15)  # noqa: DTZ001 - the text names no zone


@pytest.mark.parametrize(
    "line",
    [
        "<dl><dt>Fecha de publicación</dt><dd>03 de noviembre de 2026</dd></dl>",
        "<p>Data de publicação: 3 de novembro de 2026</p>",
        "<p>Pierwsza publikacja: 03.11.2026 10:15 Jan Kowalski</p>",
        "<p>등록일 2026-11-03 11:00</p>",
        "<p>Опубликовано: 3 ноября 2026</p>",
        "<p>Julkaistu 3.11.2026 klo 10.15</p>",
        "<p>تاريخ النشر: 3 نوفمبر 2026</p>",
    ],
)
def test_labels_of_other_languages_tell_when_a_page_was_published(line: str) -> None:
    value, rule = published(line=f"<p>Harbour office</p><p>Terminal news</p>{line}")

    assert str(value).startswith("2026-11-03")
    assert rule is not None
    assert rule.startswith("label")
