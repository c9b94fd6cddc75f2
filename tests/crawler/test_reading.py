"""What one answer means."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.extract import PageContext
from crawler.reading import Answer, read_answer, read_list_answer
from pipelines.items import ScrapedArticle
from storage.records import BodyKind, Failed, FailureCause, Missing, Moved, Rejected, Unmodified

PAGE = "https://www.example.gov/news/1.html"
CONTEXT = PageContext()


def answer(status: int = 200, body: bytes = b"", location: str | None = None) -> Answer:
    return Answer(url=PAGE, status=status, body=body, location=location)


@pytest.mark.parametrize(
    ("given", "result"),
    [
        (answer(304), Unmodified()),
        (answer(404), Missing(status=404)),
        (answer(410), Missing(status=410)),
        (answer(503), Failed(cause=FailureCause.SERVER_ERROR, detail="HTTP 503")),
        (answer(403), Failed(cause=FailureCause.REFUSED, detail="HTTP 403")),
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
    ],
)
def test_a_list_page_that_cannot_be_had_is_a_failure_with_its_cause(
    given: Answer, cause: FailureCause
) -> None:
    result = read_list_answer(given, platform=None, context=CONTEXT)

    assert isinstance(result, Failed)
    assert result.cause is cause
