"""Where every field of an article comes from: its stored page read again, with who won and who lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crawler.extract.markup.encoding import declared_codec
from crawler.extract.markup.page import Page, read_page
from crawler.extract.types import ExtractedArticle, NotAnArticle, PageContext
from crawler.reading.answers import is_plain_text
from crawler.rereading.explained_fields import FIELDS, explained_fields, stored
from crawler.rereading.field_differences import changed_fields
from crawler.rereading.pages import NORMALISE, media_type_of, read_whole, rules_of, visit_of
from crawler.rereading.reextract import declared_sites
from crawler.site_templates import templates_of
from pipelines.fingerprint import fingerprint
from pipelines.items import ScrapedArticle
from storage.evidence.responses import Evidence, EvidenceError, read_evidence
from storage.provenance import (
    Explanation,
    FieldExplanation,
    PageExplanation,
    PartExplanation,
    Removed,
)
from storage.records import Article, NoArticle, Visit

if TYPE_CHECKING:
    from storage import Archive
    from storage.evidence.parts import StoredPart
    from storage.evidence.stored_pages import StoredPage
    from storage.rows import ArticleRow
    from storage.stories.explanations import CopyExplanation

NO_ARTICLE = "today's rules find no article on the stored page"


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
    rules = rules_of(page, evidence, site, templates)
    try:
        result = read_whole(page, evidence, archive.evidence_root, rules)
    except EvidenceError as error:
        return _without_page(row, copies, str(error))
    if not isinstance(result, ExtractedArticle):
        was_row = isinstance(result, ScrapedArticle)
        return _without_page(row, copies, "it came as fields, not as a page" if was_row else NO_ARTICLE)
    visit = NORMALISE.process_item(visit_of(page, site, result))
    markup = _markup(evidence, page, rules.context)
    return Explanation(
        article=row,
        page=_page(row, page, evidence, rules.context, result, _differing(row, visit)),
        missing="",
        fields=tuple(explained_fields(row, result, markup)),
        removed=_removed(result),
        copies=copies,
    )


def _removed(result: ExtractedArticle) -> tuple[Removed, ...]:
    return tuple(Removed(text=line.text, rule=line.rule, position=line.position) for line in result.removed)


def _without_page(row: ArticleRow, copies: Sequence[CopyExplanation], reason: str) -> Explanation:
    """Return what is known where the page cannot be read: the stored values, and the date's rule."""
    fields = (
        FieldExplanation(
            field=name,
            value=stored(row, name),
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
    if is_plain_text(media_type_of(evidence), evidence.payload):
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
        platform_evidence="its declaration names it"
        if result.platform_evidence == "named"
        else result.platform_evidence,
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
