"""Stories out of links: which articles are one, who came first, and which page only contains them.

Pure, and independent of the order in which articles and links arrive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storage.links import Link, StoryArticle
from storage.records import CopyKind
from storage.roundups import TWIN, Passage, roundup_passages


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles of a story, first publisher first; every other one has the link that holds it."""

    articles: tuple[int, ...]
    links: Mapping[int, Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """The stories among some articles, and what the roundups among them contain."""

    stories: tuple[Story, ...]
    contains: Mapping[int, tuple[Link, ...]]


def partition(articles: Mapping[int, StoryArticle], links: Sequence[Link]) -> Partition:
    """Return the stories among *articles*; an article without a copy is in none."""
    roundups = _roundups(articles, links)
    binding = [link for link in links if _binds(link, roundups)]
    sets = _joined(articles, binding, roundups)
    by_article = _by_article(binding)
    return Partition(
        stories=tuple(_story([articles[member] for member in members], by_article) for members in sets),
        contains={
            container: tuple(link.seen_from(container) for passage in passages for link in passage.links)
            for container, passages in roundups.items()
        },
    )


def _roundups(articles: Mapping[int, StoryArticle], links: Sequence[Link]) -> dict[int, list[Passage]]:
    """Return the roundups with their passages; a copy of a roundup is one too, without."""
    inside: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        inside[link.container].append(link)
    found = {}
    for container, parts in inside.items():
        passages = roundup_passages(articles[container], parts, articles) if len(parts) > 1 else []
        if passages:
            found[container] = passages
    for link in links:
        if link.coverage >= TWIN and (link.article in found or link.other in found):
            found.setdefault(link.article, [])
            found.setdefault(link.other, [])
    return found


def _binds(link: Link, roundups: Mapping[int, list[Passage]]) -> bool:
    """Return whether *link* makes its articles one story: what a roundup contains stays outside."""
    return (link.article in roundups) == (link.other in roundups)


def _joined(
    articles: Iterable[int], links: Sequence[Link], roundups: Mapping[int, list[Passage]]
) -> list[list[int]]:
    """Return the sets of two articles and more that links, or one passage of a roundup, hold together."""
    sets = Sets(articles)
    for link in links:
        sets.join(link.article, link.other)
    for passages in roundups.values():
        for passage in passages:
            for link in passage.links[1:]:
                sets.join(passage.links[0].part, link.part)
    return [members for members in sets.all() if len(members) > 1]


class Sets:
    """Sets that grow together."""

    def __init__(self, items: Iterable[int]) -> None:
        self._parents = {item: item for item in items}

    def root(self, item: int) -> int:
        """Return the item that stands for the set of *item*."""
        while self._parents[item] != item:
            self._parents[item] = item = self._parents[self._parents[item]]
        return item

    def join(self, item: int, other: int) -> None:
        """Make the sets of both one."""
        self._parents[self.root(item)] = self.root(other)

    def all(self) -> list[list[int]]:
        """Return the sets."""
        found: dict[int, list[int]] = defaultdict(list)
        for item in self._parents:
            found[self.root(item)].append(item)
        return list(found.values())


def _by_article(links: Sequence[Link]) -> dict[int, list[Link]]:
    by_article: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_article[link.article].append(link)
        by_article[link.other].append(link.seen_from(link.other))
    return by_article


def _story(members: list[StoryArticle], links: Mapping[int, list[Link]]) -> Story:
    """Return the story of *members*: each holds on to the earliest that leads back to the first."""
    places = {article.id: place for place, article in enumerate(sorted(members, key=lambda a: a.order))}
    first, *others = places
    chosen: dict[int, Link] = {}
    _hold(first, places, links, chosen)
    for article in others:
        if article not in chosen:
            chosen[article] = _same_passage(article, first)
            _hold(article, places, links, chosen)
    return Story(articles=tuple(places), links=chosen)


def _hold(
    origin: int, places: Mapping[int, int], links: Mapping[int, list[Link]], chosen: dict[int, Link]
) -> None:
    """Add to *chosen* the links of every article that *origin* leads to, the earliest ones first."""
    first = next(iter(places))
    waiting = [origin]
    while waiting:
        waiting.sort(key=places.__getitem__, reverse=True)
        for link in links.get(waiting.pop(), ()):
            if link.other != first and link.other not in chosen:
                chosen[link.other] = link.seen_from(link.other)
                waiting.append(link.other)


def _same_passage(article: int, first: int) -> Link:
    """Return the link of two texts that were seen in one passage of a roundup, and not compared."""
    return Link(
        article=article, other=first, kind=CopyKind.COPY, score=0.0, container=first, start=0.0, end=1.0
    )
