"""Answers of other processes and threads, given in the event loop of the crawl."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any


class LoopAnswers:
    """Answers what the crawl waits for in its event loop, from any thread: each call wakes it once."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None

    def make_future(self) -> asyncio.Future[Any]:
        """Return a future of the running loop."""
        self._loop = self._loop or asyncio.get_running_loop()
        return self._loop.create_future()

    def deliver(self, give_answers: Callable[[], None]) -> None:
        """Give answers in the loop; once it is closed nobody waits for any."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(give_answers)
