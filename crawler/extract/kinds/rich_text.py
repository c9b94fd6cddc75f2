"""Texts that editors store as trees of JSON: each paragraph a node, each run of letters a leaf.

So do Portable Text, Contentful, ProseMirror, Slate, Lexical, Strapi, Draft.js, Editor.js and Prismic.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_INSIDE = ("children", "content", "blocks", "root", "document", "data")
_SAID = ("text", "value")
_LEAVES = frozenset({"text", "span", ""})  # kinds of nodes; leaves of Slate have none
_KIND = ("_type", "nodeType", "type")
_DEEPEST = 12


def paragraphs_in(node: Any, depth: int = 0) -> Iterator[str]:
    """Yield the paragraphs of the tree *node* as text of one line, headings and items among them."""
    if depth > _DEEPEST:
        return
    if isinstance(node, dict):
        inside = next((node[name] for name in _INSIDE if isinstance(node.get(name), dict | list)), None)
        if inside is not None:
            yield from paragraphs_in(inside, depth + 1)
        elif said := _said_by(node):
            yield said
    elif isinstance(node, list):
        if any(map(_is_leaf, node)):
            yield "".join(_said_in(node, depth))
        else:
            for each in node:
                yield from paragraphs_in(each, depth + 1)


def _is_leaf(node: Any) -> bool:
    if not isinstance(node, dict) or not isinstance(_said_by(node), str):
        return False
    return next((node[name] for name in _KIND if isinstance(node.get(name), str)), "") in _LEAVES


def _said_by(node: dict[str, Any]) -> str | None:
    return next((node[name] for name in _SAID if isinstance(node.get(name), str)), None)


def _said_in(node: Any, depth: int) -> Iterator[str]:
    """Yield what the leaves in *node* say, those in its links too."""
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for each in node:
            yield from _said_in(each, depth + 1)
    elif isinstance(node, dict):
        said = _said_by(node)
        if said is not None:
            yield said
        else:
            yield from (
                said
                for name in _INSIDE
                if isinstance(node.get(name), dict | list)
                for said in _said_in(node[name], depth + 1)
            )
