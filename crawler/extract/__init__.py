"""Extraction as pure functions on markup, usable alone."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from crawler.extract.types import (
    ExtractedArticle,
    ExtractedList,
    ExtractionError,
    ListEntry,
    ListRequest,
    NotAnArticle,
    PageContext,
)

if TYPE_CHECKING:
    from crawler.extract.article_page import extract_article
    from crawler.extract.joining import join_parts
    from crawler.extract.list_page import extract_list
    from crawler.extract.text_dump import extract_text

__all__ = [
    "ExtractedArticle",
    "ExtractedList",
    "ExtractionError",
    "ListEntry",
    "ListRequest",
    "NotAnArticle",
    "PageContext",
    "extract_article",
    "extract_list",
    "extract_text",
    "join_parts",
]

# Imported on first use: platforms import `crawler.extract.markup.page`, and list reading imports platforms.
_LAZY = {
    "extract_article": "crawler.extract.article_page",
    "extract_list": "crawler.extract.list_page",
    "extract_text": "crawler.extract.text_dump",
    "join_parts": "crawler.extract.joining",
}


def __getattr__(name: str) -> Any:
    """Return the public function *name*, importing its module when it is first asked for."""
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)
