"""Stories out of links: which articles are one, who came first, and which page only contains them.

Pure, and independent of the order in which articles and links arrive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from storage.records import CopyKind
from storage.stories.containments import Containments
from storage.stories.links import Link, RelationKind, StoryArticle
from storage.stories.sets import Sets


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles of a story, first publisher first; every other one has the link that holds it."""

    articles: tuple[int, ...]
    links: Mapping[int, Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What an article is to another one that its text contains, though the two are no one story."""

    article: int
    other: int
    kind: RelationKind
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """The stories among some articles, and what else ties them together."""

    stories: tuple[Story, ...]
    relations: tuple[Relation, ...]


def partition(articles: Mapping[int, StoryArticle], links: Sequence[Link]) -> Partition:
    """Return the stories among *articles*; an article without a copy is in none."""
    texts = Sets(articles)
    for link in links:
        if link.is_of_one_text:
            texts.join(link.article, link.other)
    containments = Containments(articles, texts, links)
    binding = [link for link in links if containments.binds(link)]
    stories = Sets(articles)
    for link in binding:
        stories.join(link.article, link.other)
    for passages in containments.roundups.values():
        for link, other in chain.from_iterable(passage.same_text() for passage in passages):
            stories.join(link.part, other.part)
    by_article = _by_article(binding)
    return Partition(
        stories=tuple(
            _story([articles[member] for member in members], by_article)
            for members in stories.all()
            if len(members) > 1
        ),
        relations=tuple(
            Relation(
                article=link.container,
                other=link.part,
                kind=containments.relation_of(link),
                score=link.score,
            )
            for link in sorted(set(links).difference(binding), key=lambda link: (link.container, link.part))
        ),
    )


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
