"""The lines of a text dump: wrapped passages are one, marks of text browsers and of Markdown are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from crawler.extract.dumps.databases import database_record
from crawler.extract.dumps.front_matter import under_title, without_fence
from crawler.extract.dumps.message_header import closing_of, message_header
from crawler.extract.dumps.messages import sent_text, signature_below, told_in_chat, unquoted
from crawler.extract.dumps.printed_pages import joined_word, without_page_edges
from crawler.extract.dumps.spoken import heading_of, is_control, is_spoken
from crawler.extract.dumps.typed_heads import (
    headline_lines,
    set_apart,
    with_centred_headline,
    with_posted_headline,
)
from crawler.extract.markup.encoding import clean
from crawler.extract.text import one_line

_WRAPPED_AT, _LEAST_HAN = range(34, 101), 40  # columns
_SLACK, _SLACK_HAN = 6, 4
_LEAST_INDENT, _MOST_INDENT = 3, 8  # columns of the first line of a paragraph
_OFF_MIDDLE = 4  # twice the columns
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]"
)
# A number goes on with what is counted, and what stands before it with a number, in Chinese and Japanese.
_OF_HAN = "[\u3041-\u30ff\u3400-\u9fff]"
_NUMBER_END = re.compile(rf"{_OF_HAN}\d[\d.,]{{0,12}}$")
_HAN_END, _NUMBER_OF_HAN = re.compile(rf"{_OF_HAN}$"), re.compile(rf"\d[\d.,]{{0,12}}{_OF_HAN}")
_OPENS_HAN = re.compile(_OF_HAN)
_WIDE_END = re.compile(rf"{_WIDE.pattern}[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e”’…]?$")
_STOPS = tuple(".!?。！？…”；;：:")
# How a line ends amid a sentence, be the next one a name.
_LEADS_ON = re.compile(
    r",$|[\s„“\"«(](?i:of|the|and|for|in|to|an?|by|with|from|at|on|as|der|die|das|den|dem|eine?|eine[mnrs]|und|von|vom|für|im|zu|zum|zur|mit|auf|bei|nach|vor|über|unter|durch|um|de|la|les?|et|du|des|y|el"
    r"|en|del|da|do|e|di)$"
)
_GAP = re.compile(r"\S {5,}\S")
_BULLET, _NUMBERED = re.compile(r"[*+•-]\s"), re.compile(r"\d{1,2}\.\s")
_MOST_OF_A_HEADLINE, _LEAST_OF_A_HEADLINE = 3, 25  # lines, and characters of the first
_UNDERLINE = re.compile(r"={3,}|\*{5,}")  # a headline stands above it
_DASHED, _OF_A_BOX = re.compile(r"-{3,}"), 2
_DIVIDER = re.compile(r"(?:[=*_~-]\s?){3,}")

# How lynx numbers links, and lists their addresses below the text.
_REFERENCES = "References"
_REFERENCE = re.compile(r"(?:(\d{1,4})\. \S+|(?:Visible|Hidden) links:?)?")
_LONGEST_LINK = 60  # characters of a line that begins with a link: of a menu
_NUMBER = re.compile(r"#?\[(\d{1,4})\]")
_LINK_NUMBER, _LEAST_NUMBERS = re.compile(r"(?<!\w)\[(\d{1,4})\](?=[^\W_])"), 3
_BUTTON = re.compile(r"\((?:BUTTON|Submit)\)|^IFRAME:\s.*")

_TITLE, _HEADING = re.compile(r"#\s+([^#\s].*)"), re.compile(r"#{2,6}\s+([^#\s].*)")
_TARGET = r"\([^()\s]{1,1000}(?:\([^()\s]{0,300}\)[^()\s]{0,300}){0,2}(?:\s\"[^\"]{0,300}\")?\)"
_ATTRIBUTES = r"(?:\{[#.\w][^{}]{0,300}\})?"  # as pandoc writes them
_IMAGE = re.compile(rf"!\[[^\[\]]{{0,300}}\]{_TARGET}{_ATTRIBUTES}")
_OF_PICTURE = re.compile(r"(?:©|\(c\)|(?:Foto|Photo|Bild|Quelle|Crédit|Image)s?\s?:).{1,80}$", re.IGNORECASE)
_OF_HEADING = re.compile(r"\s{0,3}\{[#.][^{}]{0,300}\}$")
_DIV = re.compile(r":{3,9}(?:\s?\{[^{}]{0,300}\}|\s[\w-]{1,60})?")
_LINK = re.compile(rf"\[([^\[\]]{{0,300}})\]{_TARGET}{_ATTRIBUTES}")
# Of html2text, whose addresses stand at the end: "[text][7]", and there "[7]: https://...".
_REFERRED = re.compile(r"!?\[([^\[\]]{0,300})\]\[([^\[\]]{1,60})\]")
_DEFINED = re.compile(r"\s{0,8}\[([^\[\]]{1,60})\]:\s{1,8}\S.*")
# As Firefox saves a text, and as newsletters write theirs.
_AUTOLINK = re.compile(
    r"(?:^|\s)(?:<(?:https?|mailto|javascript):[^\s<>]{1,2000}>|\(https?://[^\s()]{1,2000}\)"
    r"|\[\s?https?://[^\s\[\]]{1,2000}\s?\])"
)
_LEAST_AUTOLINKS = 2
_LONGEST_LINKED = 90  # characters of a line that is nothing but links
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)([^*_]{1,1000})(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_QUOTED = re.compile(r"\s{0,3}>\s?")
_LETTER = re.compile(r"[^\W_]")
_WORD_OF, _PARTED = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]{1,40}-\n\s{0,20}[^\W\d_]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpLine:
    """One line of a dump, with what its marks say of it."""

    text: str
    is_title: bool = False  # a heading of the first rank
    is_links: bool = False  # and nothing but links
    rule: str | None = None  # of what is no text wherever it stands


def read_dump_lines(dump: str) -> Sequence[DumpLine]:
    """Return the lines of *dump* that say something; lines that were wrapped at one width are one."""
    text, edges = without_page_edges(dump.removeprefix("\ufeff"))
    header, raw = message_header(sent_text(clean(text)).splitlines())
    above, raw = unquoted(raw)
    who, raw = told_in_chat(raw)
    end = min(signature_below(raw), closing_of(raw) if header else len(raw))
    fields, body = without_fence(raw[:end])
    for fields_over in (under_title, database_record):
        if not fields:
            fields, body = fields_over(body)
    aligned, body = set_apart(with_centred_headline(body))
    body, references = _parted(body)
    joined = with_posted_headline(list(_joined(list(_passages(body)), by_program=bool(references))))
    lines = map(_line_reader(body, references), joined)
    listed = (DumpLine(text=one_line(line), is_links=True) for line in references)
    return [
        line
        for line in (
            *_taken_off((*header, *above, *who), "message header"),
            *_taken_off(fields, "meta line"),
            *_taken_off(aligned, "letterhead"),
            *lines,
            *listed,
            *_taken_off(raw[end:], "signature"),
            *_taken_off(edges, "page edge"),
        )
        if line.text
    ]


def _taken_off(lines: Iterable[str], rule: str) -> Iterator[DumpLine]:
    return (DumpLine(text=one_line(line), rule=rule) for line in lines)


def _parted(raw: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return *raw* up to the list of addresses at its end, and that list, if there is one."""
    place = len(raw)
    while place and _REFERENCE.fullmatch(raw[place - 1].strip()):
        place -= 1
    if not place or place == len(raw) or raw[place - 1].strip() != _REFERENCES:
        return raw, ()
    return raw[: place - 1], raw[place - 1 :]


def _passages(raw: Sequence[str]) -> Iterator[list[str]]:
    """Yield the passages of *raw*: blank lines, bullets, headings and indented first lines part them."""
    passage: list[str] = []
    depth = 0
    for line in raw:
        text = line.strip()
        indent = len(line) - len(line.lstrip())
        indented = indent > depth and not _is_item(passage) and not _is_centred(passage, line)
        begins = _opens_item(text) or text.startswith("#") or indented
        if passage and (begins or not text):
            yield passage
            passage = []
        if text:
            passage.append(line)
            depth = indent
    if passage:
        yield passage


def _is_centred(passage: Sequence[str], line: str) -> bool:
    """Return whether *line* stands in the middle below the last one of *passage*, as of a long headline."""
    before = passage[-1] if passage else ""
    return (
        len(before.strip()) in _WRAPPED_AT and abs(_twice_middle(before) - _twice_middle(line)) <= _OFF_MIDDLE
    )


def _twice_middle(line: str) -> int:
    line = line.rstrip()
    return len(line) + len(line) - len(line.lstrip())


def _is_item(passage: Sequence[str]) -> bool:
    return bool(passage) and _opens_item(passage[0].lstrip())


def _opens_item(text: str) -> bool:
    return (_BULLET.match(text) or _NUMBERED.match(text)) is not None


def _joined(passages: Sequence[Sequence[str]], *, by_program: bool) -> Iterator[str]:
    """Yield the lines of *passages*, a wrapped passage as one; *by_program*: a text browser wraps all."""
    read = [_underlined(passage) for passage in passages]
    width = _width_of([passage for passage in read if len(passage) > 1 and (by_program or _go_on(passage))])
    words = _words_of(read)
    for passage in read:
        lines = headline_lines([one_line(line) for line in passage])
        if width in _widths_of(passage) or (width and _is_cut_headline(lines)):
            yield _put_together(lines, words)
        else:
            yield from lines


def _is_cut_headline(lines: Sequence[str]) -> bool:
    """Return whether *lines* are a headline in larger letters, that was wrapped sooner than the text."""
    return (
        1 < len(lines) <= _MOST_OF_A_HEADLINE
        and len(lines[0]) >= _LEAST_OF_A_HEADLINE
        and all(line[:1].islower() for line in lines[1:])
        and not any(line.endswith((*_STOPS, ",")) for line in lines)
    )


def _width_of(passages: Sequence[Sequence[str]]) -> int:
    """Return the width at which most lines of *passages* were wrapped, the widest of such; 0: none."""
    likely = {max(map(_columns, passage)) for passage in passages}.intersection(_WRAPPED_AT)
    fitting = dict.fromkeys(sorted(likely, reverse=True), 0)
    for passage in passages:
        widths = _widths_of(passage)
        for width in fitting:
            fitting[width] += len(passage) - 1 if width in widths else 0
    best = max(fitting, key=fitting.__getitem__, default=0)
    return best if best and fitting[best] else 0


def _underlined(passage: Sequence[str]) -> Sequence[str]:
    """Return the lines of *passage* without the margin that they share, an underlined one with '#'."""
    margin = min(len(line) - len(line.lstrip()) for line in passage)
    lines = [line[margin:].rstrip() for line in passage]
    if len(lines) > _OF_A_BOX and _UNDERLINE.fullmatch(lines[0]) and _UNDERLINE.fullmatch(lines[-1]):
        return lines[1:-1]  # a banner
    if len(lines) == 2 and _DASHED.fullmatch(lines[1]) and not _DIVIDER.fullmatch(lines[0]):
        return [f"# {lines[0].lstrip(' *')}"]
    marked = [
        f"# {line.lstrip()}" if _UNDERLINE.fullmatch(below) and not _DIVIDER.fullmatch(line) else line
        for line, below in pairwise((*lines, ""))
    ]
    return [line for line in marked if not _DIVIDER.fullmatch(line)] or [""]


def _go_on(lines: Sequence[str]) -> bool:
    """Return whether sentences go on in the next line, with a small letter or a character of the Far East.

    So they do where the first line alone is indented.
    """
    if len(lines) > 1 and lines[0][:_LEAST_INDENT].isspace() and not lines[1][:1].isspace():
        return True
    on = sum(
        after[:1].islower()
        or (_goes_on_wide(line, after) and not line.endswith(_STOPS))
        or _LEADS_ON.search(line) is not None
        for line, after in pairwise(lines)
    )
    return len(lines) > 1 and on * 2 >= len(lines) - 1


def _widths_of(lines: Sequence[str]) -> range:
    """Return the widths at which each of *lines* ends where its next word would have made it wider.

    Other passages may be a little wider than the one that a width was measured on.
    """
    if len(lines[0]) - len(lines[0].lstrip()) > _MOST_INDENT or any(map(_GAP.search, lines)):
        return range(0)  # a signature, below it another line, or what stands in columns
    narrow = (_columns(line) + _next_columns(line, after) for line, after in pairwise(lines))
    least = _LEAST_HAN if any(map(_WIDE.search, lines)) else _WRAPPED_AT.start
    return range(max(least, max(map(_columns, lines)) - _SLACK), min(narrow, default=_WRAPPED_AT.stop))


def _next_columns(line: str, after: str) -> int:
    """Return how much wider *line* would be with the first word of the line *after* it."""
    if _goes_on_wide(line, after):
        return 2 + _SLACK_HAN  # a mark, that may not begin a line, takes a character along
    return 1 + _columns(after.split(maxsplit=1)[0])


def _goes_on_wide(line: str, after: str) -> bool:
    """Return whether no blank belongs between two lines: both are of characters of the Far East."""
    if _NUMBER_END.search(line) and _OPENS_HAN.match(after):
        return True
    if _HAN_END.search(line) and _NUMBER_OF_HAN.match(after):
        return True
    return _WIDE.match(after) is not None and _WIDE_END.search(line) is not None


def _columns(line: str) -> int:
    return len(line) if line.isascii() else len(line) + len(_WIDE.findall(line))


def _words_of(passages: Sequence[Sequence[str]]) -> Collection[str]:
    """Return the words of *passages* if a hyphen parts one at the end of a line, but not the parts of it."""
    if not any(line.endswith("-") for passage in passages for line in passage[:-1]):
        return ()
    text = "\n\n".join(map("\n".join, passages)).lower()
    return frozenset(_WORD_OF.findall(_PARTED.sub(" ", text)))


def _put_together(lines: Sequence[str], words: Collection[str]) -> str:
    parts = [lines[0]]
    for line, after in pairwise(lines):
        if line.endswith("-") and (word := joined_word(line, after, words)) is not None:
            parts[-1] = parts[-1][: len(parts[-1]) - len(line)] + word
        else:
            parts += [after] if _goes_on_wide(line, after) else [" ", after]
    return "".join(parts)


def _line_reader(raw: Sequence[str], references: Sequence[str]) -> Callable[[str], DumpLine]:
    """Return what reads the marks of a line: those of Markdown, those of lynx, or none but a title's."""
    if is_spoken(raw):
        return _spoken_line
    defined = {found[1] for line in raw if (found := _DEFINED.fullmatch(line))}
    if defined or any(_TITLE.match(line) or _HEADING.match(line) or _LINK.search(line) for line in raw):
        return partial(_markdown_line, defined=defined)
    if sum(len(_AUTOLINK.findall(line)) for line in raw) >= _LEAST_AUTOLINKS:
        return _saved_line
    numbers = {found[1] for line in references if (found := _REFERENCE.fullmatch(line.strip())) and found[1]}
    numbers = numbers or _running_numbers(raw)
    return partial(_numbered_line, links=numbers) if numbers else _plain_line


def _running_numbers(raw: Sequence[str]) -> set[str]:
    """Return the numbers of links in the copy of a part of what lynx printed, without their addresses.

    They count on before words, and some share a line, which those of a bibliography never do.
    """
    found = [_LINK_NUMBER.findall(line) for line in raw]
    numbers = [int(number) for line in found for number in line]
    runs = len(numbers) >= _LEAST_NUMBERS and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return {str(number) for number in numbers} if runs and max(map(len, found)) > 1 else set()


def _plain_line(text: str) -> DumpLine:
    title = _TITLE.fullmatch(text)
    said = title[1] if title else text
    if "(BUTTON)" in said:
        return DumpLine(text=one_line(_BUTTON.sub("", said)), is_links=len(said) <= _LONGEST_LINK)
    return DumpLine(text=said, is_title=title is not None)


def _markdown_line(text: str, defined: Collection[str] = ()) -> DumpLine:
    if _DIV.fullmatch(text.strip()) or (defined and _DEFINED.fullmatch(text)):
        return DumpLine(text=text.strip(), is_links=True)
    title = _TITLE.fullmatch(text)
    marked = title or _HEADING.fullmatch(text)
    text = _QUOTED.sub("", text)
    shown = _IMAGE.sub("", _OF_HEADING.sub("", marked[1]).rstrip("# ") if marked else text)
    for _ in range(2 if defined else 0):  # a picture may be a link
        shown = _REFERRED.sub(partial(_as_link, defined=defined), shown)
    if shown != text and _OF_PICTURE.match(shown.strip()):
        return DumpLine(text=one_line(shown), rule="picture")
    unlinked, said = _LINK.sub("", shown), _without_bullet(_LINK.sub(r"\1", shown))
    return DumpLine(
        text=one_line(_ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", said))),
        is_title=title is not None,
        is_links=unlinked != shown and not _LETTER.search(unlinked),
    )


def _as_link(found: re.Match[str], defined: Collection[str]) -> str:
    """Return a link of Markdown for one whose address stands elsewhere, nothing for a picture."""
    if found[2] not in defined:
        return found[0]
    return "" if found[0].startswith("!") else f"[{found[1]}](#)"


def _spoken_line(text: str) -> DumpLine:
    if heading := heading_of(text):
        return DumpLine(text=heading[1], is_title=heading[0] == 1)
    return DumpLine(text=text, rule="spoken" if is_control(text) else None)


def _saved_line(text: str) -> DumpLine:
    """Return a line as a browser saves it, without the addresses of its links."""
    line = _plain_line(text)
    links = len(_AUTOLINK.findall(line.text))
    said = one_line(_without_bullet(_AUTOLINK.sub("", line.text)))
    opens = links > 1 or line.text.endswith((">", ")"))
    is_links = links > 0 and opens and len(said) <= _LONGEST_LINKED and not said.endswith(_STOPS)
    return DumpLine(text=said, is_title=line.is_title, is_links=is_links)


def _numbered_line(text: str, links: Collection[str]) -> DumpLine:
    line = _plain_line(text)
    shown = _NUMBER.sub(lambda number: "" if number[1] in links else number[0], _BUTTON.sub("", line.text))
    opens = _NUMBER.match(line.text.lstrip("*+- ")) is not None
    return DumpLine(
        text=one_line(_without_bullet(shown)),
        is_title=line.is_title,
        is_links=opens and len(line.text) <= _LONGEST_LINK,
    )


def _without_bullet(text: str) -> str:
    """Return *text* without the mark of an item that both programs write; numbers are the text's own."""
    bullet = _BULLET.match(text)
    return text[bullet.end() :] if bullet else text


def lines_of_markdown(text: str) -> list[str]:
    """Return the lines of *text* without the marks of Markdown."""
    return [_markdown_line(line).text for line in text.splitlines() if line.strip()]
