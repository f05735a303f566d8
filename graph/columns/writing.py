"""Writes the ledger and the columns of a build when it is published."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.columns.columns import Columns
from graph.columns.everything import Everything
from graph.columns.funding import one_piece
from graph.columns.making import PlacesIn, Tables, make_tables
from graph.columns.money_parts import MoneyParts, judged_anew
from graph.columns.tables import open_tables, write_tables
from graph.counting.all_money import AllMoney
from graph.counting.grounds import grounds_of
from graph.counting.ledger import DECISION, Counting, Places
from graph.counting.ledger_file import Anew, judgements_in, write_changed, write_ledger
from graph.model import EntityKind, Record
from graph.names.index import NameIndex
from graph.registry import Registry
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key, things_of


def write_all(
    folder: Path, stated: Everything, records: Iterable[Record], names: NameIndex, more: Tables | None = None
) -> None:
    """Judge all money of a graph, and write its ledger and its columns into the folder of its build.

    Args:
        folder: The build's folder; it may hold the columns of the build that it was cloned from.
        stated: The content of the graph.
        records: The records that the graph was written from, with corrections applied.
        names: The index of known names.
        more: Tables for the next publication.
    """
    passages = ((record.document, passage) for record in records for passage in record.passages)
    finder = places_finder(lambda: names, open_tables(folder, names.registry))
    tables = make_tables(stated, passages, names.registry, finder)
    grounds = grounds_of(stated.flows, stated.heads, stated.relations, stated.checks)
    write_ledger(folder, Counting(stated.flows, grounds, places_known(names.registry, stated.heads.values())))
    write_tables(folder, {**tables, **(more or {})}, names.registry)


def write_after(folder: Path, before: Tables, tables: Tables, documents: Collection[str], registry: Registry) -> None:
    """Write the ledger and the columns of a build of which some documents changed.

    Only money of things that these documents touch is judged anew, and of all money together the parts that hold a flow
    of them; the other judgements stand.

    Args:
        folder: The build's folder; it holds the ledger of the build that it was cloned from.
        before: The tables of that build.
        tables: Those of this one.
        documents: All that are new, state something else or have gone.
        registry: The registry.
    """
    judgements = judgements_in(folder)
    if judgements is None:
        write_ledger(folder, _counting(MoneyParts(tables), None, registry))
    else:
        parts = MoneyParts(tables)
        keys = frozenset(key for each in (before, tables) for key in _touched(Columns(each), documents, registry))
        anew = Anew(keys, judged_anew(MoneyParts(before), parts, documents), one_piece(tables["flows"], "iri"))
        write_changed(folder, _counting(parts, anew, registry), judgements, anew)
    write_tables(folder, tables, registry, before)


def _counting(parts: MoneyParts, anew: Anew | None, registry: Registry) -> Counting:
    """Return a `Counting` of what is judged anew; None is everything."""
    import numpy

    columns = parts.columns
    rows, of_all = columns.flows.rows, numpy.arange(len(columns.flows))
    chosen = of_all
    if anew is not None:
        of_all = numpy.flatnonzero(anew.flows)
        chosen = numpy.flatnonzero(anew.flows | _touching(columns, anew.keys, registry))
    flows = rows.at(chosen)
    documents = numpy.unique(columns.flows.documents[chosen])
    stated = rows.at(columns.rows_in("flows", documents.tolist()))
    heads = {columns.documents[n]: columns.heads[n] for n in documents.tolist() if n < columns.held}
    checks = columns.checks.at(columns.rows_in("checks", documents.tolist()))
    grounds = replace(grounds_of(stated, heads, (), checks), refers_to=parts.refers_to)
    apart: dict[int, list[StatedFlow]] = {}
    for stated_flow, part in zip(rows.at(of_all), parts.of_flows[of_all].tolist(), strict=True):
        apart.setdefault(part, []).append(stated_flow)
    is_one = len(apart) == len(numpy.unique(parts.of_flows)) == 1
    all_money = AllMoney(list(apart.values()), grounds, None if is_one else parts.spent_first)
    return Counting(flows, grounds, places_known(registry, heads.values()), all_money)


def _touching(columns: Columns, keys: Collection[str], registry: Registry) -> Any:
    """Return a mask of the flows that touch one of some things, or that one of some decisions states."""
    import numpy

    flows = columns.flows
    decisions = [key.removeprefix(DECISION) for key in keys if key.startswith(DECISION)]
    within = [number for iri in decisions for number in columns.postings("decisions").rows(iri).tolist()]
    things = columns.numbers_of_ids(key.partition("/")[2] for key in keys if not key.startswith(DECISION)).tolist()
    found = flows.in_documents(within) | flows.under(things)
    for column in ("funder", "recipient", "fund", "place"):
        found |= flows.naming(column, things)
    offices = columns.words("documents", "body")
    area_of = {body: registry.place_of_body(body) for body in set(offices)}
    ids = columns.words("things", "id")
    placed = {ids[number] for number in flows.things("place")}
    # a wider area that no sum is for has no judgement
    wanted = {id for id in placed | {*area_of.values()} if f"{EntityKind.PLACE.value}/{id}" in keys}
    within_it = {id for id in placed if not wanted.isdisjoint(registry.places_around(id))}
    found |= flows.naming("place", columns.numbers_of_ids(within_it).tolist())
    bodies = {body for body, area in area_of.items() if area and not wanted.isdisjoint(registry.places_around(area))}
    return found | (
        numpy.array([body in bodies for body in offices], bool)[flows.documents] & (flows.numbers("place") < 0)
    )


def places_known(registry: Registry, heads: Iterable[DecisionHead]) -> Places:
    """Return which places lie within which, and for each document the area of the body that decided."""

    def key(id: str) -> str:
        return f"{EntityKind.PLACE.value}/{id}"

    around = {key(id): frozenset(map(key, registry.places_around(id))) for id in registry.places}
    areas: dict[str, str] = {}
    for head in heads:
        area = registry.place_of_body(head.body.id) if head.body is not None else None
        if area:
            areas[head.document] = key(area)
    return Places(around, areas)


def places_finder(names: Callable[[], NameIndex], before: Tables | None) -> PlacesIn:
    """Return a function that finds the places which a title and summary name.

    Args:
        names: Returns the index of known names; it takes a while, and is asked for new titles only.
        before: The tables of the build before, which know the places of its decisions: finding them takes milliseconds.
    """
    known: dict[str, Iterable[str]] = {}
    if before is not None:
        parts = (before["documents"][name].to_pylist() for name in ("title", "summary", "places_named"))
        found = zip(*parts, strict=True)
        known = {f"{title}. {summary}": places for title, summary, places in found if places is not None}

    def places_in(text: str) -> Iterable[str]:
        if text not in known:
            known[text] = [mention.entity.id for mention in names().find(text, kinds={EntityKind.PLACE})]
        return known[text]

    return places_in


def _touched(columns: Columns, documents: Collection[str], registry: Registry) -> Iterator[str]:
    """Yield the keys of the things that the money of some documents touches, and of their decisions."""
    numbers = [columns.numbers_of_documents[name] for name in documents if name in columns.numbers_of_documents]
    decisions = {columns.heads[number].iri for number in numbers}
    same = {row for iri in decisions for row in columns.postings("decisions").rows(iri).tolist()}
    heads = [columns.heads[number] for number in same]
    yield from (f"{DECISION}{iri}" for iri in decisions)
    places = places_known(registry, heads)
    flows: list[StatedFlow] = columns.flows.rows.at(columns.rows_in("flows", same))
    for stated in flows:
        yield from map(thing_key, things_of(stated.flow))
        yield from places.of(stated)
