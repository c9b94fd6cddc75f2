"""Stories: the texts that several articles carry, with their copies on a timeline."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from storage.web import parameters
from storage.web.answers import Refusal
from storage.web.endpoints import Endpoint
from storage.web.paging import page_of
from storage.web.plots import Moment, timeline
from storage.web.rendering import page, path_part, shorten

if TYPE_CHECKING:
    from storage.rows import StoryMember, StoryRow
    from storage.web.answers import Answer
    from storage.web.questions import Question

STORIES_A_PAGE = 30
DRAWN = 60  # members on a timeline


def stories_page(question: Question) -> Answer:
    """Answer with the stories, the most republished first."""
    found = question.archive.stories(limit=STORIES_A_PAGE + 1, after=question.asked.optional("after"))
    shown, following = page_of(found, STORIES_A_PAGE, lambda story: story.id)
    return page("stories.html", at="/stories", stories=shown, next=following)


def story_page(question: Question) -> Answer:
    """Answer with one story."""
    story = the_story(question)
    members = sorted(story.members, key=lambda member: (member.day, member.linked_to is not None))
    moments = [_moment(member) for member in members[:DRAWN]]
    return page(
        "story.html",
        at="/stories",
        story=story,
        members=members,
        drawing=timeline("The first articles of the story, by day", moments) if moments else "",
        titles={member.article: member.title for member in members},
    )


def the_story(question: Question) -> StoryRow:
    """Return the story that the path names, by its id or that of an article in it."""
    name = question.asked.text("id")
    found = question.archive.stories(name, limit=1)
    if not found:
        raise Refusal(HTTPStatus.NOT_FOUND, f"the archive holds no story {name!r}")
    return found[0]


def _moment(member: StoryMember) -> Moment:
    return Moment(
        label=shorten(member.site, 20),
        day=member.day,
        hint=f"{member.day.isoformat()}, {member.site}: {shorten(member.title, 120)}",
        address=f"/articles/{path_part(member.article)}",
        is_first=member.linked_to is None,
    )


PAGES = (
    Endpoint(
        path="/stories",
        answer=stories_page,
        summary="The stories",
        parameters=(parameters.cursor(),),
    ),
    Endpoint(
        path="/stories/{id}",
        answer=story_page,
        summary="One story with its copies",
        parameters=(parameters.path("id", "A story's id, or that of an article in it."),),
    ),
)
