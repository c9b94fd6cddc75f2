"""How well a partition of documents agrees with their true stories."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from math import comb

from benchmarks.story_documents import Document

NEGATIVES = ("prices", "weather", "meetings", "notices", "follow-up", "correction", "roundup")


def scores(documents: Sequence[Document], found: Mapping[str, Hashable]) -> dict[str, float]:
    """Return the scores of *found* (document -> story) against the truth."""
    true = {document.id: document.story for document in documents}
    cells = Counter((true[name], found[name]) for name in true)
    truths, stories = Counter(true.values()), Counter(found[name] for name in true)
    together, possible, claimed = (
        sum(comb(n, 2) for n in table.values()) for table in (cells, truths, stories)
    )
    expected = possible * claimed / comb(len(true), 2)
    precision, recall = together / (claimed or 1), together / (possible or 1)
    b3_precision = sum(n * n / stories[cell[1]] for cell, n in cells.items()) / len(true)
    b3_recall = sum(n * n / truths[cell[0]] for cell, n in cells.items()) / len(true)
    return {
        "pair precision": precision,
        "pair recall": recall,
        "pair F1": _harmonic(precision, recall),
        "B3 F1": _harmonic(b3_precision, b3_recall),
        "ARI": (together - expected) / ((possible + claimed) / 2 - expected),
        "excerpt recall": recall_of(documents, found)["excerpt"],
        "false merges": _mean(
            [share for kind, share in false_merges(documents, found).items() if kind in NEGATIVES[:4]]
        ),
    }


def recall_of(documents: Sequence[Document], found: Mapping[str, Hashable]) -> dict[str, float]:
    """Return, for each kind of variant, the share of documents in the story of their original."""
    originals = {
        document.story: document.id for document in reversed(documents) if " copied" not in document.kind
    }
    originals |= {document.story: document.id for document in documents if document.kind == "original"}
    hits: dict[str, list[bool]] = defaultdict(list)
    for document in documents:
        original = originals[document.story]
        if original != document.id:
            hits[document.kind].append(found[document.id] == found[original])
    return {kind: _mean(hits[kind]) for kind in sorted(hits)}


def false_merges(documents: Sequence[Document], found: Mapping[str, Hashable]) -> dict[str, float]:
    """Return, for each kind, the share of documents put together with one of another story."""
    members: dict[Hashable, set[str]] = defaultdict(set)
    for document in documents:
        members[found[document.id]].add(document.story)
    mixed: dict[str, list[bool]] = defaultdict(list)
    for document in documents:
        mixed[document.kind].append(len(members[found[document.id]]) > 1)
    return {kind: _mean(mixed[kind]) for kind in sorted(mixed)}


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
