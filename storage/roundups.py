"""Tell a page that collects several releases from a release that was excerpted in several places.

Both look the same: one long text, and shorter ones that share different passages of it. What tells
them apart is who came first, under which headlines, and what other copies there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from storage.comparison import SAME_TITLE
from storage.links import Link, StoryArticle
from storage.wording import tokenise

TWIN = 0.85  # a link that covers so much of a text is to a copy of the whole
OVERLAP = 0.15  # of the shorter passage: two excerpts overlap by chance, two releases never


@dataclass(slots=True)
class Passage:
    """A passage of a text and the shorter texts that are cut from it, or gathered in it."""

    start: float
    end: float
    links: list[Link] = field(default_factory=list)

    def overlaps(self, link: Link) -> bool:
        """Return whether *link* shares more than a few words of the passage."""
        shared = min(self.end, link.end) - max(self.start, link.start)
        return shared > OVERLAP * min(self.end - self.start, link.coverage)

    def add(self, link: Link) -> None:
        """Let the passage hold *link* too."""
        self.start, self.end = min(self.start, link.start), max(self.end, link.end)
        self.links.append(link)


def roundup_passages(
    container: StoryArticle, links: Sequence[Link], articles: Mapping[int, StoryArticle]
) -> list[Passage]:
    """Return the passages of *container* that are releases of their own; none if it is no roundup.

    *links* are those in which it is the longer text.
    """
    parts = sorted((link for link in links if link.coverage < TWIN), key=_size)
    passages: list[Passage] = []
    bridges = len(links) - len(parts)
    for link in parts:
        shared = [passage for passage in passages if passage.overlaps(link)]
        if not shared:
            passages.append(Passage(link.start, link.end, [link]))
        elif len(shared) == 1:
            shared[0].add(link)
        else:
            bridges += 1
    if len(passages) < 2 or _evidence(container, passages, bridges, articles) <= 0:
        return []
    return passages


def _size(link: Link) -> tuple[float, float, float]:
    return (link.coverage, link.start, link.score)


def _evidence(
    container: StoryArticle, passages: Sequence[Passage], bridges: int, articles: Mapping[int, StoryArticle]
) -> int:
    """Return the points for a roundup less those for a release and its excerpts."""
    groups = [[articles[link.part] for link in passage.links] for passage in passages]
    points = 1  # two disjoint excerpts under a fifth of the time
    points += 2 if len(groups) > 2 else 0
    points -= min(bridges, 2)
    points += sum(len(group) > 1 for group in groups)
    points += max(-2, min(2, sum(_precedence(group, container) for group in groups)))
    if any(_one_title(article, container) for group in groups for article in group):
        points -= 3
    if any(_one_title(a, b) for a in groups[0] for group in groups[1:] for b in group):
        points -= 3
    return points


def _precedence(group: Sequence[StoryArticle], container: StoryArticle) -> int:
    """Return 1 if the first of *group* was published before the container, -1 if after."""
    days = [article.day for article in group if article.day]
    if not days or not container.day:
        return 0
    return (min(days) < container.day) - (min(days) > container.day)


def _one_title(article: StoryArticle, other: StoryArticle) -> bool:
    return Indel.normalized_similarity(tokenise(article.title), tokenise(other.title)) >= SAME_TITLE
