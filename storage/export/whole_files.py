"""Files and folders that others read: what stands there stays until the new one is whole.

Until then it is called `NAME.part`. One that was killed leaves that name, and the next one writes over it;
while one is at work, no other begins.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from storage.errors import ArchiveBusy, BadQuery


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield where to write the file at *path*. :raises ArchiveBusy: if another export writes it"""
    if path.exists() and not path.is_file():  # a device or a pipe
        yield path
        return
    whole = path.resolve()
    part = _part_of(whole)
    with _held(part, _file), ExitStack() as undo:
        undo.callback(part.unlink, missing_ok=True)
        yield part
        part.replace(whole)
        undo.pop_all()  # what has that name now is another's


@contextmanager
def filling(whole: Path, names: Collection[str]) -> Iterator[Path]:
    """Yield an empty folder beside *whole*, for files of those *names*; gone at the end, unless renamed.

    :raises ArchiveBusy: if another export fills it
    :raises BadQuery: if it holds files of other names
    """
    part = _part_of(whole)
    with _held(part, _folder):
        for left in part.iterdir():
            if left.name not in names:
                raise BadQuery(f"{left} is of no export; move it away, or name another file with -o")
        for left in part.iterdir():
            left.unlink()
        held = part.stat()
        try:
            yield part
        finally:
            with suppress(FileNotFoundError):
                if os.path.samestat(held, part.stat()):
                    shutil.rmtree(part)


def _part_of(whole: Path) -> Path:
    return whole.with_name(f"{whole.name}.part")


def _file(part: Path) -> int:
    return os.open(part, os.O_RDWR | os.O_CREAT, 0o666)


def _folder(part: Path) -> int:
    part.mkdir(exist_ok=True)
    return os.open(part, os.O_RDONLY | os.O_DIRECTORY)


@contextmanager
def _held(part: Path, opened: Callable[[Path], int]) -> Iterator[None]:
    """Hold what is *opened* at *part* for this process alone, which no killed one does any more."""
    while True:
        descriptor = opened(part)
        with ExitStack() as held:
            held.callback(os.close, descriptor)
            _lock(part, descriptor)
            if _is_in_place(part, descriptor):
                yield
                return


def _lock(part: Path, descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ArchiveBusy(
            f"{part}: another export writes it now; wait for it, or name another file with -o"
        ) from error


def _is_in_place(part: Path, descriptor: int) -> bool:
    """Return whether nobody put away what was opened before it was held."""
    try:
        return os.path.samestat(part.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
