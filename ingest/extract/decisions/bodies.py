"""Find the body that took a decision: by the document's own field, else by weights that rank the possible bodies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Entity, EntityKind
from graph.names.index import NameIndex, new_entity
from ingest.document import Document
from ingest.extract.choice import choose
from ingest.extract.decisions.body_candidates import body_options
from ingest.extract.decisions.body_lists import load_body_signs
from ingest.extract.decisions.fields import Field
from ingest.extract.weights import Weights

_KINDS = {EntityKind.ORGANISATION}
_BODY_TYPES = {"police-and-crime-commissioner", "combined-authority", "mayoral-authority", "regional-authority"}
_POLICING = "police-and-crime-commissioner"
_LEAST = 0.5  #: how probable a body is that is not left open


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a document's head that tell which body decided."""

    fields: Mapping[str, Field]
    title: str
    reference: str | None
    source: str | None  #: its web address


def decision_body(document: Document, head: Head, names: NameIndex, weights: Weights) -> Entity | None:
    """Return the body that decided: by its field, else the most probable body; None if that is "no known body"."""
    field = head.fields.get("body")
    if field is not None and field.value:
        known = names.resolve(field.value, kinds=_KINDS)
        return known or new_entity(field.value, EntityKind.ORGANISATION)
    options = body_options(document, head.title, head.reference, head.source, names)
    chosen = choose(options, weights.of("body"))
    if chosen.value is None or chosen.probability < _LEAST:
        return None
    decider = head.fields["decided_by"].value if "decided_by" in head.fields else None
    said = "reference" in chosen.grounds or names.resolve(decider or "", kinds=_KINDS) == chosen.value
    return chosen.value if said else _policing_office(chosen.value, document, names) or chosen.value


def _policing_office(body: Entity, document: Document, names: NameIndex) -> Entity | None:
    """Return the office for policing inside a body if the text names it, since the decision may be the office's own."""
    inside = [
        id for id, row in names.registry.organisations.items() if row.part_of == body.id and row.type == _POLICING
    ]
    text = "\n".join(block.text for block in document.blocks) if inside else ""
    spoken = [
        names.registry.get_entity(id) for sign, id in load_body_signs().offices if re.search(rf"\b{sign}\b", text)
    ]
    named = {*spoken, *(found.entity for found in names.find(text, kinds=_KINDS))}
    return next((entity for entity in map(names.registry.get_entity, inside) if entity in named), None)


def is_deciding_body(entity: Entity, names: NameIndex) -> bool:
    """Return True if an organisation takes funding decisions of the kind that whofunds reads."""
    row = names.registry.organisations.get(entity.id)
    return row is not None and (row.type in _BODY_TYPES or entity.id in load_body_signs().deciding)
