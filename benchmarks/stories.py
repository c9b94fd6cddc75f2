"""Score the recognition of republished releases, beside MinHash LSH libraries, and measure a full index.

Usage: python benchmarks/stories.py [--seed N ...] [--texts FILE.jsonl ...] [--bases N] [--shuffle N]
                                    [--kinds] [--peer-python PYTHON] [--json]
       python benchmarks/stories.py --fill 1000000 [--json]

Without --texts the releases are written by a grammar; a line of FILE has title, paragraphs, language.
PYTHON is the interpreter of an environment that has datasketch and rensa (and our own dependencies).
Rates are per second of this process's CPU.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.story_bases import read_releases  # noqa: E402
from benchmarks.story_documents import Document, documents, written_bases  # noqa: E402
from benchmarks.story_scores import false_merges, recall_of, scores  # noqa: E402

HELD_OUT = (101, 102, 103)  # seeds that no threshold was chosen on


def main() -> None:
    """Print one line a method and seed."""
    asked = _arguments()
    if asked.fill:
        from benchmarks.story_index import fill

        _print(fill(asked.fill), asked)
        return
    for seed in asked.seed or HELD_OUT:
        found = make_documents(seed, asked)
        methods = _peer_rows if asked.only_peers else _our_rows
        for row in methods(found):
            _print({"seed": seed, "documents": len(found), **row}, asked)
        if asked.peer_python and not asked.only_peers:
            _run_peers(seed, asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, nargs="+")
    parser.add_argument("--texts", type=Path, nargs="+", default=[])
    parser.add_argument("--bases", type=int, default=400)
    parser.add_argument("--shuffle", type=int)
    parser.add_argument("--kinds", action="store_true")
    parser.add_argument("--peer-python")
    parser.add_argument("--only-peers", action="store_true")
    parser.add_argument("--fill", type=int)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def make_documents(seed: int, asked: argparse.Namespace) -> list[Document]:
    """Return the documents of *seed* in the order in which they arrive."""
    bases = [release for path in asked.texts for release in read_releases(path)]
    if bases:
        bases = Random(seed).sample(bases, min(asked.bases, len(bases)))
    found = documents(seed, bases or written_bases(seed, asked.bases))
    return found if asked.shuffle is None else Random(asked.shuffle).sample(found, len(found))


def _our_rows(found: list[Document]) -> Iterator[dict[str, Any]]:
    from benchmarks.story_archive import link_documents, make_archive

    with TemporaryDirectory() as folder:
        engine = make_archive(Path(folder) / "archive.db")
        linked = link_documents(engine, found)
        engine.dispose()
    yield _row("hotnews", found, linked.stories, linked.cpu_seconds)


def _peer_rows(found: list[Document]) -> Iterator[dict[str, Any]]:
    from benchmarks.story_peers import link_with, peers

    for name, look_up in peers():
        yield _row(name, found, *link_with(look_up, found))


def _row(method: str, found: list[Document], stories: dict[str, str], seconds: float) -> dict[str, Any]:
    in_order = sorted(found, key=lambda document: (document.day, document.id))
    return {
        "method": method,
        **scores(in_order, stories),
        "documents per CPU second": len(found) / seconds,
        "recall by kind": recall_of(in_order, stories),
        "false merges by kind": false_merges(in_order, stories),
    }


def _run_peers(seed: int, asked: argparse.Namespace) -> None:
    again = [asked.peer_python, __file__, "--only-peers", "--seed", str(seed), "--bases", str(asked.bases)]
    again += ["--texts", *map(str, asked.texts)] if asked.texts else []
    again += ["--shuffle", str(asked.shuffle)] if asked.shuffle is not None else []
    again += [flag for flag, on in (("--json", asked.json), ("--kinds", asked.kinds)) if on]
    sys.stdout.flush()
    subprocess.run(again, check=True)


def _print(row: dict[str, Any], asked: argparse.Namespace) -> None:
    if asked.json:
        print(json.dumps(row))
        return
    for name, value in row.items():
        if isinstance(value, dict):
            if asked.kinds:
                print(f"  {name}: " + ", ".join(f"{kind} {share:.3f}" for kind, share in value.items()))
        else:
            print(f"{name} {value:,.3f}" if isinstance(value, float) else f"{name} {value}", end="  ")
    print()


if __name__ == "__main__":
    main()
