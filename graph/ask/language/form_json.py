"""Forms as JSON and back: each part is an object whose "is" names its type. Also the schema that a planner is given."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, cast
from weakref import WeakKeyDictionary

import msgspec

from graph.ask.known.facts import Facts
from graph.ask.language import terms
from graph.ask.language.terms import AMOUNT, MOST_CHARACTERS, Form, Part
from graph.errors import WhofundsError
from graph.model import Entity, EntityKind

IS = "is"
MOST_DEPTH = 12  #: parts within parts
MOST_PARTS = 2000  #: of one form, single values included
_AMOUNTS = frozenset({"amount", "at_least", "at_most"})
_SHOWN = 160  #: characters of a message about one value
_COMMENT = re.compile(r"^    (\w+)\s*[:=][^#\n]*#: (.+)$", re.MULTILINE)


class UnreadableForm(WhofundsError):
    """A JSON value is no form: the message says where, what was found, and what may stand there."""


def form_json(part: object) -> Any:
    """Return a form, a set or a condition as a JSON value: defaults are left out, amounts are decimal strings."""
    if isinstance(part, Entity):
        return {"id": part.id, "name": part.name, "kind": part.kind.value}
    if isinstance(part, Part):
        held = ((name, getattr(part, name), default) for name, default in _fields(type(part)))
        stated = {name: form_json(value) for name, value, default in held if value != default}
        return {IS: type(part).__name__, **stated}
    if isinstance(part, tuple):
        return [form_json(each) for each in part]
    if isinstance(part, StrEnum):
        return part.value
    return f"{part:f}" if isinstance(part, Decimal) else part


@cache
def _fields(kind: type[Part]) -> tuple[tuple[str, object], ...]:
    """Return the names and defaults of a part's fields; msgspec reads the annotations anew each time it is asked."""
    return tuple((each.name, each.default) for each in msgspec.structs.fields(kind))


def form_from_json(value: object, facts: Facts) -> Form:
    """Return the form that a JSON value states.

    Args:
        value: The value, as a JSON parser returned it.
        facts: The graph in which things are looked up, by id or by name.

    Raises:
        UnreadableForm: A type, field or value is not of the language, a thing is not known, or the form is too large.
    """
    stated = _Reader(known_things(facts)).with_things(value, "form")
    try:
        return cast(Form, msgspec.convert(stated, Form))
    except msgspec.ValidationError as error:
        said, _, at = str(error).partition(" - at `$")
        raise _unreadable(f"form{at.rstrip('`')}", said) from error


def _unreadable(at: str, said: str) -> UnreadableForm:
    """A fault as it is told: short, and with nothing that moves the cursor of a terminal."""
    text = f"{at}: {said}" if said.isprintable() and at.isprintable() else ascii(f"{at}: {said}")
    return UnreadableForm(f"{text[:_SHOWN]}…" if len(text) > _SHOWN else f"{text}.")


@dataclass
class _Reader:
    """Puts things of the graph in the place of their names; counts parts, so that no form, however made, takes long."""

    things: KnownThings
    parts: int = field(default=0, init=False)

    def with_things(self, value: object, at: str, depth: int = 0) -> object:
        """Return JSON with things for their names, and amounts looked at: what types alone do not say."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise _unreadable("form", f"it has more than {MOST_PARTS:,} parts; ask for less at once")
        if depth > MOST_DEPTH:
            raise _unreadable("form", f"parts stand within parts more than {MOST_DEPTH} deep; nest fewer")
        if isinstance(value, list):
            return [self.with_things(each, f"{at}[{number}]", depth + 1) for number, each in enumerate(value)]
        if isinstance(value, dict):
            return {key: self._of_field(key, each, f"{at}.{key}", depth + 1) for key, each in value.items()}
        return value

    def _of_field(self, name: str, value: object, at: str, depth: int) -> object:
        if name == "entities" and isinstance(value, list):
            return [self._entity(each, f"{at}[{number}]") for number, each in enumerate(value)]
        if name in _AMOUNTS and value is not None:
            if not isinstance(value, str) or not value.isascii() or not re.fullmatch(AMOUNT, value) or "\n" in value:
                raise _unreadable(at, 'no amount; write pounds as a string such as "150000.00"')
            return value
        return self.with_things(value, at, depth)

    def _entity(self, value: object, at: str) -> Entity:
        """Return a thing of the graph or the registry: by id, by name, or by both, which must then agree."""
        self.parts += 1
        given = {"name": value} if isinstance(value, str) else value
        if not isinstance(given, dict) or not given or given.keys() - {"id", "name", "kind"}:
            raise _unreadable(at, "no thing; give a name, or an object with id, name or kind")
        if not all(isinstance(each, str) and len(each) <= MOST_CHARACTERS for each in given.values()):
            raise _unreadable(at, "no thing; give its id, name and kind as texts")
        id, name, kind = (given.get(key, "") for key in ("id", "name", "kind"))
        found = [e for e in (self.things.by_id(id) if id else self.things.by_name(name)) if kind in ("", e.kind.value)]
        if id and name:
            found = [e for e in found if e.name == name] or [e for e in found if self.things.is_called(e, name)]
        if not found:
            raise _unreadable(at, f"nothing is known as {' '.join(given.values())!r}; take a name or id of the graph")
        if len({entity.id for entity in found}) > 1:
            ids = ", ".join(f"{entity.id} ({entity.kind.value})" for entity in found[:3])
            raise _unreadable(at, f"{name!r} may be {ids}; give the id")
        return found[0]


# --- things by their id or by a name, in the graph and in the registry


class KnownThings:
    """Everything that a question can name, found by id and by any of its names."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._by_id: dict[str, list[Entity]] = {}
        self._by_name: dict[str, dict[str, Entity]] = {}
        for entity in (*facts.entities.values(), *facts.registry.entities(), *facts.unverified):
            same_id = self._by_id.setdefault(entity.id, [])
            if entity not in same_id:
                same_id.append(entity)
            for name in {entity.name, *facts.names_of(entity)}:
                self._by_name.setdefault(_plain(name), {}).setdefault(entity.id, entity)

    def by_id(self, id: str) -> tuple[Entity, ...]:
        """Return the entities of an id: none, one, or several where corrections gave the thing further names."""
        return tuple(self._by_id.get(id, ()))

    def by_name(self, name: str) -> tuple[Entity, ...]:
        """Return everything that has a name, of any kind; capitals and repeated spaces are ignored."""
        return tuple(self._by_name.get(_plain(name), {}).values())

    def is_called(self, entity: Entity, name: str) -> bool:
        """Return True if a name is one of a thing's names."""
        return _plain(name) in {_plain(each) for each in (entity.name, *self._facts.names_of(entity))}


_KNOWN: WeakKeyDictionary[Facts, KnownThings] = WeakKeyDictionary()


def known_things(facts: Facts) -> KnownThings:
    """Return the things that the graph and the registry know, gathered once and kept for as long as the facts live."""
    if facts not in _KNOWN:
        _KNOWN[facts] = KnownThings(facts)
    return _KNOWN[facts]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


# --- the schema


def form_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of forms, made from the types of the language.

    Two rules are not in the schema: `form_from_json` limits the depth of a form, and `checking.problems` compares names
    with the graph.
    """
    schema = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(Form)))  # a default () becomes []
    for name, definition in schema["$defs"].items():
        kind = getattr(terms, name, EntityKind)
        comments = comments_of(kind)
        if "enum" in definition:
            said = [f"{member.value}: {comments[member.name]}" for member in kind if member.name in comments]
            about = f"{definition['description']} {'; '.join(said)}".strip()
            definition |= {"type": "string", "enum": [member.value for member in kind], "description": about}
        for each, comment in comments.items():
            if each in definition.get("properties", {}):
                definition["properties"][each]["description"] = comment
    schema["$defs"]["Entity"] = _entity_schema()
    about = "What is asked of a set of what public decisions state."
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Form", "description": about, **schema}


def comments_of(kind: type) -> dict[str, str]:
    """Return the `#:` comment beside each field of a type, or each member of an enum, by name.

    {} without the source.
    """
    try:
        return {name: comment.strip() for name, comment in _COMMENT.findall(inspect.getsource(kind))}
    except OSError:  # installed without its source
        return {}


def _entity_schema() -> dict[str, Any]:
    text = {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS}
    by_parts = {
        "type": "object",
        "properties": {"id": text, "name": text, "kind": {"$ref": "#/$defs/EntityKind"}},
        "anyOf": [{"required": ["id"]}, {"required": ["name"]}],
        "additionalProperties": False,
    }
    return {"description": f"{inspect.getdoc(Entity)} By its name, or by its id.", "anyOf": [text, by_parts]}
