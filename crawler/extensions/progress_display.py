"""A progress display on a terminal: what is listed, archived, revised, rejected, lost."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.table import Table

from storage.records import Change

if TYPE_CHECKING:
    from crawler.account.ledger import Ledger
    from crawler.spiders.base import SiteSpider

SHOWN = (Change.NEW, Change.REVISED, Change.UNCHANGED, Change.REJECTED, Change.FAILED)
REFRESHES_A_SECOND = 4


class ProgressDisplay:
    """Draws the run's account, a line a section, until the run ends."""

    def __init__(self, console: Console) -> None:
        self.started = time.monotonic()
        self.console = console
        self._live: Live | None = None

    def begin(self, spider: SiteSpider) -> None:
        """Start to draw."""
        self._live = Live(
            console=self.console,
            refresh_per_second=REFRESHES_A_SECOND,
            transient=True,
            get_renderable=lambda: account(spider.session.ledger, spider.session.site.name, self._seconds()),
        )
        self._live.start()

    def end(self) -> None:
        """Take the display away; the summary follows."""
        if self._live:
            self._live.stop()

    def _seconds(self) -> int:
        return int(time.monotonic() - self.started)


def account(ledger: Ledger, name: str, seconds: int) -> Table:
    """Return the account of a run that goes on, as a table."""
    table = Table(title=f"crawling {name}, {seconds} s", title_justify="left", box=None, pad_edge=False)
    table.add_column("section")
    for heading in ("listed", *(change.value for change in SHOWN)):
        table.add_column(heading, justify="right")
    for section in ledger.sections.values():
        counts = (section.listed, *(section.changes[change] for change in SHOWN))
        table.add_row(section.slug, *map(str, counts))
    return table
