"""The elements of a page by class, id, tag and meta name: one walk instead of one a path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from lxml import etree

from crawler.extract.text import raw_text_of

_TELLING = ("meta", "title", "link", "script", "base")  # what a page says of itself
_BLANKS = str.maketrans("\t\r\n", "   ")  # what XPath takes for a border between two classes
LONGEST_LABEL = 24  # characters, and some to spare
_IDS = etree.XPath("//*/@id")  # what it finds knows its element; ids are few, so a walk takes longer


class ElementIndex:
    """Looks elements of *tree* up, in document order; each table is made when it is first asked for."""

    def __init__(self, tree: etree._Element) -> None:
        self._tree = tree
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
    def _classed(self) -> list[tuple[str, etree._Element]]:
        return [(name, element) for element in self._tree.iter("*") if (name := element.get("class"))]

    @cached_property
    def _distinct_classes(self) -> frozenset[str]:
        return frozenset([name for name, _ in self._classed])

    @cached_property
    def _identified(self) -> list[etree._ElementUnicodeResult]:
        return list(filter(None, _IDS(self._tree)))

    @cached_property
    def classes(self) -> frozenset[str]:
        """Return every class of the page."""
        return frozenset(" ".join(self._distinct_classes).split())

    @cached_property
    def ids(self) -> frozenset[str]:
        """Return every id of the page."""
        return frozenset(self._identified)

    @cached_property
    def _id_words(self) -> frozenset[str]:
        return frozenset(" ".join(self.ids).split())

    def has_any_name(self, names: Iterable[str]) -> bool:
        """Return whether one of *names* is a class of the page or an id, cut at its blanks."""
        return not (self.classes.isdisjoint(names) and self._id_words.isdisjoint(names))

    def with_class(self, name: str) -> list[etree._Element]:
        """Return the elements that carry the class *name*."""
        if name not in self.classes:
            return []
        wanted = f" {name} "
        found = frozenset(
            value
            for value in self._distinct_classes
            if name in value and wanted in f" {value.translate(_BLANKS)} "
        )
        return self._with_classes(found)

    def with_class_like(self, parts: Sequence[str]) -> list[etree._Element]:
        """Return the elements in whose class attribute one of *parts* is written."""
        found = frozenset(value for value in self._distinct_classes if any(map(value.__contains__, parts)))
        return self._with_classes(found)

    def with_id(self, identifier: str) -> list[etree._Element]:
        """Return the elements whose id is *identifier*."""
        if identifier not in self.ids:
            return []
        return _owners(value for value in self._identified if value == identifier)

    def named_like(self, says: Callable[[str], object]) -> Sequence[Sequence[etree._Element]]:
        """Return the elements of whose class, and those of whose id, *says* is true."""
        classes = frozenset(filter(says, self._distinct_classes))
        identified = _owners(value for value in self._identified if says(value))
        return self._with_classes(classes), identified

    def _with_classes(self, values: frozenset[str]) -> list[etree._Element]:
        return [element for name, element in self._classed if name in values] if values else []

    @cached_property
    def addresses(self) -> str:
        """Return where the links lead, as it is written, a line each: it seldom takes more to know."""
        return "\n".join([href for href, _ in self.anchors])

    @cached_property
    def anchors(self) -> list[tuple[str, etree._Element]]:
        """Return the links that lead anywhere, each with where it does as it is written."""
        return [(href, element) for element in self._tree.iter("a") if (href := element.get("href"))]

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


def _owners(values: Iterable[etree._ElementUnicodeResult]) -> list[etree._Element]:
    return [element for value in values if (element := value.getparent()) is not None]
