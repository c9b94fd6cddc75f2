"""Absolute XPath for what declarations name: an id, a class, a meta tag, a text after a label.

Absolute, because a page that closes its root early keeps the article outside of it.
"""

from __future__ import annotations

_LOWER = "translate(@name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"


def by_id(name: str) -> str:
    """Return the path of the element with the id *name*."""
    return f"//*[@id='{name}']"


def by_class(*names: str, tag: str = "*") -> str:
    """Return the path of the elements that carry all classes *names*."""
    return f"//{tag}[{_carries(names)}]"


def outermost(*names: str, tag: str = "*") -> str:
    """Return the path of the elements with the classes *names* that lie in no other such element.

    Containers are nested in themselves on many sites; reading inner and outer doubles the text.
    """
    return f"//{tag}[{_carries(names)}][not(ancestor::*[{_carries(names)}])]"


def innermost(*names: str) -> str:
    """Return the path of the elements with the classes *names* that hold no other such element."""
    return f"//*[{_carries(names)}][not(descendant::*[{_carries(names)}])]"


def union(*paths: str) -> str:
    """Return the path of what any of *paths* finds, in page order."""
    return " | ".join(paths)


def led_by(lead: str, *names: str) -> str:
    """Return a path to the elements that carry all class *names*, and to the *lead* above them."""
    return union(f"{lead}[following::*[{_carries(names)}]]", outermost(*names))


def meta(name: str) -> str:
    """Return the path of the content of the meta tag *name*, in any case."""
    return f"//meta[{_LOWER}='{name.lower()}']/@content"


def og(name: str) -> str:
    """Return the path of the content of the property *name*."""
    return f"//meta[@property='{name}']/@content"


def _carries(names: tuple[str, ...]) -> str:
    # The first test says the same of most elements in half the time.
    return " and ".join(
        f"contains(@class, '{name}') and contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
        for name in names
    )
