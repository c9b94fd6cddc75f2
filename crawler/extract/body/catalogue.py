"""The boilerplate catalogue of `boilerplate.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from crawler.extract.text import fold
from storage.patterns import lazy_pattern

LONGEST = 160  # characters; any other longer line is a sentence, whatever it starts with
_NAME = re.compile(r"\{([a-z_]+)\}")
# Scripts that set no blanks between words: what stands around a word there is no other word.
_UNSPACED = re.compile(r"[\u0900-\u0dff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One group of the catalogue: folded lines that match *pattern* as a whole."""

    name: str
    pattern: re.Pattern[str]
    longest: int


class _Words:
    """The words that rules name in braces, as patterns."""

    def __init__(self, named: Mapping[str, Sequence[str]]) -> None:
        self._named = named

    def expanded(self, pattern: str) -> str:
        """Return *pattern* with each name replaced by its words."""
        return _NAME.sub(lambda name: self.any_of(self._named[name[1]]), pattern)

    def any_of(self, words: Iterable[str]) -> str:
        """Return a pattern of any of *words*."""
        return f"(?:{'|'.join(map(self.expanded, words))})"


def _rules(tables: Iterable[Mapping[str, Any]], named: Mapping[str, Sequence[str]]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            name=table["rule"],
            pattern=lazy_pattern(_Words({**named, "words": table.get("words", ())}).any_of(table["lines"])),
            longest=table.get("longest", LONGEST),
        )
        for table in tables
    )


def _whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds *words*, the longest first, and never inside of another word."""
    bounded = (word if _UNSPACED.search(word) else rf"(?<!\w){word}(?!\w)" for word in words)
    return lazy_pattern("|".join(sorted(bounded, key=len, reverse=True)))


_CATALOGUE = tomllib.loads(files("crawler.extract.body").joinpath("boilerplate.toml").read_text("utf-8"))

# Labels of "source", "author" and "editor" by language, as sites write them.
CREDIT_LABELS: Mapping[str, Mapping[str, Sequence[str]]] = _CATALOGUE["credits"]

# Labels of the day of a publication, by what a label is of (its keys say) and by language.
DATE_LABELS: Mapping[str, Mapping[str, Sequence[str]]] = _CATALOGUE["dates"]


def labels_in(languages: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the labels of all *languages*, each once."""
    return list(dict.fromkeys(label for labels in languages.values() for label in labels))


def _folded(labels: Iterable[str]) -> Sequence[str]:
    return list(dict.fromkeys(re.escape(fold(label)) for label in labels))


_NAMED = {
    **_CATALOGUE["words"],
    **{name: _folded(labels_in(languages)) for name, languages in CREDIT_LABELS.items()},
    "date_label": _folded(label for languages in DATE_LABELS.values() for label in labels_in(languages)),
}
_BOTH = _rules(_CATALOGUE["both"], _NAMED)
TOP = _BOTH + _rules(_CATALOGUE["top"], _NAMED)
END = _BOTH + _rules(_CATALOGUE["end"], _NAMED)
FOOT = _rules(_CATALOGUE["foot"], _NAMED)
TAIL = _rules(_CATALOGUE["tail"], _NAMED)
WITHIN = _rules(_CATALOGUE["within"], _NAMED)
TOOLS = {name: _whole_words(words) for name, words in _CATALOGUE["tools"].items()}
# What the first word of a toolbar can be. Most lines are sentences, and their first word tells.
FIRST_TOOL = _whole_words(word for words in _CATALOGUE["tools"].values() for word in words)


def rule_of(folded: str, rules: Sequence[Rule]) -> str | None:
    """Return the name of the first of *rules* that takes a line as a whole."""
    for rule in rules:
        if len(folded) <= rule.longest and rule.pattern.fullmatch(folded):
            return rule.name
    return None
