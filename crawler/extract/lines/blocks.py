"""A tree read once from top to bottom: its lines of text, each with the frame it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from crawler.extract.lines.hints import Hint, purpose_of
from crawler.extract.lines.wrapped import is_wrapped, unwrapped, without_hanging_lines
from crawler.extract.text import without_invisible
from pipelines.blanks import single_spaced

# How a walk treats an element, those that it enters first; every tag that is not listed is a frame.
_FRAME, _TEXT, _LINK, _BOLD, _LINE_END, _IMAGE, _SKIP, _CONTROL, _RAISED, _TEMPLATE = range(10)
_KINDS: dict[object, int] = {
    etree.Comment: _SKIP,
    etree.ProcessingInstruction: _SKIP,
    etree.Entity: _SKIP,
    **dict.fromkeys(
        "script style noscript svg math head meta link iframe object embed applet "
        "select option optgroup"
        " datalist input textarea canvas audio video source track map area progress meter dialog"
        " noframes frameset param base title basefont".split(),
        _SKIP,
    ),
    **dict.fromkeys(
        "abbr acronym bdi bdo big cite code data del dfn em font i ins kbd label mark nobr "
        "o:p q rb rp rt ruby s"
        " samp small span st1:personname strike sub time tt u var wbr".split(),
        _TEXT,
    ),
    "button": _CONTROL,
    "a": _LINK,
    "b": _BOLD,
    "strong": _BOLD,
    "br": _LINE_END,
    "img": _IMAGE,
    "sup": _RAISED,
    "template": _TEMPLATE,
}
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_MARKED = frozenset({_LINK, _BOLD})
# Marks a <br> inside a line that is being collected. NUL cannot come from a page: decoding takes it out.
_BREAK = "\0"
_NOWHERE = -1  # where a link begins that leads nowhere
_PREFORMATTED = re.compile(r"white-space\s{0,5}:\s{0,5}(?:pre|break-spaces)", re.IGNORECASE)
_BLOCK = re.compile(r"display\s{0,5}:\s{0,5}block", re.IGNORECASE)
_NOTE = re.compile(
    r"[\W_]{0,2}(?:[^\W\d_]{1,12}\s)?(?:\d{1,3}|[a-z]|)[\W_]{0,2}", re.IGNORECASE
)  # "[note 1]"
_FOR_LISTENERS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader|show-for-sr)(?:$|[\s_-])"
)
_STANDS_FOR_BREAK = re.compile(r"(?:^|\s)br(?:$|\s)")  # <span class="br"></span>, of editors of apps
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:img|image|photo|pic)[_-]?(?:desc|descr|caption|txt)(?:$|[\s_-])", re.IGNORECASE
)
_ANCHORS = frozenset(("#", "¶", "🔗", "↩", "↩︎", "↑"))  # all that a link to its own heading or note says
_INDENT_BEGINS = "\n\u3000"
_INDENTED = ("\u3000", "\xa0\xa0\xa0", "\u2003\u2003")


class Frame:
    """A block-level element on the way to a line; only one that holds lines is described."""

    __slots__ = ("depth", "element", "end", "first", "hints", "key", "name", "parent", "tag")

    def __init__(self, element: etree._Element, tag: str, parent: Frame | None, first: int) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.first = first  # index of its first block
        self.end = first  # index after its last block

    def keeps_lines(self) -> bool:
        """Return whether line ends in the markup are shown as such."""
        return self.tag == "pre" or bool(_PREFORMATTED.search(self.element.get("style") or ""))

    def describe(self) -> None:
        """Read what the element says of its purpose; that of its parent was read before."""
        name = self.name = self.element.get("class") or ""
        hints = purpose_of(self.tag, name, self.element)
        parent = self.parent
        if parent is None:
            self.hints = hints
            self.depth = 0
            self.key = hash((self.tag, name))
        else:
            self.hints = hints | parent.hints & Hint.INHERITED
            self.depth = parent.depth + 1
            # The same for frames whose tags and classes, and those of all around, are the same.
            self.key = hash((parent.key, self.tag, name))


def _is_control(element: etree._Element) -> bool:
    """Return whether a button is one: an unclosed tag lets it swallow the rest of the page."""
    return element.find(".//p") is None


def _shows_a_block(style: str) -> bool:
    """Return whether what has this *style* is a line of its own, as most spans that have one are not."""
    return "block" in style and _BLOCK.search(style) is not None


@lru_cache(maxsize=4096)
def _kind_named(name: str) -> int:
    """Return as what an element amid a line is read that has this class *name*.

    What is read to listeners alone, behind what others see, is passed over; a caption is a line of its own.
    """
    if _FOR_LISTENERS.search(name):
        return _SKIP
    if _STANDS_FOR_BREAK.search(name):
        return _LINE_END
    return _FRAME if _CAPTION.search(name) else _TEXT


def _is_note(element: etree._Element) -> bool:
    """Return whether a raised number leads to a note at the foot of the page: it is no part of its word."""
    around = element.getparent()
    link = around if around is not None and around.tag == "a" else element.find("a")
    leads_down = link is not None and (link.get("href") or "").startswith("#")
    return leads_down and _NOTE.fullmatch("".join(element.itertext()).strip()) is not None


def _unwrapped(text: str) -> str:
    """Return the *text* of one node without the ends of lines amid its sentences."""
    return unwrapped([line.strip() for line in text.split("\n")]) if is_wrapped(text) else text


class Block:
    """One line of text as a reader sees it; "\\n" inside it stands for a single <br>."""

    __slots__ = ("emphasised", "frame", "index", "linked", "links", "size", "text")

    def __init__(self, text: str, frame: Frame, index: int, linked: int, emphasised: int, links: int) -> None:
        self.text = text
        # In bytes: a Han character says about as much as three Latin letters.
        self.size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
        self.frame = frame
        self.index = index
        self.linked = linked  # characters inside links
        self.emphasised = emphasised  # characters in bold
        self.links = links


class Reading:
    """What a walk found: blocks in order, frames in order, images with the block they follow."""

    __slots__ = ("blocks", "frames", "images")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.frames: list[Frame] = []
        self.images: list[tuple[int, etree._Element]] = []


def read_blocks(
    root: etree._Element, *, noise: frozenset[etree._Element] = frozenset(), break_ends_line: bool = False
) -> Reading:
    """Return the blocks under *root*, without *noise*; *break_ends_line* says what one <br> means."""
    return _Walk(root, noise, break_ends_line=break_ends_line).run(root)


class _Walk:
    """The state of one walk. An explicit stack, because pages nest deeper than Python recurses."""

    __slots__ = (
        "before",
        "blocks",
        "bold_marks",
        "break_ends_line",
        "emphasised",
        "frame",
        "frames",
        "link_marks",
        "linked",
        "links",
        "noise",
        "parts",
        "reading",
    )

    def __init__(
        self, root: etree._Element, noise: frozenset[etree._Element], *, break_ends_line: bool
    ) -> None:
        self.noise = noise
        self.break_ends_line = break_ends_line
        self.reading = Reading()
        self.blocks, self.frames = self.reading.blocks, self.reading.frames
        self.frame = Frame(root, str(root.tag), None, 0)
        self.frames.append(self.frame)
        self.parts: list[str] = [root.text] if root.text else []
        self.before = 0  # parts of the lines before this one
        self.link_marks: list[int] = []  # parts of the page before each link that is open, and bold text
        self.bold_marks: list[int] = []
        self.linked = 0
        self.emphasised = 0
        self.links = 0  # since the last line

    def run(self, root: etree._Element) -> Reading:  # noqa: PLR0912 - one dispatch, the hottest loop of all
        parts, noise, kind_of, leave = self.parts, self.noise, _KINDS.get, self.leave
        children = iter(root[:])
        above: list[tuple[etree._Element, int, Iterator[etree._Element]]] = []
        while True:
            for child in children:
                tag = child.tag
                kind = kind_of(tag, _FRAME)
                if kind > _BOLD or (noise and child in noise):
                    kind = self.pass_by(child, kind)
                elif kind == _TEXT:
                    tag, kind = self.shown_as(child, str(tag))
                if kind <= _BOLD:
                    if kind == _FRAME:
                        self.open(child, str(tag))
                    text = self.enter(child, kind) if kind in _MARKED else child.text
                    if text and (parts or not text.isspace()):
                        parts.append(text)
                    if len(child):
                        above.append((child, kind, children))
                        children = iter(child[:])  # one after another they take longer than at once
                        break
                    if kind != _TEXT:
                        leave(kind)
                if (tail := child.tail) and (parts or not tail.isspace()):
                    parts.append(tail)
            else:
                if not above:
                    break
                element, kind, children = above.pop()
                if kind != _TEXT:
                    leave(kind)
                if (tail := element.tail) and (parts or not tail.isspace()):
                    parts.append(tail)
        return self.end()

    def shown_as(self, element: etree._Element, tag: str) -> tuple[str, int]:
        """Return the tag and the kind as which an element amid a line is shown."""
        if (style := element.get("style")) and _shows_a_block(style):
            return "div", _FRAME
        kind = _kind_named(name) if (name := element.get("class")) else _TEXT
        if kind == _FRAME:
            return "div", _FRAME
        if kind == _TEXT or not self.parts:
            return tag, _TEXT
        if kind == _LINE_END:
            if element.text or len(element):
                return tag, _TEXT
            self.break_line()
        return tag, _SKIP

    def open(self, element: etree._Element, tag: str) -> None:
        """Begin the frame of *element*, on a line of its own."""
        if self.parts:
            self.flush()
        self.frame = Frame(element, tag, self.frame, len(self.blocks))
        self.frames.append(self.frame)

    def end(self) -> Reading:
        """Return what was read, with every frame described that holds a line."""
        self.flush()
        reading = self.reading
        reading.frames[0].end = len(reading.blocks)
        for frame in reading.frames:
            if frame.end > frame.first:
                frame.describe()
        return reading

    def pass_by(self, element: etree._Element, kind: int) -> int:
        """Take note of an element that is not entered; return its kind, another one for no real button."""
        if element in self.noise or kind == _SKIP:
            return _SKIP
        if kind == _LINE_END:
            self.break_line()
        elif kind == _IMAGE:
            self.reading.images.append((len(self.blocks), element))
        elif kind == _RAISED:
            return _SKIP if _is_note(element) else _TEXT
        elif kind == _TEMPLATE:  # of a component that is shown, or of what a script may add
            return _FRAME if element.get("shadowrootmode") else _SKIP
        elif kind == _CONTROL and self.frame.tag in _HEADINGS:  # it opens what stands below it
            return _TEXT
        elif kind == _CONTROL and not _is_control(element):
            return _FRAME
        return kind

    def enter(self, element: etree._Element, kind: int) -> str | None:
        """Enter a link or bold text; return its own text, of a link to its own heading none."""
        text = element.text
        if kind == _BOLD:
            self.bold_marks.append(self.before + len(self.parts))
            return text
        target = element.get("href")
        if target is None and not element.get("onclick"):  # a name for its place, or what opens a part
            self.link_marks.append(_NOWHERE)
            return text
        self.link_marks.append(self.before + len(self.parts))
        self.links += 1
        to_itself = target and target.startswith("#") and (text in _ANCHORS or text == target)
        return None if to_itself else text

    def leave(self, kind: int) -> None:
        """Leave a frame, a link or bold text."""
        if kind == _FRAME:
            if self.parts:
                self.flush()
            frame = self.frame
            frame.end = len(self.blocks)
            if frame.tag in _HEADINGS and frame.end - frame.first == 1:  # whatever its line stands in
                self.blocks[-1].frame = frame
            if frame.parent is not None:
                self.frame = frame.parent
        elif kind == _LINK:
            self.linked += self.length_since(self.link_marks.pop())
        else:
            self.emphasised += self.length_since(self.bold_marks.pop())

    def length_since(self, mark: int) -> int:
        size = 0
        for part in self.parts[max(mark - self.before, 0) :] if mark != _NOWHERE else ():
            size += len(part.strip())
        return size

    def break_line(self) -> None:
        """A <br>: the second of a run ends the line, and so does one that starts an indented line."""
        if self.break_ends_line:
            self.flush()
            return
        for part in reversed(self.parts):
            if part == _BREAK:
                self.flush()
                return
            if not part.isspace():
                break
        self.parts.append(_BREAK)

    def flush(self) -> None:
        """End the line that is being collected; links and bold text that are open go on in the next one."""
        parts, linked, bold = self.parts, self.linked, self.emphasised
        text = parts[0] if len(parts) == 1 else "".join(parts)
        if self.link_marks:
            linked += self.length_since(self.link_marks[-1])
        if self.bold_marks:
            bold += self.length_since(self.bold_marks[-1])
        if "\n" in text:
            text = self.as_shown(text)
        self.before += len(parts)
        parts.clear()
        self.linked = self.emphasised = 0
        if _BREAK in text:
            self.add_lines(text, linked, bold)
        elif line := single_spaced(text):
            self.add(line, linked, bold)

    def as_shown(self, text: str) -> str:
        """Return *text*, which has ends of lines in the markup, as a reader sees it."""
        wrapped = not text.isascii() and is_wrapped(text)
        if _INDENT_BEGINS in text:  # what a style sheet alone shows as paragraphs
            return text.replace("\n", _BREAK)
        if self.frame.keeps_lines():
            return (without_hanging_lines(text) if wrapped else text).replace("\n", _BREAK)
        return "".join(map(_unwrapped, self.parts)) if wrapped else text

    def add_lines(self, text: str, linked: int, bold: int) -> None:
        lines: list[str] = []
        share = linked / max(1, len(text)), bold / max(1, len(text))
        for piece in (*text.split(_BREAK), ""):
            if lines and (not piece.strip() or piece.strip(" \t\r\n").startswith(_INDENTED)):
                whole = "\n".join(lines)
                self.add(whole, int(share[0] * len(whole)), int(share[1] * len(whole)))
                lines = []
            if line := " ".join(piece.split()):
                lines.append(line)

    def add(self, text: str, linked: int, bold: int) -> None:
        if not text.isascii() and not (text := without_invisible(text)):
            return
        blocks, size = self.blocks, len(text)
        linked = linked if linked < size else size
        bold = bold if bold < size else size
        blocks.append(Block(text, self.frame, len(blocks), linked, bold, self.links))
        self.links = 0
