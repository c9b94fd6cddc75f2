"""What the reading commands show on a terminal; pipes get the same text without colour."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.segment import Segment
from rich.text import Text

from storage.commands.listing import Listing, table
from storage.commands.prose import Prose
from storage.export.rows import published_text
from storage.measures import measure_text, measure_words
from storage.queries.sql import Answer
from storage.rows import (
    ArticleRow,
    CoverageRow,
    RevisionRow,
    RunRow,
    SearchHit,
    StoryMember,
    StoryRow,
)
from storage.safe_text import harmless
from storage.verdicts import Verdict

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderableType

WIDTH_OF_A_PIPE = 120  # columns, where there is no terminal to ask
LONGEST_CELL = 100_000  # characters of a value in a table: to lay out more takes minutes


class QuietConsole(Console):
    """A console that archived text cannot speak to, and that leaves a closed pipe to the command line."""

    def on_broken_pipe(self) -> None:
        """Say so, as every other writer does; rich would end it as a crash."""
        raise BrokenPipeError

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """Yield the pieces of *renderable* without what their text would tell the terminal."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else harmless(text), style, control)


def console() -> Console:
    """Return the console of standard output; in a pipe, addresses and paragraphs are lines of their own."""
    if sys.stdout.isatty():
        return QuietConsole(highlight=False, markup=False)
    return QuietConsole(highlight=False, markup=False, width=WIDTH_OF_A_PIPE, soft_wrap=True)


def day_text(day: date | None) -> str:
    """Return a day, or a dash where none is known."""
    return day.isoformat() if day else "-"


def time_text(time: datetime | None) -> str:
    """Return a time in UTC to the minute, or a dash."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M}" if time else "-"


def show_hits(hits: Sequence[SearchHit]) -> None:
    """Print search hits, the newest first."""
    out = console()
    if not hits:
        out.print("nothing found: try fewer words, the beginning of one (harb*), or leave a filter out")
    for hit in hits:
        out.print(Prose(hit.title, style="bold"))
        what = f"{hit.state}, copy" if hit.duplicate_of else hit.state
        known = f"{day_text(hit.published_day)}  {hit.site}  {hit.id}  {what}"
        out.print(Prose(known, style="dim", indent=2))
        out.print(marked(hit))


def marked(hit: SearchHit) -> Prose:
    """Return the snippet of a hit with what matched in bold."""
    snippet = Text(hit.snippet)
    for start, end in hit.marks:
        snippet.stylize("bold", start, end)
    return Prose(snippet, indent=2)


def show_article(row: ArticleRow) -> None:
    """Print one article with what is known of it."""
    out = console()
    out.print(Prose(row.title, style="bold"))
    for name, value in facts(row).items():
        out.print(Prose(f"{name}: {value}", style="dim", indent=2))
    if row.withheld:
        out.print(Text(f"withheld: {row.withheld}"))
    for paragraph in row.paragraphs:
        out.print()
        out.print(Prose(paragraph))
    for rows in row.tables:
        out.print()
        for cells in rows:
            out.print(Prose(" | ".join(cells)))
    for kind, links in (("attachment", row.attachments), ("image", row.images)):
        for link in links:
            out.print()
            out.print(Text(" ".join(filter(None, (f"{kind}:", link.title, link.url)))))


def facts(row: ArticleRow) -> Mapping[str, str]:
    """Return what is known of an article beside its text; what is unknown is left out."""
    copy = f"{row.duplicate_of} ({row.duplicate_kind})" if row.duplicate_of else None
    known = {
        "id": row.id,
        "url": row.url,
        "site": f"{row.site}, {row.section}" if row.section else row.site,
        "published": _dated(row),
        "source": row.source,
        "author": row.author,
        "editor": row.editor,
        "language": row.language,
        "state": row.state,
        "seen": f"{time_text(row.first_seen)} to {time_text(row.last_seen)} UTC",
        "revision": f"{row.revision} of {row.revisions}",
        "copy of": copy,
        "story": row.story,
    }
    return {name: value for name, value in known.items() if value}


def _dated(row: ArticleRow) -> str:
    """Return when an article was published by which rule, or why nobody knows."""
    published, rule = published_text(row), row.published_from or ""
    return f"{published} ({rule})" if published else f"unknown, {rule.removeprefix('none: ')}".rstrip(", ")


def show_answer(answer: Answer) -> None:
    """Print the answer to a question in SQL."""
    shown = table(*answer.columns)
    for row in answer.rows:
        shown.add_row(*(Prose(_cell(value)) for value in row))
    console().print(shown)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    text = value.hex() if isinstance(value, bytes) else str(value)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def show_history(revisions: Sequence[RevisionRow]) -> None:
    """Print the revisions of an article, oldest first."""
    names = ("no", "seen (UTC)", "why", "title", "paragraphs", "digest")
    shown = table(*names, numbers=["no", "paragraphs"], whole=["seen (UTC)", "why", "digest"])
    for row in revisions:
        shown.add_row(
            str(row.number),
            time_text(row.seen_at),
            row.cause,
            Prose(row.title),
            str(len(row.paragraphs)),
            row.digest[:12],
        )
    console().print(shown)


def show_stories(rows: Sequence[StoryRow]) -> None:
    """Print stories with their articles, the first publisher first."""
    out = console()
    if not rows:
        out.print("no stories: no article is a copy of another")
    for story in rows:
        out.print(
            Text(f"story {story.id}", style="bold").append(f", {story.size} articles", style="not bold")
        )
        names = ("published", "after", "site", "article", "kind", "title")
        shown = table(*names, whole=["published", "after", "article", "kind"])
        for member in story.members:
            shown.add_row(
                day_text(member.published_day),
                delay_text(member, story.members[0]),
                member.site,
                member.article,
                kind_text(member),
                Prose(member.title),
            )
        out.print(shown)
        for relation in story.relations:
            means = "contains" if relation.kind == "contains" else "is a follow-up to"
            out.print(f"{relation.article} {means} {relation.other}")


def delay_text(member: StoryMember, first: StoryMember) -> str:
    """Return how long after the *first* publisher a copy came."""
    return "" if member is first else f"{(member.day - first.day).days} d"


def kind_text(member: StoryMember) -> str:
    """Return how a member belongs to its story."""
    if member.linked_to is None:
        return "first"
    return f"{member.kind} {member.score:.2f}" if member.score is not None else str(member.kind)


def show_coverage(rows: Sequence[CoverageRow], *, of: str | None = None) -> None:
    """Print completeness certificates, those *of* a site."""
    out = console()
    if not rows:
        out.print(f"no certificates{f' of {of!r}' if of else ''}: a crawl gives one to each section it walks")
        return
    repeated = ("repeated",) if any(row.repeated for row in rows) else ()
    waiting = ("waiting",) if any(row.waiting for row in rows) else ()
    numbers = ("states", "listed", *repeated, "known", "archived", "rejected", "lost", *waiting)
    shown = table("site", "section", *numbers, "verdict", numbers=numbers, whole=["verdict"])
    for row in rows:
        shown.add_row(
            row.site,
            row.section,
            "-" if row.stated_total is None else str(row.stated_total),
            str(row.listed),
            *(str(row.repeated) for _ in repeated),
            *map(str, (row.known, row.archived, sum(row.rejected.values()), row.lost)),
            *(str(row.waiting) for _ in waiting),
            row.verdict,
        )
    out.print(shown)
    for row in rows:
        for gap in row.gaps:
            out.print(f"{row.site}/{row.section}:", Text(gap))


def run_counts(run: RunRow) -> Listing:
    """Return what a run listed, archived, revised, rejected, lost, left and found to be copies."""
    names = ("listed", "new", "revised", "unchanged", "rejected", "copies", "lost", *_waiting([run]))
    shown = table(*names, numbers=names)
    shown.add_row(*(str(run.counts.get(name, 0)) for name in names))
    return shown


def _waiting(rows: Sequence[RunRow]) -> Sequence[str]:
    """Return the column of what bounds left for later runs, where there is any."""
    return ["waiting"] if any(row.counts.get("waiting") for row in rows) else []


def show_run(run: RunRow) -> None:
    """Print one run: how it ended and why, its counts, its warnings and what it measured."""
    out, numbers = console(), ("value", "at least", "at most")
    out.print(Text(f"{run.run}: {run.ending}", style="bold"))
    out.print(Prose(run.reason or ""))
    out.print()
    out.print(run_counts(run))
    if run.warnings:
        warned = table("warning", "section", "what", "first page")
        for each in run.warnings:
            warned.add_row(each.kind, each.section, Prose(each.text), Text(each.url))
        out.print()
        out.print(warned)
    if run.measures:
        measured = table("measure", *numbers, numbers=numbers)
        for name, measure in run.measures.items():
            values = (measure.value, measure.low, measure.high)
            measured.add_row(measure_words(name), *(measure_text(value, name) for value in values))
        out.print()
        out.print(measured)


def show_runs(rows: Sequence[RunRow], *, of: str | None) -> None:
    """Print runs, those *of* a site, the latest first; below, by their keys, why some are not complete."""
    out = console()
    if not rows:
        out.print(f"no runs{f' of {of!r}' if of else ''}: `hotnews crawl SITE` begins one")
        return
    numbers = ("listed", "new", "revised", "rejected", "lost", *_waiting(rows))
    whole = ["started (UTC)", "verdict"]
    shown = table(whole[0], "site", "verdict", *numbers, numbers=numbers, whole=whole)
    for row in rows:
        shown.add_row(
            time_text(row.started_at),
            row.site or row.kind,
            row.ending,
            *(str(row.counts.get(name, "-")) for name in numbers),
        )
    out.print(shown)
    for row in rows:
        if row.reason and row.verdict != Verdict.COMPLETE:
            out.print(Prose(f"{row.run}: {row.reason}"))
