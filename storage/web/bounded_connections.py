"""Connections that nobody holds for nothing: each has to ask soon, and to take its answer."""

from __future__ import annotations

import asyncio

from storage.web.typed_addresses import TypedAddresses

MOST_CONNECTIONS = 100
REQUEST_SECONDS = 15  # to ask, whatever arrives meanwhile
ANSWER_SECONDS = 300  # to take an answer


class BoundedConnection(TypedAddresses):
    """A connection with a time for what comes next; of too many, the one that asks for nothing gives way."""

    _end: asyncio.TimerHandle | None = None
    _answered: object = None  # the request that is being answered; None while one is waited for
    _is_last_time: bool = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._bound()
        if len(self.connections) >= MOST_CONNECTIONS:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        """Take what arrived: perhaps the rest of a request."""
        super().data_received(data)
        self._bound()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request, or to answer one that came early."""
        super().on_response_complete()
        self._bound()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of a connection that has ended."""
        super().connection_lost(exc)
        if self._end is not None:
            self._end.cancel()

    def _bound(self) -> None:
        """Give what comes next its time, unless it has it already."""
        answered = None if self.cycle is None or self.cycle.response_complete else self.cycle
        if self._end is None or answered is not self._answered:
            self._answered, self._is_last_time = answered, False
            self._end_in(REQUEST_SECONDS if answered is None else ANSWER_SECONDS)

    def _end_in(self, seconds: float) -> None:
        if self._end is not None:
            self._end.cancel()
        self._end = self.loop.call_later(seconds, self._hang_up)

    def _hang_up(self) -> None:
        if self._has_more_to_take() and not self._is_last_time:
            self._is_last_time = True
            self._end_in(ANSWER_SECONDS)
        else:
            self.transport.abort()

    def _has_more_to_take(self) -> bool:
        return self.transport.get_write_buffer_size() > 0

    def _make_room(self) -> None:
        """Hang up on another: that which has asked for nothing longest, else the slowest taker."""
        waiting = [
            (one._has_more_to_take(), one._end.when(), id(one), one)
            for one in self.connections
            if isinstance(one, BoundedConnection) and one is not self and one._answered is None and one._end
        ]
        if waiting:
            longest = min(waiting)[-1]
            self.connections.discard(longest)
            longest.transport.abort()
