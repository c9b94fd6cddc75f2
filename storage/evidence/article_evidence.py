"""Where the evidence of an article lies, and that of a page whose answer was no article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from storage.errors import BadQuery, NoSuchArticle
from storage.evidence.parts import parts_of_fetches
from storage.evidence.pointers import pointer_in
from storage.evidence.responses import EvidenceMissing, EvidenceWithheld
from storage.models import article, fetch, page, revision
from storage.queries.articles import article_number
from storage.records import EvidencePointer, FetchKind
from storage.url_keys import page_id

POINTER = (fetch.c.id, *(fetch.c[name] for name in ("warc_file", "warc_offset", "warc_length", "digest")))
LARGEST_NUMBER = 2**31 - 1  # that the column holds on either engine


def evidence_pointers(
    connection: Connection, id_or_url: str, number: int | None
) -> list[EvidencePointer | None]:
    """Return the evidence of an article's revision *number* (the latest), or of a page by its URL.

    The first is that of the page, the others are those of its further parts; None where a part has none.

    :raises NoSuchArticle: if the archive knows neither article nor page
    :raises BadQuery: if there is no such revision
    :raises EvidenceError: if none was kept, or it is withheld
    """
    try:
        found = _of_article(connection, article_number(connection, id_or_url), id_or_url, number)
    except NoSuchArticle:
        last = connection.execute(_last_answer(id_or_url)).first()
        if last is None:
            raise
        found = last
    if found.warc_file is None:
        raise EvidenceMissing(f"{id_or_url}: no evidence was kept of it")
    own = pointer_in(found)
    parts = parts_of_fetches(connection, [found.id]).get(found.id, ())
    return [own, *(part.pointer for part in parts)]


def pointer_of(pointers: Sequence[EvidencePointer | None], part: int, name: str) -> EvidencePointer:
    """Return the evidence of that *part*, counted from 1, of the article called *name*.

    :raises BadQuery: if there is no such part
    :raises EvidenceError: if none was kept of it
    """
    if not 1 <= part <= len(pointers):
        raise BadQuery(f"{name} has no part {part}; it has {len(pointers)}")
    pointer = pointers[part - 1]
    if pointer is None:
        raise EvidenceMissing(f"{name}: no evidence was kept of part {part}")
    return pointer


def _of_article(connection: Connection, article_id: int, id_or_url: str, number: int | None) -> Any:
    reason = connection.scalar(select(article.c.withheld).where(article.c.id == article_id))
    if reason is not None:
        raise EvidenceWithheld(f"{id_or_url} is withheld: {reason}")
    numbered = revision.c.number == max(0, min(number or 0, LARGEST_NUMBER))
    wanted = revision.c.id == article.c.latest_revision if number is None else numbered
    row = connection.execute(
        select(*POINTER)
        .join_from(revision, fetch, fetch.c.id == revision.c.fetch_id)
        .join(article, article.c.id == revision.c.article_id)
        .where(article.c.id == article_id, wanted)
    ).first()
    if row is None:
        raise BadQuery(f"{id_or_url} has no revision {number}; `hotnews history` lists them")
    return row


def _last_answer(url: str) -> Select[Any]:
    return (
        select(*POINTER)
        .join(page, page.c.id == fetch.c.page_id)
        .where(
            page.c.public_id == page_id(url.strip()),
            page.c.article_id.is_(None),
            fetch.c.kind == FetchKind.ARTICLE.value,
            fetch.c.warc_file.is_not(None),
        )
        .order_by(fetch.c.id.desc())
        .limit(1)
    )
