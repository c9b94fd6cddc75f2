"""Which line of a text dump is its title, by the marks of a program or by what stands around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler.extract.headlines.office_names import is_office_name
from crawler.extract.lines.han_lines import is_han
from crawler.extract.text import squeeze
from crawler.extract.types import NotAnArticle

_TITLE_LABEL = re.compile(
    r"(?:title|headline|标\s?题|標\s?題|件名|题\s?名|제\s?목)\s?[:：]\s*(\S.*)", re.IGNORECASE
)
_LETTERHEAD = re.compile(
    r"(?:[A-Z][\w.’']*\s){1,2}(?i:office|council|ministry|department|agency|authority|bureau|commission|government"
    r"|administration|service|board)"
    r"|(?:The |Office of the )[A-Z].{2,40}(?:Press|Information|Media) (?:Office|Secretary|Service)"
    r"|(?:(?:Bundes|Staats|Landes)?[Mm]inisterium|Senatsverwaltung|(?:Bundes|Landes)amt|Minist(?:ère|erio|ério|ero|erie))"
    r"(?:\s(?:für|des|der|de|du|del|della|do|da|van|la|les?|los|und|et|y|e|en|[A-ZÄÖÜÉÁÍÓ][\w,’'-]*)){1,12}"
)
# Over the headline of a release that was sent as a letter, below the letterhead.
_RELEASE = re.compile(
    r"(?:press|news|media) release|for (?:immediate )?release|press statement|communiqué de presse"
    r"|(?:presse|medien)(?:mitteilung|information)|comunicado(?: (?:de|à) (?:prensa|imprensa))?"
    r"|nota (?:de|à) (?:prensa|imprensa)|comunicato stampa"
    r"|persbericht|pressmeddelande|pressemeddelelse|pressemelding|informacja prasowa|пресс-релиз|прес-реліз"
    r"|basın (?:açıklaması|bülteni)|siaran pers|thông cáo báo chí|新闻稿|新聞稿|보도\s?자료",
    re.IGNORECASE,
)
_OF_JAPAN = re.compile("[一-鿿]{2,20}(?:課|局|部|室|庁|省|係|事務所)")
_FEW_WORDS = 2  # of a kicker, a name in a menu
_HAN_A_WORD = 2  # characters
_LEAST_HEADLINE = 5  # words
_STROKE = re.compile(r"\s[-–—|·»>:]{1,2}\s$|[_|]$")  # before a title, behind the name of its site
_STROKE_BEHIND = re.compile(r"\s[-–—|·»]{1,2}\s")  # and behind one
_FIRST = 3  # lines, of which one may be the title of a window
_LAST = 3  # lines of a menu and what stands below it
DATED = "dated line"  # a headline only where nothing else can be one
FACTS = frozenset({"meta line", "credit label", "date line", "fact", "number", "publication", DATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a dump, with the rule that takes it off where it does not stand in the text."""

    text: str
    size: int  # bytes
    rule: str | None
    is_title: bool
    is_prose: bool


def title_of(lines: Sequence[Line], url: str, listed: str | None) -> tuple[int, str, str]:
    """Return the place of the title, the title and the rule that found it."""
    first = next((at for at, line in enumerate(lines) if line.is_prose), len(lines))
    named = next((found[1] for line in lines[:first] if (found := _TITLE_LABEL.fullmatch(line.text))), "")
    for rule, places in (
        ("listed title", _places_of(listed or "", lines[:first])),
        ("label title", _places_of(named, lines[:first])),  # as it stands over the text once more
        ("label title", _within(named, lines[:first])),  # before the name of its site
        ("label title", [at for at in range(first) if _TITLE_LABEL.fullmatch(lines[at].text)]),
        ("repeated title", _repeated(lines[:first])),
        ("heading", [at for at in range(first) if lines[at].is_title and lines[at].rule is None]),
        ("line over the text", [at for at in [_headline_of(lines[:first])] if at is not None]),
        ("first line of the text", [at for at in range(len(lines)) if lines[at].rule in (None, DATED)]),
    ):
        if places:
            place = places[-1 if rule in ("listed title", "label title") else 0]
            text = lines[place].text
            return place, text if _frames(named, text) else named or text, rule
    raise NotAnArticle("empty-body", url, "no line of text is left")


def _places_of(title: str, lines: Sequence[Line]) -> list[int]:
    """Return where *title* stands among *lines*."""
    said = squeeze(title)
    return [at for at, line in enumerate(lines) if said and squeeze(line.text) == said]


def _within(title: str, lines: Sequence[Line]) -> list[int]:
    """Return where a line stands that *title* has before or behind the name of its site."""
    return [
        at for at, line in enumerate(lines) if words_in(line.text) > _FEW_WORDS and _frames(title, line.text)
    ]


def _repeated(lines: Sequence[Line]) -> list[int]:
    """Return where a line stands with which a window's title, "City - News - Title", ends or begins."""
    return [
        at
        for at, line in enumerate(lines)
        if line.rule is None
        and words_in(line.text) > _FEW_WORDS
        and any(_frames(earlier.text, line.text) for earlier in lines[: min(at, _FIRST)])
    ]


def _frames(text: str, title: str) -> bool:
    if text.endswith(title):
        return _STROKE.search(text[: -len(title)]) is not None
    return text.startswith(title) and _STROKE_BEHIND.match(text, len(title)) is not None


def _headline_of(lines: Sequence[Line]) -> int | None:
    """Return which of the *lines* over a text is its headline, by what stands around."""
    groups = _groups_of(lines)
    for group in reversed(groups):
        if _follows_path(lines, group[0]) and not _is_path(lines, group):
            return _longest_last(lines, group) if _ends_label(lines, group) else _first_of(lines, group)
    kicker = max((at for at, line in enumerate(lines) if _RELEASE.fullmatch(line.text)), default=-1)
    below = next((group for group in groups if 0 <= kicker < group[0]), None)
    if below is not None:
        return _first_of(lines, below)
    dated = [group for group in groups if group[-1] + 1 < len(lines) and is_fact(lines[group[-1] + 1])]
    for group in (*reversed(dated), *reversed(groups)):
        best = _best_of(lines, group)
        if not _names_an_office(lines[best].text) and words_in(lines[best].text) > _FEW_WORDS:
            return best
    return _best_of(lines, groups[-1]) if groups else None


def _groups_of(lines: Sequence[Line]) -> Sequence[Sequence[int]]:
    """Return the places of lines that no rule takes off, those side by side together."""
    groups = groupby(range(len(lines)), key=lambda at: lines[at].rule is None)
    return [list(group) for is_text, group in groups if is_text]


def _follows_path(lines: Sequence[Line], at: int) -> bool:
    """Return whether nothing but toolbars stands between a path ("Home > News") and the line *at* a place."""
    over = (lines[place].rule for place in range(at - 1, -1, -1))
    return next((rule for rule in over if rule in (None, "breadcrumb")), None) == "breadcrumb"


def _is_path(lines: Sequence[Line], group: Sequence[int]) -> bool:
    """Return whether a *group* is the steps of a path, each on a line below "You are here:"."""
    return _ends_label(lines, group) and all(words_in(lines[at].text) <= _FEW_WORDS for at in group)


def _ends_label(lines: Sequence[Line], group: Sequence[int]) -> bool:
    return lines[group[0] - 1].text.endswith((":", "："))


def is_fact(line: Line) -> bool:
    """Return whether *line* tells a day, a number or who wrote the text."""
    return line.rule in FACTS


def _best_of(lines: Sequence[Line], group: Sequence[int]) -> int:
    """Return the likeliest headline of a *group*: behind a menu the longest of its last lines."""
    short = sum(words_in(lines[at].text) <= _FEW_WORDS for at in group)
    if len(group) > _LAST and short > 1:
        return _longest_last(lines, group)
    return _first_of(lines, group)


def _longest_last(lines: Sequence[Line], group: Sequence[int]) -> int:
    """Return the likeliest headline of the last lines of a *group*; a line below it may be longer."""
    said = {at: words_in(lines[at].text) for at in group[-_LAST:]}
    least = max(max(said.values()) / 2, _LEAST_HEADLINE)
    return next((at for at in said if said[at] >= least), max(said, key=said.__getitem__))


def _first_of(lines: Sequence[Line], group: Sequence[int]) -> int:
    """Return the first line of a *group* that is neither a kicker nor a letterhead, else the longest."""
    said = {at: words_in(lines[at].text) for at in group}
    long = (at for at in group if said[at] > _FEW_WORDS and not _names_an_office(lines[at].text))
    return next(long, max(group, key=said.__getitem__))


def _names_an_office(text: str) -> bool:
    """Return whether *text* is the name of an office, as it stands at the head of a letter or a release."""
    return (is_office_name(text) or _LETTERHEAD.fullmatch(text) or _OF_JAPAN.fullmatch(text)) is not None


def words_in(text: str) -> int:
    """Return the number of words of *text*, two characters of Chinese being one."""
    return len(squeeze(text)) // _HAN_A_WORD if is_han(text) else len(text.split())
