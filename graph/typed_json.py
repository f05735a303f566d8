"""Frozen dataclasses to plain JSON values and back, exactly, by their type hints: `msgspec`, as one pair."""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """Return the value as dicts, lists, strings, numbers and None.

    Decimals become strings, enums their values, tuples lists; a dataclass becomes a dict of all its fields.
    """
    import msgspec

    return msgspec.to_builtins(value)


def from_json(kind: type[T], value: Any) -> T:
    """Return the dataclass that `to_json` turned into `value`; a key that it lacks takes its default.

    Raises:
        ValueError: The value is not of that form.
    """
    import msgspec

    return msgspec.convert(value, kind)


def decoded(kind: type[T], data: bytes) -> T:
    """Return the dataclass whose `to_json` was written as JSON in UTF-8, where a lone surrogate may stand as well.

    Raises:
        ValueError: The data are not of that form.
    """
    import json

    import msgspec

    try:
        return msgspec.json.decode(data, type=kind)
    except ValueError:  # msgspec takes no lone surrogate; what is truly wrong is found wrong again
        return from_json(kind, json.loads(data.decode("utf-8", "surrogatepass")))
