"""Write any number of plausible, different texts from phrases: the mass of the demo's articles."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from crawler.demo.content import Block, Text

_SUBJECTS = ("place", "office", "person", "people", "thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject: three or more headlines and the things that can be said to happen to it."""

    titles: tuple[str, ...]
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The phrases of one language; `{name}` in a pattern is filled from *slots* or is a number."""

    topics: tuple[Topic, ...]
    openings: tuple[str, ...]
    patterns: tuple[str, ...]
    slots: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[int, int]]
    gap: str  # between two sentences

    def compose(self, number: int) -> Text:
        """Return text *number*: the same for the same number, different for every other."""
        chance = random.Random(number * 7919 + 17)  # noqa: S311  # repeatable, not secret
        topic = self.topics[number % len(self.topics)]
        writer = _Writer(grammar=self, topic=topic, chance=chance)
        title = writer.sentence(topic.titles[number // len(self.topics) % len(topic.titles)])
        patterns = (chance.choice(self.openings), *chance.sample(self.patterns, 15))
        return Text(
            title=title, blocks=self._paragraphs([writer.sentence(each) for each in patterns], chance)
        )

    def _paragraphs(self, sentences: list[str], chance: random.Random) -> tuple[Block, ...]:
        blocks = []
        while sentences:
            length = chance.choice((2, 3, 3, 4))
            blocks.append(Block(text=self.gap.join(sentences[:length])))
            sentences = sentences[length:]
        return tuple(blocks)


class _Writer:
    """Fills patterns for one text, which keeps coming back to its own place, office and people."""

    def __init__(self, *, grammar: Grammar, topic: Topic, chance: random.Random) -> None:
        self._chance = chance
        self._numbers = grammar.numbers
        self._pools = {**grammar.slots, "thing": topic.things}
        self._subject = {name: chance.choice(self._pools[name]) for name in _SUBJECTS}

    def sentence(self, pattern: str) -> str:
        words: dict[str, str] = {}
        for name in _slots_of(pattern):
            words[name] = self._word(name.rstrip("2"), set(words.values()))
        filled = pattern.format_map(words)
        return filled[:1].upper() + filled[1:]

    def _word(self, kind: str, used: set[str]) -> str:
        if kind in self._numbers:
            return str(self._chance.randint(*self._numbers[kind]))
        usual = self._subject.get(kind)
        if usual is not None and usual not in used and self._chance.random() < 0.65:
            return usual
        return next(
            word for word in iter(lambda: self._chance.choice(self._pools[kind]), None) if word not in used
        )


@lru_cache(maxsize=1024)
def _slots_of(pattern: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(pattern) if name)
