"""Score article extraction on the shared corpora, and time it against one parse of the same pages.

Usage: python benchmarks/extraction.py [gov|aeb|fundus|wcxb|traf|speed ...] [--pages] [--peer P] [--json]
The corpora lie in HOTNEWS_SHARED (default ../shared); definitions stand in their READMEs.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from crawler.extract import ExtractedArticle

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

FOLDS = 5
CORPORA = ("gov", "aeb", "fundus", "wcxb", "traf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One page with what people found in it."""

    corpus: str
    name: str
    url: str
    html: bytes
    truth: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an extractor made of a page; empty where it found no article."""

    title: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()  # of tables, which are kept apart from the text
    day: str | None = None
    error: str = ""


@dataclass(slots=True)
class Score:
    """The figures of one corpus, and each page's own."""

    figures: dict[str, float] = field(default_factory=dict)
    pages: list[tuple[float, str, str]] = field(default_factory=list)


Extractor = Callable[[Sample], Answer]


def shared() -> Path:
    """Return the folder that holds the corpora."""
    return Path(os.environ.get("HOTNEWS_SHARED", ROOT.parent / "shared")) / "corpora"


def samples(corpus: str) -> Iterator[Sample]:
    """Yield the pages of *corpus* that have truth."""
    if corpus == "gov":
        folder = shared() / "gov-pages-dev"
        for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
            truth = json.loads(line)
            yield Sample(
                corpus="gov",
                name=truth["file"],
                url=truth["url"],
                html=(folder / truth["file"]).read_bytes(),
                truth=truth,
            )
        return
    folder = shared() / "extraction-dev"
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        if truth["corpus"] == corpus:
            path = folder / "html" / f"{truth['id'].replace('/', '__')}.html.gz"
            yield Sample(
                corpus=corpus,
                name=truth["id"],
                url=truth["url"] or "",
                html=gzip.decompress(path.read_bytes()),
                truth=truth,
            )


def ours(sample: Sample) -> Answer:
    """Return what `extract_article` makes of *sample*, told nothing but its address."""
    from crawler.extract import ExtractionError, extract_article

    try:
        article = extract_article(sample.html, sample.url)
    except ExtractionError as error:
        return Answer(error=str(error))
    return answer_of(article)


def answer_of(article: ExtractedArticle) -> Answer:
    """Return *article* as it is scored."""
    return Answer(
        title=article.title,
        lines=article.paragraphs,
        rows=tuple(" ".join(cells) for table in article.tables for cells in table),
        day=day_of(article.published),
    )


def out_of_fold(folder: Path) -> Extractor:
    """Return ours with, for each page, the model in *folder* that has seen no page of its site."""
    from crawler.extract import ExtractionError, PageContext
    from crawler.extract.article_page import read_article
    from crawler.extract.model import load_model
    from crawler.extract.page import read_page

    def extract(sample: Sample) -> Answer:
        model = load_model(str(folder / f"fold{fold_of(sample)}.json"))
        try:
            article = read_article(
                read_page(sample.html, sample.url, PageContext()), platform=None, model=model
            )
        except ExtractionError as error:
            return Answer(error=str(error))
        return answer_of(article)

    return extract


def site_of(sample: Sample) -> str:
    """Return what pages of one site share; folds never split it."""
    host = urlsplit(sample.url if "//" in sample.url else f"//{sample.url}").hostname or sample.name
    name = ".".join(host.split(".")[-2:]) if sample.url else re.sub(r"_?\d+.*", "", sample.name)
    return re.sub(r"^en_wh.*", "en_wh", name)


def fold_of(sample: Sample) -> int:
    """Return the fold of a page, the same on every machine."""
    return int(hashlib.md5(site_of(sample).encode()).hexdigest(), 16) % FOLDS


def trafilatura(sample: Sample) -> Answer:
    """Return what trafilatura makes of *sample*; it must be installed in the environment of this run."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        sample.html.decode("utf-8", "replace"),
        url=sample.url or None,
        with_metadata=True,
        include_comments=False,
    )
    if found is None:
        return Answer(error="nothing found")
    return Answer(
        title=found.title or "",
        lines=tuple((found.text or "").split("\n")),
        day=(found.date or "")[:10] or None,
    )


PEERS: dict[str, Extractor] = {"ours": ours, "trafilatura": trafilatura}


def day_of(published: date | datetime | None) -> str | None:
    """Return the calendar day of *published* in ISO form."""
    if isinstance(published, datetime):
        published = published.date()
    return published.isoformat() if published else None


def squeeze(text: str) -> str:
    """Return *text* without any whitespace."""
    return "".join(text.split())


# --- government pages -------------------------------------------------------------------------------

_GOV_TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+")


def gov_tokens(*texts: str) -> Counter[str]:
    """Return the tokens of *texts*: one Han character, or one word of letters and digits."""
    return Counter(token for text in texts for token in _GOV_TOKEN.findall(text.lower()))


def gov_body_f1(answer: Answer, truth: dict[str, Any]) -> float:
    """Return the harmonic mean of precision and recall over tokens; optional lines cost nothing."""
    found, body = gov_tokens(*answer.lines), gov_tokens(*truth["body"])
    free = gov_tokens(*truth["optional"], *truth["captions"], truth["title"])
    right = (found & body).total()
    extra = ((found - body) - free).total()
    precision = right / (right + extra) if right + extra else 0.0
    recall = right / body.total()
    return 2 * precision * recall / (precision + recall) if right else 0.0


def gov_exact(answer: Answer, truth: dict[str, Any]) -> bool:
    """Return whether the lines are the body's, none missing, none extra."""
    free = {
        squeeze(line)
        for line in (*truth["optional"], *truth["captions"], truth["title"], *truth["title_alt"])
    }
    body = [squeeze(line) for line in truth["body"]]
    kept = {*body}
    return [
        line for line in map(squeeze, answer.lines) if line and (line not in free or line in kept)
    ] == body


def score_gov(pairs: Sequence[tuple[Sample, Answer]]) -> Score:
    """Return the scores of the README of gov-pages-dev."""
    score = Score()
    sums: Counter[str] = Counter()
    for sample, answer in pairs:
        truth = sample.truth
        f1 = gov_body_f1(answer, truth)
        title = squeeze(answer.title) in {squeeze(right) for right in (truth["title"], *truth["title_alt"])}
        day = answer.day in (truth["date"], *truth["date_alt"])
        exact = gov_exact(answer, truth)
        sums.update({"f1": f1, "title": title, "date": day, "exact": exact})
        flags = "".join(flag if good else "-" for flag, good in (("T", title), ("D", day), ("E", exact)))
        score.pages.append((f1, flags, sample.name))
    score.figures = {name: sums[name] / len(pairs) for name in ("f1", "title", "date", "exact")}
    return score


# --- general corpora --------------------------------------------------------------------------------

_WORD = re.compile(r"\w+")


def shingle_scores(found: str, truth: str) -> tuple[float, float]:
    """Return precision and recall over runs of four words, as article-extraction-benchmark counts them."""
    right_shingles, found_shingles = _shingles(truth), _shingles(found)
    right = (right_shingles & found_shingles).total()
    extra, missing = found_shingles.total() - right, right_shingles.total() - right
    precision = 1.0 if extra == missing == 0 else right / (right + extra) if right + extra else 0.0
    recall = 1.0 if extra == missing == 0 else right / (right + missing) if right + missing else 0.0
    return precision, recall


def _shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return (
        Counter(tuple(words[start : start + size]) for start in range(max(1, len(words) - size + 1)))
        if words
        else Counter()
    )


def score_general(pairs: Sequence[tuple[Sample, Answer]]) -> Score:
    """Return body F1 and word-for-word accuracy, title, day and snippets, as far as the truth goes."""
    score = Score()
    values: dict[str, list[float]] = {}
    snippets: Counter[str] = Counter()
    for sample, answer in pairs:
        truth, text = sample.truth, "\n".join(answer.lines)
        flags, mark = "", 1.0
        if truth["text"] is not None:
            precision, recall = shingle_scores(text, truth["text"])
            exact = _WORD.findall(text) == _WORD.findall(truth["text"])
            _append(values, precision=precision, recall=recall, exact=exact)
            # Texts that people copied from a page have its tables in them.
            whole = "\n".join((*answer.lines, *answer.rows))
            precision_tables, recall_tables = shingle_scores(whole, truth["text"])
            _append(values, precision_tables=precision_tables, recall_tables=recall_tables)
            mark = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
            flags += f"P{precision:.2f} R{recall:.2f} " + ("E" if exact else "-")
        if truth["title"]:
            title = squeeze(answer.title).lower() == squeeze(truth["title"]).lower()
            _append(values, title=title)
            flags += "T" if title else "-"
        if truth["published"]:
            day = answer.day == truth["published"]
            _append(values, day=day)
            flags += "D" if day else "-"
        if truth["present"] or truth["absent"]:
            counts = _count_snippets(text, truth)
            snippets.update(counts)
            flags += f" {dict(counts)}"
            if truth["text"] is None:
                mark = 1 - (counts["missing"] + counts["leaked"]) / max(1, counts.total())
        score.pages.append((mark, flags, sample.name))
    score.figures = _figures(values, snippets)
    return score


def _append(values: dict[str, list[float]], **marks: float) -> None:
    for name, mark in marks.items():
        values.setdefault(name, []).append(float(mark))


def _count_snippets(text: str, truth: dict[str, Any]) -> Counter[str]:
    squeezed = squeeze(text)
    counts: Counter[str] = Counter()
    for snippet in truth["present"]:
        counts["found" if squeeze(snippet) in squeezed else "missing"] += 1
    for snippet in truth["absent"]:
        counts["leaked" if squeeze(snippet) in squeezed else "kept out"] += 1
    return counts


def _figures(values: dict[str, list[float]], snippets: Counter[str]) -> dict[str, float]:
    figures = {name: statistics.fmean(marks) for name, marks in values.items()}
    if "precision" in figures:
        with_tables = _harmonic(figures.pop("precision_tables"), figures.pop("recall_tables"))
        figures = {
            "f1": _harmonic(figures["precision"], figures["recall"]),
            **figures,
            "f1_with_tables": with_tables,
        }
    if snippets:
        found, leaked, missing = snippets["found"], snippets["leaked"], snippets["missing"]
        figures["snippet_f1"] = 2 * found / (2 * found + leaked + missing)
        figures["leak"] = leaked / max(1, leaked + snippets["kept out"])
    return figures


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(corpus: str, extract: Extractor) -> Score:
    """Return the scores of *extract* on *corpus*."""
    pairs = [(sample, extract(sample)) for sample in samples(corpus)]
    return score_gov(pairs) if corpus == "gov" else score_general(pairs)


# --- speed ------------------------------------------------------------------------------------------


def speed(every: int = 12, rounds: int = 3) -> dict[str, float]:
    """Return the median cost of a page as multiples of one lxml parse, in CPU time of this run."""
    from lxml import html

    from crawler.extract import ExtractionError, extract_article

    def extract(sample: Sample) -> None:
        with suppress(ExtractionError):
            extract_article(sample.html, sample.url)

    def named(sample: Sample) -> None:
        with suppress(ExtractionError):
            extract_article(sample.html, sample.url, platform=platforms[sample.name])

    general = [sample for corpus in CORPORA[1:] for sample in samples(corpus)]
    pages = [*samples("gov"), *general[::every]]
    platforms = {sample.name: platform for sample in pages if (platform := _platform_of(sample))}
    parse = {
        sample.name: _cpu(lambda page=sample: html.document_fromstring(page.html), rounds) for sample in pages
    }
    generic = [_cpu(lambda page=sample: extract(page), rounds) / parse[sample.name] for sample in pages]
    known = [
        _cpu(lambda page=sample: named(page), rounds) / parse[sample.name]
        for sample in pages
        if sample.name in platforms
    ]
    return {
        "parse_ms": 1000 * statistics.median(parse.values()),
        "generic_x": statistics.median(generic),
        "generic_p95_x": sorted(generic)[int(len(generic) * 0.95)],
        "known_x": statistics.median(known) if known else 0.0,
    }


def _platform_of(sample: Sample) -> str | None:
    from crawler.extract import ExtractionError, extract_article

    try:
        return extract_article(sample.html, sample.url).platform
    except ExtractionError:
        return None


def _cpu(call: Callable[[], object], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return max(best, 1e-6)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", nargs="*", default=[*CORPORA, "speed"], help="corpora, or speed")
    parser.add_argument("--peer", default="ours", choices=sorted(PEERS), help="the extractor to score")
    parser.add_argument(
        "--folds", type=Path, help="models that left out a fold: figures are then out-of-fold"
    )
    parser.add_argument("--pages", action="store_true", help="each page's own score, worst last")
    parser.add_argument("--json", action="store_true", help="one record a corpus")
    options = parser.parse_args(arguments)
    extract = out_of_fold(options.folds) if options.folds else PEERS[options.peer]
    for what in options.what:
        result = Score(figures=speed()) if what == "speed" else score(what, extract)
        if options.json:
            print(json.dumps({"corpus": what, "extractor": options.peer, **result.figures}))
            continue
        print(f"{what:8}", "  ".join(f"{name} {value:.3f}" for name, value in result.figures.items()))
        if options.pages:
            for mark, flags, name in sorted(result.pages, reverse=True):
                print(f"    {mark:.3f} {flags} {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
