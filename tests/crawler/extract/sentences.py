"""A text of three paragraphs, around which tests put lines that are none of it."""

from __future__ import annotations

TEXT = (
    "The council approved on Monday a budget for seven new schools in the eastern districts of the city.",
    "Mayor Helen Ortiz said that the first of them would open in September next year, with forty teachers.",
    "Parents had asked for the schools for years, and construction will begin in spring, officials said.",
)
