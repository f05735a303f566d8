"""Frozen dataclasses to plain JSON values and back, exactly, by their type hints."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
Reader = Callable[[Any], Any]


def to_json(value: Any) -> Any:
    """Return the value as dicts, lists, strings, numbers and None.

    Decimals become strings, enums their values, tuples lists; a dataclass becomes a dict of all its fields.
    """
    if value is None or isinstance(value, bool | int | float) or type(value) is str:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if is_dataclass(value):
        kind: Any = type(value)
        return {name: to_json(getattr(value, name)) for name in _field_names(kind)}
    raise TypeError(f"{type(value).__name__} has no JSON form here")


def from_json(kind: type[T], value: Any) -> T:
    """Return the dataclass that `to_json` turned into `value`; a key that it lacks takes its default.

    Raises:
        ValueError, TypeError, KeyError: The value is not of that form.
    """
    wanted: Any = kind
    result: T = _reader(wanted)(value)
    return result


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _reader(kind: Any) -> Reader:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _union_reader(arguments)
    if origin is tuple:
        return _tuple_reader(arguments)
    if kind is Decimal or (isinstance(kind, type) and issubclass(kind, Enum)):
        return typing.cast(Reader, kind)
    if kind is float:
        return float
    if is_dataclass(kind):
        return _dataclass_reader(typing.cast(type, kind))
    return _checked(kind)


def _union_reader(options: tuple[Any, ...]) -> Reader:
    """Tell None, a text and a dataclass apart by the JSON value's own type."""
    readers = {_json_type(option): _reader(option) for option in options if option is not type(None)}
    optional = type(None) in options

    def read(value: Any) -> Any:
        if value is None and optional:
            return None
        return readers[type(value)](value)

    return read


def _json_type(kind: Any) -> type:
    if is_dataclass(kind):
        return dict
    if typing.get_origin(kind) is tuple:
        return list
    return kind if kind in (int, float, bool) else str


def _tuple_reader(arguments: tuple[Any, ...]) -> Reader:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        one = _reader(arguments[0])
        return lambda values: tuple([one(value) for value in values])
    readers = [_reader(argument) for argument in arguments]
    return lambda values: tuple(read(value) for read, value in zip(readers, values, strict=True))


def _dataclass_reader(kind: type) -> Reader:
    hints = typing.get_type_hints(kind)
    readers: Mapping[str, Reader] = {name: _reader(hints[name]) for name in _field_names(kind)}

    def read(values: Any) -> Any:
        return kind(**{name: read(values[name]) for name, read in readers.items() if name in values})

    return read


def _checked(kind: Any) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, kind):
            raise TypeError(f"{value!r} is not {kind.__name__}")
        return value

    return read
