"""`scrapy list`, which also names the files whose sites cannot be loaded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands.list import Command as ScrapyList

if TYPE_CHECKING:
    import argparse


class Command(ScrapyList):
    """Lists the declared sites; a file that is broken makes it a usage error."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the names, and on standard error what is wrong with the others."""
        from crawler.site_files import SiteLoader
        from crawler.streams import forget_output
        from storage.verdicts import Verdict

        try:
            super().run(args, opts)
            sys.stdout.flush()
        except BrokenPipeError:  # `| head`: the reader has what it wanted
            forget_output()
        assert self.settings is not None
        for file, problem in SiteLoader.from_settings(self.settings).broken.items():
            sys.stderr.write(f"{file}: {problem}\n")
            self.exitcode = Verdict.USAGE.exit_code
