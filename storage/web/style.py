"""The style sheet and the icon, the only files a page loads."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from storage.web.answers import Answer
from storage.web.endpoints import Endpoint
from storage.web.rendering import FOLDER

if TYPE_CHECKING:
    from storage.web.questions import Question

CACHED = {"Cache-Control": "public, max-age=86400"}
CSS, SVG = "text/css; charset=utf-8", "image/svg+xml"


@lru_cache
def _file(name: str) -> bytes:
    return (FOLDER / "static" / name).read_bytes()


def style_sheet(_question: Question) -> Answer:
    """Answer with the style sheet."""
    return Answer(body=_file("style.css"), media_type=CSS, headers=CACHED)


def icon(_question: Question) -> Answer:
    """Answer with the icon."""
    return Answer(body=_file("icon.svg"), media_type=SVG, headers=CACHED)


PAGES = (
    Endpoint(path="/style.css", answer=style_sheet, summary="The style sheet", returns={CSS: str}),
    Endpoint(path="/icon.svg", answer=icon, summary="The icon", returns={SVG: str}),
)
