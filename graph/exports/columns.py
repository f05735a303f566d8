"""Columns of exported tables, described beside each field, so that heading, type and meaning stay together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, fields
from enum import StrEnum
from typing import Any


class CellType(StrEnum):
    """The Table Schema types that our columns have."""

    STRING = "string"
    NUMBER = "number"
    DATE = "date"  #: with the precision of its source, so that a month stays a month
    IRI = "iri"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an exported table."""

    name: str
    type: CellType
    meaning: str
    values: tuple[str, ...] = ()  #: all that it may hold beside nothing; empty where it holds any text


def about(meaning: str, type: CellType = CellType.STRING, values: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Return the metadata that makes a dataclass field a column, for `dataclasses.field(metadata=...)`."""
    return {"column": (type, meaning, values)}


def columns_of(row: type) -> tuple[Column, ...]:
    """Return the columns of a dataclass, each of whose fields was made with `about`."""
    return tuple(_column(each) for each in fields(row))


def _column(each: Field[Any]) -> Column:
    type, meaning, values = each.metadata["column"]
    return Column(each.name, type, meaning, values)
