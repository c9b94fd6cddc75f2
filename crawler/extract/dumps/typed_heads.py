"""The head of a text that was typed or printed: two things on one line, and what stands at the right edge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.extract.headlines.office_names import OFFICE

_STOPS = tuple(".。：")  # the first line that ends so is of the text
_HEAD = 16  # lines that say something
_GAP = re.compile(r"(?<=\S)(?:[ \u00a0]{5,}|\t{2,}|\u3000{4,})(?=\S)")
_LONGEST = 60  # characters of what shares a line
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]")
# How a Chinese document is called at the end of its name, and words in a headline amid which it goes on.
_DOCUMENT = re.compile(r"(?:通知|意见|决定|公告|通告|批复|函|报告|办法|规定|方案|通报|决议|条例|命令)$")
_AMID = (
    r"AT|ON|IN|OF|FOR|TO|BY|AND|WITH|FROM|AS|DURING|BEFORE|AFTER|THE|VON|ZUR?|IM|UND|DE|DES|ET|DU|DEL|EN|Y"
)
_GOES_ON = re.compile(rf"(?!FOR (?:IMMEDIATE|RELEASE|PUBLICATION|USE))(?:{_AMID})\b")
_LEADS_ON = re.compile(rf"\b(?:{_AMID})$")
_LONGEST_TITLE = 90  # characters of one of its lines
_LEAST_CENTRED, _MOST_CENTRED, _OFF_MIDDLE, _LEAST_WORDS = 4, 3, 4, 6  # columns, lines, half columns, words
_NO_HEADLINE = tuple(".。:：;；,，")
_OF_A_LETTERHEAD = re.compile(
    r"\d{3}|@|www\.|(?i:\b(?:department|office|ministry|bureau|agency|council|commission|city of|county"
    r"|release|embargo|contact|tel|fax|phone|street|press|for immediate)\b)"
)
_LEAST_INDENT, _OFF_EDGE, _MOST_ALIGNED = 30, 16, 5  # columns, and lines
_POSTED = re.compile(r"【([^【】]{8,60})】\s?([^【】\s].{20,2000})")
_LEAST_CAPITALS = 25  # characters of the first line of a headline
_OFFICE_IN_CAPITALS = re.compile(
    r"^(?:THE )?(?:OFFICE|DEPARTMENT|MINIST|(?:COUNTY|CITY|STATE|REPUBLIC|GOVERNMENT|BUREAU) OF|PR[ÉE]FET)"
    r"|\b(?:RELEASE|OFFICE|DEPARTMENT|COUNCIL|AGENCY|MINISTRY)$|\d{3}|@|WWW\."
)
_HEAD_OF_A_POST, _LONGEST_NAME = 20, 20  # lines, and characters of the name of an account


def set_apart(raw: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the lines at the right edge over a text, and *raw* without them and with one thing a line."""
    said = [place for place, line in enumerate(raw) if line.strip()][:_HEAD]
    text = next(
        (number for number, place in enumerate(said) if raw[place].rstrip().endswith(_STOPS)), len(said)
    )
    said = said[:text]
    if not said:
        return (), raw
    width = max(map(_columns, (raw[place] for place in said)))
    aligned = [place for place in said if _is_aligned(raw[place], width)]
    if len(aligned) > _MOST_ALIGNED:
        aligned = []
    head = raw[: said[-1] + 1]
    lines = [part for at, line in enumerate(head) if at not in aligned for part in _parts_of(line)]
    return [raw[place] for place in aligned], [*lines, *raw[said[-1] + 1 :]]


def _parts_of(line: str) -> Iterator[str]:
    parts = _GAP.split(line)
    if len(parts) == 2 and max(map(len, parts)) <= _LONGEST:
        yield from parts
    else:
        yield line


def _is_aligned(line: str, width: int) -> bool:
    """Return whether *line* ends at the right edge and begins beyond the middle."""
    indent = _columns(line) - _columns(line.lstrip())
    return indent >= _LEAST_INDENT and indent * 2 > width and width - _columns(line.rstrip()) <= _OFF_EDGE


def headline_lines(lines: Sequence[str]) -> Sequence[str]:
    """Return *lines* with a headline on two of them as one: in capitals, or of a Chinese document."""
    if _are_capitals(lines):
        return [" ".join(lines)]
    for at, (line, after) in enumerate(pairwise(lines)):
        if _is_cut_title(line, after):
            joined = f"{line}{after}" if _WIDE.match(after) else f"{line} {after}"
            return [*lines[:at], joined, *lines[at + 2 :]]
    return lines


def _are_capitals(lines: Sequence[str]) -> bool:
    """Return whether *lines* between blank ones are one headline in capitals, and no head of a letter."""
    return (
        2 <= len(lines) <= _MOST_CENTRED
        and len(lines[0]) >= _LEAST_CAPITALS
        and all(line.isupper() and line[:1].isalpha() for line in lines)
        and not any(line.endswith(_NO_HEADLINE) or _OFFICE_IN_CAPITALS.search(line) for line in lines)
    )


def _is_cut_title(line: str, after: str) -> bool:
    if max(len(line), len(after)) > _LONGEST_TITLE:
        return False
    if _WIDE.match(line) and _WIDE.match(after):
        if after.startswith("关于") and OFFICE.search(line):  # who gives the notice
            return _DOCUMENT.search(after) is not None
        return "关于" in line and not _DOCUMENT.search(line) and _DOCUMENT.search(after) is not None
    return (
        line.isupper() and after.isupper() and (_GOES_ON.match(after) or _LEADS_ON.search(line)) is not None
    )


def with_posted_headline(lines: Sequence[str]) -> Sequence[str]:
    """Return *lines* with the headline in brackets before a text, as accounts post it, on a line of its own.

    Nothing but a name and controls stands over it: 【云州地铁3号线今日开通试运营】今天上午9时，云州地铁...
    """
    for at, line in enumerate(lines[:_HEAD_OF_A_POST]):
        if posted := _POSTED.fullmatch(line):
            return [*lines[:at], f"# {posted[1]}", posted[2], *lines[at + 1 :]]
        if len(line) > _LONGEST_NAME:
            return lines
    return lines


def with_centred_headline(raw: Sequence[str]) -> Sequence[str]:
    """Return *raw* with a headline that stands in the middle, on two or three lines, on one.

    It stands between blank lines; the head of a letter is centred as well, but names an office or an address.
    """
    said = [place for place, line in enumerate(raw) if line.strip()][:_HEAD]
    for start in said:
        end = start
        while end < len(raw) and _is_indented(raw[end]) and end - start <= _MOST_CENTRED:
            end += 1
        blank_around = not (start and raw[start - 1].strip()) and not (end < len(raw) and raw[end].strip())
        block = raw[start:end]
        if 2 <= len(block) <= _MOST_CENTRED and blank_around and _are_one_headline(block):
            whole = " ".join(line.strip() for line in block)
            return [*raw[:start], block[0][: -len(block[0].lstrip())] + whole, *raw[end:]]
    return raw


def _is_indented(line: str) -> bool:
    return len(line.strip()) > 0 and len(line) - len(line.lstrip()) >= _LEAST_CENTRED


def _are_one_headline(block: Sequence[str]) -> bool:
    """Return whether the lines of *block* share a middle and are words of a headline."""
    middles = [len(line.rstrip()) + len(line) - len(line.lstrip()) for line in block]
    lines = [line.strip() for line in block]
    return (
        max(middles) - min(middles) <= _OFF_MIDDLE
        and len({len(line) for line in lines}) > 1  # else a block that is set in
        and sum(len(line.split()) for line in lines) >= _LEAST_WORDS
        and not any(line.endswith(_NO_HEADLINE) or _OF_A_LETTERHEAD.search(line) for line in lines)
    )


def _columns(line: str) -> int:
    return len(line) if line.isascii() else len(line) + len(_WIDE.findall(line))
