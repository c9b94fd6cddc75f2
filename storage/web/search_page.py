"""The first page: a query, its newest hits, and the ways to narrow them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.errors import NoSuchArticle
from storage.rows import Order
from storage.web import parameters
from storage.web.endpoints import Endpoint
from storage.web.narrowing import chosen_terms, groups
from storage.web.paging import page_of
from storage.web.rendering import is_web_address, page

if TYPE_CHECKING:
    from storage.archive import Archive
    from storage.rows import ArticleRow
    from storage.web.answers import Answer
    from storage.web.questions import Question

HITS_A_PAGE = 20


def order_parameter() -> parameters.Parameter:
    """Return the parameter that says in which order hits come."""
    return parameters.choice(
        "sort", "Newest first, or the most relevant.", list(Order), default=Order.NEWEST.value
    )


def search_page(question: Question) -> Answer:
    """Answer a search."""
    archive, asked = question.archive, question.asked
    query, order = asked.text("q").strip(), Order(asked.text("sort"))
    after = asked.optional("after")
    if after is None:
        hits, facets = archive.first_page(query, limit=HITS_A_PAGE + 1, order=order)
    else:
        hits = archive.search(query, limit=HITS_A_PAGE + 1, after=after, order=order)
        facets = archive.facets(query)
    shown, following = page_of(hits, HITS_A_PAGE, lambda hit: hit.id)
    return page(
        "search.html",
        at="/",
        query=query,
        order=order.value,
        orders=[word.value for word in Order],
        hits=shown,
        titles=archive.section_titles({hit.site for hit in shown}),
        count=facets.count,
        next=following,
        is_first=after is None,
        terms=chosen_terms(query),
        groups=groups(query, facets),
        known=_known_address(archive, query),
    )


def _known_address(archive: Archive, query: str) -> ArticleRow | None:
    """Return the article whose address was pasted into the search box."""
    if not is_web_address(query):
        return None
    try:
        return archive.article(query)
    except NoSuchArticle:
        return None


PAGES = (
    Endpoint(
        path="/",
        answer=search_page,
        summary="Search the archive",
        parameters=(parameters.query(), order_parameter(), parameters.cursor()),
    ),
)
