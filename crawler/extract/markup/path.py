"""One XPath of a family's rules, answered from the index of a page wherever its first step allows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

# What a page must hold for a path to find anything; looking for it is ten times as fast as the path.
_NEEDLE = re.compile(r"' ([\w-]+) '\)|@id\s?=\s?'([\w-]+)'")
_DENIAL = re.compile(r"not\((?:contains|@)")
_ALTERNATIVES = re.compile(r"\||\bor\b")

_META = re.compile(
    r"//meta\[(?:(?P<folded>translate\(@name, '[A-Z]+', '[a-z]+'\))|@(?P<exact>name|property))"
    r"='(?P<name>[^']+)'\]/@content"
)
_FIRST_STEP = re.compile(
    r"//(?P<tag>\*|[A-Za-z][\w-]*)(?P<test>\[@id='(?P<id>[^']+)'\]"
    r"|\[contains\(@class, '(?P<class>[\w-]+)'\)"
    r" and contains\(concat\(' ', normalize-space\(@class\), ' '\), ' (?P=class) '\)(?:\]|(?= and ))"
    r"|\[(?P<parts>contains\(@class, '[\w-]+'\)(?: or contains\(@class, '[\w-]+'\))*)\]"
    r"|\[@(?P<attribute>[a-z]+)='(?P<value>[^']+)'\])?"
)
_PART = re.compile(r"'([\w-]+)'")
# Where the first step finds one element, any rest can be asked from there; where it finds several, only a
# rest that takes each by itself gives the same nodes in the same order.
_BY_ITSELF = re.compile(r"/(?:@[\w:-]+|text\(\))")
_OUTWARD = re.compile(r"\.\.|::|\|")
_POSITION = re.compile(r"\[\s?\d|position\(\)|last\(\)")
_FEW = 12  # elements that are sooner put in order than looked for once more by the whole path


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The first step of a path as a look-up, and what is asked of each element that it finds."""

    tag: str
    id: str | None
    class_name: str | None
    class_parts: tuple[str, ...]  # any of them, anywhere in the attribute
    attribute: tuple[str, str] | None
    rest: etree.XPath | None
    by_itself: bool  # the rest takes each element by itself
    inside: bool  # the rest finds nothing but what lies inside of an element

    def answers(self, elements: Sequence[etree._Element]) -> bool:
        """Return whether asking the rest of each of *elements* gives what the path does, in its order."""
        if len(elements) == 1 or self.by_itself or self.rest is None:
            return True
        return self.inside and not _are_nested(elements)

    def asked_of(self, elements: Sequence[etree._Element]) -> Sequence[object]:
        """Return what the rest finds from *elements*, in their order; without a rest, *elements*."""
        if self.rest is None:
            return elements
        return [node for element in elements for node in self.rest(element)]

    def start(self, page: Page) -> Sequence[etree._Element]:
        """Return the elements of *page* that the look-up finds, in document order."""
        elements = page.elements
        if self.id is not None:
            found: Sequence[etree._Element] = elements.with_id(self.id)
        elif self.class_name is not None:
            found = elements.with_class(self.class_name)
        elif self.class_parts:
            found = elements.with_class_like(self.class_parts)
        elif self.attribute is not None:
            name, value = self.attribute
            return [element for element in elements.with_tag(self.tag) if element.get(name) == value]
        else:
            return elements.with_tag(self.tag)
        return found if self.tag == "*" else [element for element in found if element.tag == self.tag]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A compiled path, the same below an element, and the names without which it finds nothing."""

    expression: str
    whole: etree.XPath
    below: etree.XPath
    needles: tuple[str, ...]
    meta: tuple[str, str] | None
    steps: tuple[Step, ...]  # the alternatives of a union; empty: the index cannot answer

    def may_match(self, page: Page) -> bool:
        """Return whether *page* can hold what the path looks for."""
        return not self.needles or page.elements.has_any_name(self.needles)

    def find(self, page: Page) -> Sequence[object]:
        """Return what the path finds on *page*, in document order."""
        if self.meta is not None:
            return page.elements.meta_contents(*self.meta)
        if not self.steps and not self.may_match(page):
            return ()
        starts = [(step, found) for step in self.steps if (found := step.start(page))]
        if self.steps and all(step.answers(found) for step, found in starts):
            answers = [step.asked_of(found) for step, found in starts]
            if len(answers) < 2:
                return answers[0] if answers else ()
            nodes = dict.fromkeys(chain(*answers))
            if len(nodes) <= _FEW and all(isinstance(node, etree._Element) for node in nodes):
                return sorted(nodes, key=_place_of)
        whole = self.whole(page.tree)
        return whole if isinstance(whole, list) else [whole]

    def find_below(self, page: Page, container: etree._Element) -> Sequence[object]:
        """Return what the path finds inside *container*, an element of *page*."""
        if not self.may_match(page):
            return ()
        if len(self.steps) == 1:
            step = self.steps[0]
            inside = [element for element in step.start(page) if _lies_in(element, container)]
            if not inside or step.answers(inside):
                return step.asked_of(inside)
        return list(self.below(container))


def path_of(expression: str) -> Path:
    """Return *expression*, an absolute XPath 1.0, compiled."""
    meta = _META.fullmatch(expression)
    steps = [_step_of(part.strip()) for part in expression.split(" | ")]
    return Path(
        expression=expression,
        whole=etree.XPath(expression),
        below=etree.XPath(
            f".{expression}" if expression.startswith("//") and "|" not in expression else expression
        ),
        needles=() if _DENIAL.search(expression) else _needles(expression),
        meta=("any name" if meta["folded"] else meta["exact"], meta["name"]) if meta else None,
        steps=tuple(filter(None, steps)) if all(steps) else (),
    )


def _step_of(part: str) -> Step | None:
    first = _FIRST_STEP.match(part)
    if first is None or (first["tag"] == "*" and (not first["test"] or first["attribute"])):
        return None
    whole_test = not first["test"] or first["test"].endswith("]")
    rest = part[first.end() :] if whole_test else part[first.start("test") :]
    if rest and rest[0] not in "[/":
        return None
    return Step(
        tag=first["tag"],
        id=first["id"],
        class_name=first["class"],
        class_parts=tuple(_PART.findall(first["parts"] or "")),
        attribute=(first["attribute"], first["value"]) if first["attribute"] else None,
        rest=etree.XPath(f"self::*{rest}") if rest else None,
        by_itself=_takes_each(rest),
        inside=rest.startswith("/") and not _OUTWARD.search(rest),
    )


def _place_of(node: object) -> list[int]:
    """Return where *node*, an element, stands below each element around it, from the root on."""
    place = []
    while isinstance(node, etree._Element) and (parent := node.getparent()) is not None:
        place.append(parent.index(node))
        node = parent
    return place[::-1]


def _lies_in(element: etree._Element, container: etree._Element) -> bool:
    return any(outer is container for outer in element.iterancestors())


def _are_nested(elements: Sequence[etree._Element]) -> bool:
    known = set(elements)
    return any(outer in known for element in elements for outer in element.iterancestors())


def _takes_each(rest: str) -> bool:
    if _BY_ITSELF.fullmatch(rest):
        return True
    return rest.startswith("[") and not _POSITION.search(rest) and _is_predicate(rest)


def _is_predicate(rest: str) -> bool:
    """Return whether *rest* is nothing but tests in brackets."""
    depth = 0
    for place, letter in enumerate(rest):
        if depth == 0 and letter != "[":
            return False
        depth += (letter == "[") - (letter == "]")
        if depth == 0 and place + 1 == len(rest):
            return True
    return False


def _needles(expression: str) -> tuple[str, ...]:
    """Return names of which a page must hold one; none where a part of *expression* does without."""
    parts = [tuple(filter(None, chain(*_NEEDLE.findall(part)))) for part in _ALTERNATIVES.split(expression)]
    return tuple(dict.fromkeys(names[0] for names in parts)) if all(parts) else ()
