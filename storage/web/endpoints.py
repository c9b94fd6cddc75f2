"""One endpoint: its path, what answers it, what it takes and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.web.answers import Answer
    from storage.web.parameters import Parameter
    from storage.web.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A GET endpoint; there are no others. `returns` maps a media type to the type of the answer."""

    path: str
    answer: Callable[[Question], Answer]
    summary: str
    parameters: tuple[Parameter, ...] = ()
    returns: Mapping[str, type] = field(default_factory=dict)

    @property
    def is_for_programs(self) -> bool:
        """Return whether errors are told as JSON, and unknown parameters refused."""
        return self.path.startswith(("/api/", "/openapi", "/feed"))
