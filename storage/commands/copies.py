"""The command that decides copies anew, and how a decision is shown."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.text import Text

from storage import Archive
from storage.commands.command_line import archive_option, counted, json_option, write_json
from storage.commands.listing import table
from storage.commands.rendering import console
from storage.stories.explanations import CopyExplanation
from storage.stories.rededup import Relinked, Standing

SHOWN = 50  # changed articles


@click.command()
@click.option("--apply", "commit", is_flag=True, help="Keep the changes; without it they are only shown.")
@archive_option
@json_option
def rededup(archive: str, **asked: bool) -> None:
    """Decide again, by this version's rules, what is a copy of what, and show which articles that affects.

    Stories keep their ids. Nothing is changed without --apply, which is a run of its own in `hotnews runs`;
    if it was killed, start it again: it continues where it stopped, and shows what changed since.
    """
    with Archive(archive) as opened:
        changes = opened.rededup() if asked["commit"] else opened.preview_rededup()
    if asked["as_json"]:
        write_json(changes)
    else:
        _show_changes(changes)
    done = "changed" if asked["commit"] else "would change; --apply keeps it"
    click.echo(f"{counted(len(changes), 'article')} {done}" if changes else "nothing changes", err=True)


def show_copies(found: Sequence[CopyExplanation]) -> None:
    """Print what an article is to those that share its words."""
    out = console()
    if not found:
        out.print("no article shares enough words with it to be compared")
        return
    numbers = ("score", "words", "its words", "equal", "moved", "own", "instead", "numbers", "changed")
    shown = table("article", "it is to that", *numbers, "title", numbers=numbers, whole=["article"])
    for row in found:
        verdict = row.kind or f"none: {row.reason}"
        shown.add_row(
            row.other,
            verdict if row.is_linked or row.kind is None else f"{verdict}, through another",
            f"{row.score:.2f}",
            str(row.length),
            str(row.other_length),
            str(row.equal),
            str(row.moved),
            str(row.own),
            f"{row.substituted:g}",
            str(row.numbers_equal),
            str(row.numbers_changed),
            Text(row.title),
        )
    out.print(shown)


def _show_changes(changes: Sequence[Relinked]) -> None:
    out = console()
    shown = table("article", "before", "after", whole=["article"])
    for change in changes[:SHOWN]:
        shown.add_row(change.article, _standing_text(change.before), _standing_text(change.after))
    if changes:
        out.print(shown)
    if len(changes) > SHOWN:
        out.print(f"... and {len(changes) - SHOWN} more; --json shows all")


def _standing_text(standing: Standing | None) -> str:
    if standing is None:
        return "no copy"
    if standing.duplicate_of is None:
        return f"first of {standing.story}"
    return f"{standing.kind} of {standing.duplicate_of} in {standing.story}"
