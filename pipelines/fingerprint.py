"""Second stage: give an article what it is compared by."""

from __future__ import annotations

from dataclasses import fields

from pipelines.digests import digest, text_digest
from storage.records import Article, FingerprintedArticle, NoArticle, Visit
from storage.shingles import fingerprints
from storage.wording import tokenise

ARTICLE_FIELDS = tuple(field.name for field in fields(Article))


def fingerprint(article: Article) -> FingerprintedArticle:
    """Return *article* with its digests and fingerprints."""
    tokens = tokenise(article.body)
    return FingerprintedArticle(
        **{name: getattr(article, name) for name in ARTICLE_FIELDS},
        digest=digest(article),
        text_digest=text_digest(article.title, tokens),
        fingerprints=fingerprints(tokens),
    )


class FingerprintPipeline:
    """Fingerprint the articles among the visits; what found no article passes unchanged."""

    def process_item(self, visit: Visit[Article | NoArticle]) -> Visit[FingerprintedArticle | NoArticle]:
        """Return *visit* with its article fingerprinted."""
        if not isinstance(visit.result, Article):
            return Visit(fetch=visit.fetch, parts=visit.parts, result=visit.result)
        return Visit(fetch=visit.fetch, parts=visit.parts, result=fingerprint(visit.result))
