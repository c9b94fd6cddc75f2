"""`hotnews politeness`: how the crawls treated each host."""

from __future__ import annotations

from collections.abc import Iterable

import click

from storage import Archive
from storage.commands.command_line import archive_option, json_option, write_json
from storage.queries.politeness import HostRow, RequestRow
from storage.safe_text import printable

TIME = "%Y-%m-%d %H:%M:%S"


@click.command()
@click.argument("host", required=False, metavar="[HOST]")
@click.option("--run", metavar="RUN", help="Show that run, not the last crawl of each site.")
@archive_option
@json_option
def politeness(host: str | None, run: str | None, archive: str, **asked: bool) -> None:
    """Show what crawls asked of each host: how often, since when, how long they waited, under which rule.

    With HOST (and its port, unless it is the default) each request is shown. A request that was retried
    counts once; imports and re-extractions make none.

    \b
    hotnews politeness
    hotnews politeness english.ningbo.gov.cn
    """
    with Archive(archive) as opened:
        if asked["as_json"]:
            write_json(opened.requests(host, run=run) if host else opened.hosts(run=run))
        elif host:
            show_requests(opened.requests(host, run=run), of=host)
        else:
            show_hosts(opened.hosts(run=run))


def show_hosts(rows: Iterable[HostRow]) -> None:
    """Print what was asked of each host, and under it how often each rule held."""
    rows = [*rows]
    if not rows:
        click.echo("no requests: no crawl has asked anybody yet")
    for row in rows:
        kinds = ", ".join(f"{number} {kind}" for kind, number in row.kinds.items())
        click.echo(f"{row.host}  run {row.run}")
        click.echo(f"  {row.requests} request{'s' if row.requests != 1 else ''} ({kinds})")
        last = (
            f"{row.last_at:%H:%M:%S}"
            if row.last_at.date() == row.first_at.date()
            else f"{row.last_at:{TIME}}"
        )
        click.echo(f"  {row.first_at:{TIME}} to {last} UTC")
        click.echo(
            f"  {seconds_text(row.seconds_between)} s apart on average,"
            f" longest wait {seconds_text(row.longest_wait_seconds)} s"
        )
        for rule, number in row.rules.items():
            click.echo(f"  {number:>6}  {rule}")


def show_requests(rows: Iterable[RequestRow], *, of: str) -> None:
    """Print a line a request, those *of* a host."""
    row = None
    for row in rows:
        facts = (f"{row.at:{TIME}}", row.kind, str(row.status or "failed"))
        waited = f"waited {seconds_text(row.waited_seconds)} s"
        click.echo(printable("  ".join((*facts, waited, row.rule or "no rule", row.url))))
    if row is None:
        click.echo(f"no requests to {of!r}: `hotnews politeness` names the hosts that were asked")


def seconds_text(seconds: float | None) -> str:
    """Return seconds, or a dash where they are not known."""
    return "-" if seconds is None else f"{seconds:.3f}"
