"""The values of one attribute over a page; the elements that have them only for those who ask."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

_FEW = 3  # elements that are found one by one sooner than all of them together


@dataclass(frozen=True, slots=True)
class AttributePath:
    """A path to attributes, compiled: for their values, for the n-th element, for all elements."""

    values: etree.XPath
    element: etree.XPath
    elements: etree.XPath


def attribute_path(path: str) -> AttributePath:
    """Return *path*, which ends in an attribute, compiled."""
    return AttributePath(
        values=etree.XPath(path, smart_strings=False),
        element=etree.XPath(f"({path})[$place]/.."),
        elements=etree.XPath(f"{path}/.."),
    )


class Attributes:
    """What *path* finds in *tree*, in document order.

    An object in Python for each element costs more than all the values: few are ever asked for.
    """

    def __init__(self, tree: etree._Element, path: AttributePath) -> None:
        self._tree = tree
        self._path = path

    @cached_property
    def values(self) -> Sequence[str]:
        """Return the values as they are written."""
        return list(self._path.values(self._tree))

    def elements_with(self, values: Container[str]) -> list[etree._Element]:
        """Return the elements whose value is one of *values*."""
        return self.elements_at([place for place, value in enumerate(self.values) if value in values])

    def elements_at(self, places: Sequence[int]) -> list[etree._Element]:
        """Return the elements whose values stand at *places* of `values`."""
        if len(places) > _FEW:
            elements = self._path.elements(self._tree)
            return [elements[place] for place in places]
        return [element for place in places for element in self._path.element(self._tree, place=place + 1)]
