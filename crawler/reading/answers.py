"""What one answer for an article page means; no Scrapy, no archive."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from crawler.extract import (
    ExtractedList,
    ExtractionError,
    NotAnArticle,
    PageContext,
    extract_article,
    extract_list,
    extract_text,
)
from crawler.extract.kinds.challenges import challenge_sign
from crawler.extract.kinds.error_pages import asks_for_consent
from crawler.extract.kinds.page_kinds import HOME_PATHS, is_home, is_out_of_order
from crawler.extract.kinds.page_redirects import redirect_in
from crawler.extract.markup.encoding import decode
from crawler.extract.markup.page import read_page
from crawler.extract.version import extractor_version
from crawler.network.addresses import as_browsers_read, refusal_of_url
from crawler.platforms.answers import fault_in, json_of
from crawler.reading.header_dates import read_header_date
from pipelines.items import ScrapedArticle
from pipelines.normalise import CLOCK_SKEW
from storage.records import (
    BodyKind,
    Failed,
    FailureCause,
    Link,
    Listed,
    Missing,
    Moved,
    Rejected,
    Unmodified,
)
from storage.url_keys import url_key

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MISSING = frozenset({404, 410})
PARTIAL = 206
WHOLE_RANGE = re.compile(r"bytes 0-(\d+)/(\d+)", re.IGNORECASE)
_UNAVAILABLE = Failed(cause=FailureCause.SERVER_ERROR, detail="the page says that it is unavailable for now")
_CONSENT = Failed(cause=FailureCause.CHALLENGE, detail="the page asks for consent to cookies")
TEXT_TYPE = "text/plain"
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|meta|div|p|br|a|table)\b", re.IGNORECASE)
_LOOKED_AT = 65_536  # bytes
FARTHEST_BEHIND = timedelta(days=100 * 365)  # that a clock may be: without a battery they begin in 1970
_TEXTLESS = frozenset({"empty-body", "missing-title", "shell"})
# What a list row may link to instead of a page, by the first bytes of the file.
DOCUMENTS = ((b"%PDF-", "application/pdf"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response as plain values."""

    url: str
    status: int
    body: bytes
    media_type: str = ""
    location: str | None = None
    content_range: str | None = None


ArticleResult = ScrapedArticle | Unmodified | Rejected | Missing | Moved | Failed
ListResult = ExtractedList | Moved | Failed


def time_of_reading(fetched_at: datetime, date_header: str | None) -> datetime:
    """Return the time, aware, against which the dates of an answer are read.

    That is when it was fetched, unless the server says by its Date that it was days later: with a clock
    that lies behind, all that was published since would lie in the future.
    """
    stated = read_header_date(date_header)
    if stated is None or not CLOCK_SKEW < stated - fetched_at < FARTHEST_BEHIND:
        return fetched_at
    return stated.astimezone(UTC)


def read_answer(answer: Answer, *, platform: str | None, context: PageContext) -> ArticleResult:
    """Return what *answer* says of the page that was asked for."""
    if answer.status == 304:
        return Unmodified()
    if answer.status in REDIRECTS:
        return read_redirect(answer)
    if answer.status in MISSING:
        return Missing(status=answer.status)
    if answer.status >= 400:
        return read_error(answer)
    if _is_part(answer):
        return Failed(cause=FailureCause.TRUNCATED, detail=f"HTTP 206, {answer.content_range or 'a part'}")
    if _is_blank(answer):
        return _blank(answer)
    return read_document(answer, context) or read_article(answer, platform=platform, context=context)


def _is_blank(answer: Answer) -> bool:
    """Return whether nothing was sent: what a program leaves that broke down, not what anybody published."""
    return not answer.body or answer.body.isspace()


def _blank(answer: Answer) -> Failed:
    return Failed(cause=FailureCause.SERVER_ERROR, detail=f"HTTP {answer.status}, an empty page")


def _is_part(answer: Answer) -> bool:
    return answer.status == PARTIAL and not is_whole(answer.content_range or "")


def is_whole(content_range: str) -> bool:
    """Return whether a part of a page that nobody asked for is all of it."""
    match = WHOLE_RANGE.fullmatch(content_range.strip())
    return match is not None and int(match[1]) + 1 == int(match[2])


def read_list_answer(answer: Answer, *, platform: str | None, context: PageContext) -> ListResult:
    """Return what a list page lists, or why it could not be had."""
    if answer.status in MISSING:
        return _as_list_failure(answer)
    if answer.status in REDIRECTS:
        target = read_redirect(answer)
        return (
            target if isinstance(target, Moved) else Failed(cause=FailureCause.NOT_FOUND, detail="redirect")
        )
    if answer.status >= 300 or _is_part(answer):
        return read_error(answer)
    page = read_list(answer, platform=platform, context=context)
    if page.entries:
        return page
    if answer.status != 200:
        return read_error(answer)
    if sign := challenge_sign(answer.status, {}, answer.body):
        return Failed(cause=FailureCause.CHALLENGE, detail=sign)
    if shown := _shown_instead(answer, context):
        return shown
    moved = None if page.next or page.frames else redirect_of_page(answer, context)
    return moved if isinstance(moved, Moved) and moved.to != answer.url else page


def _as_list_failure(answer: Answer) -> Failed:
    if answer.status in MISSING:
        return Failed(cause=FailureCause.NOT_FOUND, detail=f"HTTP {answer.status}")
    return read_error(answer)


def listed(page: ExtractedList) -> tuple[Listed, ...]:
    """Return the entries of a list page as the archive takes them."""
    return tuple(Listed(url=entry.url, title=entry.title, day=entry.date) for entry in page.entries)


def _shown_instead(answer: Answer, context: PageContext) -> Failed | None:
    """Return what stands in the place of a list page without entries, None where it is that page."""
    if context.list_before is None and _is_blank(answer):  # behind rows it may be their end
        return _blank(answer)
    try:
        page = read_page(answer.body, answer.url, context)
    except ExtractionError:
        return None
    # What an interface says so with status 200 may, behind rows, be the end of them: the walk compares both.
    if context.list_before is None and (fault := fault_in(json_of(page))):
        return _as_list_failure(replace(answer, status=fault))
    if is_out_of_order(page):
        return _UNAVAILABLE
    return _CONSENT if asks_for_consent(page) else None


def read_list(answer: Answer, *, platform: str | None, context: PageContext) -> ExtractedList:
    """Return the entries of a list page; one that cannot be read at all has none."""
    try:
        return extract_list(answer.body, answer.url, platform=platform, context=context)
    except ExtractionError:
        return ExtractedList(platform=platform)


def read_error(answer: Answer) -> Failed:
    """Return the failure that an error status stands for."""
    detail = f"HTTP {answer.status}"
    if sign := challenge_sign(answer.status, {}, answer.body):
        return Failed(cause=FailureCause.CHALLENGE, detail=f"{detail}, {sign}")
    # 304 was not asked for; 521 is a web firewall's number, not a server's.
    refused = 400 <= answer.status < 500 or answer.status == 521
    return Failed(cause=FailureCause.REFUSED if refused else FailureCause.SERVER_ERROR, detail=detail)


def read_redirect(answer: Answer) -> Moved | Missing | Rejected:
    """Return where a redirect leads: another page, or the home page, which means that this one is gone."""
    if not answer.location:
        return Rejected(reason="redirect-without-target", detail=f"HTTP {answer.status}")
    try:
        target = urljoin(answer.url, as_browsers_read(answer.location))
        urlsplit(target)  # raises where the target is ill-formed
    except ValueError:
        return Rejected(reason="redirect-to-other-scheme", detail=answer.location[:200])
    if refusal_of_url(target):
        return Rejected(reason="redirect-to-other-scheme", detail=target[:200])
    if is_home(target) and urlsplit(answer.url).path.lower() not in HOME_PATHS:
        return Missing(status=answer.status)
    return Moved(to=target)


def read_document(answer: Answer, context: PageContext) -> ScrapedArticle | None:
    """Return an article whose body is the document itself, where the list row linked straight to one."""
    types = [kind for magic, kind in DOCUMENTS if answer.body.startswith(magic)]
    if not types:
        return None
    title = context.listed_title or urlsplit(answer.url).path.rsplit("/", 1)[-1]
    return ScrapedArticle(
        title=title,
        paragraphs=(),
        body_kind=BodyKind.PDF,
        published=context.listed_date,
        published_from="list row" if context.listed_date else "none: a document without a listed date",
        language=context.language,
        attachments=(Link(url=answer.url, title=title, media_type=types[0]),),
        extractor_version=extractor_version(),
        read_at=context.fetched_at,
    )


def read_article(answer: Answer, *, platform: str | None, context: PageContext) -> ArticleResult:
    """Return the article of a page, or what the page is instead."""
    if sign := challenge_sign(answer.status, {}, answer.body):
        return Failed(cause=FailureCause.CHALLENGE, detail=sign)
    try:
        if is_plain_text(answer.media_type, answer.body):
            text, _ = decode(answer.body, context.http_charset)
            return extract_text(text, answer.url, context=context)
        return extract_article(answer.body, answer.url, platform=platform, context=context)
    except NotAnArticle as error:
        if error.kind == "challenge":
            return Failed(cause=FailureCause.CHALLENGE, detail=error.detail)
        if error.kind == "not-found":
            return Missing(status=404)
        if error.kind == "unavailable":  # for now: it says nothing of the article
            return _UNAVAILABLE
        moved = redirect_of_page(answer, context) if error.kind in _TEXTLESS else None
        if moved and not (isinstance(moved, Moved) and url_key(moved.to) == url_key(answer.url)):
            return moved
        return Rejected(reason=error.kind, detail=error.detail)


def media_type_in(content_type: str | None) -> str:
    """Return the media type that a Content-Type header names."""
    return (content_type or "").partition(";")[0].strip().lower()


def is_plain_text(media_type: str, body: bytes) -> bool:
    """Return whether an answer is text without markup; some servers call their pages text, too."""
    return media_type == TEXT_TYPE and not _MARKUP.search(body, 0, _LOOKED_AT)


def redirect_of_page(answer: Answer, context: PageContext) -> Moved | Missing | Rejected | None:
    """Return where a page that is nothing but a meta refresh or a script leads, None if nowhere."""
    target = redirect_in(answer.body, context.http_charset)
    return read_redirect(replace(answer, location=target)) if target else None
