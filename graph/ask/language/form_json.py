"""Forms as JSON and back: each part an object whose "is" names its type; the schema that a planner is given."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Any, cast

from graph.ask.facts import Facts
from graph.ask.language.known_things import KnownThings, known_things, of_kind
from graph.ask.language.shapes import (
    closed_sets,
    comments_of,
    is_record,
    item_of,
    language,
    may_be_none,
    options,
    records_of,
    shape_of,
    values_of,
)
from graph.ask.language.terms import Form
from graph.errors import WhofundsError
from graph.model import Entity, EntityKind

IS = "is"
MOST_DEPTH = 12  #: parts within parts
MOST_PARTS = 2000  #: of one form, single values included
MOST_ITEMS = 200  #: of one list
MOST_CHARACTERS = 1000  #: of one text
MOST_NUMBER = 100_000  #: whole numbers are years and limits
_AMOUNT = r"^[0-9]{1,12}(\.[0-9]{1,4})?$"
_PLAIN_TEXT = r"^[^\u0000-\u001f\u007f-\u009f]*$"
_SHOWN = 60  #: characters of a wrong value that a message repeats


class UnreadableForm(WhofundsError):
    """JSON is no form: the message says where, what was found, and what may stand there."""


def form_json(part: object) -> Any:
    """Return a form, a set or a condition as JSON: defaults are left out, amounts are decimal strings."""
    if isinstance(part, Entity):
        return {"id": part.id, "name": part.name, "kind": part.kind.value}
    if is_dataclass(part) and not isinstance(part, type):
        out: dict[str, Any] = {IS: type(part).__name__}
        for field in fields(part):
            value = getattr(part, field.name)
            if value != field.default:
                out[field.name] = form_json(value)
        return out
    if isinstance(part, tuple):
        return [form_json(each) for each in part]
    if isinstance(part, StrEnum):
        return part.value
    return f"{part:f}" if isinstance(part, Decimal) else part


def form_from_json(value: object, facts: Facts) -> Form:
    """Return the form that JSON states.

    Args:
        value: What a JSON parser returned.
        facts: The graph in which things are looked up, by id or by name.

    Raises:
        UnreadableForm: A type, field or value is not of the language, a thing is not known, or the form is too large.
    """
    return cast(Form, _Reader(known_things(facts)).read(Form, value, "form", 0))


class _Reader:
    """Reads one form; counts its parts, so that no form, however made, takes long."""

    def __init__(self, things: KnownThings) -> None:
        self._things = things
        self._parts = 0

    def read(self, kind: Any, value: object, at: str, depth: int) -> object:
        """Return the value of a type that JSON states at a place."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise UnreadableForm(f"{at}: the form has more than {MOST_PARTS:,} parts; ask for less at once.")
        if depth > MOST_DEPTH:
            raise UnreadableForm(f"{_shortened(at)}: parts stand within parts more than {MOST_DEPTH} deep; nest fewer.")
        if value is None and may_be_none(kind):
            return None
        (single, *more) = [each for each in options(kind) if each is not NoneType]
        if more or is_record(single):
            return self._entity(value, at) if single is Entity else self._record(records_of(kind), value, at, depth)
        item = item_of(single)
        if item is not None:
            return self._items(item, value, at, depth)
        allowed = values_of(single)
        return _one_of(allowed, value, at) if allowed is not None else _plain_value(single, value, at)

    def _record(self, allowed: dict[str, type], value: object, at: str, depth: int) -> object:
        names = ", ".join(allowed)
        if not isinstance(value, dict):
            raise UnreadableForm(f"{at}: {_found(value)} stands where an object is wanted, one of {names}.")
        name = value.get(IS)
        kind = allowed.get(name) if isinstance(name, str) else None
        if kind is None:
            raise UnreadableForm(f"{at}.is: {_found(name)} is no type that may stand here; take one of {names}.")
        shape = {field.name: field for field in shape_of(kind)}
        unknown = next((key for key in value if key != IS and key not in shape), None)
        if unknown is not None:
            raise UnreadableForm(f"{at}: {kind.__name__} has no field {_found(unknown)}; it has {', '.join(shape)}.")
        missing = next((f.name for f in shape.values() if f.required and f.name not in value), None)
        if missing is not None:
            raise UnreadableForm(f"{at}: {kind.__name__} lacks {missing!r}; give it.")
        stated = {key: each for key, each in value.items() if key != IS}
        given = {key: self.read(shape[key].kind, each, f"{at}.{key}", depth + 1) for key, each in stated.items()}
        empty = next((key for key, each in given.items() if each == () and shape[key].required), None)
        if empty is not None:
            raise UnreadableForm(f"{at}.{empty}: the list is empty; {kind.__name__} wants at least one.")
        return kind(**given)

    def _items(self, kind: Any, value: object, at: str, depth: int) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise UnreadableForm(f"{at}: {_found(value)} stands where a list is wanted; put it in brackets.")
        if len(value) > MOST_ITEMS:
            raise UnreadableForm(f"{at}: the list has {len(value):,} items; give at most {MOST_ITEMS}.")
        return tuple(self.read(kind, each, f"{at}[{number}]", depth + 1) for number, each in enumerate(value))

    def _entity(self, value: object, at: str) -> Entity:
        """Return a thing of the graph or the registry: by id, by name, or by both, which must then agree."""
        given = {"name": value} if isinstance(value, str) else value
        if not isinstance(given, dict) or not given or any(key not in {"id", "name", "kind"} for key in given):
            raise UnreadableForm(f"{at}: {_found(value)} is no thing; give a name, or an object with id, name or kind.")
        id, name = (_text(given[key], f"{at}.{key}") if key in given else "" for key in ("id", "name"))
        kind = EntityKind(_one_of(tuple(EntityKind), given["kind"], f"{at}.kind")) if "kind" in given else None
        found = self._things.by_id(id) if id else self._things.by_name(name)
        if not found:
            raise UnreadableForm(f"{at}: nothing is known as {_found(id or name)}; take a name or id of the graph.")
        fitting = of_kind(found, kind)
        if not fitting:
            other = found[0].kind.value
            raise UnreadableForm(f"{at}: {_found(id or name)} is of the kind {other}, not {kind}; leave the kind out.")
        if id and name:
            return self._named(fitting, name, at)
        if len({entity.id for entity in fitting}) > 1:
            ids = ", ".join(f"{entity.id} ({entity.kind.value})" for entity in fitting[:5])
            raise UnreadableForm(f"{at}: {_found(name)} may be {ids}; give the id.")
        return fitting[0]

    def _named(self, fitting: tuple[Entity, ...], name: str, at: str) -> Entity:
        exact = next((entity for entity in fitting if entity.name == name), None)
        if exact is not None or self._things.is_called(fitting[0], name):
            return exact or fitting[0]
        right = fitting[0]
        raise UnreadableForm(f"{at}: {right.id!r} is called {right.name!r}, not {_found(name)}; give one of the two.")


def _one_of(allowed: tuple[Any, ...], value: object, at: str) -> Any:
    member = next((each for each in allowed if isinstance(value, str) and str(each) == value), None)
    if member is None:
        raise UnreadableForm(f"{at}: {_found(value)} is not allowed; take one of {', '.join(map(str, allowed))}.")
    return member


def _plain_value(kind: Any, value: object, at: str) -> object:
    if kind is Decimal:
        return _amount(value, at)
    if kind is str:
        return _text(value, at)
    if type(value) is not kind:  # True is an int in Python, and 1 is no truth value in JSON
        wanted = "true or false" if kind is bool else "a whole number"
        raise UnreadableForm(f"{at}: {_found(value)} stands where {wanted} is wanted.")
    if isinstance(value, int) and not -MOST_NUMBER <= value <= MOST_NUMBER:
        raise UnreadableForm(f"{at}: the number is too large; give one up to {MOST_NUMBER:,}.")
    return value


def _amount(value: object, at: str) -> Decimal:
    if isinstance(value, str) and len(value) < 20 and value.isascii() and re.fullmatch(_AMOUNT, value):
        return Decimal(value)
    raise UnreadableForm(f'{at}: {_found(value)} is no amount; write pounds as a string such as "150000.00".')


def _text(value: object, at: str) -> str:
    if not isinstance(value, str):
        raise UnreadableForm(f"{at}: {_found(value)} stands where text is wanted.")
    if len(value) > MOST_CHARACTERS:
        raise UnreadableForm(f"{at}: the text has {len(value):,} characters; give at most {MOST_CHARACTERS:,}.")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value):
        raise UnreadableForm(f"{at}: the text holds signs that cannot be printed; leave them out.")
    return value


def _found(value: object) -> str:
    """A wrong value as a message repeats it: short, and with nothing that moves the cursor of a terminal."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else "a very large number"
    return _shortened(ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value))


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


# --- the schema


def form_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of forms, made from the types of the language.

    What it cannot say, `form_from_json` and `checking.problems` hold: the depth of a form, and what the graph knows.
    """
    defs = {name: _record_schema(kind) for name, kind in language().items() if kind is not Entity}
    defs |= {each.__name__: _enum_schema(each) for each in closed_sets()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Form",
        "description": "What is asked of a set of what public decisions state.",
        **_kind_schema(Form),
        "$defs": defs | {"Entity": _entity_schema(), EntityKind.__name__: _enum_schema(EntityKind)},
    }


def _record_schema(kind: type) -> dict[str, Any]:
    shape = shape_of(kind)
    properties: dict[str, Any] = {IS: {"const": kind.__name__}}
    for field in shape:
        said = {"description": field.comment} if field.comment else {}
        least = {"minItems": 1} if field.required and item_of(field.kind) is not None else {}
        properties[field.name] = _kind_schema(field.kind) | least | said
    return {
        "type": "object", "description": _first_line(kind), "properties": properties,
        "required": [IS, *(field.name for field in shape if field.required)], "additionalProperties": False,
    }  # fmt: skip


def _enum_schema(kind: type[StrEnum]) -> dict[str, Any]:
    comments = comments_of(kind)
    said = [f"{member.value}: {comments[member.name]}" for member in kind if member.name in comments]
    description = f"{_first_line(kind)} {'; '.join(said)}".strip()
    return {"type": "string", "enum": [member.value for member in kind], "description": description}


def _kind_schema(kind: Any) -> dict[str, Any]:
    several = options(kind)
    if len(several) > 1:
        return {"anyOf": [_kind_schema(each) for each in several]}
    if is_record(kind) or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return {"$ref": f"#/$defs/{kind.__name__}"}
    item = item_of(kind)
    if item is not None:
        return {"type": "array", "items": _kind_schema(item), "maxItems": MOST_ITEMS}
    allowed = values_of(kind)
    if allowed is not None:
        return {"type": "string", "enum": [str(each) for each in allowed]}
    return dict(_PLAIN[kind])


_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string", "maxLength": MOST_CHARACTERS, "pattern": _PLAIN_TEXT},
    int: {"type": "integer", "minimum": -MOST_NUMBER, "maximum": MOST_NUMBER},
    bool: {"type": "boolean"},
    Decimal: {"type": "string", "pattern": _AMOUNT, "description": "Pounds as a decimal string, never a number."},
    NoneType: {"type": "null"},
}


def _entity_schema() -> dict[str, Any]:
    text = _PLAIN[str] | {"minLength": 1}
    return {
        "description": f"{_first_line(Entity)} By its name, or by its id.",
        "anyOf": [
            text,
            {
                "type": "object",
                "properties": {"id": text, "name": text, "kind": {"$ref": "#/$defs/EntityKind"}},
                "anyOf": [{"required": ["id"]}, {"required": ["name"]}],
                "additionalProperties": False,
            },
        ],
    }


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]
