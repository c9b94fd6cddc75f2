"""What a run has seen is a set, whatever the order in which it grows."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from crawler.seen import Seen

HASHES = st.integers(-sys.maxsize - 1, sys.maxsize)


@given(st.lists(HASHES | st.integers(-3, 3)), HASHES | st.integers(-3, 3))
def test_it_grows_and_answers_as_a_set(values: list[int], other: int) -> None:
    seen, known = Seen(), set[int]()

    for value in values:
        assert seen.add(value) == (value not in known)
        known.add(value)

    assert len(seen) == len(known)
    assert all(value in seen for value in known)
    assert (other in seen) == (other in known)
