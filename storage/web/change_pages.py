"""What changed lately, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.queries.changes import ChangeKind
from storage.web import parameters
from storage.web.endpoints import Endpoint
from storage.web.paging import page_of
from storage.web.rendering import page

if TYPE_CHECKING:
    from storage.queries.changes import ChangeRow
    from storage.web.answers import Answer
    from storage.web.questions import Question

CHANGES_A_PAGE = 40


def kind_parameter() -> parameters.Parameter:
    """Return the parameter that says which changes."""
    return parameters.choice(
        "change", "Which changes.", [kind.value for kind in ChangeKind], default=ChangeKind.NEW.value
    )


def changes_asked_for(question: Question, most: int) -> tuple[ChangeKind, list[ChangeRow], str | None]:
    """Return which changes are asked for, *most* of them, and the cursor of the page after these."""
    asked = question.asked
    kind = ChangeKind(asked.text("change"))
    found = question.archive.changes(
        kind, query=asked.text("q"), limit=most + 1, after=asked.optional("after")
    )
    return kind, *page_of(found, most, lambda row: row.cursor)


def changes_page(question: Question) -> Answer:
    """Answer with the newest changes of a kind."""
    kind, shown, following = changes_asked_for(question, CHANGES_A_PAGE)
    return page(
        "changes.html",
        at="/changes",
        kind=kind.value,
        kinds=[word.value for word in ChangeKind],
        query=question.asked.text("q").strip(),
        changes=shown,
        titles=question.archive.section_titles({change.site for change in shown}),
        next=following,
    )


PAGES = (
    Endpoint(
        path="/changes",
        answer=changes_page,
        summary="What is new, edited or removed",
        parameters=(kind_parameter(), parameters.query(), parameters.cursor()),
    ),
)
