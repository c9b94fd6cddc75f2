"""Texts that are withheld: what carries one of them under another address is withheld with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.database.bulk import is_wanted, select_rows
from storage.models import article, revision
from storage.records import FingerprintedArticle

SHORTEST = 80  # characters of a text that is told apart without its title: many notices say "see annex"
_WITHHELD = (
    select(article.c.text_digest, article.c.public_id, article.c.withheld, revision.c.digest)
    .join(revision, revision.c.id == article.c.latest_revision)
    .where(is_wanted(article.c.text_digest), article.c.withheld.is_not(None))
    .order_by(article.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Withheld:
    article: str  # public id
    digest: str
    reason: str


class WithheldTexts:
    """Those of some texts that are withheld already, each with the reason."""

    def __init__(self, connection: Connection, texts: Iterable[FingerprintedArticle]) -> None:
        self._found: dict[str, list[_Withheld]] = defaultdict(list)
        for row in select_rows(connection, _WITHHELD, {text.text_digest for text in texts}):
            withheld = _Withheld(article=row.public_id, digest=row.digest, reason=row.withheld)
            self._found[row.text_digest].append(withheld)

    def reason_for(self, text: FingerprintedArticle) -> str | None:
        """Return why an article with this *text* is not shown, None if it is."""
        for each in self._found.get(text.text_digest, ()):
            if each.digest == text.digest or len(text.body) >= SHORTEST:
                return f"the text of {each.article}, which is withheld: {each.reason}"
        return None
