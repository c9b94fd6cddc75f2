"""Verdicts, their exit codes and which of several decides."""

from __future__ import annotations

import pytest

from storage.verdicts import PRECEDENCE, Verdict, worst


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        ("complete", 0),
        ("crashed", 1),
        ("usage", 2),
        ("incomplete", 3),
        ("drifted", 4),
        ("refused", 5),
        ("unreachable", 6),
        ("storage", 7),
        ("busy", 8),
    ],
)
def test_a_verdict_has_its_exit_code(verdict: str, code: int) -> None:
    assert Verdict(verdict).exit_code == code


def test_of_several_verdicts_the_gravest_stands_for_all() -> None:
    assert [verdict.exit_code for verdict in PRECEDENCE] == [7, 1, 2, 6, 5, 4, 3, 8, 0]
    assert worst([Verdict.COMPLETE, Verdict.BUSY, Verdict.INCOMPLETE]) is Verdict.INCOMPLETE
    assert worst([]) is Verdict.COMPLETE
