"""The parameters of endpoints: read with their limits, and described for the OpenAPI document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any, TypeVar

from storage.safe_text import storable
from storage.search.query_language import LONGEST_QUERY
from storage.web.answers import Refusal

LONGEST_WORD = 300
LONGEST_ADDRESS = 2_000

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter: how it is read and what a document says of it."""

    name: str
    description: str
    read: Callable[[str], object]  # :raises ValueError: with the reason
    schema: Mapping[str, object]
    default: object = None
    where: str = "query"


class Asked:
    """The parameters of one request, each read and within its limits."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """Return a text, empty where it was not given."""
        return str(self._values[name] or "")

    def optional(self, name: str) -> str | None:
        """Return a text, None where it was not given or is empty."""
        return self.text(name) or None

    def number(self, name: str) -> int:
        """Return a number."""
        value = self._values[name]
        assert isinstance(value, int)
        return value

    def value(self, name: str, kind: type[Value]) -> Value | None:
        """Return a value of *kind*, None where it was not given."""
        value = self._values[name]
        assert value is None or isinstance(value, kind)
        return value


def text(name: str, description: str, *, most: int = LONGEST_WORD, where: str = "query") -> Parameter:
    """Return a parameter that takes any text of up to *most* characters."""
    schema = {"type": "string", "maxLength": most}
    return Parameter(
        name=name, description=description, read=_reader_of_text(most), schema=schema, where=where
    )


def path(name: str, description: str) -> Parameter:
    """Return a parameter that is a part of the path."""
    return text(name, description, most=LONGEST_ADDRESS, where="path")


def query() -> Parameter:
    """Return the parameter `q`: a query in the language of the search."""
    description = 'A query: words, "a phrase", OR, NOT, prefix*, title:, site:, section:, source:, lang:,'
    description += " published:2019-06..2019-07, state:gone, story:. Any text is legal; empty is everything."
    return text("q", description, most=LONGEST_QUERY)


def cursor(name: str = "after") -> Parameter:
    """Return the parameter that continues a list."""
    return text(name, "The `next` of the page before; left out for the first page.")


def number(name: str, description: str, *, default: int | None, most: int, where: str = "query") -> Parameter:
    """Return a parameter that takes a whole number from 1 to *most*."""
    schema: dict[str, object] = {"type": "integer", "minimum": 1, "maximum": most}
    if default is not None:
        schema["default"] = default
    return Parameter(
        name=name,
        description=description,
        read=_reader_of_numbers(most),
        schema=schema,
        default=default,
        where=where,
    )


def day(name: str, description: str) -> Parameter:
    """Return a parameter that takes a day, `2019-06-08`."""
    schema = {"type": "string", "format": "date"}
    return Parameter(name=name, description=description, read=_read_day, schema=schema)


def choice(name: str, description: str, words: Iterable[str], *, default: str | None = None) -> Parameter:
    """Return a parameter that takes one of *words*, or none where no *default* is named."""
    known = tuple(words)
    schema: dict[str, object] = {"type": "string", "enum": list(known)}
    if default is not None:
        schema["default"] = default
    read = _reader_of_words(known)
    return Parameter(name=name, description=description, read=read, schema=schema, default=default)


def read(
    parameters: Sequence[Parameter], from_path: Mapping[str, str], from_query: Sequence[tuple[str, str]]
) -> Asked:
    """Return the values of *parameters*; what no parameter is named is ignored.

    :raises Refusal: if a value cannot be read or one is given twice
    """
    named = {parameter.name: parameter for parameter in parameters}
    values: dict[str, object] = {name: parameter.default for name, parameter in named.items()}
    for name, count in Counter(name for name, _ in from_query).items():
        if name in named and count > 1:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"'{name}' is given {count} times; give it once")
    for name, given in [*from_query, *from_path.items()]:
        if name in named and given != "":
            values[name] = _value(named[name], given)
    return Asked(values)


def require_known(parameters: Sequence[Parameter], names: Iterable[str]) -> None:
    """Refuse names that no parameter has, so that a misspelt filter is not silently ignored."""
    known = [parameter.name for parameter in parameters if parameter.where == "query"]
    for name in names:
        if name not in known:
            takes = ", ".join(known) or "none"
            raise Refusal(HTTPStatus.BAD_REQUEST, f"there is no parameter {name[:50]!r} here; known: {takes}")


def _value(parameter: Parameter, given: str) -> Any:
    try:
        return parameter.read(given)
    except ValueError as error:
        raise Refusal(HTTPStatus.BAD_REQUEST, f"'{parameter.name}' {error}") from error


def _reader_of_text(most: int) -> Callable[[str], str]:
    def read_text(given: str) -> str:
        if len(given) > most:
            raise ValueError(f"is {len(given):,} characters long; at most {most:,} are read")
        return storable(given)

    return read_text


def _reader_of_numbers(most: int) -> Callable[[str], int]:
    def read_number(given: str) -> int:
        if not (given.isascii() and given.isdigit() and len(given) < 10 and 1 <= int(given) <= most):
            raise ValueError(f"must be a whole number from 1 to {most:,}")
        return int(given)

    return read_number


def _reader_of_words(words: Sequence[str]) -> Callable[[str], str]:
    def read_word(given: str) -> str:
        if given not in words:
            raise ValueError(f"must be one of: {', '.join(words)}")
        return given

    return read_word


def _read_day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise ValueError("must be a day like 2019-06-08") from error
