"""JSON schemas made from the types of the answers, so that document and answer cannot differ."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from storage.export.data_dictionary import DayText, TimeText

PLAIN: Mapping[object, Mapping[str, object]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    TimeText: {"type": "string", "format": "date-time"},
    DayText: {"type": "string", "format": "date"},
    object: {},
    types.NoneType: {"type": "null"},
}
REFERENCE = "#/components/schemas/"


class Schemas:
    """Collects the schemas of records by name while types are described."""

    def __init__(self) -> None:
        self.components: dict[str, Mapping[str, object]] = {}

    def of(self, kind: Any) -> Mapping[str, object]:
        """Return the schema of *kind*: a plain type, a record, or a collection of such."""
        if kind in PLAIN:
            return PLAIN[kind]
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"type": "string", "enum": [word.value for word in kind]}
        if get_origin(kind) is Annotated:
            described, meaning = get_args(kind)
            return {**self.of(described), "description": meaning}
        if get_origin(kind) in {Union, types.UnionType}:
            return {"anyOf": [self.of(choice) for choice in get_args(kind)]}
        if get_origin(kind) is tuple:
            return self._of_tuple(get_args(kind))
        if get_origin(kind) is list:
            return {"type": "array", "items": self.of(get_args(kind)[0])}
        if get_origin(kind) is Mapping:
            return {"type": "object", "additionalProperties": self.of(get_args(kind)[1])}
        return self._of_record(kind)

    def _of_tuple(self, parts: tuple[Any, ...]) -> Mapping[str, object]:
        if len(parts) == 2 and parts[1] is Ellipsis:
            return {"type": "array", "items": self.of(parts[0])}
        count = len(parts)
        items = [self.of(part) for part in parts]
        return {"type": "array", "prefixItems": items, "minItems": count, "maxItems": count}

    def _of_record(self, kind: Any) -> Mapping[str, object]:
        if not (dataclasses.is_dataclass(kind) or is_typeddict(kind)):
            raise TypeError(f"{kind!r} has no schema")
        name = kind.__name__
        if name not in self.components:
            self.components[name] = {}  # a record may hold its own kind
            properties = {
                field: self.of(hint) for field, hint in get_type_hints(kind, include_extras=True).items()
            }
            self.components[name] = {
                "type": "object",
                "description": (kind.__doc__ or "").splitlines()[0],
                "properties": properties,
                "required": list(properties),
                "additionalProperties": False,
            }
        return {"$ref": f"{REFERENCE}{name}"}
