"""`scrapy genspider`, which writes no site under a name that none can have."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from scrapy.commands.genspider import Command as ScrapyGenspider

if TYPE_CHECKING:
    import argparse

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class Command(ScrapyGenspider):
    """Writes a new spider; a site's name is lower case, with dashes."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write it, or say which name would do."""
        from storage.verdicts import Verdict

        name = args[0] if len(args) == 2 and opts.template == "site" else None
        if name is None or _NAME.fullmatch(name):
            super().run(args, opts)
            return
        better = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-0123456789") or "example"
        sys.stderr.write(f"genspider: a site's name is lower case, with dashes: {better!r}, not {name!r}\n")
        self.exitcode = Verdict.USAGE.exit_code
