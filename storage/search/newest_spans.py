"""The spans in which hits are looked for, one after the other: of document numbers, or of arrival."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, repeat

from sqlalchemy import Connection, select, text

from storage.models import article
from storage.search.document_numbers import DATED
from storage.search.expressions import quoted
from storage.search.span_marks import BLOCK, OF_ALL, arrival_marks_between, marks_between

ABOVE_ALL = 1 << 62
NEAR = 500  # documents of the first span at least: of a common word they hold a page of hits
# Until the end of the transaction: a walk over the table reads the tokens of every document, which the
# planner takes for cheap, as it takes compiling for worth its time; and the numbers of four million hits
# stay in memory where a row is looked for.
SETTINGS = """
    set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
    set_config('work_mem', '64MB', true), set_config('max_parallel_workers_per_gather', '0', true),
    EXISTS (SELECT FROM search_index WHERE NOT whole) AS in_pieces
"""
# What the server knows of the numbers parts them into as many equal parts as its statistics have, usually
# a hundred.
LOOK = text(
    f"""
    SELECT {SETTINGS},
        (SELECT max(number) FROM search_index WHERE number < :end) AS newest,
        (SELECT number FROM search_index WHERE number < :end
            ORDER BY number DESC OFFSET :near LIMIT 1) AS near,
        (SELECT min(number) FROM search_index WHERE number >= {DATED}) AS oldest,
        (SELECT max(number) FROM search_index WHERE number < {DATED}) AS undated,
        (SELECT CAST(CAST(histogram_bounds AS text) AS bigint[]) FROM pg_stats WHERE attname = 'number'
            AND schemaname = current_schema() AND tablename = 'search_index') AS parts
    """  # noqa: S608 - ours
)
LOOK_AT_ARRIVALS = text(f"SELECT {SETTINGS}, (SELECT max(id) FROM article WHERE id < :end) AS newest")  # noqa: S608 - ours


@dataclass(frozen=True, slots=True)
class Span:
    """The document numbers from *first* to before *end*."""

    first: int = 0
    end: int = ABOVE_ALL

    def within(self, other: Span) -> Span:
        """Return the numbers that are also in *other*."""
        return Span(max(self.first, other.first), min(self.end, other.end))

    def words(self, words: str) -> str:
        """Return the tsquery that finds documents with *words* in this span, and not many others."""
        marks = self.marks()
        return words if marks == [OF_ALL] else f"({' | '.join(map(quoted, marks))}) & ({words})"

    def marks(self) -> list[str]:
        """Return marks of which each document of the span has one."""
        return marks_between(self.first, self.end)


class Arrivals(Span):
    """The articles whose row numbers are from *first* to before *end*."""

    __slots__ = ()

    def marks(self) -> list[str]:
        """Return marks of which each document of the span has one."""
        return arrival_marks_between(self.first, self.end)


EVERYWHERE = Span()


@dataclass(frozen=True, slots=True)
class Look:
    """What the index tells of itself before it is searched."""

    within: Span
    in_pieces: bool  # whether there are documents of several pieces
    newest: int | None  # the newest document of those before the end
    bounds: tuple[int, ...]  # numbers that part the documents, the greatest first
    near: int = ABOVE_ALL  # where the first span may begin: what is nearer is too little
    # Parts of all before them that later spans hold: a half, or as those go on.
    shares: tuple[int, ...] = (2,)
    oldest: int | None = None  # dated document
    undated: int | None = None  # document, the newest of them

    def spans(self) -> Iterator[Span]:
        """Yield spans, the newest first, each later one with about its share of all before it."""
        if self.newest is None or self.newest < self.within.first:
            return
        end = self.newest + 1
        bounds = [bound for bound in self.bounds if self.within.first < bound < end]
        taken, least = 0, sum(bound >= self.near for bound in bounds)
        shares = chain((1,), self.shares, repeat(self.shares[-1]))
        while len(bounds) >= (size := max(1, taken // next(shares) or least)):
            yield Span(bounds[size - 1], end)
            end, bounds, taken = bounds[size - 1], bounds[size:], taken + size
        yield from self._last(end)

    def _last(self, end: int) -> Iterator[Span]:
        """Yield what is left before *end*: a span down to the undated ones has no mark but that of all."""
        if self.oldest is None or self.undated is None or not self.undated < self.oldest < end:
            yield Span(self.within.first, end)
            return
        yield Span(max(self.oldest, self.within.first), end)
        if self.within.first <= self.undated:
            yield Span(self.within.first, self.undated + 1)


def look_at_index(connection: Connection, within: Span, wanted: int = 0) -> Look:
    """Return what is to be known before a search *within* a span, and make the transaction fit for it.

    Where so many hits are *wanted*, the first span has as many documents: in fewer there are too few.
    """
    row = connection.execute(LOOK, {"end": within.end, "near": max(NEAR, wanted)}).one()
    bounds = {*([row.near] if row.near is not None else ()), *(row.parts or ())}
    near = within.first if row.near is None else row.near
    # Many hits of a common word are found early, by small steps with little to spare; those of others are
    # mostly all there are, to which few steps are best.
    shares = (3, 3, 3, 3, 3, 1) if wanted > NEAR else (2,)
    parts = tuple(sorted(bounds, reverse=True))
    undated = -1 if row.undated is None else row.undated
    return Look(within, row.in_pieces, row.newest, parts, near, shares, row.oldest, undated)


def article_spans(connection: Connection, within: Span, wanted: int) -> Iterator[Span]:
    """Yield spans of articles, the newest first: of three times as many as are *wanted*, and all others.

    Where few are wanted, one of sixteen times as many comes between: to skip over so many takes no time.
    """
    end, near = within.end, max(NEAR, 3 * wanted)
    for articles in (near, 16 * near) if near == NEAR else (near,):
        before = select(article.c.document).where(article.c.document < end)
        skipped = before.order_by(article.c.document.desc()).offset(articles - 1).limit(1)
        first = connection.scalar(skipped)
        if first is None or first <= within.first:
            break
        yield Span(first, end)
        end = first
    yield Span(within.first, end)


@dataclass(frozen=True, slots=True)
class LookAtArrivals:
    """The same, for a search in the order of arrival."""

    in_pieces: bool
    newest: int | None

    def spans(self) -> Iterator[Arrivals]:
        """Yield spans, the latest first, each with twice as many articles as the one before it."""
        end, size = (self.newest or 0) + 1, BLOCK
        while end > 1:
            first = max(0, (end - size) // BLOCK * BLOCK)
            yield Arrivals(first, end)
            end, size = first, 2 * size


def look_at_arrivals(connection: Connection, before: int | None) -> LookAtArrivals:
    """Return what is to be known before articles that arrived *before* one are searched, the latest first."""
    end = ABOVE_ALL if before is None else before
    row = connection.execute(LOOK_AT_ARRIVALS, {"end": end}).one()
    return LookAtArrivals(row.in_pieces, row.newest)
