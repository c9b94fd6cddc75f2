"""The elements of a page by class, id, tag and meta name: one walk instead of one a path."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

_TELLING = ("meta", "title", "link", "script", "base")  # what a page says of itself
_BLANKS = str.maketrans("\t\r\n", "   ")  # what XPath takes for a border between two classes


class ElementIndex:
    """Looks elements of *tree* up, in document order; each table is made when it is first asked for."""

    def __init__(self, tree: etree._Element) -> None:
        self._tree = tree
        self._tagged: dict[str, list[etree._Element]] = {}

    @cached_property
    def _marked(self) -> tuple[list[tuple[str, etree._Element]], dict[str, list[etree._Element]]]:
        classed: list[tuple[str, etree._Element]] = []
        by_id: dict[str, list[etree._Element]] = {}
        for element in self._tree.iter(etree.Element):
            if value := element.get("class"):
                classed.append((value, element))
            if value := element.get("id"):
                by_id.setdefault(value, []).append(element)
        return classed, by_id

    @cached_property
    def classes(self) -> frozenset[str]:
        """Return every class of the page."""
        return frozenset(" ".join({value for value, _ in self._marked[0]}).split())

    @cached_property
    def ids(self) -> frozenset[str]:
        """Return every id of the page."""
        return frozenset(self._marked[1])

    @cached_property
    def names(self) -> frozenset[str]:
        """Return every class, and every id cut at its blanks."""
        return self.classes.union(" ".join(self.ids).split())

    def with_class(self, name: str) -> list[etree._Element]:
        """Return the elements that carry the class *name*."""
        wanted = f" {name} "
        return [
            element
            for value, element in self._marked[0]
            if name in value and wanted in f" {value.translate(_BLANKS)} "
        ]

    def with_id(self, identifier: str) -> list[etree._Element]:
        """Return the elements whose id is *identifier*."""
        return self._marked[1].get(identifier, [])

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
