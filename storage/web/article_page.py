"""An article: its text, where it comes from, what it was before, and whether it is still there."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from storage.differences import Kind, folded
from storage.export.rows import published_text
from storage.revision_differences import difference
from storage.web import parameters
from storage.web.answers import Answer, Refusal
from storage.web.endpoints import Endpoint
from storage.web.rendering import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.rows import ArticleRow, RevisionRow, StoryRow
    from storage.web.questions import Question

TEXT = "text/plain; charset=utf-8"
SANDBOX = "sandbox; default-src 'none'"
MOST_REVISIONS = 99_999_999


def article_page(question: Question) -> Answer:
    """Answer with one article."""
    archive = question.archive
    row = archive.article(question.asked.text("id"))
    sightings = archive.sightings(row.id)
    story = next(iter(archive.stories(row.story)), None) if row.story else None
    return page(
        "article.html",
        at="",
        article=row,
        published=published_text(row),
        revisions=archive.history(row.id),
        sightings=sightings,
        titles=archive.section_titles({row.site, *(listing.site for listing in sightings.listings)}),
        story=story,
        others=_others(story, row.id),
    )


def _others(story: StoryRow | None, article: str) -> list[object]:
    return [member for member in story.members if member.article != article] if story else []


def differences_page(question: Question) -> Answer:
    """Answer with two revisions of an article side by side."""
    row, before, after = two_revisions(question)
    change = difference(before, after)
    return page(
        "differences.html",
        at="",
        article=row,
        numbers=range(1, row.revisions + 1),
        before=before,
        after=after,
        change=change,
        rows=folded(change.paragraphs),
        parts=[
            (name, unit, folded(rows))
            for name, unit, rows in (
                ("Tables", "row", change.tables),
                ("Attachments", "link", change.attachments),
            )
            if any(row.kind is not Kind.SAME for row in rows)
        ],
    )


def provenance_page(question: Question) -> Answer:
    """Answer with where each field of an article stands on its page, by which rule, and which rules lost."""
    archive = question.archive
    if question.door.explain is None:
        raise Refusal(HTTPStatus.NOT_FOUND, "this server cannot read pages again; `hotnews serve` can")
    found = question.door.explain(archive, question.asked.text("id"))
    return page("provenance.html", at="", article=found.article, found=found)


def two_revisions(question: Question) -> tuple[ArticleRow, RevisionRow, RevisionRow]:
    """Return the article that was asked for, and the two of its revisions to compare."""
    row = question.archive.article(question.asked.text("id"))
    revisions = question.archive.history(row.id)
    after = _revision(revisions, question.asked.number("number"))
    against = question.asked.value("against", int) or max(1, after.number - 1)
    return row, _revision(revisions, against), after


def _revision(revisions: Sequence[RevisionRow], number: int) -> RevisionRow:
    for revision in revisions:
        if revision.number == number:
            return revision
    raise Refusal(HTTPStatus.NOT_FOUND, f"the article has no revision {number}; it has {len(revisions)}")


def evidence_file(question: Question) -> Answer:
    """Answer with the page as it was received, as a text file to keep: it is never shown as a page."""
    row = question.archive.article(question.asked.text("id"))
    revision = _revision(question.archive.history(row.id), question.asked.number("number"))
    if revision.warc_file is None:
        reason = "it is withheld" if row.withheld else "none was kept"
        raise Refusal(HTTPStatus.NOT_FOUND, f"there is no evidence of this revision: {reason}")
    evidence = question.archive.evidence(row.id, revision=revision.number)
    name = f"{row.id}-{revision.number}.txt"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": SANDBOX,
    }
    return Answer(body=evidence.payload, media_type=TEXT, headers=headers)


def id_parameter() -> parameters.Parameter:
    """Return the parameter that names an article."""
    return parameters.path("id", "An article's id.")


def number_parameter() -> parameters.Parameter:
    """Return the parameter that names a revision."""
    return parameters.number(
        "number", "A revision's number.", default=None, most=MOST_REVISIONS, where="path"
    )


def against_parameter() -> parameters.Parameter:
    """Return the parameter that names the revision to compare with."""
    description = "The revision to compare with; left out, the one before."
    return parameters.number("against", description, default=None, most=MOST_REVISIONS)


PAGES = (
    Endpoint(path="/articles/{id}", answer=article_page, summary="One article", parameters=(id_parameter(),)),
    Endpoint(
        path="/articles/{id}/differences/{number}",
        answer=differences_page,
        summary="Two revisions of an article side by side",
        parameters=(id_parameter(), number_parameter(), against_parameter()),
    ),
    Endpoint(
        path="/articles/{id}/provenance",
        answer=provenance_page,
        summary="Where each field of an article comes from",
        parameters=(id_parameter(),),
    ),
    Endpoint(
        path="/articles/{id}/evidence/{number}",
        answer=evidence_file,
        summary="The page as it was received, as a text file",
        parameters=(id_parameter(), number_parameter()),
        returns={TEXT: str},
    ),
)
