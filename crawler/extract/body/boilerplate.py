"""Boilerplate taken off an article's text: by position, never inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.body.catalogue import END, FIRST_TOOL, FOOT, LONGEST, TAIL, TOOLS, TOP, rule_of
from crawler.extract.body.notes_amid import END_MARK, notes_amid
from crawler.extract.headlines.headline_credits import names_who_wrote
from crawler.extract.lines.han_lines import is_han
from crawler.extract.lines.short_lines import kept_for_short_lines
from crawler.extract.text import fold, squeeze
from crawler.extract.types import RemovedLine

OWN = "own line"  # the mark of a line that is the text's, whatever its words say
_LONGEST_TAIL = 15  # lines
_LEAST_TITLE = 12  # characters of one that repeats behind a kicker
_MOST_TITLE_LINES = 4  # on which one is repeated
_LITTLE = 300  # characters that may follow an article of any length
_LONGEST_NAME = 30
_LONGEST_FACT = 40  # characters of one beside a date
_MANY_HEADINGS = 2  # over what follows a text: it may be as long as the text
_LETTERHEAD = "letterhead"
_OF_THE_PAPER = frozenset({"letterhead", "kind line"})
_NEAR_TOP = 2  # lines; a lead may stand above the date
_MOST_FACTS = 12  # lines of them
_NEVER_TEXT = frozenset(
    {
        "date line",
        "content heading",
        "delivery note",
        "byline",
        "place line",
        "reading time",
        "counter",
        "player",
        *("print-close", "font-size", "share", "paywall"),
    }
)
_CONTACTS = tuple(rule for rule in END if rule.name == "contact")
ABOUT = re.compile(
    r"(?:About|Über|Om|À propos d[eu]|Acerca de|Sobre|Over|Informazioni su)\s[^.!?:]{2,90}"
)  # who releases it
# The same with its text on one line, and what companies say of what they expect.
_ABOUT_ITSELF = re.compile(
    r"About (?:the )?(?P<who>[^.!?:]{2,60}?)[:.]? (?:The )?(?P=who)\b|Forward[- ]Looking Statements?\b"
)
_ABOUT_NAME = re.compile(
    r"About (?:the )?(?P<who>[^\W\d_a-z][^\s.:]{0,30}(?: (?:of|and|for|[^\W\d_a-z][^\s.:]{0,30})){1,6})"
)
_STOPS = tuple('.!?。！？…”"')
# The end mark of American press offices: what their offices do stands below, unless these are notes.
_HASHES = re.compile(r"#\s?#\s?#(?:\s|$)")
_NOTES = re.compile(r"(?:\S{1,12}\s)?(?:notes?\b|editor)", re.IGNORECASE)
_LONGEST_STATEMENT = 330
_LONGEST_BYLINE = 80
_CREDIT = re.compile(r"(?:来源|作者|编辑|记者)\s.{1,30}")  # as it stands beside other facts
# Over a document of China stand its number, where and when it was held or passed, and then facts.
_HEADS_A_DOCUMENT = re.compile(
    r"[(（][^()（）。]{4,60}[)）]|[^\s〔\[(（。]{2,24}(?:[〔\[]\d{4}[〕\]]|[(（]?\d{4}[)）]?\s?年)\s?第?\s?\d{1,5}\s?号"
)
_ASKS_OF_THE_PAGE = re.compile(r"【?この(?:ページ|記事)に関する")  # over an office, as long as a short text
_BESIDE = re.compile(r"\s[|·•]\s")  # between what a line of facts says
_SEVERAL_FACTS = 3  # labels, an hour's colon among them: none of which signs a text
_LETTER = re.compile(r"[^\W_]")


def _tool_of(folded: str) -> str | None:
    """Return the group whose words alone make up the line; several groups may share a line."""
    first = _LETTER.search(folded)
    if first is None or not (FIRST_TOOL.match(folded, first.start()) or "$" in folded):
        return None
    rest, group = folded, None
    for name, words in TOOLS.items():
        shorter = words.sub(" ", rest)
        if shorter != rest and group is None:
            group = name
        rest = shorter
    return group if group and not _LETTER.search(rest) else None


@kept_for_short_lines
def top_rule(line: str) -> str | None:
    """Return the rule that takes *line* off when nothing but boilerplate stands above it."""
    if len(line) > _LONGEST_STATEMENT:
        return None
    folded = fold(line)
    if len(line) > LONGEST:
        return rule_of(folded, TOP)
    return rule_of(folded, TOP) or _tool_of(folded) or _rule_of_facts(folded)


def _rule_of_facts(folded: str) -> str | None:
    """Return the rule of a line of facts, each of which a rule would take: date | 5 min read | 33 views."""
    first, *others = _BESIDE.split(folded) if _BESIDE.search(folded) else (folded,)
    rule = rule_of(first, TOP) if others else None
    if rule == "date line" and all(
        len(fact) <= _LONGEST_FACT and not fact.endswith(_STOPS) for fact in others
    ):
        return rule  # 3 November 2026 10:30 | Ministry of Health | Press release
    return rule if all(rule_of(fact, TOP) or _CREDIT.fullmatch(fact) for fact in others) else None


@kept_for_short_lines
def end_rule(line: str) -> str | None:
    """Return the rule that takes *line* off when nothing but boilerplate stands below it."""
    if len(line) > _LONGEST_STATEMENT:
        return None
    folded = fold(line)
    if len(line) > LONGEST:
        return rule_of(folded, END)
    return rule_of(folded, END) or _tool_of(folded) or rule_of(folded, FOOT)


def heads_a_tail(line: str) -> bool:
    """Return whether *line* is a heading of what follows an article."""
    return _rule_of_heading(line) is not None


@kept_for_short_lines
def _rule_of_heading(line: str) -> str | None:
    return rule_of(fold(line), TAIL) if len(line) <= LONGEST else None


def without_boilerplate(
    lines: Sequence[str], title: str = "", marks: Sequence[str | None] = ()
) -> tuple[tuple[int, ...], tuple[RemovedLine, ...]]:
    """Return the indexes of *lines* that stay, and the removed ones with their rule and position.

    A line is taken off at the top only while nothing but boilerplate stands above it, at the end only
    while nothing else stands below; so is a *title* that is repeated at the top. *marks* name, line by line,
    the rule that the markup gives for an end.
    """
    start, stop = 0, len(lines)
    removed: list[RemovedLine] = []
    while start < stop and (rule := _title_rule(lines, start, title) or _rule_at_top(lines, start, removed)):
        removed.append(RemovedLine(text=lines[start], rule=rule, position="top"))
        start += 1
    while stop > start and (rule := _rule_at_end(lines, marks, stop - 1)):
        removed.append(RemovedLine(text=lines[stop - 1], rule=rule, position="end"))
        stop -= 1
    tail, rule = _tail_of(lines, start, stop)
    if (signed := _below_end_mark(lines, start, tail)) < tail:
        tail, rule = signed, rule or "end mark"
    removed.extend(RemovedLine(text=line, rule=rule, position="foot") for line in lines[tail:stop])
    while start < tail < stop and (rule_above := _rule_at_end(lines, marks, tail - 1)):  # over what follows
        removed.append(RemovedLine(text=lines[tail - 1], rule=rule_above, position="end"))
        tail -= 1
    never = _never_text(lines, start, tail)
    return tuple(place for place in range(start, tail) if place not in never), (*removed, *never.values())


def _never_text(lines: Sequence[str], start: int, stop: int) -> dict[int, RemovedLine]:
    """Return by place the lines between *start* and *stop* that are no text although text surrounds them."""
    return _facts_near_top(lines, start, stop) | {
        start + place: RemovedLine(text=line, rule=rule, position="body")
        for place, (line, rule) in enumerate(notes_amid(lines[start:stop]))
        if rule
    }


def _facts_near_top(lines: Sequence[str], start: int, stop: int) -> dict[int, RemovedLine]:
    """Return by place the facts below a lead, and all those below what heads a document."""
    found: dict[int, RemovedLine] = {}
    headed = True  # all lines above are facts or head a document
    for place in range(start, min(stop - 1, start + _MOST_FACTS)):  # the last line may sign the text
        if not headed and place > start + _NEAR_TOP:
            break
        rule = top_rule(lines[place]) if headed and place > start else None
        if rule or ((rule := _fact_near_top(lines[place])) and not _is_signed(lines, place)):
            found[place] = RemovedLine(text=lines[place], rule=rule, position="top")
        elif not _HEADS_A_DOCUMENT.fullmatch(lines[place]):
            headed = False
    return found


def _fact_near_top(line: str) -> str | None:
    """Return the rule for a *line* that is no text below a lead: 3 November 2026 | Text: Jo Lee."""
    if (rule := top_rule(line)) is not None:
        sure = rule in _NEVER_TEXT or (rule == "meta line" and _states_several_facts(line))
        return rule if sure else _rule_of_facts(fold(line))
    return "byline" if len(line) <= _LONGEST_BYLINE and names_who_wrote(line) else None


def _rule_at_top(lines: Sequence[str], place: int, removed: Sequence[RemovedLine]) -> str | None:
    """Return the rule that takes the line at *place* off: a letterhead beside more of its paper."""
    rule = top_rule(lines[place])
    if rule != _LETTERHEAD or any(line.rule in _OF_THE_PAPER for line in removed[-1:]):
        return rule
    return rule if top_rule(" ".join(lines[place + 1 : place + 2])) else None


def _rule_at_end(lines: Sequence[str], marks: Sequence[str | None], place: int) -> str | None:
    """Return the rule that takes the line at *place* off where nothing but boilerplate stands below it."""
    mark = marks[place] if marks else None
    return None if mark == OWN else mark or end_rule(lines[place])


def _is_signed(lines: Sequence[str], place: int) -> bool:
    """Return whether a Chinese text ends over *place*, with a name or with what it asks those it addresses.

    So a notice is signed over its annex; a lead over a day addresses nobody.
    """
    over = lines[place - 1] if place else ""
    if place < 2 or _states_several_facts(lines[place]) or not is_han(over):
        return False
    addressed = over.endswith("。") and lines[place - 2].endswith(("：", ":", "。"))
    return addressed or (len(over) <= _LONGEST_NAME and over[-1].isalpha())


def _states_several_facts(line: str) -> bool:
    """Return whether a Chinese *line* tells of the page behind several labels: 来源：... 发布日期：..."""
    return is_han(line) and sum(map(line.count, ":：")) >= _SEVERAL_FACTS


def _tail_of(lines: Sequence[str], start: int, stop: int) -> tuple[int, str]:
    """Return where what follows the article begins between *start* and *stop*, and the rule that says so.

    It may have several headings, one below the other: it begins with the first of them.
    """
    whole = sum(map(len, lines[start:stop]))
    last = range(stop - 1, max(start, stop - _LONGEST_TAIL) - 1, -1)
    headings = {place: rule for place in last if (rule := _rule_of_heading(lines[place]))}
    headings |= {place: "about" for place in last if _ABOUT_ITSELF.match(lines[place])}
    headings |= {place: "about" for place in last if _is_about_who_follows(lines[place : place + 2])}
    headings |= _contact_over_about(lines, last)
    asked = next((place for place in last if place > start and _ASKS_OF_THE_PAGE.match(lines[place])), None)
    if asked is not None and headings.get(asked) == "contact":
        return asked, "contact"
    below, tail, name = 0, stop, ""
    for place in last:
        below += len(lines[place])
        much = (below * 5 > whole and below > _LITTLE) or below * 2 > whole
        if below * 3 > whole * 2 or (much and len(headings) < _MANY_HEADINGS):
            break
        if place in headings:
            tail, name = place, headings[place]
    return tail, name


def _is_about_who_follows(lines: Sequence[str]) -> bool:
    """Return whether the first of two *lines* is "About" a name, which the other one begins with."""
    found = _ABOUT_NAME.fullmatch(lines[0]) if len(lines) > 1 else None
    return found is not None and lines[1].removeprefix("The ").startswith(f"{found['who']} ")


def _contact_over_about(lines: Sequence[str], last: range) -> dict[int, str]:
    """Return the places of who is to be asked and of "About the Bank" below it, with their rules."""
    about = [place for place in last if ABOUT.fullmatch(lines[place])]
    over = range(last[-1], about[0]) if about else ()
    asked = [place for place in over if len(lines[place]) <= _LONGEST_STATEMENT and _asks(lines[place])]
    return dict.fromkeys(asked, "contact") | dict.fromkeys(about, "about") if asked else {}


def _asks(line: str) -> bool:
    return bool(_rule_of_heading(line) == "contact" or rule_of(fold(line), _CONTACTS))


def _below_end_mark(lines: Sequence[str], start: int, stop: int) -> int:
    """Return the place of an end mark over nothing but who is to be asked, else *stop*."""
    for place in range(stop - 1, max(start, stop - _LONGEST_TAIL) - 1, -1):
        if _HASHES.match(lines[place]) and not any(map(_NOTES.match, lines[place + 1 : place + 2])):
            whole = sum(map(len, lines[start:stop]))
            return place if sum(map(len, lines[place:stop])) * 2 < whole else stop
    for place in range(stop - 1, max(start, stop - _LONGEST_TAIL) - 1, -1):
        if END_MARK.fullmatch(lines[place]):
            return place if sum(map(len, lines[place:stop])) <= _LITTLE else stop
        if lines[place].endswith(_STOPS):  # a sentence of the notes to editors
            break
    return stop


def _title_rule(lines: Sequence[str], place: int, title: str) -> str | None:
    """Return the rule for a line that repeats *title*, behind a kicker, on two lines or before facts."""
    whole, said = squeeze(lines[place]).casefold(), squeeze(title).casefold()
    if title and lines[place].startswith(f"{title} ") and top_rule(lines[place][len(title) + 1 :]):
        return "title repeated"
    if not said or not whole.endswith(said):
        return "title repeated" if said and _is_part_of_title(lines, place, said) else None
    kicker = len(whole) - len(said)
    return "title repeated" if kicker == 0 or len(said) >= max(_LEAST_TITLE, kicker) else None


def _is_part_of_title(lines: Sequence[str], place: int, title: str) -> bool:
    """Return whether the line at *place* is one of a few in a row that are *title* together."""
    if squeeze(lines[place]).casefold() not in title:
        return False
    for start in range(max(0, place - _MOST_TITLE_LINES + 1), place + 1):
        together = ""
        for end, line in enumerate(lines[start : start + _MOST_TITLE_LINES], start):
            together += squeeze(line).casefold()
            if not title.startswith(together):
                break
            if together == title and end >= place:
                return True
    return False
