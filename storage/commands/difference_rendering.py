"""Differences on a terminal: one text with what was removed and added, in colour or in brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from storage.commands.prose import Prose
from storage.commands.rendering import console, time_text
from storage.differences import Kind, Piece, Row, folded
from storage.revision_differences import RevisionDifference
from storage.stories.copy_differences import CopyDifference

REMOVED, ADDED = "red strike", "green"
CONTEXT = 40  # characters of what is equal, shown around what is not


def show_differences(changes: Sequence[RevisionDifference]) -> None:
    """Print what each revision changed; without colours as `[-removed-]` and `{+added+}`."""
    out = console()
    if not changes:
        out.print("one revision, nothing has changed since")
    for change in changes:
        seen = time_text(change.seen_at)
        what = f" after {change.before}: {change.cause}, seen {seen} UTC"
        out.print(Text(f"revision {change.after}", style="bold").append(what, style="not bold"))
        for line in _lines(change, out):
            out.print(line)


def show_copy_differences(copies: Iterable[CopyDifference]) -> None:
    """Print what each copy changed of the text it is a copy of."""
    out = console()
    for copy in copies:
        out.print(Text(copy.article, style="bold").append(f" of {copy.other}: {copy.kind}", style="not bold"))
        for name, row in (("title", copy.title), ("text", copy.text)):
            if row.kind is not Kind.SAME:
                line = _merged(_shortened(row), coloured=_is_coloured(out))
                out.print(Prose(Text(f"{name}: ").append(line), indent=2))


def _lines(change: RevisionDifference, out: Console) -> Iterator[Prose]:
    coloured = _is_coloured(out)
    if change.title.kind is not Kind.SAME:
        yield Prose(Text("title: ").append(_merged(change.title, coloured=coloured)))
    for fact in change.facts:
        was, now = (_whole(value or "-") for value in (fact.before, fact.after))
        row = Row(kind=Kind.CHANGED, before=was, after=now)
        yield Prose(Text(f"{fact.name}: ").append(_merged(row, coloured=coloured)))
    yield from _folded_lines(change.paragraphs, coloured=coloured)
    for name, rows in (("tables", change.tables), ("attachments", change.attachments)):
        if any(row.kind is not Kind.SAME for row in rows):
            yield Prose(f"{name}:")
            yield from _folded_lines(rows, coloured=coloured)


def _is_coloured(out: Console) -> bool:
    return out.color_system is not None and not out.no_color


def _folded_lines(rows: Sequence[Row], *, coloured: bool) -> Iterator[Prose]:
    for row_or_count in folded(rows):
        if isinstance(row_or_count, int):
            yield Prose(f"... {row_or_count} unchanged", style="dim", indent=2)
        else:
            yield Prose(_merged(row_or_count, coloured=coloured), indent=2)


def _shortened(row: Row) -> Row:
    """Return *row* with long equal passages cut to their ends."""
    before, after = (
        tuple(piece if piece.changed else replace(piece, text=_ends(piece.text)) for piece in side)
        for side in (row.before, row.after)
    )
    return replace(row, before=before, after=after)


def _ends(text: str) -> str:
    return text if len(text) <= 3 * CONTEXT else f"{text[:CONTEXT]} ... {text[-CONTEXT:]}"


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text=text, changed=True),)


def _merged(row: Row, *, coloured: bool) -> Text:
    """Return both sides of *row* as one text."""
    text = Text()
    before, after = list(row.before), list(row.after)
    while before or after:
        if before and before[0].changed:
            piece = before.pop(0).text
            text.append(*((piece, REMOVED) if coloured else (f"[-{piece}-]",)))
        elif after and after[0].changed:
            piece = after.pop(0).text
            text.append(*((piece, ADDED) if coloured else (f"{{+{piece}+}}",)))
        else:  # what both sides have, once
            text.append((before or after)[0].text)
            before, after = before[1:], after[1:]
    return text
