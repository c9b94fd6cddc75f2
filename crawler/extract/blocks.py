"""A tree read once from top to bottom: its lines of text, each with the frame it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from crawler.extract.hints import Hint, hints_of_attributes, hints_of_tag

_SKIPPED = frozenset(
    "script style noscript template svg math head meta link iframe object embed applet select option optgroup"
    " datalist button input textarea canvas audio video source track map area progress meter dialog"
    " noframes frameset param base title basefont".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr o:p q rb rp rt ruby s"
    " samp small span st1:personname strike strong sub sup time tt u var wbr".split()
)
# Marks a <br> inside a line that is being collected. NUL cannot come from a page: decoding takes it out.
_BREAK = "\0"
_INDENTED = ("\u3000", "\xa0\xa0\xa0", "\u2003\u2003")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)


class Frame:
    """A block-level element on the way to a line; it adds up the text that stands inside of it."""

    __slots__ = (
        "characters", "children", "depth", "element", "end", "first", "hints", "key", "linked", "parent",
        "prose", "tag",
    )  # fmt: skip

    def __init__(self, element: etree._Element, parent: Frame | None, first: int) -> None:
        tag = element.tag
        name = element.get("class") or ""
        identifier = element.get("id") or ""
        self.element = element
        self.parent = parent
        self.tag = tag
        self.first = first  # index of its first block
        self.end = first  # index after its last block
        self.characters = 0
        self.linked = 0
        self.prose = 0  # characters of lines that read like prose
        self.children = 0
        self.hints = hints_of_tag(tag) | hints_of_attributes(name, identifier)
        if parent is None:
            self.depth = 0
            self.key = hash((tag, name))
        else:
            parent.children += 1
            self.depth = parent.depth + 1
            self.key = hash((parent.key, tag, name))
            self.hints |= parent.hints & Hint.INHERITED
        if element.get("style") or element.get("hidden") is not None or element.get("role"):
            self.hints |= _hints_of_style(element)


_HIDDEN_STYLE = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
_ROLES = {
    "navigation": Hint.NAVIGATION, "complementary": Hint.ASIDE, "contentinfo": Hint.FOOTER, "banner": Hint.HEADER,
    "dialog": Hint.POPUP, "alertdialog": Hint.POPUP, "search": Hint.FORM, "menu": Hint.NAVIGATION,
    "menubar": Hint.NAVIGATION, "main": Hint.MAIN, "article": Hint.ARTICLE,
}  # fmt: skip


def _hints_of_style(element: etree._Element) -> int:
    hints = _ROLES.get(element.get("role") or "", 0)
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or ""):
        hints |= Hint.HIDDEN
    return hints


class Block:
    """One line of text as a reader sees it; "\\n" inside it stands for a single <br>."""

    __slots__ = ("emphasised", "frame", "index", "linked", "text")

    def __init__(self, text: str, frame: Frame, index: int, linked: int, emphasised: int) -> None:
        self.text = text
        self.frame = frame
        self.index = index
        self.linked = linked  # characters inside links
        self.emphasised = emphasised  # characters in bold


class Reading:
    """What a walk found: blocks in order, frames in order, images and links with the block they follow."""

    __slots__ = ("blocks", "frames", "images", "links")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.frames: list[Frame] = []
        self.images: list[tuple[int, etree._Element]] = []
        self.links: list[tuple[int, etree._Element]] = []


def read_blocks(
    root: etree._Element, *, noise: frozenset[etree._Element] = frozenset(), break_ends_line: bool = False
) -> Reading:
    """Return the blocks under *root*, without *noise*; *break_ends_line* says what one <br> means."""
    return _Walk(noise, break_ends_line).run(root)


class _Walk:
    """The state of one walk. An explicit stack, because pages nest deeper than Python recurses."""

    __slots__ = (
        "bold_marks",
        "break_ends_line",
        "emphasised",
        "frame",
        "link_marks",
        "linked",
        "noise",
        "parts",
        "reading",
    )

    def __init__(self, noise: frozenset[etree._Element], break_ends_line: bool) -> None:
        self.noise = noise
        self.break_ends_line = break_ends_line
        self.reading = Reading()
        self.parts: list[str] = []
        self.link_marks: list[int] = []
        self.bold_marks: list[int] = []
        self.linked = 0
        self.emphasised = 0

    def run(self, root: etree._Element) -> Reading:
        self.frame = Frame(root, None, 0)
        self.reading.frames.append(self.frame)
        if root.text:
            self.parts.append(root.text)
        stack: list[tuple[etree._Element, Iterator[etree._Element]]] = [(root, iter(root))]
        parts = self.parts
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if stack:
                    self.close(element)
            elif self.open(child):
                if text := child.text:
                    parts.append(text)
                if len(child):
                    stack.append((child, iter(child)))
                    continue
                self.close(child)
                element = child
            else:
                element = child
            if child is None or element is child:
                if stack and (tail := element.tail):
                    parts.append(tail)
        self.flush()
        self.frame.end = len(self.reading.blocks)
        return self.reading

    def open(self, element: etree._Element) -> bool:
        """Enter *element*; return whether it is to be read."""
        tag = element.tag
        if type(tag) is not str or tag in _SKIPPED or (self.noise and element in self.noise):
            return False
        if tag in _INLINE:
            if tag == "a":
                self.link_marks.append(len(self.parts))
                self.reading.links.append((len(self.reading.blocks), element))
            elif tag in ("b", "strong"):
                self.bold_marks.append(len(self.parts))
            return True
        if tag == "br":
            self.break_line()
            return False
        if tag == "img":
            self.reading.images.append((len(self.reading.blocks), element))
            return False
        self.flush()
        self.frame = Frame(element, self.frame, len(self.reading.blocks))
        self.reading.frames.append(self.frame)
        return True

    def close(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _INLINE:
            if tag == "a":
                self.linked += self.length_since(self.link_marks.pop())
            elif tag in ("b", "strong"):
                self.emphasised += self.length_since(self.bold_marks.pop())
            return
        self.flush()
        frame = self.frame
        frame.end = len(self.reading.blocks)
        if (parent := frame.parent) is not None:
            parent.characters += frame.characters
            parent.linked += frame.linked
            parent.prose += frame.prose
            self.frame = parent

    def length_since(self, mark: int) -> int:
        return sum(len(part.strip()) for part in self.parts[mark:])

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
        """End the line that is being collected."""
        parts = self.parts
        if not parts:
            return
        text = "".join(parts)
        linked = self.linked + (self.length_since(self.link_marks[-1]) if self.link_marks else 0)
        bold = self.emphasised + (self.length_since(self.bold_marks[-1]) if self.bold_marks else 0)
        parts.clear()
        self.linked = self.emphasised = 0
        self.link_marks = [0] * len(self.link_marks)
        self.bold_marks = [0] * len(self.bold_marks)
        if _BREAK in text:
            self.add_lines(text, linked, bold)
        elif line := " ".join(text.split()):
            self.add(line, linked, bold)

    def add_lines(self, text: str, linked: int, bold: int) -> None:
        lines: list[str] = []
        share = linked / max(1, len(text)), bold / max(1, len(text))
        for piece in text.split(_BREAK):
            if lines and piece.strip(" \t\r\n").startswith(_INDENTED):
                whole = "\n".join(lines)
                self.add(whole, int(share[0] * len(whole)), int(share[1] * len(whole)))
                lines = []
            if line := " ".join(piece.split()):
                lines.append(line)
        if lines:
            whole = "\n".join(lines)
            self.add(whole, int(share[0] * len(whole)), int(share[1] * len(whole)))

    def add(self, text: str, linked: int, bold: int) -> None:
        if not text.isascii() and _INVISIBLE.search(text):
            text = " ".join(_INVISIBLE.sub("", text).split(" ")).strip()
            if not text:
                return
        frame = self.frame
        blocks = self.reading.blocks
        size = len(text)
        frame.characters += size
        frame.linked += min(linked, size)
        if size > 60 and linked * 3 < size:
            frame.prose += size
        blocks.append(Block(text, frame, len(blocks), min(linked, size), min(bold, size)))
