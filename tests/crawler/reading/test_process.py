"""The process that reads pages: what is asked together is answered together, a crash alone."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from operator import truediv

from crawler.reading.process import ReadingCrashed, serve_readings
from storage.correspondence import read_messages, write_message


def test_each_message_is_answered_by_one_whatever_crashes() -> None:
    incoming, outgoing = BytesIO(), BytesIO()
    write_message(incoming, [(1, partial(truediv, 6, 2)), (2, partial(truediv, 1, 0)), (3, dict)])
    write_message(incoming, [(4, list)])
    incoming.seek(0)

    serve_readings(incoming, outgoing)

    outgoing.seek(0)
    first, second = read_messages(outgoing)
    (_, three, _), (_, nothing, crash), (_, mapping, _) = first
    assert (three, nothing, mapping, second) == (3.0, None, {}, [(4, [], None)])
    assert isinstance(crash, ReadingCrashed)
    assert "ZeroDivisionError" in str(crash)
