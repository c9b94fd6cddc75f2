"""The option that names a platform, of the commands that read single pages."""

from __future__ import annotations

import click

from crawler.platforms.registry import UnknownPlatform, platform_named


def _known(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    """Return *name*, or refuse it before anything is read."""
    try:
        return platform_named(name).name if name is not None else None
    except UnknownPlatform as error:
        raise click.BadParameter(str(error)) from error


platform_option = click.option(
    "--platform", callback=_known, help="The platform, if it should not be detected from the markup."
)
