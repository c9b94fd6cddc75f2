"""`hotnews explain`: where every field of an article comes from, and what it is to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click
from rich.padding import Padding
from rich.text import Text

from crawler.extract.encoding import declared_codec
from crawler.extract.page import Page, read_page
from crawler.extract.places import Place, place_of, place_of_date, place_of_lines
from crawler.extract.types import Candidate, ExtractedArticle, NotAnArticle, PageContext
from crawler.field_differences import changed_fields
from crawler.learning import templates_of
from crawler.reextracting import declared_sites
from crawler.rereading import NORMALISE, read_whole, rules_of, visit_of
from pipelines.fingerprint import fingerprint
from pipelines.items import ScrapedArticle
from storage import Archive
from storage.command_line import archive_option, json_option, plain, write_json
from storage.evidence import Evidence, EvidenceError, read_evidence
from storage.export import published_text
from storage.records import Article, NoArticle, Visit
from storage.rendering import console, table, time_text
from storage.story_commands import show_copies

if TYPE_CHECKING:
    from storage.explanations import CopyExplanation
    from storage.parts import StoredPart
    from storage.rows import ArticleRow
    from storage.stored_pages import StoredPage

NO_ARTICLE = "today's rules find no article on the stored page"
FIELDS = ("title", "published", "source", "author", "editor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A value that another rule offered for a field."""

    value: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldExplanation:
    """A stored field: the rule that won, where on the page it stands, the rules that lost."""

    field: str
    value: str | None
    rule: str | None
    path: str | None
    excerpt: str | None
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartExplanation:
    """The evidence of a further page of the article."""

    url: str
    file: str | None
    offset: int | None
    length: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageExplanation:
    """The evidence an article rests on, and how it is read; *differing* fields are read otherwise today."""

    url: str
    file: str
    offset: int
    length: int
    fetched_at: datetime
    status: int | None
    payload_digest: str | None
    encoding: str | None
    encoding_by_http: str | None
    encoding_by_page: str | None
    platform: str | None
    platform_evidence: str | None
    extractor_version: str
    template_version: str | None
    differing: tuple[str, ...]
    parts: tuple[PartExplanation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All there is to say of an article; without evidence *page* is None and *missing* says why."""

    article: ArticleRow
    page: PageExplanation | None
    missing: str
    fields: tuple[FieldExplanation, ...]
    removed: tuple[Any, ...]
    copies: Sequence[CopyExplanation]


@click.command()
@click.argument("article", metavar="ID|URL")
@archive_option
@json_option
def explain(article: str, archive: str, **asked: bool) -> None:
    """Explain where every field of an article comes from, and what it is to others.

    The stored page is read again: for each field the rule that won, the element of the page it stands in
    and the values that lost; each line that was taken off, with its rule; how the bytes were decoded. Then
    what the article is to those that share its words: a copy, of which kind, or why not, with the numbers
    of the decision (lengths in words or Han characters).

    JSON lines say in `what` what each is: article, page, field, removed or copy.
    """
    with Archive(archive) as opened:
        found = explanation(opened, article)
    if asked["as_json"]:
        write_json(json_records(found))
    else:
        show(found)


def explanation(archive: Archive, id_or_url: str) -> Explanation:
    """Return what there is to say of an article.

    :raises NoSuchArticle: if the archive holds none of that id or URL
    """
    row = archive.article(id_or_url)
    copies = archive.explain_copies(row.id)
    page = archive.stored_page(row.id)
    if page is None:
        reason = f"it is withheld ({row.withheld})" if row.withheld else "no evidence of it was kept"
        return _without_page(row, copies, reason)
    try:
        evidence = read_evidence(archive.evidence_root, page.pointer)
    except EvidenceError as error:
        return _without_page(row, copies, str(error))
    site = declared_sites(archive).get(row.site)
    templates = templates_of(archive.templates(row.site)).get(row.site)
    platform, context = rules_of(page, evidence, site, templates)
    try:
        result = read_whole(page, evidence, archive.evidence_root, platform, context)
    except EvidenceError as error:
        return _without_page(row, copies, str(error))
    if not isinstance(result, ExtractedArticle):
        was_row = isinstance(result, ScrapedArticle)
        return _without_page(row, copies, "it came as fields, not as a page" if was_row else NO_ARTICLE)
    visit = NORMALISE.process_item(visit_of(page, site, result))
    markup = _markup(evidence, page, context)
    return Explanation(
        article=row,
        page=_page(row, page, evidence, context, result, _differing(row, visit)),
        missing="",
        fields=tuple(_fields(row, result, markup)),
        removed=result.removed,
        copies=copies,
    )


def _without_page(row: ArticleRow, copies: Sequence[CopyExplanation], reason: str) -> Explanation:
    """Return what is known where the page cannot be read: the stored values, and the date's rule."""
    fields = (
        FieldExplanation(
            field=name,
            value=_stored(row, name),
            rule=row.published_from if name == "published" else None,
            path=None,
            excerpt=None,
            lost=(),
        )
        for name in FIELDS
    )
    return Explanation(
        article=row, page=None, missing=reason, fields=tuple(fields), removed=(), copies=copies
    )


def _markup(evidence: Evidence, page: StoredPage, context: PageContext) -> Page | None:
    """Return the parsed page, or None where the evidence is a text dump."""
    if (evidence.header("Content-Type") or "").startswith("text/plain"):
        return None
    try:
        return read_page(evidence.payload, evidence.url or page.url, context)
    except NotAnArticle:
        return None


def _page(
    row: ArticleRow,
    page: StoredPage,
    evidence: Evidence,
    context: PageContext,
    result: ExtractedArticle,
    differing: tuple[str, ...],
) -> PageExplanation:
    return PageExplanation(
        url=page.url,
        file=page.pointer.file,
        offset=page.pointer.offset,
        length=page.pointer.length,
        fetched_at=page.at,
        status=page.status,
        payload_digest=page.digest,
        encoding=result.encoding,
        encoding_by_http=context.http_charset,
        encoding_by_page=declared_codec(evidence.payload),
        platform=result.platform,
        platform_evidence=result.platform_evidence,
        extractor_version=row.extractor_version,
        template_version=row.template_version,
        differing=differing,
        parts=tuple(map(_part, page.parts)),
    )


def _part(part: StoredPart) -> PartExplanation:
    if (at := part.pointer) is None:
        return PartExplanation(url=part.url, file=None, offset=None, length=None)
    return PartExplanation(url=part.url, file=at.file, offset=at.offset, length=at.length)


def _differing(row: ArticleRow, visit: Visit[Article | NoArticle]) -> tuple[str, ...]:
    """Return the stored fields that today's rules read otherwise."""
    found = visit.result
    return tuple(changed_fields(row, fingerprint(found))) if isinstance(found, Article) else ("all",)


def _fields(row: ArticleRow, result: ExtractedArticle, markup: Page | None) -> Iterator[FieldExplanation]:
    for name in FIELDS:
        offers = [each for each in result.candidates if each.field == name]
        winner = offers[0] if offers else None
        won = winner if name != "published" or result.published is not None else None
        place = _place(markup, won, result) if won and markup else None
        yield FieldExplanation(
            field=name,
            value=_stored(row, name),
            rule=row.published_from if name == "published" else winner.rule if winner else None,
            path=place.path if place else None,
            excerpt=place.excerpt if place else None,
            lost=tuple(Lost(value=each.value, rule=each.rule) for each in offers[1:]),
        )
    yield FieldExplanation(
        field="language",
        value=row.language,
        rule="letters and commonest words of the text, else as declared" if row.language else None,
        path=None,
        excerpt=None,
        lost=(),
    )
    yield _body(result, markup)


def _body(result: ExtractedArticle, markup: Page | None) -> FieldExplanation:
    place = place_of_lines(markup, result.paragraphs) if markup and result.paragraphs else None
    return FieldExplanation(
        field="body",
        value=f"{len(result.paragraphs)} paragraphs, {sum(map(len, result.paragraphs))} characters",
        rule=f"platform {result.platform}" if result.platform else "blocks",
        path=place.path if place else None,
        excerpt=place.excerpt if place else None,
        lost=(),
    )


def _place(markup: Page, won: Candidate, result: ExtractedArticle) -> Place | None:
    if won.field == "published" and result.published is not None:
        return place_of_date(markup, result.published, won.rule)
    return place_of(markup, won.value, won.rule)


def _stored(row: ArticleRow, name: str) -> str | None:
    if name == "published":
        return published_text(row)
    value: str | None = getattr(row, name)
    return value


# What is shown


def json_records(found: Explanation) -> Iterator[dict[str, Any]]:
    """Yield *found* as JSON has it, a record for each thing that is explained."""
    row = found.article
    yield {"what": "article", "id": row.id, "url": row.url, "evidence": found.missing or "read again"}
    if found.page:
        yield {"what": "page", **_plain(found.page)}
    yield from ({"what": "field", **_plain(each)} for each in found.fields)
    yield from ({"what": "removed", **_plain(each)} for each in found.removed)
    yield from ({"what": "copy", **_plain(each)} for each in found.copies)


def _plain(value: object) -> dict[str, Any]:
    record = plain(value)
    assert isinstance(record, dict)
    return record


def show(found: Explanation) -> None:
    """Print *found* for a person."""
    out = console()
    out.print(Text(found.article.title or "Withheld", style="bold"))
    for line in (f"{found.article.id}  {found.article.url}", *_page_lines(found)):
        out.print(Text(line), soft_wrap=True)
    for each in found.fields:
        out.print()
        out.print(Text(f"{each.field}: ", style="bold").append(each.value or "-", style="not bold"))
        for line in _field_lines(each):
            out.print(Padding(Text(line), (0, 0, 0, 4), expand=False))
    if found.removed:
        gone = table("taken off", "at", "rule")
        for line in found.removed:
            gone.add_row(Text(line.text), line.position, line.rule)
        out.print()
        out.print(gone)
    out.print()
    show_copies(found.copies)


def _field_lines(field: FieldExplanation) -> Iterator[str]:
    """Yield what stands below a field: the rule, the place, who agrees, who offered something else."""
    where = f", in {field.path}" if field.path else ""
    if field.rule:
        yield f"by {field.rule}{where}"
    if field.excerpt and field.excerpt != field.value:
        yield f"there: {field.excerpt}"
    agreeing = [lost.rule for lost in field.lost if lost.value == field.value]
    if agreeing:
        yield f"the same by {', '.join(agreeing)}"
    for lost in field.lost:
        if lost.value != field.value:
            yield f"lost: {lost.value} (by {lost.rule})"


def _page_lines(found: Explanation) -> Iterator[str]:
    page = found.page
    if page is None:
        yield f"the page cannot be read again: {found.missing}"
        return
    fetched = time_text(page.fetched_at)
    yield f"evidence: {page.file} at {page.offset}, {page.length} bytes; fetched {fetched} UTC"
    for part in page.parts:
        yield f"further page: {part.url}; evidence: {part.file} at {part.offset}, {part.length} bytes"
    said = ", ".join(
        f"{who} says {what}"
        for who, what in (("HTTP", page.encoding_by_http), ("the page", page.encoding_by_page))
        if what
    )
    yield f"decoded as {page.encoding}" + (f" ({said})" if said else "")
    family = f"{page.platform} ({page.platform_evidence})" if page.platform else "no platform known"
    yield f"read as: {family}; rules {page.extractor_version}, template {page.template_version or 'none'}"
    if page.differing:
        names = ", ".join(page.differing)
        yield f"today's rules read otherwise: {names}; `hotnews reextract` would store that"
