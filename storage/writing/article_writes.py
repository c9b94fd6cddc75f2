"""The articles and revisions a transaction writes, and what of them is searched and compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from storage import chain
from storage.database.bulk import insert_rows, update_rows
from storage.database.row_numbers import next_numbers
from storage.models import article, attachment, fetch, image, revision, run
from storage.records import Cause, RunKind
from storage.safe_text import storable
from storage.search.document_numbers import document_number
from storage.search.documents import DOCUMENTS, document_of
from storage.search.index import Document, add_documents, remove_documents
from storage.stories.copies import CopyLink, link_copies
from storage.stories.links import StoredText
from storage.writing.revision_rows import ArticleHead, described, link_rows, load_heads, revision_row

if TYPE_CHECKING:
    from storage.records import Fetch, FingerprintedArticle
    from storage.writing.page_states import PageEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRevision:
    """A text that becomes a revision: by which fetch it was found, in which run, and why it is one."""

    found: FingerprintedArticle
    fetch: Fetch
    fetch_id: int
    run_id: int
    cause: Cause = Cause.FIRST


class ArticleWrites:
    """Articles and revisions of one transaction; nothing is written before `write`."""

    def __init__(self, connection: Connection, known: set[int], room: int) -> None:
        self._connection = connection
        self.heads = load_heads(connection, known)
        self._article_numbers = iter(next_numbers(connection, article, room))
        self._revision_numbers = iter(next_numbers(connection, revision, room))
        self._articles: dict[int, dict[str, Any]] = {}
        self._changed: dict[int, dict[str, Any]] = {}
        self._moved: dict[int, int] = {}
        self._revisions: list[dict[str, Any]] = []
        self._attachments: list[dict[str, Any]] = []
        self._images: list[dict[str, Any]] = []
        self._outdated: set[int] = set()  # articles whose stored text is searched
        self._documents: dict[int, Document] = {}
        self._texts: dict[int, StoredText] = {}

    @property
    def written(self) -> Collection[int]:
        """Return the row numbers of the articles that are new or have another revision."""
        return self._texts.keys()

    def new_heads(self) -> list[ArticleHead]:
        """Return the articles that are new in this transaction."""
        return [self.heads[number] for number in self._articles]

    def add(
        self, page: PageEntry, new: NewRevision, *, section_id: int | None, withheld: str | None
    ) -> ArticleHead:
        """Add a new article with its first revision; where it is *withheld*, with the reason."""
        number, found = next(self._article_numbers), new.found
        head = self._head(
            new, article_id=number, public_id=page.public_id, site_id=page.site_id, page_id=page.id
        )
        head = replace(head, withheld=withheld is not None)
        page.article_id = number
        self._articles[number] = {
            "id": number,
            "public_id": page.public_id,
            "page_id": page.id,
            "site_id": page.site_id,
            "section_id": section_id,
            "language": found.language,
            "first_seen": new.fetch.at,
            "latest_revision": head.revision_id,
            "revisions": 1,
            "text_digest": found.text_digest,
            "source": storable(found.source),
            "document": document_number(found.published_day, number),
            "story_id": None,
            "withheld": storable(withheld),
        }
        self._add_revision(head, new)
        return head

    def revise(self, head: ArticleHead, new: NewRevision) -> ArticleHead:
        """Add another revision to a known article."""
        if head.id not in self._documents and not head.withheld:
            self._outdated.add(head.id)
        found = new.found
        later = self._head(
            new,
            article_id=head.id,
            public_id=head.public_id,
            site_id=head.site_id,
            page_id=head.page_id,
            before=head,
        )
        changed = {
            "language": found.language,
            "latest_revision": later.revision_id,
            "revisions": later.number,
            "text_digest": found.text_digest,
            "source": storable(found.source),
            "document": document_number(found.published_day, head.id),
        }
        if head.id in self._articles:
            self._articles[head.id] |= changed
        else:
            self._changed[head.id] = changed | {"id": head.id}
        self._add_revision(later, new)
        return later

    def _head(
        self,
        new: NewRevision,
        *,
        article_id: int,
        public_id: str,
        site_id: int,
        page_id: int,
        before: ArticleHead | None = None,
    ) -> ArticleHead:
        found, fetch = new.found, new.fetch
        number = before.number + 1 if before else 1
        return ArticleHead(
            id=article_id,
            public_id=public_id,
            site_id=site_id,
            page_id=page_id,
            revision_id=next(self._revision_numbers),
            fetch_id=new.fetch_id,
            number=number,
            digest=found.digest,
            chain=_chained(public_id, number, new, before),
            payload_digest=fetch.digest,
            extractor_version=found.extractor_version,
            template_version=found.template_version,
            published_day=found.published_day,
            published_at=found.published_at,
            seen_at=fetch.at,
            cause=new.cause,
            withheld=before is not None and before.withheld,
            described=described(found),
        )

    def move(self, article_id: int, page: PageEntry) -> None:
        """Let *page* be the one that an article is cited by."""
        self.heads[article_id] = replace(self.heads[article_id], page_id=page.id)
        if article_id in self._articles:
            self._articles[article_id]["page_id"] = page.id
        else:
            self._moved[article_id] = page.id

    def said_before(self, head: ArticleHead, digest: str) -> bool:
        """Return whether a stored revision of an article has that *digest*."""
        same = (revision.c.article_id == head.id, revision.c.digest == digest)
        return self._connection.scalar(select(revision.c.id).where(*same).limit(1)) is not None

    def was_crawled(self, head: ArticleHead) -> bool:
        """Return whether a crawl saw the latest text of an article."""
        crawls = select(run.c.id).where(run.c.id == fetch.c.run_id, run.c.kind == RunKind.CRAWL.value)
        seen = select(fetch.c.id).where(fetch.c.page_id == head.page_id, crawls.exists())
        return self._connection.scalar(seen.limit(1)) is not None

    def _add_revision(self, head: ArticleHead, new: NewRevision) -> None:
        found = new.found
        self.heads[head.id] = head
        row = revision_row(found, new.fetch)
        row |= {"id": head.revision_id, "article_id": head.id, "number": head.number, "chain": head.chain}
        row |= {"fetch_id": new.fetch_id, "run_id": new.run_id, "cause": new.cause.value}
        self._revisions.append(row)
        self._attachments += link_rows(head.revision_id, found.attachments)
        self._images += link_rows(head.revision_id, found.images)
        if not head.withheld:
            self._documents[head.id] = _new_document(head, found.language, row)
        self._texts[head.id] = StoredText(
            article_id=head.id,
            public_id=head.public_id,
            revision=head.number,
            title=row["title"],
            text_digest=found.text_digest,
            paragraphs=found.paragraphs,
            fingerprints=found.fingerprints,
        )

    def write(self) -> list[CopyLink]:
        """Write everything; return what turned out to be a copy."""
        connection = self._connection
        outdated = self._outdated_documents()
        insert_rows(connection, article, list(self._articles.values()))
        insert_rows(connection, revision, self._revisions)
        insert_rows(connection, attachment, self._attachments)
        insert_rows(connection, image, self._images)
        update_rows(connection, article, list(self._changed.values()))
        update_rows(connection, article, [{"id": a, "page_id": p} for a, p in self._moved.items()])
        remove_documents(connection, outdated)
        add_documents(connection, list(self._documents.values()))
        return link_copies(connection, list(self._texts.values())) if self._texts else []

    def _outdated_documents(self) -> list[Document]:
        """Return the documents of the texts that are being replaced, as they were indexed."""
        if not self._outdated:
            return []
        outdated = DOCUMENTS.where(article.c.id.in_(sorted(self._outdated)))
        return [*map(document_of, self._connection.execute(outdated))]


def _chained(key: str, number: int, new: NewRevision, before: ArticleHead | None) -> str:
    """Return the link of revision *number*, of the article with public id *key*, to the one *before*."""
    return chain.next_link(
        key=key,
        number=number,
        digest=new.found.digest,
        payload_digest=new.fetch.digest,
        previous=before.chain if before else None,
    )


def _new_document(head: ArticleHead, language: str | None, row: Mapping[str, Any]) -> Document:
    """Return what is searched of an article whose latest revision is *row*."""
    return Document(
        article_id=head.id,
        site_id=head.site_id,
        language=language,
        source=row["source"],
        day=row["published_day"],
        title=row["title"],
        body=row["body"],
    )
