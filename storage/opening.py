"""An open archive: where it lies, its connections, and the check that it is one of ours."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from storage.database.engine import CACHE_KIB, make_engine, reading
from storage.errors import ArchiveClosed
from storage.locations import evidence_root, masked, parse_url
from storage.schema.revisions import create, require_current

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from storage.writing.site_numbers import SiteNumbers

_P = ParamSpec("_P")
_AnswerT = TypeVar("_AnswerT")


class OpenArchive:
    """What writing, looking after and reading an archive share: its place and its connections."""

    def __init__(self, url: str, *, cache_kib: int = CACHE_KIB) -> None:
        self._open(url, cache_kib)
        self._check()

    @classmethod
    def create(cls, url: str, *, cache_kib: int = CACHE_KIB) -> Self:
        """Open the archive at *url*, made (and its folder) where there is none.

        A SQLite connection keeps *cache_kib* of pages in memory.
        """
        archive = cls.__new__(cls)
        archive._open(url, cache_kib)
        archive._check(create)
        return archive

    @classmethod
    def read_only(cls, url: str, *, seconds: float) -> Self:
        """Open an existing archive for questions alone, each of which may take so many *seconds*."""
        archive = cls.__new__(cls)
        archive._open(url)
        from storage.database.read_only import allow_questions_only

        allow_questions_only(archive._engine, seconds)
        archive._check()
        return archive

    def _open(self, url: str, cache_kib: int = CACHE_KIB) -> None:
        parsed = parse_url(url)
        self.url = parsed.render_as_string(hide_password=False)
        self.masked_url = masked(parsed)
        self.evidence_root = evidence_root(parsed)
        self.created = False
        self._open_engine: Engine | None = make_engine(parsed, cache_kib=cache_kib)
        self._site_numbers: dict[int, SiteNumbers] = {}

    @property
    def _engine(self) -> Engine:
        """Return what connects to the archive. :raises ArchiveClosed: if it was closed"""
        if self._open_engine is None:
            raise ArchiveClosed(
                f"{self.masked_url} was closed; open it anew, or ask it within its `with` block"
            )
        return self._open_engine

    def _check(self, make: Callable[[Engine], bool] = lambda _engine: False) -> None:
        """Have the archive made where it must be, and check its schema; closed if it is none of ours."""
        with ExitStack() as undo:
            undo.callback(self.close)
            self.created = make(self._engine)
            require_current(self._engine)
            undo.pop_all()

    def _ask(
        self,
        question: Callable[Concatenate[Connection, _P], _AnswerT],
        *arguments: _P.args,
        **named: _P.kwargs,
    ) -> _AnswerT:
        """Return what *question* answers, from one state of the archive."""
        with reading(self._engine) as connection:
            return question(connection, *arguments, **named)

    def require_current(self) -> None:
        """Check that the archive is still there and of this version. :raises ArchiveError: if not."""
        require_current(self._engine)

    def close(self) -> None:
        """Close the connections; the archive then answers nothing more."""
        if self._open_engine is not None:
            self._open_engine.dispose()
            self._open_engine = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
