"""`hotnews fixture`: a stored page as a test of its site."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import click

from crawler.evidence.files import safe_name
from crawler.rereading.fixture_files import KeptPage, archived_record, stem_of, unread_record, write_fixture
from storage import Archive
from storage.commands.command_line import archive_option, writing_to
from storage.errors import NoSuchArticle


@click.command()
@click.argument("article", metavar="ID|URL")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default="tests/pages",
    show_default=True,
    help="The folder with a folder for each site.",
)
@archive_option
def fixture(article: str, into: Path, archive: str) -> None:
    """Save the page of an article, with what it must yield, as a test of its site.

    Writes <day>-<slug>.html, the page as it was received (further pages of the article as .part2.html, ...),
    and the JSON beside it: what the archive holds of the article. Correct it by hand where it is wrong; the
    test of saved pages then fails until the rules are fixed. For a page that was no article give its URL, and
    fill in the JSON yourself. Existing files are not overwritten.

    \b
    hotnews fixture bzm4rj5sjjaxlbn3kmm3
    hotnews fixture https://www.example.gov/news/1.html --into saved-pages
    """
    with Archive(archive) as opened:
        parts = range(1, opened.evidence_parts(article) + 1)
        found = [opened.evidence(article, part=number) for number in parts]
        pages = [KeptPage(each.url, each.payload) for each in found]
        try:
            row = opened.article(article)
        except NoSuchArticle:
            url = pages[0].url
            site, stem, expected = site_of_url(url), stem_of(url, None), unread_record(None, None)
        else:
            pages[0] = pages[0]._replace(url=row.url)
            site, stem, expected = row.site, stem_of(row.url, row.published_day), archived_record(row)
    folder = into / safe_name(site)
    with writing_to(into):
        there = {*folder.glob(f"{stem}.*")}
        paths = write_fixture(folder, stem, pages, expected=expected)
    for path in paths:
        click.echo(path)
        if path in there:
            click.echo(f"{path} was there already and is as it was; move it away to save it anew", err=True)


def site_of_url(url: str) -> str:
    """Return the name of the declared site that *url* belongs to, or its host."""
    host = urlsplit(url).netloc.lower()
    site = import_module("crawler.registry").site_of_host(host)  # imports Scrapy, so only now
    return site.name if site else host
