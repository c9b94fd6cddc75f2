"""Second stage: give an article what it is compared by.

A crawl has it done in the process that writes the archive, on another core than the reactor's.
"""

from __future__ import annotations

from dataclasses import fields

from storage.digests import digest, text_digest
from storage.records import ArchivableVisit, Article, FingerprintedArticle, NoArticle, Visit
from storage.stories.shingles import fingerprints
from storage.stories.wording import token_line

ARTICLE_FIELDS = tuple(field.name for field in fields(Article))


def fingerprint(article: Article) -> FingerprintedArticle:
    """Return *article* with its digests and fingerprints."""
    line = token_line(article.body)
    return FingerprintedArticle(
        **{name: getattr(article, name) for name in ARTICLE_FIELDS},
        digest=digest(article),
        text_digest=text_digest(article.title, line),
        fingerprints=fingerprints(line),
    )


def fingerprinted(visit: Visit[Article | NoArticle]) -> ArchivableVisit:
    """Return *visit* with its article fingerprinted; what found no article passes unchanged."""
    result = fingerprint(visit.result) if isinstance(visit.result, Article) else visit.result
    return Visit(
        fetch=visit.fetch,
        parts=visit.parts,
        result=result,
        before=visit.before,
        may_wait=visit.may_wait,
    )
