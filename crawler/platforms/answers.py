"""Answers of interfaces: JSON, and fragments of markup inside of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

from crawler.extract.markup.page import Page, with_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATUSES = ("code", "status", "statusCode", "status_code", "resultCode", "errcode", "error_code", "ret")
_SUCCESSES = ("success", "succeeded", "isSuccess", "ok")
_FAULT = re.compile(r"[45]\d\d")
_SERVER_ERROR = 500

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def json_of(page: Page) -> Json:
    """Return the JSON that *page* is, or None where it is none."""
    text = page.text.lstrip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")):
        return None
    try:
        answer: Json = json.loads(text)
    except (ValueError, RecursionError):  # a page that only begins like JSON, or a bomb
        return None
    return answer


def text_at(answer: Json, *names: str) -> str | None:
    """Return the text under *names* in *answer*, or None."""
    for name in names:
        answer = answer.get(name) if isinstance(answer, dict) else None
    if isinstance(answer, bool) or not isinstance(answer, str | int):
        return None
    return str(answer)


def rows_at(answer: Json, *names: str) -> Iterator[dict[str, Json]]:
    """Yield the objects of the list under *names* in *answer*."""
    for name in names:
        answer = answer.get(name) if isinstance(answer, dict) else None
    if isinstance(answer, list):
        yield from (row for row in answer if isinstance(row, dict))


def fault_in(answer: Json) -> int | None:
    """Return the status of the error, as HTTP counts them, that an *answer* without rows says it is."""
    if not isinstance(answer, dict):
        return None
    stated = (str(answer[name]) for name in _STATUSES if isinstance(answer.get(name), int | str))
    for status in stated:
        if _FAULT.fullmatch(status):
            return int(status)
    return _SERVER_ERROR if any(answer.get(name) is False for name in _SUCCESSES) else None


def fragment_page(page: Page, markup: str) -> Page:
    """Return *markup* as a page at the address of *page*."""
    return with_markup(page, f"<div>{markup}</div>")
