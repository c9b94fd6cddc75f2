"""Languages as BCP 47 names them: a tag's case means nothing, and `zh` includes `zh-CN`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_

from storage.models import article

_SCRIPT = 4  # letters: the name of a script, `Hans`


def spellings(tag: str) -> tuple[str, ...]:
    """Return *tag* as it was given, and as pages and tools write it."""
    if not tag.isascii():
        return (tag,)
    return tuple(dict.fromkeys((tag, _customary(tag), tag.lower(), tag.upper())))


def is_in_language(tag: str) -> ColumnElement[bool]:
    """Return whether an article is in a language, of whatever region and script."""
    known = spellings(tag)
    starts = [f"{spelling}-" for spelling in known]
    # Not by LIKE, which takes both cases of a letter for one on SQLite alone.
    begins = func.substr(article.c.language, 1, len(tag) + 1).in_(starts)
    return or_(article.c.language.in_(known), begins)


def _customary(tag: str) -> str:
    """Return *tag* in the case that RFC 5646 recommends: `zh-Hant-TW`."""
    language, *others = tag.split("-")
    return "-".join([language.lower(), *map(_customary_part, others)])


def _customary_part(part: str) -> str:
    if len(part) == _SCRIPT:
        return part.title()
    return part.upper() if len(part) < _SCRIPT else part.lower()
