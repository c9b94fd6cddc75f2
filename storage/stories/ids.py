"""The public ids of stories, and what an id means once its story was joined to another or taken apart."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, case, exists, literal, select, union_all

from storage.models import article, story
from storage.url_keys import ID_CHARACTERS

# s: a story, by the article that founded it; a: an article alone, where the story it founded goes on without
# it; a number at the end where an article founded two.
_STORY_ID = re.compile(rf"[sa]([a-z2-7]{{{ID_CHARACTERS}}})(?:-\d+)?")

_founded = story.alias("founded")
STORY_OF_ONE = case(
    (
        exists(select(_founded.c.id).where(_founded.c.public_id == literal("s") + article.c.public_id)),
        literal("a") + article.c.public_id,
    ),
    else_=literal("s") + article.c.public_id,
)


def story_public_id(founder: str) -> str:
    """Return the public id of the story that the article *founder* founded."""
    return f"s{founder}"


def is_in_story(name: str) -> ColumnElement[bool]:
    """Return whether an article is in the story that *name* means: a story's id, or that of an article in it.

    An id whose story is no more means the story that its founder is in now, so that one that was cited once
    is found for ever.
    """
    known = _STORY_ID.fullmatch(name)
    founder_id = known[1] if known else name
    founder, member = article.alias("founder"), article.alias("member")
    its_story = select(founder.c.story_id).where(founder.c.public_id == founder_id)
    by_id = select(story.c.id).where(story.c.public_id == name)
    members = select(member.c.id)
    # Each by an index of its own: of alternatives in one condition a server looks at every article.
    return article.c.id.in_(
        union_all(
            members.where(member.c.story_id.in_(by_id)),
            members.where(member.c.story_id.in_(its_story), ~by_id.exists()),
            members.where(member.c.public_id == founder_id, ~by_id.exists()),
        )
    )
