"""What a newspaper says below a text of who wrote it: "Jo Lee is the health editor of the Herald."."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.extract.body.paragraphs import Body
from crawler.extract.types import RemovedLine

_MOST_LINES = 4  # of what is said of one author
_MOST_BEFORE = 40  # characters before the name: "Our correspondent Jo Lee ..."
_MOST_BETWEEN = 90  # characters between the name and what is said: ", who lives in Leeds,"
_LEAST_TEXT = 4  # times as long as what is said of the author
_AND = re.compile(r"\s?[,;&/]\s?|\s(?:and|und|et|y|e|en|och|og|i)\s")
_SAYS_WHO = re.compile(
    r"(?:,\s[^.!?]{2,80},)?\s(?:is|was|has|writes|covers|reports|joined|works|lives|serves|teaches"
    r"|ist|war|hat|schreibt|arbeitet|berichtet|leitet|lebt|studiert|est|écrit|travaille|couvre|es|escribe|cubre"
    r"|é|è|scrive|lavora|jest|pisze|är|er|skriver|schrijft|werkt)\s"
)
_OPENS = re.compile(r"[^.!?:„“”\"]{0,40}")


def without_bio(body: Body, author: str | None) -> Body:
    """Return *body* without the last lines of it if they say who the *author* is, in the third person."""
    names = [name for name in _AND.split(author or "") if " " in name]
    lines = body.lines
    last = range(max(1, len(lines) - _MOST_LINES), len(lines))
    place = next((at for at in last if any(_is_of(lines[at], name) for name in names)), None)
    if place is None:
        return body
    said = sum(map(len, lines[place:]))
    if said * _LEAST_TEXT > sum(map(len, lines[:place])):
        return body
    bio = [RemovedLine(text=line, rule="about the author", position="foot") for line in lines[place:]]
    return replace(body, lines=lines[:place], removed=(*body.removed, *bio))


def _is_of(line: str, name: str) -> bool:
    """Return whether *line* begins with *name*, or a few words of praise before it, and says who that is."""
    place = line[: _MOST_BEFORE + len(name)].find(name)
    if place < 0 or not _OPENS.fullmatch(line[:place]):
        return False
    return _SAYS_WHO.match(line[place + len(name) :][:_MOST_BETWEEN]) is not None
