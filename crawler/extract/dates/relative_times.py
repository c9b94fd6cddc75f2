"""How long ago something was, by the words of `relative_times.toml`: "3 hours ago", 3天前, "gestern"."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from storage.patterns import any_of

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": DAY, "week": WEEK}
_DAYS = {"today": 0, "yesterday": 1, "day_before": 2}
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_LONGEST_DAY = 60  # characters of a text that may name a day: in a longer one it is part of a sentence
# Scripts that set no blanks between words: what follows a word there is no part of it.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]\Z")


class Ago(NamedTuple):
    """So many units before now."""

    unit: timedelta
    number: int


class _Words(NamedTuple):
    phrases: re.Pattern[str]
    units: dict[str, timedelta]
    days: re.Pattern[str]
    ago: dict[str, int]


def ago_in(text: str) -> Ago | None:
    """Return how long ago *text*, a line whose digits are ASCII, says that something was, or None."""
    words = _words()
    text = text.replace("#", " ")  # which stands for a number from here on
    numbers = _NUMBER.findall(text)
    folded = _folded(_NUMBER.sub("#", text))
    if match := words.phrases.search(folded):
        phrase = match[0]
        before = folded.count("#", 0, match.start())
        return Ago(words.units[phrase], int(numbers[before]) if "#" in phrase else 1)
    if len(folded) <= _LONGEST_DAY and (match := words.days.search(folded)):
        return Ago(DAY, words.ago[match[0]])
    return None


def _folded(text: str) -> str:
    return " ".join(text.lower().replace(".", "").replace("#", " # ").split())


@lru_cache(maxsize=1)
def _words() -> _Words:
    tables: dict[str, dict[str, str]] = tomllib.loads(
        files("crawler.extract.dates").joinpath("relative_times.toml").read_text("utf-8")
    )
    units = {
        _folded(phrase): _UNITS[unit]
        for unit, phrases in tables["ago"].items()
        for phrase in phrases.split(";")
    }
    days = {
        name.replace("_", " "): _DAYS[day] for day, names in tables["days"].items() for name in names.split()
    }
    return _Words(_whole(units), units, _whole(days), days)


def _whole(phrases: dict[str, Any]) -> re.Pattern[str]:
    """Return the pattern that finds *phrases*, and never inside of another word."""
    spaced = any_of(phrase for phrase in phrases if not _UNSPACED.search(phrase))
    others = any_of(phrase for phrase in phrases if _UNSPACED.search(phrase))
    return re.compile(rf"(?<!\w){spaced}(?!\w)|{others}")
