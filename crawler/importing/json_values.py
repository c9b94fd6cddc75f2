"""The values of a JSON file, one after another: a list, or values that simply follow each other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from crawler.importing.types import GET_ANEW, LARGEST_DOCUMENT

_MOST_BAD = 1_000  # places that are no value, before the rest is given up
_CHUNK = 1 << 16  # characters
_DECODER = json.JSONDecoder(strict=False)  # raw line ends and tabs in a text are text
_BETWEEN = re.compile(r"[\s,\ufeff]*")
_UNFINISHED = ("Unterminated string",)
_NEAR_END = 16  # characters: of a literal or an escape that the end of what was read may cut
_NEXT = "\n{"  # where a row may begin again, behind one that is none


class NotJson(ValueError):
    """What stands in a place of a value, and is none."""


def json_value(text: str) -> Any:
    """Return the one value that *text* is. :raises NotJson: if it is none."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise NotJson(f"not JSON ({error})") from error


def json_values(read: Callable[[int], str]) -> Iterator[Any]:
    """Yield the values that *read* gives, those of a list one by one, and a `NotJson` for what is none.

    What follows such a place is read from the next line on that begins with an object.
    """
    reader = _Reader(read)
    in_list, bad = False, 0
    while mark := reader.next_mark():
        if (mark == "[" and not in_list) or mark == "]":
            in_list = mark == "["
            reader.place += 1
            continue
        try:
            yield reader.value()
        except NotJson as error:
            bad += 1
            if bad == _MOST_BAD or not reader.skip():
                yield NotJson(f"{error}; nothing behind it could be read; {GET_ANEW}")
                return
            yield error
    if in_list:
        yield NotJson(f"the list has no end: the file is cut off here; {GET_ANEW}")


class _Reader:
    """A window on a text, which grows while a value needs more of it."""

    def __init__(self, read: Callable[[int], str]) -> None:
        self._read = read
        self._window = ""
        self.place = 0

    def next_mark(self) -> str:
        """Return the character with which the next value begins, empty at the end."""
        while True:
            between = _BETWEEN.match(self._window, self.place)
            self.place = between.end() if between else self.place
            if self.place < len(self._window):
                return self._window[self.place]
            if not self._grow(_CHUNK):
                return ""

    def value(self) -> Any:
        """Return the value that begins here. :raises NotJson: if none does."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._window, self.place)
            except RecursionError as error:
                raise NotJson(f"not JSON ({error})") from error
            except json.JSONDecodeError as error:
                held = len(self._window) - self.place
                if held > LARGEST_DOCUMENT:
                    raise NotJson(f"larger than {LARGEST_DOCUMENT >> 20} MB") from error
                cut = error.msg.startswith(_UNFINISHED) or error.pos >= len(self._window) - _NEAR_END
                if not cut or not self._grow(max(held, _CHUNK)):
                    what = "the file is cut off inside of this row" if cut else "not JSON"
                    raise NotJson(f"{what} ({error.msg})") from error
            else:
                self.place = end
                return value

    def skip(self) -> bool:
        """Go on to the next line that begins with an object, and return whether there is one."""
        while (found := self._window.find(_NEXT, self.place)) < 0:
            self.place = max(self.place, len(self._window) - 1)  # the line's end may be all that was read
            if not self._grow(_CHUNK):
                return False
        self.place = found + 1
        return True

    def _grow(self, size: int) -> bool:
        more = self._read(size)
        self._window, self.place = self._window[self.place :] + more, 0
        return bool(more)
