"""What an article is to the archive while a transaction runs, and the rows a revision becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from storage.database.bulk import is_wanted, select_rows
from storage.models import article, revision
from storage.records import ArchivableVisit, Article, Cause, Fetch, FingerprintedArticle, Link, RunKind
from storage.safe_text import storable

Described = tuple[object, ...]  # what the digest does not cover
# The rules by which a page names the day of its publication; others take one that stands there.
STATED = re.compile(r"label |platform rule$|meta |schema ")
SETTLED = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHead:
    """The latest revision of an article, as far as the next one depends on it."""

    id: int
    public_id: str
    site_id: int
    page_id: int  # whose URL it is cited by
    revision_id: int
    fetch_id: int
    number: int
    digest: str
    chain: str
    payload_digest: str | None
    extractor_version: str
    template_version: str | None
    published_day: date | None
    published_at: datetime | None
    seen_at: datetime
    cause: Cause
    withheld: bool = False
    described: Described

    @property
    def date_rule(self) -> str | None:
        """Return the rule that gave the date, or why there is none."""
        rule = self.described[_DESCRIBING.index("published_from")]
        return None if rule is None else str(rule)


_DESCRIBING = (
    "published_day",
    "published_at",
    "published_precision",
    "published_from",
    "source",
    "author",
    "editor",
)


_HEADS = (
    select(
        article.c.id,
        article.c.public_id,
        article.c.site_id,
        article.c.page_id,
        article.c.language,
        article.c.withheld,
        revision.c.id.label("revision_id"),
        revision.c.fetch_id,
        revision.c.number,
        revision.c.digest,
        revision.c.chain,
        revision.c.payload_digest,
        revision.c.extractor_version,
        revision.c.template_version,
        revision.c.seen_at,
        revision.c.cause,
        *(revision.c[name] for name in _DESCRIBING),
    )
    .join(revision, revision.c.id == article.c.latest_revision)
    .where(is_wanted(article.c.id))
)


def load_heads(connection: Connection, article_ids: set[int]) -> dict[int, ArticleHead]:
    """Return the latest revision of each article, by the article's row number."""
    heads = {}
    for row in select_rows(connection, _HEADS, article_ids):
        values = dict(row._mapping)
        described = (*(values[name] for name in _DESCRIBING), values.pop("language"))
        values["cause"] = Cause(row.cause)
        values["withheld"] = row.withheld is not None
        for name in _DESCRIBING[2:]:
            del values[name]
        heads[row.id] = ArticleHead(**values, described=described)
    return heads


def described(found: Article) -> Described:
    """Return what the digest of *found* does not cover, as `ArticleHead.described` holds it."""
    precision = found.published_precision.value if found.published_precision else None
    texts = (
        storable(found.published_from),
        storable(found.source),
        storable(found.author),
        storable(found.editor),
    )
    return (found.published_day, found.published_at, precision, *texts, found.language)


def cause_of(head: ArticleHead, found: FingerprintedArticle, fetch: Fetch, kind: RunKind) -> Cause | None:
    """Return why *found* is another revision than *head*, None if it is not.

    The publisher edited only if the payload changed; a new reading of old bytes is ours, and one of
    older bytes than the latest comes too late.
    """
    if kind is RunKind.REEXTRACT and fetch.digest != head.payload_digest:
        return None
    if found.digest == head.digest and not (kind is RunKind.CRAWL and is_dated_anew(head, found, fetch)):
        reads_anew = kind is RunKind.REEXTRACT or not read_alike(head, found)
        return Cause.REEXTRACTED if reads_anew and described(found) != head.described else None
    if kind is RunKind.REEXTRACT or (fetch.digest is not None and fetch.digest == head.payload_digest):
        return Cause.REEXTRACTED
    return Cause.EDITED


def is_dated_anew(head: ArticleHead, found: Article, fetch: Fetch) -> bool:
    """Return whether the page states another day of publication than it did, to the rule that read that one.

    A day close to the visit may be that of the visit itself, which some pages print; a later one will tell.
    """
    before, after = head.published_day, found.published_day
    if before is None or after is None or before == after:
        return False
    is_page_another = None not in (fetch.digest, head.payload_digest) and fetch.digest != head.payload_digest
    is_stated = STATED.match(found.published_from or "") and found.published_from == head.date_rule
    is_settled = fetch.at.date() - after >= SETTLED
    return bool(is_stated) and is_settled and is_page_another and read_alike(head, found)


def read_alike(head: ArticleHead, found: Article) -> bool:
    """Return whether *head* was read by the rules and the template that *found* is read by."""
    ours = (found.extractor_version, found.template_version)
    return (head.extractor_version, head.template_version) == ours


def needs_rereading(head: ArticleHead, visit: ArchivableVisit, kind: RunKind) -> bool:
    """Return whether nobody can tell whose change it is before the earlier page is read by today's rules.

    Both the page and our reading of it changed since, and *visit* does not bring that reading along.
    """
    found, digest = visit.result, visit.fetch.digest
    if visit.before is not None or kind is not RunKind.CRAWL or not isinstance(found, FingerprintedArticle):
        return False
    if None in (digest, head.payload_digest) or digest == head.payload_digest or read_alike(head, found):
        return False
    return found.digest != head.digest or described(found) != head.described


def revision_row(found: FingerprintedArticle, fetch: Fetch) -> dict[str, Any]:
    """Return the columns of a revision that come from the article and its fetch."""
    return {
        "title": storable(found.title),
        "body": storable(found.body),
        "body_kind": found.body_kind.value,
        "tables": [[list(row) for row in table] for table in found.tables] or None,
        "mentions": [{"text": storable(m.text), "day": m.day.isoformat()} for m in found.mentions] or None,
        "published_day": found.published_day,
        "published_at": found.published_at,
        "published_offset": found.published_offset,
        "published_precision": found.published_precision.value if found.published_precision else None,
        "published_from": storable(found.published_from),
        "source": storable(found.source),
        "author": storable(found.author),
        "editor": storable(found.editor),
        "digest": found.digest,
        "text_digest": found.text_digest,
        "payload_digest": fetch.digest,
        "extractor_version": found.extractor_version,
        "template_version": found.template_version,
        "seen_at": fetch.at,
    }


def link_rows(revision_id: int, links: tuple[Link, ...]) -> list[dict[str, Any]]:
    """Return the rows of a revision's attachments or images."""
    return [
        {
            "revision_id": revision_id,
            "number": number,
            "url": storable(link.url),
            "title": storable(link.title),
            "media_type": storable(link.media_type),
        }
        for number, link in enumerate(links, 1)
    ]
