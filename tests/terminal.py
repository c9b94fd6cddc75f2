"""A terminal for what commands print."""

from __future__ import annotations

from typing import Any

from storage.commands.rendering import QuietConsole


class Terminal(QuietConsole):
    """A terminal of 80 columns, whatever standard output is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "width": 80, "soft_wrap": False})
