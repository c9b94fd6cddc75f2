"""What makes two articles, or two texts, equal; a stored digest can be made again from the stored text.

The rules are part of the schema: another rule needs a migration, or every older revision looks damaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from storage.wording import FEWEST_TOKENS, tokenise

if TYPE_CHECKING:
    from storage.records import Article

FIELD, GROUP = "\x1f", "\x1e"  # both are blanks to `str.split`, so no squeezed text holds them


def digest(article: Article) -> str:
    """Return what changes with the title, paragraphs, tables or attachments, but not with a blank."""
    return content_digest(
        article.title,
        article.paragraphs,
        (cell for table in article.tables for row in table for cell in row),
        ((link.title, link.url) for link in article.attachments),
    )


def content_digest(
    title: str,
    paragraphs: Iterable[str],
    cells: Iterable[str],
    attachments: Iterable[tuple[str | None, str]],
) -> str:
    """Return the digest of an article's parts, as they are stored; attachments are (title, URL)."""
    links = (text for link_title, url in attachments for text in (link_title or "", url))
    groups = ((title,), paragraphs, cells, links)
    return _sha256(GROUP.join(_squeezed(group) for group in groups))


def text_digest(title: str, tokens: Sequence[str]) -> str:
    """Return what texts of the same *tokens* share; the empty string where there is nothing to compare.

    A text of a few words ("See the attachment.") is compared together with its title.
    """
    if len(tokens) < FEWEST_TOKENS:
        tokens = (*tokenise(title), *tokens) if tokens else ()
    return _sha256(" ".join(tokens)) if tokens else ""


def _squeezed(texts: Iterable[str]) -> str:
    return FIELD.join("".join(text.split()) for text in texts)


def _sha256(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
