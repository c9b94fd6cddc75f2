"""Learn which blocks of a page are its article, from the development corpora alone; see train_blocks.md."""

from __future__ import annotations

import argparse
import itertools
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from rapidfuzz.distance import LCSseq

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))

from extraction import CORPORA, FOLDS, fold_of, samples  # noqa: E402
from shortened_pages import Cut, cuts_of, shorten  # noqa: E402

from benchmarks.extraction_scores import Sample, squeeze  # noqa: E402
from crawler.extract.body.features import NAMES, features_of  # noqa: E402
from crawler.extract.body.model import clues_of  # noqa: E402
from crawler.extract.headlines.candidates import headlines_of  # noqa: E402
from crawler.extract.lines.blocks import read_blocks  # noqa: E402
from crawler.extract.lines.layout import Layout  # noqa: E402
from crawler.extract.markup.head import read_head  # noqa: E402
from crawler.extract.markup.page import read_page  # noqa: E402
from crawler.extract.markup.rules import containers_of, family_of, noise_of, rules_of  # noqa: E402
from crawler.extract.title import read_title  # noqa: E402
from crawler.extract.types import PageContext  # noqa: E402

MODEL = ROOT / "crawler" / "extract" / "body" / "block_model.json"
SHORTENED = 0.4  # what a shortened page weighs
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.07,
    "num_leaves": 24,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.25,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 11,
    "num_threads": 1,
    "verbose": -1,
    "deterministic": True,
}


def labels_of(lines: Sequence[str], sample: Sample) -> list[float]:
    """Return for each line 1 (body), 0 (not) or -1 (the truth does not tell)."""
    truth = sample.truth
    if sample.corpus == "gov":
        return gov_labels(lines, truth)
    if truth["text"] is None:
        return snippet_labels(lines, truth)
    return aligned_labels(lines, truth["text"])


def gov_labels(lines: Sequence[str], truth: dict[str, Any]) -> list[float]:
    """Return the labels of a government page, whose optional lines are neither body nor not."""
    free = {squeeze(line) for line in (*truth["optional"], truth["title"])}
    labels = aligned_labels(lines, "\n".join(truth["body"]))
    return [
        -1.0 if not label and squeeze(line) in free else label
        for line, label in zip(lines, labels, strict=True)
    ]


def snippet_labels(lines: Sequence[str], truth: dict[str, Any]) -> list[float]:
    """Return the labels of a page of which only some snippets are known, inside or outside of its text."""
    present = [squeeze(snippet) for snippet in truth["present"]]
    absent = [squeeze(snippet) for snippet in truth["absent"]]
    labels = []
    for line in map(squeeze, lines):
        inside = any(snippet in line for snippet in present)
        outside = any(snippet in line for snippet in absent)
        labels.append(-1.0 if inside == outside else float(inside))
    return labels


def aligned_labels(lines: Sequence[str], text: str) -> list[float]:
    """Return 1 for lines most of whose tokens are aligned with the true text, in order."""
    tokens, owners = [], []
    for index, line in enumerate(lines):
        for token in _TOKEN.findall(line.lower()):
            tokens.append(token)
            owners.append(index)
    right = _TOKEN.findall(text.lower())
    known = set(itertools.pairwise(right))
    matched = np.zeros(len(lines))
    sizes = np.maximum(1, np.bincount(owners, minlength=len(lines))) if owners else np.ones(len(lines))
    pairs = [(first, second) in known for first, second in itertools.pairwise(tokens)] + [False]
    for operation in LCSseq.opcodes(tokens, right):
        if operation.tag == "equal":
            for position in range(operation.src_start, operation.src_end):
                run = operation.src_end - operation.src_start
                if (
                    run >= 4
                    or pairs[position]
                    or (position and pairs[position - 1])
                    or sizes[owners[position]] <= 2
                ):
                    matched[owners[position]] += 1
    return [float(share >= 0.6) for share in matched / sizes]


def page_features(sample: Sample, cut: Cut | None = None) -> tuple[list[str], list[list[float]]]:
    """Return the lines of a page, or of what *cut* leaves of it, with the features that extraction sees."""
    page = read_page(sample.html, sample.url, PageContext())
    head = read_head(page)
    family = family_of(page, None)
    rules = rules_of(family[0]) if family else None
    containers = containers_of(page, rules) if rules else []
    noise = noise_of(page, rules, [page.tree]) if rules else frozenset()
    reading = read_blocks(page.tree, noise=noise)
    if cut:
        shorten(reading, labels_of([block.text for block in reading.blocks], sample), cut)
        reading = read_blocks(page.tree, noise=noise)
    titles = read_title(head, headlines_of(page), listed=None, ruled=None, sure=False)
    clues = clues_of(reading, head, titles[0].value if titles else "")
    rows = features_of(reading.blocks, Layout(reading, containers), clues)
    return [block.text for block in reading.blocks], rows


def dataset(corpora: Sequence[str]) -> dict[str, Any]:
    """Return features, labels, weights and folds of all blocks."""
    features, labels, weights, folds, names = [], [], [], [], []
    for sample, cut in variants(corpora):
        lines, rows = page_features(sample, cut)
        truth = labels_of(lines, sample)
        known = [
            (row, label, line) for row, label, line in zip(rows, truth, lines, strict=True) if label >= 0
        ]
        total = sum(weight_of(line) for _, _, line in known) or 1.0
        page = min(len(known), 60) / total * (SHORTENED if cut else 2.0 if sample.corpus == "gov" else 1.0)
        for row, label, line in known:
            features.append(row)
            labels.append(label)
            weights.append(weight_of(line) * page)
            folds.append(fold_of(sample))
            names.append(sample.corpus)
    return {
        "features": np.array(features, dtype=np.float32),
        "labels": np.array(labels),
        "weights": np.array(weights),
        "folds": np.array(folds),
        "names": np.array(names),
    }


def variants(corpora: Sequence[str]) -> Iterator[tuple[Sample, Cut | None]]:
    """Yield all pages as they are, then twice shortened those whose whole text is known."""
    for corpus in corpora:
        for sample in samples(corpus):
            yield sample, None
    for corpus in corpora:
        for sample in samples(corpus) if corpus != "traf" else ():
            for cut in cuts_of(sample.name):
                yield sample, cut


def weight_of(line: str) -> float:
    """Return what a line counts: long ones more, but a short one makes a body inexact as well."""
    return min(len(line), 800) ** 0.5 + 3


def fit(data: dict[str, Any], keep: np.ndarray, rounds: int) -> lightgbm.Booster:
    """Return the trees learned from the rows that *keep* selects."""
    training = lightgbm.Dataset(
        data["features"][keep],
        data["labels"][keep],
        weight=data["weights"][keep],
        feature_name=list(NAMES),
        free_raw_data=True,
    )
    return lightgbm.train(PARAMETERS, training, num_boost_round=rounds)


def packed(booster: lightgbm.Booster) -> list[Any]:
    """Return the trees as nested lists: [feature, threshold, left, right] or a leaf's value."""

    def pack(node: dict[str, Any]) -> Any:
        if "leaf_value" in node:
            return round(node["leaf_value"], 4)
        return [
            NAMES[node["split_feature"]],
            float(f"{node['threshold']:.5g}"),
            pack(node["left_child"]),
            pack(node["right_child"]),
        ]

    return [pack(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def write_model(booster: lightgbm.Booster, path: Path) -> None:
    """Write one tree a line."""
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in packed(booster))
    path.write_text(f'{{"trees": [\n{trees}\n]}}\n', "utf-8")


def main() -> None:
    """Write a model of all pages, and one without each fold for the out-of-fold figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=160)
    parser.add_argument("--folds", type=Path, help="folder for the models that left out one fold")
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    if options.cache and options.cache.exists():
        data = dict(np.load(options.cache))
    else:
        data = dataset(CORPORA)
        if options.cache:
            np.savez(options.cache, **data)
    print(data["features"].shape, data["labels"].mean())
    if options.folds:
        options.folds.mkdir(exist_ok=True)
        losses = []
        for fold in range(FOLDS):
            booster = fit(data, data["folds"] != fold, options.rounds)
            write_model(booster, options.folds / f"fold{fold}.json")
            held = data["folds"] == fold
            predicted = booster.predict(data["features"][held]) > 0.5
            losses.append(np.average(predicted != data["labels"][held], weights=data["weights"][held]))
        print("out-of-fold weighted error", np.round(losses, 4), round(float(np.mean(losses)), 4))
    booster = fit(data, np.ones(len(data["labels"]), bool), options.rounds)
    write_model(booster, MODEL)
    gains = sorted(zip(booster.feature_importance("gain"), NAMES, strict=True), reverse=True)
    print(" ".join(f"{name}:{gain:.0f}" for gain, name in gains[:45]))
    print("unused:", " ".join(name for gain, name in gains if gain < 20))


if __name__ == "__main__":
    main()
