"""What one answer means."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.extract import ExtractedList, PageContext
from crawler.extract.kinds.page_redirects import redirect_in
from crawler.reading.answers import Answer, ArticleResult, read_answer, read_list_answer, time_of_reading
from pipelines.items import ScrapedArticle
from pipelines.normalise import NormalisePipeline
from storage.records import (
    Article,
    BodyKind,
    Failed,
    FailureCause,
    Fetch,
    Missing,
    Moved,
    Rejected,
    SiteRecord,
    Unmodified,
    Visit,
)

PAGE = "https://www.example.gov/news/1.html"
CONTEXT = PageContext()


def answer(
    status: int = 200, body: bytes = b"", location: str | None = None, content_range: str | None = None
) -> Answer:
    return Answer(url=PAGE, status=status, body=body, location=location, content_range=content_range)


@pytest.mark.parametrize(
    ("given", "result"),
    [
        (answer(304), Unmodified()),
        (answer(404), Missing(status=404)),
        (answer(410), Missing(status=410)),
        (answer(503), Failed(cause=FailureCause.SERVER_ERROR, detail="HTTP 503")),
        (answer(403), Failed(cause=FailureCause.REFUSED, detail="HTTP 403")),
        (
            answer(200, b"\r\n"),
            Failed(cause=FailureCause.SERVER_ERROR, detail="HTTP 200, an empty page"),
        ),
        (answer(204), Failed(cause=FailureCause.SERVER_ERROR, detail="HTTP 204, an empty page")),
        (answer(206), Failed(cause=FailureCause.TRUNCATED, detail="HTTP 206, a part")),
        (
            answer(206, content_range="bytes 0-299/1200"),
            Failed(cause=FailureCause.TRUNCATED, detail="HTTP 206, bytes 0-299/1200"),
        ),
        (answer(301, location="/news/2.html"), Moved(to="https://www.example.gov/news/2.html")),
        (answer(302, location="/"), Missing(status=302)),
        (answer(302, location="https://www.example.gov/index.html"), Missing(status=302)),
        (answer(302), Rejected(reason="redirect-without-target", detail="HTTP 302")),
        (
            answer(302, location="file:///etc/passwd"),
            Rejected(reason="redirect-to-other-scheme", detail="file:///etc/passwd"),
        ),
        (
            answer(302, location="javascript:alert(1)"),
            Rejected(reason="redirect-to-other-scheme", detail="javascript:alert(1)"),
        ),
        (
            answer(301, location="http://[broken"),
            Rejected(reason="redirect-to-other-scheme", detail="http://[broken"),
        ),
    ],
)
def test_a_status_is_read_as_what_it_says_of_the_page(given: Answer, result: object) -> None:
    assert read_answer(given, platform=None, context=CONTEXT) == result


def test_a_row_that_links_to_a_pdf_is_an_article_whose_body_is_the_document() -> None:
    context = PageContext(listed_title="Annual report", listed_date=date(2026, 5, 22))

    result = read_answer(answer(body=b"%PDF-1.7 ..."), platform=None, context=context)

    assert isinstance(result, ScrapedArticle)
    assert (result.title, result.body_kind, result.published) == (
        "Annual report",
        BodyKind.PDF,
        date(2026, 5, 22),
    )
    assert result.attachments[0].url == PAGE


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        (answer(404), FailureCause.NOT_FOUND),
        (answer(302, location="/"), FailureCause.NOT_FOUND),
        (answer(403), FailureCause.REFUSED),
        (answer(304), FailureCause.SERVER_ERROR),
        (answer(500), FailureCause.SERVER_ERROR),
        (answer(200), FailureCause.SERVER_ERROR),
        (answer(200, b" \r\n"), FailureCause.SERVER_ERROR),
    ],
)
def test_a_list_page_that_cannot_be_had_is_a_failure_with_its_cause(
    given: Answer, cause: FailureCause
) -> None:
    result = read_list_answer(given, platform=None, context=CONTEXT)

    assert isinstance(result, Failed)
    assert result.cause is cause


ROWS = "".join(
    f"<li><a href='/rows/{number}.html'>The harbour of Lanhai, part {number}</a> 2026-05-1{number}</li>"
    for number in range(4)
)


@pytest.mark.parametrize(
    ("given", "entries"),
    [
        (answer(203, ROWS.encode()), 4),  # by a proxy that changed something
        (answer(226, ROWS.encode()), 4),
        (answer(206, ROWS.encode(), content_range=f"bytes 0-{len(ROWS) - 1}/{len(ROWS)}"), 4),
        (answer(206, ROWS.encode(), content_range="bytes 0-99/9999"), None),
        (answer(202, b"<p>Please wait.</p>"), None),
    ],
)
def test_a_list_page_of_any_success_is_read(given: Answer, entries: int | None) -> None:
    result = read_list_answer(given, platform=None, context=CONTEXT)

    assert (len(result.entries) if isinstance(result, ExtractedList) else None) == entries


COOKIES = "<p>We and our partners store cookies on your device.</p><button>Accept all</button>"


@pytest.mark.parametrize(
    ("markup", "is_consent"),
    [
        (f"<title>Your privacy</title><h1>Before you continue</h1>{COOKIES}", True),
        (f"<title>Example</title><h1>Ihre Privatsphäre, unsere Cookies</h1>{COOKIES}", True),
        (f"<title>News | Example</title><h2>We value your privacy</h2>{COOKIES}<h1>News</h1>", False),
        ("<title>Privacy</title><h1>News of the privacy office</h1><p>There is no news.</p>", False),
    ],
)
def test_a_request_for_consent_in_the_place_of_a_list_refuses_it(markup: str, *, is_consent: bool) -> None:
    result = read_list_answer(answer(200, markup.encode()), platform=None, context=CONTEXT)

    assert (isinstance(result, Failed) and result.cause is FailureCause.CHALLENGE) is is_consent


@pytest.mark.parametrize(
    ("markup", "target"),
    [
        ('<meta http-equiv="refresh" content="0;url=/real/2.html">', "/real/2.html"),
        ("<META content='3; URL=../b.html?a=1&amp;b=2' HTTP-EQUIV=Refresh>", "../b.html?a=1&b=2"),
        ("<script>window.location.href='https://mp.example.cn/s/1';</script>", "https://mp.example.cn/s/1"),
        ('<script>top.location.replace("/real/3.html")</script>', "/real/3.html"),
        ('<script>location.href = "/press release 4.htm"</script>', "/press release 4.htm"),
        ('<meta http-equiv="refresh" content="300">', None),  # loads itself again
        ('<meta http-equiv="refresh" content="60;url=/next.html">', None),  # is to be read first
        ("<script>if (phone) location.href='/m/1.html'</script>", None),
        ("<script>location.href = wanted</script>", None),
        ("<script>location.href='/a'; location.href='/b'</script>", None),
    ],
)
def test_a_page_that_only_leads_elsewhere_names_its_target(markup: str, target: str | None) -> None:
    assert redirect_in(f"<html><head>{markup}</head><body></body></html>".encode()) == target


def read_page(markup: str) -> ArticleResult:
    return read_answer(answer(body=markup.encode()), platform=None, context=CONTEXT)


def test_a_page_without_text_that_leads_elsewhere_has_moved_and_one_with_text_has_not() -> None:
    refresh = (
        '<html><head><meta http-equiv="refresh" content="0;url=/real/2.html"></head><body>%s</body></html>'
    )
    text = (
        "<h1>The second counter opens</h1>"
        + "<p>It is open to all who need a permit for the harbour.</p>" * 9
    )

    assert read_page(refresh % "") == Moved(to="https://www.example.gov/real/2.html")
    assert isinstance(read_page(refresh % text), ScrapedArticle)


def test_a_page_that_leads_to_itself_or_home_is_no_move() -> None:
    script = "<html><script>location.href='%s'</script></html>"

    assert isinstance(read_page(script % "/news/1.html"), Rejected)
    assert isinstance(read_page(script % "/"), Missing)


def test_a_part_that_is_the_whole_page_is_read() -> None:
    page = (
        b"<h1>The port opens</h1>"
        + b"<p>The port opened its new terminal on Friday, said the bureau.</p>" * 4
    )
    whole = f"bytes 0-{len(page) - 1}/{len(page)}"

    assert read_answer(answer(206, page, content_range=whole), platform=None, context=CONTEXT) == read_answer(
        answer(200, page), platform=None, context=CONTEXT
    )


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b'<meta http-equiv="refresh" content="0;url=/news/">', Moved(to="https://www.example.gov/news/")),
        (b"<script>location.href='index.shtml'</script>", Moved(to="https://www.example.gov/a/index.shtml")),
        (b'<meta http-equiv="refresh" content="60;url=/news/">', ExtractedList()),
        (b"<script>location.href='/a/'</script>", ExtractedList()),
    ],
)
def test_a_list_page_that_only_leads_elsewhere_is_followed(
    page: bytes, expected: Moved | ExtractedList
) -> None:
    found = replace(answer(200, page), url="https://www.example.gov/a/")

    assert read_list_answer(found, platform=None, context=CONTEXT) == expected


def test_a_page_that_says_it_is_unavailable_is_asked_for_again() -> None:
    page = answer(
        body=b"<title>Maintenance</title><h1>Under maintenance</h1><p>Please come back in an hour.</p>"
    )

    for result in (
        read_answer(page, platform=None, context=CONTEXT),
        read_list_answer(page, platform=None, context=CONTEXT),
    ):
        assert isinstance(result, Failed)
        assert result.cause is FailureCause.SERVER_ERROR


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ('{"code": 500, "msg": "busy", "data": null}', FailureCause.SERVER_ERROR),
        ('{"status": "503", "rows": []}', FailureCause.SERVER_ERROR),
        ('{"success": false, "message": "try again"}', FailureCause.SERVER_ERROR),
        ('{"code": 403, "msg": "no"}', FailureCause.REFUSED),
        ('{"code": 404, "msg": "no such column"}', FailureCause.NOT_FOUND),
        ('{"code": 200, "data": []}', None),
        ('{"code": 0, "data": []}', None),
        ('{"success": true, "data": []}', None),
        ('{"data": []}', None),
    ],
)
def test_an_interface_that_answers_an_error_is_no_list_without_entries(
    body: str, cause: FailureCause | None
) -> None:
    given = answer(body=body.encode())

    result = read_list_answer(given, platform=None, context=CONTEXT)

    assert (result.cause if isinstance(result, Failed) else None) is cause


def test_a_list_page_whose_few_words_say_that_it_is_unavailable_is_asked_for_again() -> None:
    page = answer(body="<title>提示</title><div>网站系统升级维护中，请稍后访问。</div>".encode())

    result = read_list_answer(page, platform=None, context=CONTEXT)

    assert isinstance(result, Failed)
    assert result.cause is FailureCause.SERVER_ERROR


FETCHED = datetime(2023, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date_header", "expected"),
    [
        ("Fri, 01 May 2026 10:00:00 GMT", datetime(2026, 5, 1, 10, tzinfo=UTC)),
        ("Mon, 01 May 2023 12:00:00 GMT", FETCHED),  # clocks differ
        ("Thu, 01 May 2003 12:00:00 GMT", FETCHED),
        ("Fri, 31 Dec 9999 23:59:59 GMT", FETCHED),
        ("Fri, 31 Dec 99999 23:59:59 +9999", FETCHED),
        ("Fri, 01 May 99999999999 10:00:00 GMT", FETCHED),
        ("yesterday", FETCHED),
        (None, FETCHED),
    ],
)
def test_a_clock_that_lies_behind_the_server_is_no_measure(
    date_header: str | None, expected: datetime
) -> None:
    assert time_of_reading(FETCHED, date_header) == expected


def test_an_article_that_was_read_by_the_server_s_clock_keeps_its_date() -> None:
    page = answer(
        body=b"<h1>Harbour office opens a counter</h1><p>3 April 2026</p><p>" + b"It is open. " * 40
    )
    read = read_answer(page, platform=None, context=PageContext(fetched_at=datetime(2026, 5, 1, tzinfo=UTC)))

    assert isinstance(read, ScrapedArticle)
    fetch = Fetch(url=PAGE, site=SiteRecord(key="x", title="x", base_url=PAGE), at=FETCHED)
    stored = NormalisePipeline().process_item(Visit(fetch=fetch, result=read)).result
    assert isinstance(stored, Article)
    assert stored.published_day == date(2026, 4, 3)


TEXT = (
    b"Home > News\nNew tram line opens in July\n14 May 2026\n\n"
    b"The city said on Monday that the new line opens in July.\n"
)


@pytest.mark.parametrize("markup", [b"", b"<!DOCTYPE html><body><pre>"])
def test_a_text_is_read_as_one_unless_it_is_a_page_that_the_server_calls_text(markup: bytes) -> None:
    sent = replace(answer(body=markup + TEXT), media_type="text/plain")

    read = read_answer(sent, platform=None, context=CONTEXT)

    assert isinstance(read, (ScrapedArticle, Rejected))
    if not markup:
        assert isinstance(read, ScrapedArticle)
        assert (read.title, read.published) == ("New tram line opens in July", date(2026, 5, 14))
        assert read.paragraphs == ("The city said on Monday that the new line opens in July.",)
