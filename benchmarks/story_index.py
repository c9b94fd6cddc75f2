"""Fill the durable index with documents that have nothing in common, and measure what a full one costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import URL, Engine

from benchmarks.story_archive import BATCH, make_archive
from storage.database.engine import make_engine, writing
from storage.stories.fingerprints import add, merge_due_slices
from storage.stories.links import StoredText
from storage.stories.matching import Matching

FINGERPRINTS = 26  # of a document of 450 words
SAMPLE = 10_000  # documents between two readings of the rate
EMPTY = 50_000  # the first documents of a run


def fill(documents: int) -> dict[str, Any]:
    """Return the insert rate into an index of so many *documents*, its size, and what a start costs."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        engine = make_archive(path)
        random = Random(1)
        rates = []
        for first in range(1, documents + 1, SAMPLE):
            started = process_time()
            for number in range(first, min(first + SAMPLE, documents + 1), BATCH):
                _decide(engine, random, number)
            rates.append(SAMPLE / (process_time() - started))
        engine.dispose()  # the last connection writes the log back
        early, late = rates[: EMPTY // SAMPLE], rates[-(EMPTY // SAMPLE) :]
        return {
            "documents": documents,
            "inserts per CPU second, empty": sum(early) / len(early),
            "inserts per CPU second, full": sum(late) / len(late),
            "full against empty": sum(late) / sum(early),
            "bytes per document": path.stat().st_size / documents,
            **_start(path),
        }


def _decide(engine: Engine, random: Random, first: int) -> None:
    """Decide a transaction's worth of documents: look up, find nothing, store."""
    texts = [_text(number, random) for number in range(first, first + BATCH)]
    with writing(engine) as connection:
        found = Matching(connection, texts)
        add(connection, found.rows)
        merge_due_slices(connection, first, first + BATCH)


def _text(number: int, random: Random) -> StoredText:
    hashes = sorted(
        random.getrandbits(28) for _ in range(FINGERPRINTS - 1)
    )  # the smallest sixteenth of 32 bits
    return StoredText(
        article_id=number,
        public_id=f"d{number}",
        revision=1,
        title="",
        text_digest=f"{random.getrandbits(256):064x}",
        paragraphs=("x",),
        fingerprints=tuple(hashes),
    )


def _start(path: Path) -> dict[str, float]:
    """Return what a new process needs for its first decision, and grows by in a hundred transactions."""
    code = (
        "import sys; from pathlib import Path; from benchmarks.story_index import first_decision;"
        " first_decision(Path(sys.argv[1]))"
    )
    root = Path(__file__).resolve().parents[1]
    output = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, capture_output=True, cwd=root, text=True
    ).stdout
    milliseconds, megabytes = map(float, output.split())
    return {"ready after milliseconds": milliseconds, "memory, MB": megabytes}


def first_decision(path: Path) -> None:
    """Print how long the first look-up takes, and how much memory a process has grown by after a hundred."""
    engine = make_engine(URL.create("sqlite", database=str(path)))
    before = _resident_megabytes()
    started = perf_counter()
    with writing(engine) as connection:
        Matching(connection, [_text(1, Random(2))])
    ready = perf_counter() - started
    for seed in range(100):
        with writing(engine) as connection:
            Matching(connection, [_text(number, Random(seed + 3)) for number in range(BATCH)])
    print(round(1000 * ready, 2), round(_resident_megabytes() - before, 1))


def _resident_megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
