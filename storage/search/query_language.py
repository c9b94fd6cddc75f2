"""The query language: any text is a legal query, and what looks like syntax and is none is words.

    words are ANDed        宁波 harbour
    "a phrase"             OR   |         NOT   -        ( )      prefix*
    title:harbour          site:ningbo   section:hot-news   source:Xinhua   lang:zh
    published:2019-06..2019-07           state:gone        story:s0123456789abcde

Full-width punctuation means the same as plain.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from storage.search.folding import IS_PAIRED, runs

LONGEST_QUERY = 2_000
MOST_TERMS = 64
DEEPEST = 20
SHORTEST_PREFIX = 2
PLAIN = str.maketrans("“”„«»＂（）：｜－＊　", '""""""():|-* ')
IN_LOWER_CASE = ("state", "story")
FIELDS = ("site", "section", "source", "lang", "state", "story")
LEXEME = re.compile(
    rf"""(?P<space>\s+) | (?P<open>\() | (?P<close>\)) | (?P<or>\|+)
    | (?P<sign>-)(?=[^\s-])
    | (?:(?P<field>title|published|{"|".join(FIELDS)}):)?
      (?: "(?P<quoted>[^"]*)"? (?P<star>\*?) | (?P<word>[^\s()"|]+) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that stand together, the last one perhaps a prefix."""

    tokens: tuple[str, ...]
    prefix: bool = False
    title: bool = False
    text: tuple[str, ...] = ()  # the runs as they were asked for, for snippets


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a script without spaces, anywhere in the text."""

    character: str
    title: bool = False


@dataclass(frozen=True, slots=True)
class Equals:
    """A field has a value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Published:
    """The published day lies within a range, both ends included."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class And:
    """All of these; of none, everything."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    part: Node


Node = Phrase | Character | Equals | Published | And | Or | Not
EVERYTHING = And(())


def parse(query: str) -> Node:
    """Return what *query* asks for."""
    return _Parser(query[:LONGEST_QUERY].translate(PLAIN)).parse()


def read_range(text: str) -> Published | None:
    """Return the days that `2019`, `2019-06`, `2019-06-08` or `A..B` covers, None if it is none."""
    first, dots, last = text.partition("..")
    begin, end = _span(first), _span(last if dots else first)
    if (first and begin is None) or (last and end is None) or not (first or last):
        return None
    return Published(begin[0] if begin else None, end[1] if end else None)


def _span(text: str) -> tuple[date, date] | None:
    match = DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        assert year is not None
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        return first, date(year, last_month, day or monthrange(year, last_month)[1])
    except ValueError:
        return None


def words_of(text: str, *, title: bool = False, prefix: bool = False) -> Node | None:
    """Return what finds *text* as a phrase; None where nothing in it can be searched."""
    parts = tuple(runs(text))
    if not parts:
        return None
    last = parts[-1]
    if len(parts) == 1 and len(last) == 1 and IS_PAIRED.match(last):
        return Character(last, title)
    tokens = list(_inner_tokens(parts[:-1]))
    if not IS_PAIRED.match(last):
        starts = prefix and len(last) >= SHORTEST_PREFIX
        return Phrase((*tokens, last), prefix=starts, title=title, text=parts)
    if len(last) == 1:
        return Phrase((*tokens, last), prefix=True, title=title, text=parts)
    pairs = tuple(map(str.__add__, last, last[1:]))
    return Phrase((*tokens, *pairs), title=title, text=parts)


def _inner_tokens(parts: tuple[str, ...]) -> Iterator[str]:
    """Yield the tokens of runs that end before the phrase does, the last character alone included."""
    for run in parts:
        if IS_PAIRED.match(run):
            yield from map(str.__add__, run, run[1:])
            yield run[-1]
        else:
            yield run


def positive_phrases(node: Node) -> Iterator[Phrase | Character]:
    """Yield what a hit was found by, for snippets."""
    match node:
        case Phrase() | Character():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from positive_phrases(part)
        case _:
            return


class _Parser:
    """Recursive descent over the lexemes; every input has a meaning."""

    def __init__(self, query: str) -> None:
        self._lexemes = [match for match in LEXEME.finditer(query) if match["space"] is None]
        self._place = 0
        self._terms = 0

    def parse(self) -> Node:
        parts: list[Node] = []
        while self._place < len(self._lexemes):
            parts.append(self._alternatives(0))
            if self._peek("close"):  # one too many
                self._place += 1
        return _all(parts)

    def _alternatives(self, depth: int) -> Node:
        choices = [self._together(depth)]
        while self._peek("or") or self._is_or():
            self._place += 1
            choices.append(self._together(depth))
        choices = [choice for choice in choices if choice != EVERYTHING]
        if not choices:
            return EVERYTHING
        return choices[0] if len(choices) == 1 else Or(tuple(choices))

    def _together(self, depth: int) -> Node:
        parts: list[Node] = []
        while self._place < len(self._lexemes):
            if self._peek("close") or self._peek("or") or self._is_or():
                break
            part = self._one(depth)
            if part is not None:
                parts.append(part)
        return _all(parts)

    def _one(self, depth: int) -> Node | None:
        lexeme = self._lexemes[self._place]
        self._place += 1
        if lexeme["sign"] or (self._word(lexeme) == "NOT" and self._place < len(self._lexemes)):
            if self._place == len(self._lexemes) or self._peek("close"):
                return None
            part = self._one(min(depth + 1, DEEPEST)) if depth < DEEPEST else None
            return None if part is None or part == EVERYTHING else Not(part)
        if self._word(lexeme) == "AND":
            return None
        if lexeme["open"]:
            return self._group(depth)
        return self._term(lexeme)

    def _group(self, depth: int) -> Node | None:
        if depth >= DEEPEST:
            return None  # deeper brackets are only brackets
        part = self._alternatives(depth + 1)
        if self._peek("close"):
            self._place += 1
        return None if part == EVERYTHING else part

    def _term(self, lexeme: re.Match[str]) -> Node | None:
        if lexeme["close"] or lexeme["or"]:
            return None
        self._terms += 1
        if self._terms > MOST_TERMS:
            return None
        field = (lexeme["field"] or "").lower()
        quoted = lexeme["quoted"] is not None
        text = lexeme["quoted"] if quoted else lexeme["word"]
        star = bool(lexeme["star"]) if quoted else text.endswith("*")
        if field in FIELDS and text.strip('"'):
            return Equals(field, text.lower() if field in IN_LOWER_CASE else text)
        if field == "published":
            days = read_range(text)
            return days if days is not None else words_of(f"{field} {text}")
        return words_of(text, title=field == "title", prefix=star)

    def _peek(self, group: str) -> bool:
        return self._place < len(self._lexemes) and self._lexemes[self._place][group] is not None

    def _is_or(self) -> bool:
        return self._place < len(self._lexemes) and self._word(self._lexemes[self._place]) == "OR"

    @staticmethod
    def _word(lexeme: re.Match[str]) -> str | None:
        return None if lexeme["field"] else lexeme["word"]


def _all(parts: list[Node]) -> Node:
    flat = [part for part in parts if part != EVERYTHING]
    return flat[0] if len(flat) == 1 else And(tuple(flat))
