"""The option that names a platform, of the commands that read single pages."""

from __future__ import annotations

import click

from crawler.platforms.registry import names

platform_option = click.option(
    "--platform",
    type=click.Choice(names()),
    metavar="NAME",
    help="The platform, if it should not be detected from the markup.",
)
