"""Where a text dump has its title and its text, between the furniture of the page that it was made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.extract.body.boilerplate import ABOUT, end_rule, heads_a_tail, top_rule, without_boilerplate
from crawler.extract.dates.date_labels import label_alone
from crawler.extract.dates.written import read_date
from crawler.extract.dumps.dump_lines import DumpLine
from crawler.extract.dumps.dump_titles import DATED, FACTS, Line, is_fact, title_of, words_in
from crawler.extract.dumps.furniture import (
    CLOSING,
    WITHIN,
    credit_alone,
    dump_rule,
    with_pictures,
    with_section_numbers,
)
from crawler.extract.headlines.office_names import is_office_name
from crawler.extract.kinds.error_pages import message_in
from crawler.extract.lines.han_lines import is_han
from crawler.extract.types import NotAnArticle, RemovedLine

# On a page of its own markup it stands apart from the text; a copy of the page has it above.
_COOKIES = re.compile(
    r"(?:(?:we|this (?:web)?site|our (?:web)?site|[\w.]{3,40}) uses? (?:some |essential |necessary ){0,2}"
    r"cookies\b"
    r"|(?:cookies on|about cookies)\b"
    r"|(?:accept|reject|allow|decline|manage|view) (?:all |additional |optional )?cookies\b"
    r"|(?:diese|unsere) (?:web)?(?:seite|site) (?:verwendet|nutzt) cookies\b"
    r"|(?:ce site|nous) utilis(?:e|ons) des cookies\b|(?:este sitio|utilizamos|usamos)\b.{0,20} cookies\b)"
    r".{0,250}",
    re.IGNORECASE,
)
# What signs it and when stands below such a sentence, and above the document itself.
_HANDS_OUT = re.compile(r"印发(?:给你们|执行)?|现?予以?(?:公布|印发|发布)|转发给你们|通知如下|公告如下")
_ANNEX = re.compile(r"\d{1,2}\s?[.、．]")
_TAG = re.compile(r"\[([^\[\]]{2,30})\]\s")
_SIGNS = re.compile(
    "^[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f\u200d\\s]{1,12}"
)  # before what a channel posts
_TO_BE_FILLED = " ="  # below a headline of dpa, the text follows
_STOP = re.compile(r"[.。…][”\"’»)）]?$")
_CALL = re.compile(r"[!?！？][”\"’»]?$")
_WITHIN = re.compile(r"[.!?。！？][”\"]?(?:\s|(?<=[。！？]))")
_LEAST_PROSE, _LEAST_CALL, _LEAST_UNSTOPPED = 40, 80, 250  # bytes: a headline may ask, or be long
_FROM = re.compile(r"(?:From|Issued by):? [A-Z][^.!?]{2,70}$")
_LEAST_POINTS = 3  # lines
_FEW_AMID_TOOLS = 4  # words
_LONGEST_FACT, _MOST_FACTS = 60, 12  # characters of one, and lines of them between a lead and its text
_ENDS = ("link", "pager", "publication", "picture credit")  # below a text, with no sentence below
_LITTLE = 300  # bytes of sentences that may stand below a text of any length
# What closes a text even where a few sentences follow.
_CLOSING = CLOSING | {"print-close", "share", "previous-next", "related", "accessibility", "link"}
_LONGEST_DATED, _BEFORE_DAY, _BESIDE_DAY_HAN = 80, 30, 12  # characters
_MOST_ABOUT, _LONGEST_ABOUT = 4, 1_200  # lines, and bytes
_LONGEST_PLACE, _PLACE_WORDS = 24, 2  # characters, and words
_MOST_SIGNED = 3  # lines of a signature
_MOST_FURNITURE = 400  # lines at either end


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpLayout:
    """The title of a dump with the rule that found it, its paragraphs, and what was taken off.

    *near* are the lines from above the title to the text: those in which its day may stand.
    """

    title: str
    title_rule: str
    paragraphs: tuple[str, ...]
    removed: tuple[RemovedLine, ...]
    near: tuple[str, ...]
    place: int  # of the title in *near*


def layout_of(dump: Sequence[DumpLine], url: str = "", listed_title: str | None = None) -> DumpLayout:
    """Return where *dump* has its title and its text.

    :raises NotAnArticle: if nothing ('empty-body') or nothing but a title is left.
    """
    lines = _read(with_section_numbers(with_pictures(dump)))
    place, title, rule = title_of(lines, url, listed_title)
    title = _SIGNS.sub("", _without_tag(title, lines).removesuffix(_TO_BE_FILLED)) or title
    first = next((at for at in range(place + 1, len(lines)) if lines[at].is_prose), place + 1)
    stop = _stop_of(lines, first)
    over = _over_text(lines, place, first, stop)
    over.update(at for at in range(first, stop) if lines[at].rule in WITHIN)
    kept = [at for at in range(place + 1, stop) if at not in over]
    stay, more = without_boilerplate([lines[at].text for at in kept], title)
    if not stay:
        raise NotAnArticle(message_in(title) or "empty-body", url, "a title without text")
    return DumpLayout(
        title=title,
        title_rule=rule,
        paragraphs=tuple(lines[kept[index]].text for index in stay),
        removed=(
            *(_removed(line, "above the title", "top") for line in lines[:place]),
            *(_removed(lines[at], "fact", "top") for at in sorted(over)),
            *more,
            *(_removed(line, "below the text", "end" if line.rule else "foot") for line in lines[stop:]),
        ),
        near=tuple(line.text for line in lines[: first + 1]),
        place=place,
    )


def _without_tag(title: str, lines: Sequence[Line]) -> str:
    """Return *title* without the name of the mailing list that stands in brackets before it."""
    tag = _TAG.match(title)
    foot = [line.text for line in lines if line.rule == "signature"] if tag else []
    return title[tag.end() :] if tag and any(tag[1].lower() in line.lower() for line in foot) else title


def _removed(line: Line, rule: str, position: str) -> RemovedLine:
    return RemovedLine(text=line.text, rule=line.rule or rule, position=position)


def _read(dump: Sequence[DumpLine]) -> Sequence[Line]:
    lines = []
    awaited = False  # the value of a label that stands alone
    for place, line in enumerate(dump):
        at_an_end = min(place, len(dump) - place) <= _MOST_FURNITURE
        rule = _rule_of(line) if at_an_end else line.rule
        if awaited and rule is None and len(line.text) <= _LONGEST_FACT and not _STOP.search(line.text):
            rule = "fact"
        if rule is None and credit_alone(line.text):
            rule = "credit label"
        labelled = rule == "credit label" or label_alone(line.text) is not None
        awaited = labelled or (rule in FACTS and line.text.endswith((":", "：")))
        size = len(line.text.encode())
        lines.append(
            Line(
                text=line.text,
                size=size,
                rule=rule or ("meta line" if awaited else None),
                is_title=line.is_title,
                is_prose=rule is None and not line.is_title and _is_prose(line.text, size),
            )
        )
    if any(line.is_prose for line in lines):
        return lines
    stopped = (line.rule is None and _STOP.search(line.text) is not None for line in lines)
    return [replace(line, is_prose=prose) for line, prose in zip(lines, stopped, strict=True)]


def _rule_of(line: DumpLine) -> str | None:
    if line.is_links:
        return "link"
    rule = (
        line.rule
        or dump_rule(line.text)
        or top_rule(line.text)
        or end_rule(line.text)
        or ("related" if heads_a_tail(line.text) else None)
    )
    if rule is None and _COOKIES.fullmatch(line.text):
        return "cookies"
    return rule or (DATED if _is_dated(line.text) else None)


def _is_dated(text: str) -> bool:
    """Return whether *text* is a day with a word or two about it: "14 May 2026 Ottawa, Ontario"."""
    if len(text) > _LONGEST_DATED or _STOP.search(text) or not (reading := read_date(text)):
        return False
    beside = len(text) - (reading.end - reading.start)
    return beside <= _BESIDE_DAY_HAN if is_han(text) else reading.start <= _BEFORE_DAY


def _is_prose(text: str, size: int) -> bool:
    """Return whether *text* reads as sentences of an article, which a headline may do to some length."""
    if size >= _LEAST_UNSTOPPED or (size >= _LEAST_CALL and _WITHIN.search(text)):
        return True
    return (size >= _LEAST_PROSE and _STOP.search(text) is not None) or (
        size >= _LEAST_CALL and _CALL.search(text) is not None
    )


def _over_text(lines: Sequence[Line], place: int, first: int, stop: int) -> set[int]:
    """Return the places between a title and its text, or its lead and the rest, of what is no text."""
    over = {
        at
        for at in range(place + 1, min(first, stop))
        if lines[at].rule is not None
        or (is_fact(lines[at - 1]) and is_office_name(lines[at].text))
        or (_is_short(lines[at]) and is_fact(lines[at - 1]) and lines[at + 1].rule is not None)
        or (is_fact(lines[at + 1]) and lines[at + 1].text.startswith(lines[at].text))
        or (_FROM.match(lines[at].text) and is_fact(lines[at + 1]))
        or (at == place + 1 and lines[at + 1].rule == "reading time")  # who wrote it, in the view of a reader
    }
    over.update(_amid_tools(lines, place, min(first, stop)))
    second = next(
        (at for at in range(first + 1, min(first + _MOST_FACTS, stop)) if lines[at].is_prose), first
    )
    between = range(first + 1, second)
    if (
        any(map(is_fact, lines[first + 1 : second]))
        and all(len(lines[at].text) <= _LONGEST_FACT for at in between)
        and not _HANDS_OUT.search(lines[first].text)
    ):
        facts = [at for at in between if lines[at].rule is not None]
        beside = second - facts[-1] - 1
        # who published the text, and when, between its lead and the rest; several lines below are its points
        over.update(between if beside < _LEAST_POINTS else range(first + 1, facts[-1] + 1))
    return over


def _amid_tools(lines: Sequence[Line], place: int, first: int) -> Iterator[int]:
    """Yield the places of a word or two between facts and tools over a text: a subject or a button."""
    ruled = [at for at in range(place + 1, first) if lines[at].rule is not None]
    for at in range(ruled[0] + 1, ruled[-1]) if ruled else ():
        line = lines[at]
        if line.rule is None and words_in(line.text) <= _FEW_AMID_TOOLS and not _STOP.search(line.text):
            yield at


def _is_short(line: Line) -> bool:
    """Return whether *line* is a word or two, as the place where a text was written is."""
    return len(line.text) <= _LONGEST_PLACE and len(line.text.split()) <= _PLACE_WORDS


def _stop_of(lines: Sequence[Line], first: int) -> int:
    """Return where the page goes on below the text that begins at *first*."""
    seen = {
        line.text for line in lines[:first] if not line.text.endswith((":", "："))
    }  # a menu may stand once more at the foot
    stop, below = len(lines), 0
    above = sum(line.size for line in lines[first:] if line.is_prose)
    for at in range(len(lines) - 1, first, -1):
        line = lines[at]
        if line.is_prose:
            below, above = below + line.size, above - line.size
        elif (line.rule in _CLOSING and (below <= _LITTLE or below * 3 <= above)) or (
            below == 0 and (_is_end(line) or line.text in seen) and not _is_signed_below(lines, at)
        ):
            stop = at
    return _signed_over(lines, first, _about_over(lines, first, stop))


def _signed_over(lines: Sequence[Line], first: int, stop: int) -> int:
    """Return where who sends a newsletter signs it, over what it says of itself at *stop*."""
    if stop == len(lines) or lines[stop].rule != "newsletter":
        return stop
    start = stop
    while start > first + 1 and stop - start < _MOST_SIGNED and _signs(lines[start - 1]):
        start -= 1
    return start


def _signs(line: Line) -> bool:
    return line.rule is None and len(line.text) <= _LONGEST_FACT and not _STOP.search(line.text)


def _about_over(lines: Sequence[Line], first: int, stop: int) -> int:
    """Return where "About the Bank" begins over an end mark at *stop*: who releases a text says it."""
    if stop == len(lines) or lines[stop].rule != "end mark":
        return stop
    about = [at for at in range(max(first + 1, stop - _MOST_ABOUT), stop) if ABOUT.fullmatch(lines[at].text)]
    return about[0] if about and sum(line.size for line in lines[about[0] : stop]) <= _LONGEST_ABOUT else stop


def _is_signed_below(lines: Sequence[Line], at: int) -> bool:
    """Return whether the line *at* a place names annexes of a notice that is signed below them."""
    rest = range(at, len(lines))
    after = next((each for each in rest if not _names_annex(lines[each])), len(lines))
    signature = lines[after : after + 2]
    return (
        at < after
        and [is_fact(line) for line in signature] == [False, True]
        and is_office_name(signature[0].text)
    )


def _names_annex(line: Line) -> bool:
    return line.rule == "files" or (len(line.text) <= _LONGEST_FACT and _ANNEX.match(line.text) is not None)


def _is_end(line: Line) -> bool:
    return line.rule is not None and (
        line.rule in CLOSING or line.rule in _ENDS or end_rule(line.text) is not None
    )
