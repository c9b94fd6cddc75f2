"""The public ids of stories: each is that of its first article, whatever the order of arrival."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, CompoundSelect, func, literal, select, union_all

from storage.models import article
from storage.url_keys import ID_CHARACTERS

# Of a story that was founded by an article, which an earlier one turned out to precede, an archive may have
# been cited as `a` and the article, or with a number at the end.
_STORY_ID = re.compile(rf"[sa]([a-z2-7]{{{ID_CHARACTERS}}})(?:-\d+)?")

story_first = article.alias("story_first")
STORY_ID: ColumnElement[str] = literal("s") + func.coalesce(story_first.c.public_id, article.c.public_id)


def is_in_story(name: str) -> ColumnElement[bool]:
    """Return whether an article is in the story that *name* means."""
    return article.c.id.in_(members_of(name))


def members_of(name: str) -> CompoundSelect[tuple[int]]:
    """Select the articles in the story that *name* means: a story's id, or that of an article in it.

    The id of a story means the one that its first article is in now, so that one that was cited once is
    found for ever.
    """
    known = _STORY_ID.fullmatch(name)
    named = article.alias("named")
    of_named = named.c.public_id == (known[1] if known else name)
    # Each by an index of its own: of alternatives in one condition a server looks at every article.
    member = article.alias("member")
    return union_all(
        select(named.c.id).where(of_named),
        select(member.c.id).where(member.c.story_id.in_(select(named.c.story_id).where(of_named))),
    )
