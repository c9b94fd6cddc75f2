"""The pager of layui: a script is told how many pages there are, and goes to the one that is clicked."""

from __future__ import annotations

import re
from typing import NamedTuple

_CALL = re.compile(r"\blaypage(?:\.render)?\(\s{0,20}\{")
_LONGEST_CALL = 1_500  # characters
_NUMBER = re.compile(r"""\b(?P<name>pages|count|limit|curr)["']?\s{0,4}:\s{0,4}["']?(?P<value>\d{1,7})\b""")
_ROWS = 10  # of a page, where the call does not say
# location.href = "index_" + e.curr + ".html"
_GOES = re.compile(
    r"""location(?:\.href)?\s{0,4}=\s{0,4}(?:["'](?P<before>[^"'\n]{0,200})["']\s{0,4}\+\s{0,4})?\w{1,20}\.curr\b"""
    r"""(?:\s{0,4}\+\s{0,4}["'](?P<behind>[^"'\n]{0,100})["'])?"""
)


class Laypage(NamedTuple):
    """What a call says; the address of the pages has `{}` for their number."""

    total: int | None
    pages: int
    current: int
    address: str | None


def laypage_in(text: str) -> Laypage | None:
    """Return the pager that a script in *text* calls for, None where none does."""
    call = _CALL.search(text) if "laypage" in text else None
    if call is None:
        return None
    said = text[call.end() : call.end() + _LONGEST_CALL]
    numbers = {found["name"]: int(found["value"]) for found in _NUMBER.finditer(said)}
    pages = numbers.get("pages") or -(-numbers.get("count", 0) // max(numbers.get("limit", _ROWS), 1))
    goes = _GOES.search(said)
    address = f"{goes['before'] or ''}{{}}{goes['behind'] or ''}" if goes else None
    return Laypage(numbers.get("count"), pages, numbers.get("curr", 1), address)
