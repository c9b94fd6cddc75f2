"""The spans of document numbers in which PostgreSQL looks for the newest hits, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from storage.search.expressions import quoted
from storage.search.span_marks import OF_ALL, marks_between

ABOVE_ALL = 1 << 62
NEAR = 500  # documents of the first span: of a common word they hold a page of hits
# What the server knows of the numbers parts them into as many equal parts as its statistics have, usually
# a hundred. Until the end of the transaction: a walk over the table reads the tokens of every document,
# which the planner takes for cheap, as it takes compiling for worth its time; and the numbers of four
# million hits stay in memory where a row is looked for.
LOOK = text(
    """
    SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
        set_config('work_mem', '64MB', true), set_config('max_parallel_workers_per_gather', '0', true),
        EXISTS (SELECT FROM search_index WHERE NOT whole) AS in_pieces,
        (SELECT max(number) FROM search_index WHERE number < :end) AS newest,
        (SELECT number FROM search_index WHERE number < :end
            ORDER BY number DESC OFFSET :near LIMIT 1) AS near,
        (SELECT CAST(CAST(histogram_bounds AS text) AS bigint[]) FROM pg_stats WHERE attname = 'number'
            AND schemaname = current_schema() AND tablename = 'search_index') AS parts
    """
)


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
        marks = marks_between(self.first, self.end)
        return words if marks == [OF_ALL] else f"({' | '.join(map(quoted, marks))}) & ({words})"


EVERYWHERE = Span()


@dataclass(frozen=True, slots=True)
class Look:
    """What the index tells of itself before it is searched."""

    within: Span
    in_pieces: bool  # whether there are documents of several pieces
    newest: int | None  # the newest document of those before the end
    bounds: tuple[int, ...]  # numbers that part the documents

    def spans(self) -> Iterator[Span]:
        """Yield spans, the newest first, each with about half as many documents as all before it."""
        if self.newest is None or self.newest < self.within.first:
            return
        end = self.newest + 1
        bounds = [bound for bound in self.bounds if self.within.first < bound < end]
        taken = 0
        while len(bounds) >= (size := max(1, taken // 2)):
            yield Span(bounds[size - 1], end)
            end, bounds, taken = bounds[size - 1], bounds[size:], taken + size
        yield Span(self.within.first, end)


def look_at_index(connection: Connection, within: Span) -> Look:
    """Return what is to be known before a search *within* a span, and make the transaction fit for it."""
    row = connection.execute(LOOK, {"end": within.end, "near": NEAR}).one()
    bounds = {*([row.near] if row.near is not None else ()), *(row.parts or ())}
    return Look(within, row.in_pieces, row.newest, tuple(sorted(bounds, reverse=True)))
