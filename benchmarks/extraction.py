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
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from crawler.extract import ExtractedArticle

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.extraction_scores import Answer, Sample, Score, score_general, score_gov  # noqa: E402

FOLDS = 5
CORPORA = ("gov", "aeb", "fundus", "wcxb", "traf")
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
    from crawler.extract.body.model import load_model
    from crawler.extract.markup.page import read_page

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


def score(corpus: str, extract: Extractor) -> Score:
    """Return the scores of *extract* on *corpus*."""
    pairs = [(sample, extract(sample)) for sample in samples(corpus)]
    return score_gov(pairs) if corpus == "gov" else score_general(pairs)


# Speed


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
