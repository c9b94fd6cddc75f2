"""The same documents through MinHash LSH libraries: each against all earlier ones, streaming.

Runs in any environment that has `datasketch` or `rensa`; shingles are ours, three words or four
characters, and a document joins the stories of all that the index finds similar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from time import process_time
from typing import Any

from benchmarks.story_documents import Document
from storage.stories.sets import Sets
from storage.stories.wording import FIRST_UNSPACED, tokenise

PERMUTATIONS = 128
Index = tuple[Callable[[int, list[str]], list[int]], str]


def peers() -> list[tuple[str, Callable[[int, list[str]], Iterable[int]]]]:
    """Return the libraries that are installed here, each as a function that looks up and inserts."""
    found = []
    if find_spec("datasketch"):
        found += [(f"datasketch {threshold}", _datasketch(threshold)) for threshold in (0.5, 0.7)]
    if find_spec("rensa"):
        found += [(f"rensa {threshold}", _rensa(threshold)) for threshold in (0.5, 0.6, 0.7)]
    return found


def link_with(
    look_up: Callable[[int, list[str]], Iterable[int]], documents: Sequence[Document]
) -> tuple[dict[str, str], float]:
    """Return the stories that *look_up* leads to, and the CPU seconds it took."""
    stories = Sets(range(len(documents)))
    started = process_time()
    for number, document in enumerate(documents):
        for other in look_up(number, shingles("\n".join(document.release.paragraphs))):
            stories.join(number, other)
    spent = process_time() - started
    return {document.id: str(stories.root(number)) for number, document in enumerate(documents)}, spent


def shingles(text: str) -> list[str]:
    """Return the shingles of *text*: three words, or four characters of a script without blanks."""
    tokens = tokenise(text)
    widths = [3 if token < FIRST_UNSPACED else 4 for token in tokens]
    return list({" ".join(tokens[at : at + width]) for at, width in enumerate(widths)}) or [""]


def _datasketch(threshold: float) -> Callable[[int, list[str]], Iterable[int]]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)

    def look_up(number: int, tokens: list[str]) -> Iterable[int]:
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([token.encode() for token in tokens])
        found: list[Any] = index.query(signature)
        index.insert(number, signature)
        return found

    return look_up


def _rensa(threshold: float) -> Callable[[int, list[str]], Iterable[int]]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=32)
    signatures: dict[int, Any] = {}

    def look_up(number: int, tokens: list[str]) -> Iterable[int]:
        signature = RMinHash(num_perm=PERMUTATIONS, seed=42)
        signature.update(tokens)
        found = [
            other for other in index.query(signature) if signature.jaccard(signatures[other]) >= threshold
        ]
        index.insert(number, signature)
        signatures[number] = signature
        return found

    return look_up
