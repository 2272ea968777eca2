"""The nouns as plain JSON values and back: one shape for the record, the shell and HTTP.

Field names stay as they are (snake_case). A `Decimal` becomes a JSON number (a string where
a double would lose digits), a date ISO 8601, a `Span` ``{"start": …, "end": …}``, an enum its
value.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """Render a noun, or tuples and dictionaries of them, with what ``json`` can write."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):  # a StrEnum is one too, and is written as its value
        return str(value)
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        # More digits than a double holds stay exact as a string.
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [to_json(item) for item in value]
    raise TypeError(f"no JSON form for {type(value).__name__}")


def from_json(kind: type[T], data: Any) -> T:
    """Build a noun from what `to_json` made of it.

    Fields that ``data`` lacks take their defaults, and keys that the noun does not know
    are passed over, so that a record written before a field was added still reads.
    """
    known = _hints(kind)
    values = {name: _build(hint, data[name]) for name, hint in known.items() if name in data}
    return kind(**values)


_HINTS: dict[Any, dict[str, Any]] = {}


def _hints(kind: Any) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]


def _build(hint: Any, value: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        if value is None:
            return None
        return _build(next(a for a in typing.get_args(hint) if a is not type(None)), value)
    if origin is tuple:
        arguments = typing.get_args(hint)
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_build(arguments[0], item) for item in value)
        return tuple(_build(a, item) for a, item in zip(arguments, value, strict=True))
    if hint is Decimal:
        return Decimal(str(value))
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is date:
        return date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return from_json(hint, value)
    return value
