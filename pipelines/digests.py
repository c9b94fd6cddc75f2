"""What makes two articles, or two texts, equal: the rules of the archive, which checks them again."""

from __future__ import annotations

from storage.digests import digest, text_digest

__all__ = ["digest", "text_digest"]
