"""The organisations, programmes, places and funds that the graph names, with the number of flows that touch each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from graph.identifiers import entity_id
from graph.model import Entity, Funding
from graph.queries import query
from graph.stores.store import Store

BATCH = 2000  #: values bound at once; more make one query too long for some servers


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A thing that some flow or award names."""

    entity: Entity
    flows: int  #: how many flows touch it
    awards: int = 0  #: how many awards without a sum touch it


def thing_key(entity: Entity) -> str:
    """Return the key of a thing, such as "programme/warm-homes": unique over all kinds, and readable in a URL."""
    return f"{entity.kind.value}/{entity.id}"


def select_in_batches(store: Store, name: str, variable: str, values: Iterable[Node] | None) -> list[dict[str, Node]]:
    """Return the rows of a stored query for some values of one variable; for all values if `values` is None."""
    if values is None:
        return store.select(query(name), {})
    wanted = list(dict.fromkeys(values))
    rows: list[dict[str, Node]] = []
    for start in range(0, len(wanted), BATCH):
        rows += store.select(query(name), {variable: wanted[start : start + BATCH]})
    return rows


def entities(store: Store, iris: Iterable[Node]) -> dict[str, Entity]:
    """Return the entities among some IRIs, by IRI; if one has several names, the first in the alphabet."""
    known: dict[str, Entity] = {}
    rows = select_in_batches(store, "app-names", "thing", {iri for iri in iris if entity_id(str(iri))})
    for row in sorted(rows, key=lambda row: str(row["name"]), reverse=True):
        found = entity_id(str(row["thing"]))
        if found:
            verified = str(row.get("verified", "true")) == "true"
            known[str(row["thing"])] = Entity(found[0], str(row["name"]), found[1], verified)
    return known


def named_things(store: Store) -> tuple[NamedThing, ...]:
    """Return every thing that a flow or an award names, by kind and name."""
    flows = _counted(store, "app-named-in-flows", "flows")
    awards = _counted(store, "app-named-in-awards", "awards")
    known = entities(store, [URIRef(iri) for iri in {**flows, **awards}])
    return things_by_name(NamedThing(each, flows.get(iri, 0), awards.get(iri, 0)) for iri, each in known.items())


def things_by_name(things: Iterable[NamedThing]) -> tuple[NamedThing, ...]:
    """Return things sorted by kind and name, and by id where two have one name."""
    return tuple(sorted(things, key=lambda each: (each.entity.kind, each.entity.name.casefold(), each.entity.id)))


def things_of(funding: Funding) -> list[Entity]:
    """Return everything that a flow or an award names."""
    things = (funding.funder, funding.recipient, funding.place, funding.fund, *funding.programmes)
    return [entity for entity in things if entity is not None]


def _counted(store: Store, name: str, column: str) -> dict[str, int]:
    return {str(row["thing"]): int(str(row[column])) for row in store.select(query(name), {})}


def text_of(row: Mapping[str, Node], name: str) -> str:
    """Return the text of a cell; "" if the row has none."""
    node = row.get(name)
    return "" if node is None else str(node)


def entity_of(row: Mapping[str, Node], name: str, known: Mapping[str, Entity]) -> Entity | None:
    """Return the entity of a cell's IRI; None for an empty cell, or an IRI that is not in `known`."""
    return known.get(text_of(row, name))


def iris_in(rows: Sequence[Mapping[str, Node]], *names: str) -> set[Node]:
    """Return the IRIs in some columns of rows."""
    return {row[name] for row in rows for name in names if isinstance(row.get(name), URIRef)}
