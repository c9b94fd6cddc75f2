"""Tell a page that collects several releases from a release that was excerpted in several places.

Both look the same: one long text, and shorter ones that share different passages of it. What tells
them apart is who came first, under which headlines, and what other copies there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from storage.stories.comparison import are_one_title
from storage.stories.links import Link, StoryArticle

SAME_PASSAGE = 0.8  # of the shorter passage: both are from one text
OVERLAP = 0.15  # of the shorter passage: two excerpts overlap by chance, two releases never


@dataclass(slots=True)
class Passage:
    """A passage of a text, and the links to the shorter texts that have it."""

    start: float
    end: float
    links: list[Link] = field(default_factory=list)

    def overlaps(self, link: Link) -> bool:
        """Return whether *link* shares more than a few words of the passage."""
        return _shared(self, link) > OVERLAP * min(self.end - self.start, link.coverage)

    def add(self, link: Link) -> None:
        """Let the passage hold *link* too."""
        self.start, self.end = min(self.start, link.start), max(self.end, link.end)
        self.links.append(link)

    def same_text(self) -> Iterator[tuple[Link, Link]]:
        """Yield the links whose texts are the same passage, each with the longest of all."""
        longest = max(self.links, key=lambda link: (link.coverage, -link.part))
        for link in self.links:
            if link is not longest and _shared(longest, link) >= SAME_PASSAGE * link.coverage:
                yield longest, link


def _shared(span: Passage | Link, other: Link) -> float:
    return min(span.end, other.end) - max(span.start, other.start)


def roundup_passages(
    copies: Sequence[StoryArticle], links: Sequence[Link], articles: Mapping[int, StoryArticle]
) -> list[Passage]:
    """Return the passages of a text that are releases of their own; none if it is no roundup.

    *copies* are the articles that carry the text, *links* those to shorter ones.
    """
    passages: list[Passage] = []
    bridges: set[int] = set()
    for link in sorted(links, key=lambda link: (link.coverage, link.start, link.score)):
        shared = [passage for passage in passages if passage.overlaps(link)]
        if not shared:
            passages.append(Passage(link.start, link.end, [link]))
        elif len(shared) == 1:
            shared[0].add(link)
        else:
            bridges.add(link.part)
    if len(passages) < 2:
        return []
    groups = [[articles[number] for number in {link.part for link in passage.links}] for passage in passages]
    return passages if _evidence(copies, groups, len(bridges) + len(copies) - 1) > 0 else []


def _evidence(copies: Sequence[StoryArticle], groups: Sequence[Sequence[StoryArticle]], bridges: int) -> int:
    """Return the points for a roundup less those for a release and its excerpts."""
    points = 1  # two excerpts of a text seldom share no word
    points += 2 if len(groups) > 2 else 0
    points -= min(bridges, 2)
    points += sum(len(group) > 1 for group in groups)
    points += max(-2, min(2, sum(came_first(group, copies) for group in groups)))
    if any(have_one_title(group, other) for group, other in combinations((copies, *groups), 2)):
        points -= 3
    return points


def came_first(articles: Sequence[StoryArticle], others: Sequence[StoryArticle]) -> int:
    """Return 1 if the first of *articles* is of an earlier day than that of *others*, -1 if of a later."""
    days = [article.day for article in articles if article.day]
    other_days = [article.day for article in others if article.day]
    if not days or not other_days:
        return 0
    return (min(days) < min(other_days)) - (min(days) > min(other_days))


def have_one_title(articles: Sequence[StoryArticle], others: Sequence[StoryArticle]) -> bool:
    """Return whether any two of both sides stand under the same headline, or nearly so."""
    titles = {article.title for article in articles}
    other_titles = {article.title for article in others}
    return any(are_one_title(title, other) for title in titles for other in other_titles)
