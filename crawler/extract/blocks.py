"""A tree read once from top to bottom: its lines of text, each with the frame it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from crawler.extract.hints import Hint, hints_of_attributes, hints_of_tag
from crawler.extract.text import without_invisible

# How a walk treats an element; every tag that is not listed is a block of its own.
_CONTROL, _SKIP, _TEXT, _LINK, _BOLD, _LINE_END, _IMAGE, _FRAME = range(8)
_KINDS: dict[object, int] = {
    etree.Comment: _SKIP,
    etree.ProcessingInstruction: _SKIP,
    etree.Entity: _SKIP,
    **dict.fromkeys(
        "script style noscript template svg math head meta link iframe object embed applet "
        "select option optgroup"
        " datalist input textarea canvas audio video source track map area progress meter dialog"
        " noframes frameset param base title basefont".split(),
        _SKIP,
    ),
    **dict.fromkeys(
        "abbr acronym bdi bdo big cite code data del dfn em font i ins kbd label mark nobr "
        "o:p q rb rp rt ruby s"
        " samp small span st1:personname strike sub sup time tt u var wbr".split(),
        _TEXT,
    ),
    "button": _CONTROL,
    "a": _LINK,
    "b": _BOLD,
    "strong": _BOLD,
    "br": _LINE_END,
    "img": _IMAGE,
}
# Marks a <br> inside a line that is being collected. NUL cannot come from a page: decoding takes it out.
_BREAK = "\0"
_INDENTED = ("\u3000", "\xa0\xa0\xa0", "\u2003\u2003")

# Classes of these speak of the page ("comments-open", "has-sidebar", "tag-economy"), not of its parts.
_NAMED_FOR_ALL = frozenset({"html", "body", "main", "article"})


class Frame:
    """A block-level element on the way to a line; it adds up the text that stands inside of it."""

    __slots__ = (
        "characters", "children", "depth", "element", "end", "features", "first", "hints", "key",
        "linked", "parent",
        "prose", "tag",
    )  # fmt: skip

    def __init__(self, element: etree._Element, parent: Frame | None, first: int) -> None:
        tag = element.tag
        name = element.get("class") or ""
        identifier = element.get("id") or ""
        self.element = element
        self.parent = parent
        self.tag = str(tag)
        self.first = first  # index of its first block
        self.end = first  # index after its last block
        self.characters = 0
        self.linked = 0
        self.prose = 0  # characters of lines that read like prose
        self.children = 0
        self.features: tuple[float, ...] | None = None  # of the block model, once asked for
        self.hints = hints_of_tag(self.tag)
        if (name or identifier) and tag not in _NAMED_FOR_ALL:
            self.hints |= hints_of_attributes(name, identifier)
        if parent is None:
            self.depth = 0
            self.key = hash((tag, name))
        else:
            parent.children += 1
            self.depth = parent.depth + 1
            self.key = hash((parent.key, tag, name))
            self.hints |= parent.hints & Hint.INHERITED
        style = element.get("style")
        if (
            (style and ("none" in style or "hidden" in style))
            or element.get("role")
            or element.get("hidden") is not None
        ):
            self.hints |= _hints_of_style(element)

    def add(self, block: Block) -> None:
        """Count *block* as part of this frame."""
        size, linked = block.size, block.linked
        if size > len(block.text):
            linked = linked * size // len(block.text)
        self.characters += size
        self.linked += linked
        if size > 60 and linked * 3 < size:
            self.prose += size


_HIDDEN_STYLE = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
_ROLES = {
    "navigation": Hint.NAVIGATION, "complementary": Hint.ASIDE, "contentinfo": Hint.FOOTER,
    "banner": Hint.HEADER,
    "dialog": Hint.POPUP, "alertdialog": Hint.POPUP, "search": Hint.FORM, "menu": Hint.NAVIGATION,
    "menubar": Hint.NAVIGATION, "main": Hint.MAIN, "article": Hint.ARTICLE,
}  # fmt: skip


def _is_control(element: etree._Element) -> bool:
    """Return whether a button is one: an unclosed tag lets it swallow the rest of the page."""
    return element.find(".//p") is None


def _hints_of_style(element: etree._Element) -> int:
    hints = _ROLES.get(element.get("role") or "", 0)
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or ""):
        hints |= Hint.HIDDEN
    return hints


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
    return _Walk(noise, break_ends_line=break_ends_line).run(root)


class _Walk:
    """The state of one walk. An explicit stack, because pages nest deeper than Python recurses."""

    __slots__ = (
        "bold_marks",
        "break_ends_line",
        "emphasised",
        "frame",
        "link_marks",
        "linked",
        "links_before",
        "noise",
        "parts",
        "reading",
    )

    def __init__(self, noise: frozenset[etree._Element], *, break_ends_line: bool) -> None:
        self.noise = noise
        self.break_ends_line = break_ends_line
        self.reading = Reading()
        self.parts: list[str] = []
        self.link_marks: list[int] = []
        self.bold_marks: list[int] = []
        self.linked = 0
        self.emphasised = 0
        self.links_before = 0

    def run(self, root: etree._Element) -> Reading:  # noqa: PLR0912 - one dispatch, the hottest loop of all
        self.frame = Frame(root, None, 0)
        self.reading.frames.append(self.frame)
        parts = self.parts
        if root.text:
            parts.append(root.text)
        kind_of, noise = _KINDS.get, self.noise
        stack: list[tuple[etree._Element, int, Iterator[etree._Element]]] = [(root, _TEXT, iter(root))]
        while stack:
            element, _, children = stack[-1]
            for child in children:
                kind = kind_of(child.tag, _FRAME)
                if (kind <= _SKIP and (kind == _SKIP or _is_control(child))) or (noise and child in noise):
                    pass
                elif kind == _LINE_END:
                    self.break_line()
                elif kind == _IMAGE:
                    self.reading.images.append((len(self.reading.blocks), child))
                else:
                    if kind != _TEXT:
                        self.open(child, kind)
                    if (text := child.text) and (parts or not text.isspace()):
                        parts.append(text)
                    if len(child):
                        stack.append((child, kind, iter(child)))
                        break
                    if kind != _TEXT:
                        self.close(kind)
                if (tail := child.tail) and (parts or not tail.isspace()):
                    parts.append(tail)
            else:
                kind = stack.pop()[1]
                if kind != _TEXT:
                    self.close(kind)
                if stack and (tail := element.tail) and (parts or not tail.isspace()):
                    parts.append(tail)
        self.flush()
        self.frame.end = len(self.reading.blocks)
        return self.reading

    def open(self, element: etree._Element, kind: int) -> None:
        """Enter a link, bold text or a frame."""
        if kind == _LINK:
            self.link_marks.append(len(self.parts))
            self.reading.links.append((len(self.reading.blocks), element))
        elif kind == _BOLD:
            self.bold_marks.append(len(self.parts))
        else:
            if self.parts:
                self.flush()
            self.frame = Frame(element, self.frame, len(self.reading.blocks))
            self.reading.frames.append(self.frame)

    def close(self, kind: int) -> None:
        """Leave what `open` entered."""
        if kind == _LINK:
            self.linked += self.length_since(self.link_marks.pop())
        elif kind == _BOLD:
            self.emphasised += self.length_since(self.bold_marks.pop())
        else:
            if self.parts:
                self.flush()
            frame = self.frame
            frame.end = len(self.reading.blocks)
            if (parent := frame.parent) is not None:
                parent.characters += frame.characters
                parent.linked += frame.linked
                parent.prose += frame.prose
                self.frame = parent

    def length_since(self, mark: int) -> int:
        size = 0
        for part in self.parts[mark:]:
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
        """End the line that is being collected."""
        parts = self.parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        if not text or text.isspace():
            self.start_line()
            return
        linked = self.linked + (self.length_since(self.link_marks[-1]) if self.link_marks else 0)
        bold = self.emphasised + (self.length_since(self.bold_marks[-1]) if self.bold_marks else 0)
        self.start_line()
        if _BREAK in text:
            self.add_lines(text, linked, bold)
        elif line := " ".join(text.split()):
            self.add(line, linked, bold)

    def start_line(self) -> None:
        """Forget the line that was collected; links and bold text that are open go on in the next one."""
        self.parts.clear()
        self.linked = self.emphasised = 0
        if self.link_marks:
            self.link_marks = [0] * len(self.link_marks)
        if self.bold_marks:
            self.bold_marks = [0] * len(self.bold_marks)

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
        if not text.isascii() and not (text := without_invisible(text)):
            return
        blocks = self.reading.blocks
        links = len(self.reading.links) - self.links_before
        self.links_before += links
        block = Block(text, self.frame, len(blocks), min(linked, len(text)), min(bold, len(text)), links)
        blocks.append(block)
        self.frame.add(block)
