"""The types of the language as tests take them apart: their fields, and what each field may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from graph.ask.language.terms import Form, Part


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a type."""

    name: str
    kind: Any  #: its type
    required: bool


@cache
def shape_of(kind: type[Part]) -> tuple[FieldShape, ...]:
    """The fields of a type, in order."""
    return tuple(FieldShape(each.name, each.type, each.required) for each in msgspec.structs.fields(kind))


def options(kind: Any) -> tuple[Any, ...]:
    """The types that a union is of; a type that is no union alone."""
    return get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)


def plain(kind: Any) -> Any:
    """A type without what is noted beside it."""
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def values_of(kind: Any) -> tuple[Any, ...] | None:
    """The values of a closed set: of an enum, or those that a field allows; None for any other type."""
    bare = plain(kind)
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        noted = [each.extra_json_schema for each in get_args(kind)[1:]] if bare is not kind else []
        return tuple(each for each in bare if not noted or each.value in noted[0]["enum"])
    return get_args(bare) if get_origin(bare) is Literal else None


def item_of(kind: Any) -> Any:
    """The type of a tuple's items; None for what is no tuple."""
    bare = plain(kind)
    return get_args(bare)[0] if get_origin(bare) is tuple else None


def may_be_none(kind: Any) -> bool:
    """Whether a field may be left without a value."""
    return NoneType in options(kind)


@cache
def language() -> dict[str, type[Part]]:
    """Every type of the language by its name, forms first."""
    found: dict[str, type[Part]] = {}
    waiting: list[Any] = [Form]
    while waiting:
        for kind in options(waiting.pop(0)):
            inner = item_of(kind)
            if inner is not None:
                waiting.append(inner)
            elif isinstance(kind, type) and issubclass(kind, Part) and kind.__name__ not in found:
                found[kind.__name__] = kind
                waiting += [field.kind for field in shape_of(kind)]
    return found


def closed_sets() -> Iterator[type[StrEnum]]:
    """Every enum that the language uses."""
    kinds = (each for kind in language().values() for field in shape_of(kind) for each in options(field.kind))
    items = (plain(item_of(each) or each) for each in kinds)
    yield from dict.fromkeys(each for each in items if isinstance(each, type) and issubclass(each, StrEnum))
