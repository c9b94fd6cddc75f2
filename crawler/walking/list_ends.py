"""Whether an answer without entries is the end of a list, or stands in the place of one of its pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from crawler.extract.kinds.page_kinds import message_of
from crawler.extract.markup.page import read_page
from crawler.extract.types import ExtractionError, PageContext

_LEAST_SHARE = 0.5  # of what stands around the rows of a list page; headers and footers alone are more
_DOCUMENT = re.compile(rb"<(?:html|title|body)\b", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_NAMED = re.compile(
    rb"""<(\w{1,20})\b[^<>]{0,300}?\s(?:class|id)\s{0,3}=\s{0,3}["']?([^"'<>]{1,200})""", re.IGNORECASE
)
_NUMBER = re.compile(rb"\d+")
_STATE = re.compile(
    r"(?:\w{1,10}_?)?(?:code|status|state)|is_?(?:ok|success\w{0,3})|ok|success\w{0,3}|ret|errno|flag",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"\bno\s+(?:more|further|data|records?|results?|items|news|content)\b|\bnothing\s+found|\bout\s+of\s+range"
    r"|(?:没有|沒有|暂无|暫無|查无|查無|无|無)(?:更多|相关|相關|任何)?(?:的)?(?:数据|數據|资料|資料|记录|記錄|内容|內容|信息|结果|結果)|没有了"
    r"|到底|(?:該当(?:する)?)(?:データ|記事)(?:が|は)?(?:ありません|なし)|데이터가?\s?없",
    re.IGNORECASE,
)
_LONGEST_MESSAGE = 200


def is_end_of(before: bytes, empty: bytes) -> bool:
    """Return whether *empty*, which lists nothing, is a page of the list that had rows on the page *before*.

    A page that was made by the same hand has the same things around the rows that it has not. What is
    part of a page, or data, ends as a list with another such part, or nothing.
    """
    if before.lstrip().startswith((b"{", b"[")):
        return _is_such_data(before, empty)
    if _DOCUMENT.search(before) is None:
        return _DOCUMENT.search(empty) is None
    if _DOCUMENT.search(empty) is None or _says_it_is_none(empty):
        return False
    furniture = _furniture(before)
    if not furniture:
        return _title(before) == _title(empty)
    return len(furniture & _named(empty).keys()) >= _LEAST_SHARE * len(furniture)


def _is_such_data(before: bytes, empty: bytes) -> bool:
    try:
        held, answer = json.loads(before), json.loads(empty)
    except (ValueError, RecursionError):
        return False
    if isinstance(held, dict) and isinstance(answer, dict):
        is_alike = len(held.keys() & answer.keys()) >= _LEAST_SHARE * len(held)
        return is_alike and (_states(held) == _states(answer) or _says_it_is_over(answer))
    return type(held) is type(answer)


def _states(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what *answer* says of how it was made: `"code": 200`, `"success": true`."""
    said = {name: value for name, value in answer.items() if _STATE.fullmatch(name)}
    return {name: value for name, value in said.items() if isinstance(value, bool | int | str)}


def _says_it_is_over(answer: dict[str, Any]) -> bool:
    """Return whether *answer* calls it a fault that there is nothing more."""
    return any(isinstance(text, str) and _NO_MORE.search(text[:_LONGEST_MESSAGE]) for text in answer.values())


def _says_it_is_none(markup: bytes) -> bool:
    try:
        return message_of(read_page(markup, "", PageContext())) is not None
    except ExtractionError:
        return True


def _furniture(markup: bytes) -> set[tuple[bytes, bytes]]:
    """Return the elements that stand once on a page, by tag and class or id: rows stand there more often."""
    return {element for element, number in _named(markup).items() if number == 1}


def _named(markup: bytes) -> Counter[tuple[bytes, bytes]]:
    return Counter((tag.lower(), _NUMBER.sub(b"", name).strip()) for tag, name in _NAMED.findall(markup))


def _title(markup: bytes) -> bytes:
    found = _TITLE.search(markup)
    return _NUMBER.sub(b"", found[1]).strip() if found else b""
