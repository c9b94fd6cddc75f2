"""`hotnews extract`: what extraction makes of one page, and why."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.account.ledger import verdict_of_list_failure
from crawler.crawling import Assignment, crawl_environment
from crawler.extract import ExtractedArticle, PageContext
from crawler.importing.documents import read_document
from crawler.importing.payload_files import read_payload
from crawler.importing.types import Document, UnreadableDocument
from crawler.network.addresses import PRIVATE, is_well_formed
from crawler.platform_option import platform_option
from crawler.reading.answers import ArticleResult, is_plain_text
from pipelines.items import ScrapedArticle
from storage.commands.command_line import write_json
from storage.commands.listing import Listing, table
from storage.commands.prose import Prose
from storage.commands.rendering import console
from storage.file_errors import told
from storage.json_values import plain
from storage.records import Failed, FailureCause, Missing, Moved, Rejected
from storage.verdicts import Verdict


class NoArticleShown(click.ClickException):
    """There is no article to show; the exit code is the verdict a crawl would end with."""

    def __init__(self, message: str, verdict: Verdict) -> None:
        super().__init__(message)
        self.verdict = verdict

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        """Return the verdict's exit code; click asks for it."""
        return self.verdict.exit_code


@click.command()
@click.argument("page", metavar="FILE|URL|-")
@click.option("--url", metavar="URL", help="The page's URL; links and dates are read against it.")
@platform_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON record.")
@click.option(
    "--explain", is_flag=True, help="Also show each removed line and the losing candidates, with their rules."
)
@click.option(
    "-s",
    "--set",
    "settings",
    type=Assignment(),
    multiple=True,
    help="A Scrapy setting, for a URL (repeat).",
)
def extract(
    page: str, url: str | None, platform: str | None, settings: tuple[str, ...], **asked: bool
) -> None:
    """Show the article of one page; nothing is archived.

    A file is a saved page or a text dump; a URL is fetched by the crawler's own downloader, which obeys
    robots.txt; - is standard input.

    \b
    hotnews extract page.html --url https://www.example.gov/news/1.html --explain
    hotnews extract https://www.example.gov/news/1.html --json
    """
    document = load(page, settings)
    address = url or document.url or ""
    context = PageContext(http_charset=document.http_charset, fetched_at=document.fetched_at)
    result, canonical = read_document(document, address, platform=platform, context=context)
    if not isinstance(result, ScrapedArticle):
        raise not_an_article(address or page, result)
    address = address or canonical or ""
    if asked["as_json"]:
        write_json([article_record(result, address, explain=asked["explain"])])
    else:
        show(result, address, explain=asked["explain"])


def load(page: str, settings: Sequence[str]) -> Document:
    """Return the document that *page* names: a URL, a file or standard input."""
    if page.lower().startswith(("http://", "https://")):
        if not is_well_formed(page):
            raise click.UsageError(f"{page} is no URL")
        return download(page, settings)
    path = Path(page)
    if page != "-" and not path.is_file():
        raise click.UsageError(f"{page} is no file, no http(s) URL and not -; a URL begins with https://")
    try:
        if page == "-":
            return read_payload(sys.stdin.buffer.read(), "standard input")
        return read_payload(path.read_bytes(), page)
    except UnreadableDocument as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.UsageError(f"{page}: {told(error, 'name another')}") from error


def download(url: str, settings: Sequence[str]) -> Document:
    """Return a page from the web.

    :raises NoArticleShown: if there was no answer.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page")
        command = [sys.executable, "-P", "-m", "scrapy", "download", url, str(file), "-s", "LOG_LEVEL=ERROR"]
        for setting in settings:
            command += ["-s", setting]
        child = subprocess.run(command, env=crawl_environment(), stdout=subprocess.PIPE, check=True)  # noqa: S603
        report = json.loads(child.stdout)
        if "status" not in report:
            cause = FailureCause(report.get("cause", FailureCause.CRASHED))
            private = cause is FailureCause.ADDRESS and any(kind in report["error"] for kind in PRIVATE)
            remedy = "; -s ALLOW_PRIVATE_ADDRESSES=1 lets it go there" if private else ""
            raise NoArticleShown(f"{url}: {cause}: {report['error']}{remedy}", verdict_of_list_failure(cause))
        body = file.read_bytes()
        as_text = is_plain_text(report["media_type"], body)
        return Document(
            origin=url,
            html=None if as_text else body,
            dump=body if as_text else None,
            url=report["url"],
            status=report["status"],
            http_charset=report["http_charset"],
            fetched_at=datetime.now(UTC),
        )


def not_an_article(name: str, result: ArticleResult) -> NoArticleShown:
    """Return what to say of a page that shows no article."""
    if isinstance(result, Failed):
        return NoArticleShown(
            f"{name}: {result.cause} ({result.detail})", verdict_of_list_failure(result.cause)
        )
    reason = {Missing: "not-found", Moved: "moved"}.get(type(result), "")
    if isinstance(result, Rejected):
        reason = f"{result.reason}{': ' + result.detail if result.detail else ''}"
    return NoArticleShown(f"{name}: no article here ({reason})", Verdict.DRIFTED)


def article_record(article: ScrapedArticle, url: str | None, *, explain: bool) -> dict[str, object]:
    """Return the article as one JSON record; removed lines and candidates only where asked for."""
    record = plain(article)
    assert isinstance(record, dict)
    if not explain:
        record = {name: value for name, value in record.items() if name not in {"removed", "candidates"}}
    return {"url": url, **record, "body": "\n".join(article.paragraphs)}


def show(article: ScrapedArticle, url: str | None, *, explain: bool) -> None:
    """Print the article for a person."""
    out = console()
    out.print(Prose(article.title, style="bold"))
    for name, value in facts(article, url):
        out.print(Prose(f"{name}: {value}", style="dim", indent=2))
    for paragraph in article.paragraphs:
        out.print()
        out.print(Prose(paragraph))
    for link in article.attachments:
        out.print()
        out.print(Prose(f"attachment: {link.title or ''} {link.url}"))
    if explain and isinstance(article, ExtractedArticle):
        out.print()
        out.print(explanation(article))


def facts(article: ScrapedArticle, url: str | None) -> list[tuple[str, str]]:
    """Return what is known of the article beside its text, what is unknown left out."""
    published = article.published.isoformat() if article.published else "unknown"
    known = {
        "url": url,
        "published": f"{published} ({article.published_from})",
        "source": article.source,
        "author": article.author,
        "editor": article.editor,
        "language": article.language,
        "platform": article.platform if isinstance(article, ExtractedArticle) else None,
        "goes on at": article.next_page if isinstance(article, ExtractedArticle) else None,
    }
    return [(name, value) for name, value in known.items() if value]


def explanation(article: ExtractedArticle) -> Listing:
    """Return the candidates and the removed lines, each with its rule."""
    shown = table("what", "value", "rule")
    for candidate in article.candidates:
        shown.add_row(candidate.field, Prose(candidate.value), Prose(candidate.rule))
    for line in article.removed:
        shown.add_row(f"removed, {line.position}", Prose(line.text), Prose(line.rule))
    return shown
