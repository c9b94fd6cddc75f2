"""What the articles of a run were like, for comparison with what is expected of the site."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from crawler.account.findings import Field, Finding
from storage.records import NEW_TEXT
from storage.verdicts import Verdict

if TYPE_CHECKING:
    from crawler.sites import Expectations
    from storage.records import Article, Change

MOST_OUTSIDE = 0.1  # of the bodies may be shorter or longer than expected
LEAST_READ = 5  # articles before a share of them says anything
LEAST_BODIES = 8  # articles before their median length says anything


@dataclass(slots=True)
class Measures:
    """Counts over the articles that a run read, and over those of them whose text was new.

    Bands are learned from new texts alone: a run that asks for every old page again is no other site.
    """

    read: int = 0
    dated: int = 0
    new: int = 0
    new_dated: int = 0
    untitled: int = 0
    outside: int = 0  # bodies shorter or longer than expected
    newest: date | None = None  # published or listed
    lengths: array[int] = field(default_factory=lambda: array("L"))  # characters of the new bodies

    def measure(self, article: Article, expects: Expectations, *, change: Change) -> None:
        """Take note of an article that was read, and of what that changed."""
        self.read += 1
        self.dated += article.published_day is not None
        self.see_day(article.published_day)
        length = len(article.body)
        if change in NEW_TEXT:
            self.new += 1
            self.new_dated += article.published_day is not None
            self.lengths.append(length)
        if expects.body_characters is not None:
            shortest, longest = expects.body_characters
            self.outside += not shortest <= length <= longest

    def see_day(self, day: date | None) -> None:
        """Take note of a day on which something was published."""
        if day is not None and (self.newest is None or day > self.newest):
            self.newest = day

    def values(self, today: date) -> dict[str, float]:
        """Return what can be told of the new texts, under the names that runs keep it by."""
        found: dict[str, float] = {}
        titled = self.new + self.untitled
        if self.new >= LEAST_READ:
            found["dated"] = self.new_dated / self.new
        if titled >= LEAST_READ:
            found["titled"] = self.new / titled
        if len(self.lengths) >= LEAST_BODIES:
            found["body_characters"] = median(self.lengths)
        if self.newest is not None:
            found["newest_age_days"] = max(0, (today - self.newest).days)
        return found

    def age_findings(self, expects: Expectations, today: date) -> Iterator[Finding]:
        """Yield that the newest article is older than is declared."""
        if expects.newest_within_days is not None and self.newest is not None:
            age = (today - self.newest).days
            if age > expects.newest_within_days:
                yield Finding(Verdict.DRIFTED, f"the newest article is {age} days old; has the site moved?")

    def findings(self, expects: Expectations) -> Iterator[Finding]:
        """Yield where the articles differ from what is declared."""
        titled = self.read + self.untitled
        within = self.read - self.outside
        shares = (
            (self.dated, self.read, expects.fill_date, "carry a date", Field.DATE),
            (self.read, titled, expects.fill_title, "carry a title", Field.TITLE),
            (within, self.read, 1 - MOST_OUTSIDE, "have a body of the expected length", Field.LENGTH),
        )
        for good, all_of_them, least, what, broken in shares:
            if all_of_them >= LEAST_READ and good < least * all_of_them:
                yield Finding(Verdict.DRIFTED, f"only {good} of {all_of_them} articles {what}", broken)
