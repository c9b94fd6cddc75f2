"""Which rules read a page: the archive tells by them whether a publisher's words changed or our reading."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_RULES = ("crawler/extract/**/*", "crawler/platforms/**/*", "pipelines/normalise.py", "pipelines/blanks.py")
_KINDS = frozenset({".py", ".json", ".toml", ".txt"})  # code, the model, the catalogue, names


@cache
def extractor_version() -> str:
    """Return the version of the rules: a digest of their code, so that no change of them is forgotten.

    A change that reads every page as before is another version too. It costs one reading of the page
    before, where a site changed a page since.
    """
    digest = sha256()
    for pattern in _RULES:
        for file in sorted(_ROOT.glob(pattern)):
            if file.suffix in _KINDS:
                digest.update(file.relative_to(_ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
