"""Which files of a folder are documents: by their names, and pages that a mirror kept under any name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from crawler.importing.compressed import DAMAGED, opened_file
from crawler.importing.packages import DESCRIPTOR
from crawler.importing.suffixes import SUFFIXES, suffix_of

# What browsers call the folder of a page, in the languages that have another word.
_FILES_OF = re.compile(
    r"(.+)(?:_files|\.files|[-_](?:Dateien|fichiers|archivos|bestanden|filer|file|ficheiros|arquivos|pliki"
    r"|soubory|s[uú]bory|elemei|tiedostot|dosyalar|fi[sș]iere|datoteke|файлы|файли))",
    re.IGNORECASE,
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_LOOKED_AT = 1024  # bytes
_NOBODYS = ("._", "~$")  # of macOS beside each file, and of programs that have one open
_MOST_KINDS_TOLD = 6


def find_files(paths: Iterable[Path], left_out: Counter[str]) -> Iterator[Path]:
    """Yield the files to import, folders searched in order of the names; a named file always counts.

    Files of folders that are none are counted in *left_out* by their suffixes.
    """
    for path in paths:
        if (path / DESCRIPTOR).is_file():
            yield path / DESCRIPTOR
        elif path.is_dir():
            for file in sorted(path.rglob("*")):
                if not file.is_file() or file.name.startswith(_NOBODYS) or _is_of_page(file):
                    continue
                if suffix_of(file) in SUFFIXES or _is_page(file):
                    yield file
                else:
                    left_out[file.suffix.lower() or file.name] += 1
        else:
            yield path


def told(left_out: Counter[str]) -> str:
    """Return what is said of the files in *left_out*."""
    kinds = [f"{number} {suffix}" for suffix, number in left_out.most_common(_MOST_KINDS_TOLD)]
    more = "" if len(left_out) <= _MOST_KINDS_TOLD else " and others"
    number = left_out.total()
    files = "1 file is" if number == 1 else f"{number} files are"
    return f"{files} left out: {', '.join(kinds)}{more} (a file that is named is read in any case)"


def _is_of_page(file: Path) -> bool:
    """Return whether a browser saved *file* with the page that stands beside its folder: frames of it."""
    folder = _FILES_OF.fullmatch(file.parent.name)
    return folder is not None and any(
        (file.parents[1] / f"{folder[1]}{kind}").is_file() for kind in (".html", ".htm")
    )


def _is_page(file: Path) -> bool:
    """Return whether *file* is a page, whatever its name is: mirrors keep `show.php?id=7` as it is."""
    try:
        with opened_file(file) as content:
            return _PAGE.match(content.read(_LOOKED_AT)) is not None
    except DAMAGED:
        return False
