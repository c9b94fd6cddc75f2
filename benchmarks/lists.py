"""List reading against hand-made truth: recall, precision, title, date, next, and what loose pages give.

    python benchmarks/lists.py            scores of the eight list pages, CPU beside one parse of each
    python benchmarks/lists.py --articles how many pages of articles are taken for lists

The corpora lie in HOTNEWS_SHARED (default ../shared); definitions stand in their READMEs. No platform is
named, so detection is part of what is measured.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import Any
from urllib.parse import quote, unquote, urldefrag

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, the folder of the benchmarks comes first

from crawler.extract import ExtractedList, ListEntry, PageContext  # noqa: E402
from crawler.extract.list_page import extract_list  # noqa: E402
from crawler.extract.markup.page import read_page  # noqa: E402


@dataclass(frozen=True, slots=True, kw_only=True)
class ListScore:
    """The scores of one list page, each between 0 and 1."""

    recall: float
    precision: float
    title: float
    date: float
    next: float
    total: float


def corpora() -> Path:
    """Return the folder of the corpora."""
    return Path(os.environ.get("HOTNEWS_SHARED", ROOT.parent / "shared")) / "corpora"


def truths() -> list[dict[str, Any]]:
    """Return the truth of every list page."""
    return _lines(corpora() / "gov-pages-dev" / "lists_truth.jsonl")


def markup_of(truth: Mapping[str, Any]) -> bytes:
    """Return the page that *truth* speaks of."""
    return (corpora() / "gov-pages-dev" / str(truth["file"])).read_bytes()


def score_list(truth: Mapping[str, Any], found: ExtractedList) -> ListScore:
    """Return how well *found* agrees with *truth*."""
    true = {key(entry["url"]): entry for entry in truth["entries"]}
    optional = {key(url) for url in truth["optional"]}
    entries = {key(entry.url): entry for entry in reversed(found.entries)}
    hits = [(true[url], entry) for url, entry in entries.items() if url in true]
    counted = entries.keys() - optional
    return ListScore(
        recall=_share(len(hits), len(true)),
        precision=_share(len(counted & true.keys()), len(counted)),
        title=_share(sum(_title_is_right(*hit) for hit in hits), len(hits)),
        date=_share(sum(_date_is_right(*hit) for hit in hits), len(hits)),
        next=float(_next_is_right(truth["next"], found)),
        total=float(found.total == truth["total"]),
    )


def wrong_entries(truth: Mapping[str, Any], found: ExtractedList) -> set[str]:
    """Return the addresses that *found* should not name."""
    allowed = {key(entry["url"]) for entry in truth["entries"]} | {key(url) for url in truth["optional"]}
    return {key(entry.url) for entry in found.entries} - allowed


def mean_score(scores: Sequence[ListScore]) -> ListScore:
    """Return the mean of *scores*."""
    return ListScore(
        **{each.name: mean(getattr(score, each.name) for score in scores) for each in fields(ListScore)}
    )


def key(url: str) -> str:
    """Return *url* without its fragment, with one percent-encoding."""
    return quote(unquote(urldefrag(url).url), safe=":/?&=;%+,@!$'()*~#[]")


def taken_for_lists() -> Iterator[tuple[str, int]]:
    """Yield, for each page of an article, its name and the number of entries that it gave."""
    pages = corpora() / "gov-pages-dev"
    for page in _lines(pages / "index.jsonl"):
        if page["kind"] == "article":
            url = page["url"] if "://" in page["url"] else "http://www.example.gov/a/b.html"
            yield page["name"], len(extract_list((pages / f"{page['name']}.html").read_bytes(), url).entries)
    articles = corpora() / "extraction-dev"
    for page in _lines(articles / "truth.jsonl"):
        packed = articles / "html" / f"{page['id'].replace('/', '__')}.html.gz"
        url = page["url"] or "http://www.example.com/a/b.html"
        yield page["id"], len(extract_list(gzip.decompress(packed.read_bytes()), url).entries)


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", action="store_true", help="read the article corpora as lists")
    if parser.parse_args().articles:
        counts = list(taken_for_lists())
        lists = [name for name, entries in counts if entries]
        print(f"{len(counts)} articles, {len(lists)} taken for lists", *lists, sep="\n  ")
        return
    scores = []
    for truth in truths():
        markup, url = markup_of(truth), truth["url"]
        found = extract_list(markup, url)
        score = score_list(truth, found)
        scores += [score] if truth["role"] == "list" else []
        parse = _cost(partial(read_page, markup, url, PageContext()))
        whole = _cost(partial(extract_list, markup, url))
        print(
            f"{truth['file']:30} {truth['role']:5} {found.platform or '-':10} {len(found.entries):4} entries,"
            f" {len(wrong_entries(truth, found))} wrong, {whole * 1000:6.1f} ms = {whole / parse:4.1f} parses"
        )
    print(mean_score(scores))


def _cost(work: Callable[[], object], repeats: int = 5) -> float:
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return median(times)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _title_is_right(true: Mapping[str, Any], entry: ListEntry) -> bool:
    return _bare(entry.title) in {_bare(title) for title in (true["title"], *true["title_alt"])}


def _date_is_right(true: Mapping[str, Any], entry: ListEntry) -> bool:
    days = {day and date.fromisoformat(day) for day in (true["date"], *true["date_alt"])}
    return entry.date in days


def _next_is_right(true: str | None, found: ExtractedList) -> bool:
    named = {key(request.url) for request in found.next}
    return key(true) in named if true else not named


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
