"""The elements of a page by class, id, tag and meta name: one walk instead of one a path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from lxml import etree

from crawler.extract.attributes import Attributes
from crawler.extract.text import raw_text_of

_TELLING = ("meta", "title", "link", "script", "base")  # what a page says of itself
_BLANKS = str.maketrans("\t\r\n", "   ")  # what XPath takes for a border between two classes
LONGEST_LABEL = 24  # characters, and some to spare


class ElementIndex:
    """Looks elements of *tree* up, in document order; each table is made when it is first asked for."""

    def __init__(self, tree: etree._Element) -> None:
        self._tree = tree
        self._class_values = Attributes(tree, "class")
        self._id_values = Attributes(tree, "id")
        self.hrefs = Attributes(tree, "href", "a")  # where the links lead, as it is written
        self._tagged: dict[str, list[etree._Element]] = {}

    @cached_property
    def text(self) -> str:
        """Return all text between the tags of the body, that of scripts too."""
        body = self._tree.find("body")
        return raw_text_of(self._tree if body is None else body)

    @cached_property
    def before_colons(self) -> str:
        """Return what stands right before each colon in `text`, a line each: any label is among it."""
        pieces = self.text.replace("：", ":").split(":")
        return "\n".join([piece[-LONGEST_LABEL:] for piece in pieces[:-1]])

    @cached_property
    def _distinct_classes(self) -> frozenset[str]:
        return frozenset(self._class_values.values)

    @cached_property
    def classes(self) -> frozenset[str]:
        """Return every class of the page."""
        return frozenset(" ".join(self._distinct_classes).split())

    @cached_property
    def ids(self) -> frozenset[str]:
        """Return every id of the page."""
        return frozenset(filter(None, self._id_values.values))

    @cached_property
    def names(self) -> frozenset[str]:
        """Return every class, and every id cut at its blanks."""
        return self.classes.union(" ".join(self.ids).split())

    def with_class(self, name: str) -> list[etree._Element]:
        """Return the elements that carry the class *name*."""
        if name not in self.classes:
            return []
        wanted = f" {name} "
        found = {
            value
            for value in self._distinct_classes
            if name in value and wanted in f" {value.translate(_BLANKS)} "
        }
        return self._class_values.elements_with(found)

    def with_id(self, identifier: str) -> list[etree._Element]:
        """Return the elements whose id is *identifier*."""
        return self._id_values.elements_with((identifier,)) if identifier in self.ids else []

    def named_like(self, says: Callable[[str], object]) -> Sequence[Sequence[etree._Element]]:
        """Return the elements of whose class, and those of whose id, *says* is true."""
        names = frozenset(filter(says, self._distinct_classes | self.ids))
        if not names:
            return ()
        return self._class_values.elements_with(names), self._id_values.elements_with(names)

    def with_tag(self, tag: str) -> list[etree._Element]:
        """Return the elements called *tag*."""
        if tag in _TELLING:
            return self._telling[tag]
        if tag not in self._tagged:
            self._tagged[tag] = list(self._tree.iter(tag))
        return self._tagged[tag]

    @cached_property
    def _telling(self) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {tag: [] for tag in _TELLING}
        for element in self._tree.iter(*_TELLING):  # one pass by tag, which costs less than any path
            found[str(element.tag)].append(element)
        return found

    def meta_contents(self, attribute: str, name: str) -> list[str]:
        """Return the contents of the metas whose *attribute* is *name*; "any name" folds capitals."""
        return self._metas.get((attribute, name), [])

    @cached_property
    def _metas(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for element in self.with_tag("meta"):
            if (content := element.get("content")) is None:
                continue
            if name := element.get("name"):
                found.setdefault(("name", name), []).append(content)
                found.setdefault(("any name", name.lower()), []).append(content)
            if name := element.get("property"):
                found.setdefault(("property", name), []).append(content)
        return found
