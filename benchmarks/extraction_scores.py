"""The scores of extraction, by the definitions of the corpora: what was found beside what people found."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


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


def squeeze(text: str) -> str:
    """Return *text* without any whitespace."""
    return "".join(text.split())


# Government pages

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


# General corpora

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
