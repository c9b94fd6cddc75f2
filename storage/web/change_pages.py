"""What changed lately, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.queries.changes import ChangeKind
from storage.web import parameters
from storage.web.endpoints import Endpoint
from storage.web.rendering import page

if TYPE_CHECKING:
    from storage.web.answers import Answer
    from storage.web.questions import Question

CHANGES_A_PAGE = 40


def kind_parameter() -> parameters.Parameter:
    """Return the parameter that says which changes."""
    return parameters.choice(
        "change", "Which changes.", [kind.value for kind in ChangeKind], default=ChangeKind.NEW.value
    )


def changes_page(question: Question) -> Answer:
    """Answer with the newest changes of a kind."""
    asked = question.asked
    kind, query = ChangeKind(asked.text("change")), asked.text("q").strip()
    found = question.archive.changes(
        kind, query=query, limit=CHANGES_A_PAGE + 1, after=asked.optional("after")
    )
    shown = found[:CHANGES_A_PAGE]
    return page(
        "changes.html",
        at="/changes",
        kind=kind.value,
        kinds=[word.value for word in ChangeKind],
        query=query,
        changes=shown,
        titles=question.archive.section_titles({change.site for change in shown}),
        next=shown[-1].cursor if len(found) > CHANGES_A_PAGE else None,
    )


PAGES = (
    Endpoint(
        path="/changes",
        answer=changes_page,
        summary="What is new, edited or removed",
        parameters=(kind_parameter(), parameters.query(), parameters.cursor()),
    ),
)
