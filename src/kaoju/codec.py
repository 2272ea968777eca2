"""The nouns as plain JSON values and back: one shape for the record, the shell and HTTP.

Field names stay as they are (snake_case). A `Decimal` becomes a JSON number (a string where
a double would lose digits), a date ISO 8601, a `Span` ``{"start": …, "end": …}``, an enum its
value.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Hashable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
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
    values = {
        name: data[name] if build is None else build(data[name])
        for name, build in _plan(typing.cast("Hashable", kind))
        if name in data
    }
    return kind(**values)


Builder = Callable[[Any], Any]


@cache
def _plan(kind: Any) -> tuple[tuple[str, Builder | None], ...]:
    """The fields of a noun, each with what builds it; None for what JSON has as it is."""
    return tuple((name, _builder(hint)) for name, hint in typing.get_type_hints(kind).items())


def _builder(hint: Any) -> Builder | None:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        inner = _builder(next(a for a in typing.get_args(hint) if a is not type(None)))
        return None if inner is None else lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple_builder(typing.get_args(hint))
    if hint is Decimal:
        return lambda value: Decimal(str(value))
    if hint is datetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {str(member): member for member in hint}.__getitem__
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return partial(from_json, hint)
    return None


def _tuple_builder(arguments: tuple[Any, ...]) -> Builder:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = _builder(arguments[0])
        return tuple if inner is None else lambda value: tuple(inner(item) for item in value)
    each = [_builder(argument) for argument in arguments]
    return lambda value: tuple(
        item if build is None else build(item) for build, item in zip(each, value, strict=True)
    )
