"""The shape of each type of the language, read from its dataclass: what form_json.py accepts and the schema says."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from graph.ask.language.terms import Form

_COMMENT = re.compile(r"^    (\w+)\s*[:=][^#\n]*#: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a type."""

    name: str
    kind: Any  #: its type, as `get_type_hints` gives it
    required: bool
    comment: str  #: what the source says beside it; "" where it says nothing


@cache
def shape_of(kind: type) -> tuple[FieldShape, ...]:
    """Return the fields of a dataclass, in order."""
    hints, said = get_type_hints(kind), comments_of(kind)
    return tuple(
        FieldShape(f.name, hints[f.name], f.default is MISSING and f.default_factory is MISSING, said.get(f.name, ""))
        for f in fields(kind)
    )


@cache
def comments_of(kind: type) -> dict[str, str]:
    """Return what the source says beside the fields of a dataclass, or the members of an enum."""
    try:
        return {name: comment.strip() for name, comment in _COMMENT.findall(inspect.getsource(kind))}
    except OSError:  # installed without its source
        return {}


def options(kind: Any) -> tuple[Any, ...]:
    """Return the types that a union is of; a type that is no union alone."""
    return get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)


def is_record(kind: Any) -> bool:
    """Return True for a dataclass."""
    return isinstance(kind, type) and is_dataclass(kind)


def values_of(kind: Any) -> tuple[Any, ...] | None:
    """Return the values of a closed set: of an enum, or those that a field allows; None for any other type."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return tuple(kind)
    return get_args(kind) if get_origin(kind) is Literal else None


def item_of(kind: Any) -> Any:
    """Return the type of a tuple's items; None for what is no tuple."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def records_of(kind: Any) -> dict[str, type]:
    """Return the dataclasses of a union by their names."""
    return {each.__name__: each for each in options(kind) if is_record(each)}


def may_be_none(kind: Any) -> bool:
    """Return True if a field may be left without a value."""
    return NoneType in options(kind)


@cache
def language() -> dict[str, type]:
    """Return every dataclass of the language by its name, forms first."""
    found: dict[str, type] = {}
    waiting: list[Any] = [Form]
    while waiting:
        for kind in options(waiting.pop(0)):
            inner = item_of(kind)
            if inner is not None:
                waiting.append(inner)
            elif is_record(kind) and kind.__name__ not in found:
                found[kind.__name__] = kind
                waiting += [field.kind for field in shape_of(kind)]
    return found


def closed_sets() -> Iterator[type[StrEnum]]:
    """Yield every enum that the language uses."""
    kinds = (each for kind in language().values() for field in shape_of(kind) for each in options(field.kind))
    items = (item_of(each) or each for each in kinds)
    yield from dict.fromkeys(each for each in items if isinstance(each, type) and issubclass(each, StrEnum))
