"""Month names and their abbreviations in the languages that sites publish in."""

from __future__ import annotations

from importlib.resources import files

from storage.patterns import any_of


def _names() -> dict[str, int]:
    """Return the number of the month that each name means."""
    text = files("crawler.extract.dates").joinpath("month_names.txt").read_text("utf-8")
    paragraphs = [names for names in text.split("\n\n") if not names.startswith("#")]
    return {
        name.replace("_", " "): number for number, names in enumerate(paragraphs, 1) for name in names.split()
    }


MONTHS = _names()


def month_named(name: str) -> int:
    """Return the number of the month called *name* in any case, 0 where its letters only look like one's."""
    folded = name.lower()
    # The large i of Turkish has a dot that stays behind, and a micro sign looks like a letter of Greek.
    return MONTHS.get(folded) or MONTHS.get(folded.replace("i\u0307", "i").replace("\u00b5", "\u03bc"), 0)


# Those of ASCII letters are tried alone on a text that has no others.
MONTH_PATTERN = any_of(MONTHS)
ASCII_MONTH_PATTERN = any_of(name for name in MONTHS if name.isascii())
