"""The values of one attribute over a page; the elements that have them only for those who ask."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cached_property, lru_cache

from lxml import etree

_FEW = 2  # elements that are found one by one sooner than all of them together


class Attributes:
    """The attributes *name* of the elements called *tag* ("*": of all) in *tree*, in document order.

    An object in Python for each element costs more than all the values, and few are ever asked for.
    """

    def __init__(self, tree: etree._Element, name: str, tag: str = "*") -> None:
        self._tree = tree
        self._name = name
        self._tag = tag

    @cached_property
    def values(self) -> Sequence[str]:
        """Return the values as they are written."""
        return list(_path_of(f"//{self._tag}/@{self._name}")(self._tree))

    @cached_property
    def _elements(self) -> Sequence[etree._Element]:
        # Not by a path: each step of one from attributes to their elements looks through all of the others.
        return [element for element in self._tree.iter(self._tag) if element.get(self._name) is not None]

    def elements_with(self, values: Container[str]) -> list[etree._Element]:
        """Return the elements whose value is one of *values*."""
        return self.elements_at([place for place, value in enumerate(self.values) if value in values])

    def elements_at(self, places: Sequence[int]) -> list[etree._Element]:
        """Return the elements whose values stand at *places* of `values`."""
        if len(places) > _FEW or "_elements" in self.__dict__:
            return [self._elements[place] for place in places]
        element_at = _path_of(f"(//{self._tag}/@{self._name})[$place]/..")
        return [element for place in places for element in element_at(self._tree, place=place + 1)]


@lru_cache(maxsize=16)
def _path_of(expression: str) -> etree.XPath:
    return etree.XPath(expression, smart_strings=False)
