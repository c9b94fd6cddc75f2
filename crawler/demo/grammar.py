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
    """A subject: headlines, and the things of which can be told; the first things are the headlines' own."""

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
        headline = number // len(self.topics) % len(topic.titles)
        writer = _Writer(grammar=self, things=topic.things, headline=headline, chance=chance)
        title, opening = writer.main_sentence(topic.titles[headline]), chance.choice(self.openings)
        sentences = [writer.main_sentence(opening)]
        sentences += [writer.sentence(pattern) for pattern in chance.sample(self.patterns, 11)]
        return Text(title=title, blocks=self._paragraphs(sentences, chance))

    def _paragraphs(self, sentences: list[str], chance: random.Random) -> tuple[Block, ...]:
        blocks = []
        while sentences:
            length = chance.choice((2, 3, 3, 4))
            blocks.append(Block(text=self.gap.join(sentences[:length])))
            sentences = sentences[length:]
        return tuple(blocks)


class _Writer:
    """Fills patterns for one text, which keeps coming back to its own place, office and people."""

    def __init__(
        self, *, grammar: Grammar, things: tuple[str, ...], headline: int, chance: random.Random
    ) -> None:
        self._chance = chance
        self._numbers = grammar.numbers
        self._pools = {**grammar.slots, "thing": things}
        self._subject = {name: chance.choice(self._pools[name]) for name in _SUBJECTS}
        self._subject["thing"] = things[headline]

    def main_sentence(self, pattern: str) -> str:
        """Return *pattern* about the subject of the text."""
        return self._filled(pattern, likely=1.0)

    def sentence(self, pattern: str) -> str:
        """Return *pattern* about the subject, more often than not."""
        return self._filled(pattern, likely=0.65)

    def _filled(self, pattern: str, *, likely: float) -> str:
        words: dict[str, str] = {}
        for name in _slots_of(pattern):
            words[name] = self._word(name.rstrip("2"), set(words.values()), likely)
        filled = pattern.format_map(words)
        return filled[:1].upper() + filled[1:]

    def _word(self, kind: str, used: set[str], likely: float) -> str:
        if kind in self._numbers:
            return str(self._chance.randint(*self._numbers[kind]))
        usual = self._subject.get(kind)
        if usual is not None and usual not in used and self._chance.random() < likely:
            return usual
        return self._chance.choice([word for word in self._pools[kind] if word not in used])


@lru_cache(maxsize=1024)
def _slots_of(pattern: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(pattern) if name)
