"""What makes two articles, or two texts, equal; a stored digest can be made again from the stored text.

The rules are part of the schema: another rule needs a migration, or every older revision looks damaged.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from storage.stories.wording import says_enough, token_line

if TYPE_CHECKING:
    from storage.records import Article

BLANKS = bytes(code for code in range(128) if chr(code).isspace())
FIELD, GROUP = b"\x1f", b"\x1e"  # both are blanks to `str.split`, so no squeezed text holds them


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
    return sha256(GROUP.join([FIELD.join(map(_squeezed, group)) for group in groups])).hexdigest()


def text_digest(title: str, line: str) -> str:
    """Return what texts of the same token *line* share; the empty string where there is nothing to compare.

    A text of a few words ("See the attachment.") is compared together with its title.
    """
    if line and not says_enough(line):
        line = f"{token_line(title)} {line}".lstrip()
    return sha256(_encoded(line)).hexdigest() if line else ""


def _squeezed(text: str) -> bytes:
    if text.isascii():  # all its blanks are single bytes
        return text.encode().translate(None, BLANKS)
    return _encoded("".join(text.split()))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
