"""Where a text dump has its title and its text, between the furniture of the page that it was made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from crawler.extract.body.boilerplate import ABOUT, end_rule, heads_a_tail, top_rule, without_boilerplate
from crawler.extract.dates.date_labels import label_alone
from crawler.extract.dates.written import read_date
from crawler.extract.dumps.dump_lines import DumpLine
from crawler.extract.dumps.furniture import CLOSING, WITHIN, dump_rule, with_pictures
from crawler.extract.headlines.office_names import is_office_name
from crawler.extract.kinds.error_pages import message_in
from crawler.extract.lines.han_lines import is_han
from crawler.extract.text import squeeze
from crawler.extract.types import NotAnArticle, RemovedLine

_TITLE_LABEL = re.compile(
    r"(?:title|headline|标\s?题|標\s?題|件名|题\s?名|제\s?목)\s?[:：]\s*(\S.*)", re.IGNORECASE
)
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
_TO_BE_FILLED = " ="  # below a headline of dpa, the text follows
_STOP = re.compile(r"[.。…][”\"’»)）]?$")
_CALL = re.compile(r"[!?！？][”\"’»]?$")
_WITHIN = re.compile(r"[.!?。！？][”\"]?(?:\s|(?<=[。！？]))")
_LEAST_PROSE, _LEAST_CALL, _LEAST_UNSTOPPED = 40, 80, 250  # bytes: a headline may ask, or be long
_LETTERHEAD = re.compile(
    r"(?:[A-Z][\w.’']*\s){1,2}(?i:office|council|ministry|department|agency|authority|bureau|commission|government"
    r"|administration|service|board)"
    r"|(?:The |Office of the )[A-Z].{2,40}(?:Press|Information|Media) (?:Office|Secretary|Service)"
    r"|(?:(?:Bundes|Staats|Landes)?[Mm]inisterium|Senatsverwaltung|(?:Bundes|Landes)amt|Minist(?:ère|erio|ério|ero|erie))"
    r"(?:\s(?:für|des|der|de|du|del|della|do|da|van|la|les?|los|und|et|y|e|en|[A-ZÄÖÜÉÁÍÓ][\w,’'-]*)){1,12}"
)
_OF_JAPAN = re.compile("[一-鿿]{2,20}(?:課|局|部|室|庁|省|係|事務所)")
_FROM = re.compile(r"(?:From|Issued by):? [A-Z][^.!?]{2,70}$")
_FEW_WORDS = 2  # of a kicker, a name in a menu
_HAN_A_WORD = 2  # characters
_STROKE = re.compile(r"\s[-–—|·»>:]{1,2}\s$|[_|]$")  # before a title, behind the name of its site
_STROKE_BEHIND = re.compile(r"\s[-–—|·»]{1,2}\s")  # and behind one
_FIRST = 3  # lines, of which one may be the title of a window
_LAST = 3  # lines of a menu and what stands below it
_LONGEST_FACT, _MOST_FACTS = 60, 12  # characters of one, and lines of them between a lead and its text
_LITTLE = 300  # bytes of sentences that may stand below a text of any length
# What closes a text even where a few sentences follow.
_CLOSING = CLOSING | {"print-close", "share", "previous-next", "related", "accessibility", "link"}
_DATED = "dated line"  # a headline only where nothing else can be one
_LONGEST_DATED, _BEFORE_DAY, _BESIDE_DAY_HAN = 80, 30, 12  # characters
_MOST_ABOUT, _LONGEST_ABOUT = 4, 1_200  # lines, and bytes
_FACTS = frozenset({"meta line", "date line", "fact", "number", _DATED})
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    text: str
    size: int  # bytes
    rule: str | None  # that takes it off where it does not stand in the text
    is_title: bool
    is_prose: bool


def layout_of(dump: Sequence[DumpLine], url: str = "", listed_title: str | None = None) -> DumpLayout:
    """Return where *dump* has its title and its text.

    :raises NotAnArticle: if nothing ('empty-body') or nothing but a title is left.
    """
    lines = _read(with_pictures(dump))
    place, title, rule = _title_of(lines, url, listed_title)
    title = _without_tag(title, lines).removesuffix(_TO_BE_FILLED)
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


def _without_tag(title: str, lines: Sequence[_Line]) -> str:
    """Return *title* without the name of the mailing list that stands in brackets before it."""
    tag = _TAG.match(title)
    foot = [line.text for line in lines if line.rule == "signature"] if tag else []
    return title[tag.end() :] if tag and any(tag[1].lower() in line.lower() for line in foot) else title


def _removed(line: _Line, rule: str, position: str) -> RemovedLine:
    return RemovedLine(text=line.text, rule=line.rule or rule, position=position)


def _read(dump: Sequence[DumpLine]) -> Sequence[_Line]:
    lines = []
    awaited = False  # the value of a label that stands alone
    for place, line in enumerate(dump):
        at_an_end = min(place, len(dump) - place) <= _MOST_FURNITURE
        rule = _rule_of(line) if at_an_end else line.rule
        if awaited and rule is None and len(line.text) <= _LONGEST_FACT and not _STOP.search(line.text):
            rule = "fact"
        awaited = (rule in _FACTS and line.text.endswith((":", "："))) or label_alone(line.text) is not None
        size = len(line.text.encode())
        lines.append(
            _Line(
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
    return rule or (_DATED if _is_dated(line.text) else None)


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


def _title_of(lines: Sequence[_Line], url: str, listed: str | None) -> tuple[int, str, str]:
    """Return the place of the title, the title and the rule that found it."""
    first = next((at for at, line in enumerate(lines) if line.is_prose), len(lines))
    named = next((found[1] for line in lines[:first] if (found := _TITLE_LABEL.fullmatch(line.text))), "")
    for rule, places in (
        ("listed title", _places_of(listed or "", lines[:first])),
        ("label title", _places_of(named, lines[:first])),  # as it stands over the text once more
        ("label title", [at for at in range(first) if _TITLE_LABEL.fullmatch(lines[at].text)]),
        ("repeated title", _repeated(lines[:first])),
        ("heading", [at for at in range(first) if lines[at].is_title and lines[at].rule is None]),
        ("line over the text", [at for at in [_headline_of(lines[:first])] if at is not None]),
        ("first line of the text", [at for at in range(len(lines)) if lines[at].rule in (None, _DATED)]),
    ):
        if places:
            place = places[-1 if rule in ("listed title", "label title") else 0]
            return place, named or lines[place].text, rule
    raise NotAnArticle("empty-body", url, "no line of text is left")


def _places_of(title: str, lines: Sequence[_Line]) -> list[int]:
    """Return where *title* stands among *lines*."""
    said = squeeze(title)
    return [at for at, line in enumerate(lines) if said and squeeze(line.text) == said]


def _repeated(lines: Sequence[_Line]) -> list[int]:
    """Return where a line stands with which a window's title, "City - News - Title", ends or begins."""
    return [
        at
        for at, line in enumerate(lines)
        if line.rule is None
        and _words(line.text) > _FEW_WORDS
        and any(_frames(earlier.text, line.text) for earlier in lines[: min(at, _FIRST)])
    ]


def _frames(text: str, title: str) -> bool:
    if text.endswith(title):
        return _STROKE.search(text[: -len(title)]) is not None
    return text.startswith(title) and _STROKE_BEHIND.match(text, len(title)) is not None


def _headline_of(lines: Sequence[_Line]) -> int | None:
    """Return which of the *lines* over a text is its headline, by what stands around."""
    groups = _groups_of(lines)
    for group in reversed(groups):
        if _follows_path(lines, group[0]):
            return _first_of(lines, group)
    dated = [group for group in groups if group[-1] + 1 < len(lines) and _is_fact(lines[group[-1] + 1])]
    for group in (*reversed(dated), *reversed(groups)):
        best = _best_of(lines, group)
        if not _names_an_office(lines[best].text) and _words(lines[best].text) > _FEW_WORDS:
            return best
    return _best_of(lines, groups[-1]) if groups else None


def _groups_of(lines: Sequence[_Line]) -> Sequence[Sequence[int]]:
    """Return the places of lines that no rule takes off, those side by side together."""
    groups = groupby(range(len(lines)), key=lambda at: lines[at].rule is None)
    return [list(group) for is_text, group in groups if is_text]


def _follows_path(lines: Sequence[_Line], at: int) -> bool:
    """Return whether nothing but toolbars stands between a path ("Home > News") and the line *at* a place."""
    over = (lines[place].rule for place in range(at - 1, -1, -1))
    return next((rule for rule in over if rule in (None, "breadcrumb")), None) == "breadcrumb"


def _is_fact(line: _Line) -> bool:
    return line.rule in _FACTS


def _best_of(lines: Sequence[_Line], group: Sequence[int]) -> int:
    """Return the likeliest headline of a *group*: behind a menu the longest of its last lines."""
    short = sum(_words(lines[at].text) <= _FEW_WORDS for at in group)
    if len(group) > _LAST and short > 1:
        return max(group[-_LAST:], key=lambda at: _words(lines[at].text))
    return _first_of(lines, group)


def _first_of(lines: Sequence[_Line], group: Sequence[int]) -> int:
    """Return the first line of a *group* that is neither a kicker nor a letterhead, else the longest."""
    said = {at: _words(lines[at].text) for at in group}
    long = (at for at in group if said[at] > _FEW_WORDS and not _names_an_office(lines[at].text))
    return next(long, max(group, key=said.__getitem__))


def _names_an_office(text: str) -> bool:
    """Return whether *text* is the name of an office, as it stands at the head of a letter or a release."""
    return (is_office_name(text) or _LETTERHEAD.fullmatch(text) or _OF_JAPAN.fullmatch(text)) is not None


def _words(text: str) -> int:
    return len(squeeze(text)) // _HAN_A_WORD if is_han(text) else len(text.split())


def _over_text(lines: Sequence[_Line], place: int, first: int, stop: int) -> set[int]:
    """Return the places between a title and its text, or its lead and the rest, of what is no text."""
    over = {
        at
        for at in range(place + 1, min(first, stop))
        if lines[at].rule is not None
        or (_is_fact(lines[at - 1]) and is_office_name(lines[at].text))
        or (_FROM.match(lines[at].text) and _is_fact(lines[at + 1]))
        or (at == place + 1 and lines[at + 1].rule == "reading time")  # who wrote it, in the view of a reader
    }
    second = next(
        (at for at in range(first + 1, min(first + _MOST_FACTS, stop)) if lines[at].is_prose), first
    )
    between = range(first + 1, second)
    if (
        any(map(_is_fact, lines[first + 1 : second]))
        and all(len(lines[at].text) <= _LONGEST_FACT for at in between)
        and not _HANDS_OUT.search(lines[first].text)
    ):
        over.update(between)  # who published the text, and when, between its lead and the rest
    return over


def _stop_of(lines: Sequence[_Line], first: int) -> int:
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


def _signed_over(lines: Sequence[_Line], first: int, stop: int) -> int:
    """Return where who sends a newsletter signs it, over what it says of itself at *stop*."""
    if stop == len(lines) or lines[stop].rule != "newsletter":
        return stop
    start = stop
    while start > first + 1 and stop - start < _MOST_SIGNED and _signs(lines[start - 1]):
        start -= 1
    return start


def _signs(line: _Line) -> bool:
    return line.rule is None and len(line.text) <= _LONGEST_FACT and not _STOP.search(line.text)


def _about_over(lines: Sequence[_Line], first: int, stop: int) -> int:
    """Return where "About the Bank" begins over an end mark at *stop*: who releases a text says it."""
    if stop == len(lines) or lines[stop].rule != "end mark":
        return stop
    about = [at for at in range(max(first + 1, stop - _MOST_ABOUT), stop) if ABOUT.fullmatch(lines[at].text)]
    return about[0] if about and sum(line.size for line in lines[about[0] : stop]) <= _LONGEST_ABOUT else stop


def _is_signed_below(lines: Sequence[_Line], at: int) -> bool:
    """Return whether the line *at* a place names annexes of a notice that is signed below them."""
    rest = range(at, len(lines))
    after = next((each for each in rest if not _names_annex(lines[each])), len(lines))
    signature = lines[after : after + 2]
    return (
        at < after
        and [_is_fact(line) for line in signature] == [False, True]
        and is_office_name(signature[0].text)
    )


def _names_annex(line: _Line) -> bool:
    return line.rule == "files" or (len(line.text) <= _LONGEST_FACT and _ANNEX.match(line.text) is not None)


def _is_end(line: _Line) -> bool:
    return line.rule is not None and (
        line.rule in CLOSING or line.rule == "link" or end_rule(line.text) is not None
    )
