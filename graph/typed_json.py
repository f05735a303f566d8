"""Frozen dataclasses to plain JSON values and back, exactly, by their type hints; `msgspec` does it."""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """Return a value as dicts, lists, strings, numbers and None.

    Decimals become strings, enums their values, tuples lists; a dataclass becomes a dict of all its fields.
    """
    import msgspec

    return msgspec.to_builtins(value)


def from_json(kind: type[T], value: Any) -> T:
    """Return the dataclass of type `kind` that `to_json` turned into `value`; a missing key takes its field's default.

    Raises:
        ValueError: The value is not of that form.
    """
    import msgspec

    return msgspec.convert(value, kind)


def decoded(kind: type[T], data: bytes) -> T:
    """Return the dataclass of type `kind` whose `to_json` was written as JSON in UTF-8; lone surrogates are accepted.

    Raises:
        ValueError: The data are not of that form.
    """
    import json

    import msgspec

    try:
        return msgspec.json.decode(data, type=kind)
    except ValueError:  # msgspec takes no lone surrogate; what is truly wrong is found wrong again
        return from_json(kind, json.loads(data.decode("utf-8", "surrogatepass")))
