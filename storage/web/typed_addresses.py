"""Addresses as people type them: programs such as curl send their characters as they are."""

from __future__ import annotations

import re

from uvicorn.protocols.http.h11_impl import H11Protocol

BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


class TypedAddresses(H11Protocol):
    """A connection whose requests may have any bytes in their addresses; h11 alone takes ASCII only."""

    def data_received(self, data: bytes) -> None:
        """Take what arrived, with the first line of a request in ASCII."""
        super().data_received(in_ascii(data) if self._is_in_first_line() else data)

    def _is_in_first_line(self) -> bool:
        is_under_way = self.cycle is not None and not self.cycle.response_complete
        arrived, _ = self.conn.trailing_data
        return not is_under_way and b"\n" not in arrived


def in_ascii(data: bytes) -> bytes:
    """Return *data* with each byte of its first line that is not ASCII as an address writes it."""
    if data.isascii():
        return data
    line, end, rest = data.partition(b"\n")
    return BEYOND_ASCII.sub(lambda found: b"%%%02X" % ord(found[0]), line) + end + rest
