"""Which of the texts that contain a shorter one are its source, and which only quote or collect it.

Texts that are nearly equal are taken as one. A release and its excerpt are one story; a roundup, or a
later report that repeats a release as its background, is none with what it contains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from storage.stories.links import Link, RelationKind, StoryArticle
from storage.stories.roundups import Passage, came_first, have_one_title, roundup_passages
from storage.stories.sets import Sets

BACKGROUND = 0.55  # a release that is less of a later text than this is its background
LEADING = 0.15  # unless that text begins with it, under the same headline


class Containments:
    """The links in which the longer text has more than the shorter one, weighed together."""

    def __init__(self, articles: Mapping[int, StoryArticle], texts: Sets, links: Sequence[Link]) -> None:
        self._articles = articles
        self._texts = texts
        self._members = {texts.root(members[0]): members for members in texts.all()}
        self._inside: dict[int, list[Link]] = defaultdict(list)  # of the longer text
        for link in links:
            if texts.root(link.article) != texts.root(link.other):
                self._inside[texts.root(link.container)].append(link)
        self.roundups = self._find_roundups()
        self._sources = self._find_sources()

    def binds(self, link: Link) -> bool:
        """Return whether *link* makes its two articles one story."""
        part, container = self._texts.root(link.part), self._texts.root(link.container)
        return part == container or container in self._sources.get(part, ())

    def relation_of(self, link: Link) -> RelationKind:
        """Return what the longer text of a *link* that does not bind is to the shorter one."""
        part, container = self._texts.root(link.part), self._texts.root(link.container)
        is_later = came_first(self._articles_of(part), self._articles_of(container)) > 0
        is_roundup = container in self.roundups
        return RelationKind.FOLLOW_UP if is_later and not is_roundup else RelationKind.CONTAINS

    def _find_roundups(self) -> dict[int, list[Passage]]:
        found = {
            text: roundup_passages(self._articles_of(text), links, self._articles)
            for text, links in self._inside.items()
            if len(links) > 1
        }
        return {text: passages for text, passages in found.items() if passages}

    def _find_sources(self) -> dict[int, set[int]]:
        """Return, for each text that is part of others, those it is one story with."""
        extended: dict[int, set[int]] = defaultdict(set)
        competing: dict[int, dict[int, Link]] = defaultdict(dict)
        for container, links in self._inside.items():
            for link in links:
                part = self._texts.root(link.part)
                if self._may_be_source(container, part, link):
                    competing[part][container] = link
                    if self._extends(container, part, link):
                        extended[part].add(container)
        return {part: extended[part] | self._most_likely(part, found) for part, found in competing.items()}

    def _may_be_source(self, container: int, part: int, link: Link) -> bool:
        if (container in self.roundups) != (part in self.roundups):
            return False
        longer, shorter = self._articles_of(container), self._articles_of(part)
        return self._extends(container, part, link) or came_first(shorter, longer) <= 0

    def _extends(self, container: int, part: int, link: Link) -> bool:
        """Return whether the *container* is the *part* with some more, not a text that quotes it."""
        return link.coverage >= BACKGROUND or (
            link.start <= LEADING and have_one_title(self._articles_of(container), self._articles_of(part))
        )

    def _most_likely(self, part: int, containers: Mapping[int, Link]) -> set[int]:
        """Return those *containers* that are one story: an excerpt does not join texts that are none."""
        stories = Sets(containers)
        for container in containers:
            for link in self._inside.get(container, ()):
                inner = self._texts.root(link.part)
                if inner in containers:
                    stories.join(container, inner)
        return set(min(stories.all(), key=lambda story: self._unlikelihood(part, story, containers)))

    def _unlikelihood(
        self, part: int, story: Iterable[int], containers: Mapping[int, Link]
    ) -> tuple[object, ...]:
        articles = [article for container in story for article in self._articles_of(container)]
        first = min(article.order for article in articles)
        coverage = max(containers[container].coverage for container in story)
        return (not have_one_title(self._articles_of(part), articles), -len(articles), -coverage, first)

    def _articles_of(self, text: int) -> list[StoryArticle]:
        return [self._articles[member] for member in self._members[text]]
