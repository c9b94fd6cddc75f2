"""Why an article is not archived.

RejectedArticle     caught by the pipeline classes, which turn it into a `Rejected` result
  EmptyBody         nothing is left of the body
  MissingTitle      no headline
"""

from __future__ import annotations

from typing import ClassVar


class RejectedArticle(Exception):
    """An article that is not archived on purpose; `reason` is the word that is stored and counted."""

    reason: ClassVar[str] = "rejected"


class EmptyBody(RejectedArticle):
    """An article without a paragraph, a table, an attachment or an image that could be its body."""

    reason = "empty-body"


class MissingTitle(RejectedArticle):
    """An article without a headline."""

    reason = "missing-title"
