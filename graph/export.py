"""The graph in formats that other tools read, with what was left out of it and how sure its money is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass
from enum import StrEnum

from graph.counting.grounds import grounds_of
from graph.counting.tally import tally
from graph.counting.unsure import Unsure, unsure_part
from graph.exports.facts import flat_facts
from graph.exports.flows import FlatFlow, flat_awards, flat_flows
from graph.exports.graphml import flows_graphml, has_both_parties
from graph.exports.jsonld import jsonld
from graph.exports.table import facts_csv, flows_csv
from graph.exports.threesixtygiving import grants_json, is_grant
from graph.exports.threshold import EVERYTHING, Threshold, Triple, without
from graph.exports.turtle import turtle
from graph.parse.money import format_pounds
from graph.queries import query
from graph.stated.checks import checks_of
from graph.stated.decisions import decision_heads
from graph.stated.flows import all_flows
from graph.stated.relations import all_relations
from graph.stores.store import Store


class ExportFormat(StrEnum):
    """What `whofunds export --format` takes."""

    TURTLE = "turtle"
    JSONLD = "jsonld"
    CSV = "csv"
    GRAPHML = "graphml"
    THREESIXTYGIVING = "360giving"


@dataclass(frozen=True, slots=True)
class Exported:
    """A text for another tool, and what is not in it."""

    text: str
    left_out: tuple[str, ...] = ()  #: what is not in it, a sentence each
    gone: frozenset[str] = frozenset()  #: IRIs of the flows and awards that were not sure enough


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is sure enough to be exported, and what is not."""

    flows: list[FlatFlow]
    awards: list[FlatFlow]
    gone: frozenset[str]  #: IRIs
    left_out: tuple[str, ...]


def export(store: Store, format: ExportFormat | str) -> str:
    """Return the whole graph (turtle, jsonld), or its flows, awards and facts (csv, graphml, 360giving), sorted.

    Raises:
        ValueError: There is no such format.
    """
    return exported(store, format).text


def exported(store: Store, format: ExportFormat | str, threshold: Threshold = EVERYTHING) -> Exported:
    """Return the same with what is to be said of it.

    Args:
        store: The graph.
        format: One of `ExportFormat`.
        threshold: How sure a reading must be; flows and awards that are less sure are left out and counted.

    Raises:
        ValueError: There is no such format.
    """
    wanted = ExportFormat(format)
    if wanted in (ExportFormat.TURTLE, ExportFormat.JSONLD):
        return _graph(store, turtle if wanted is ExportFormat.TURTLE else jsonld, threshold)
    chosen = _chosen(store, threshold)
    if wanted is ExportFormat.CSV:
        return Exported(flows_csv([*chosen.flows, *chosen.awards]), chosen.left_out, chosen.gone)
    if wanted is ExportFormat.GRAPHML:
        text = flows_graphml([*chosen.flows, *chosen.awards], flat_facts(store))
        return Exported(text, (*chosen.left_out, *_no_edges(chosen)), chosen.gone)
    text = grants_json(chosen.flows, _org_ids(store))
    return Exported(text, (*chosen.left_out, *_no_grants(chosen)), chosen.gone)


def _graph(store: Store, write: Callable[[Iterable[Triple]], str], threshold: Threshold) -> Exported:
    if threshold is EVERYTHING:
        return Exported(write(store.triples()))
    chosen = _chosen(store, threshold)
    return Exported(write(without(store.triples(), chosen.gone)), chosen.left_out, chosen.gone)


def money_in(store: Store, made: Exported) -> Unsure:
    """Return the money of the flows that were exported, counted once, and what of it is not sure."""
    flows = [stated for stated in all_flows(store) if stated.iri not in made.gone]
    grounds = grounds_of(flows, decision_heads(store), all_relations(store), checks_of(store))
    return unsure_part(tally(flows, grounds).flows)


def unsure_note(part: Unsure) -> str:
    """Return in a sentence how much of the money of an export is not sure; "" where all is."""
    return f"counted once, the sums come to {format_pounds(part.whole)}, {part.clause}" if part.clause else ""


def exported_facts(store: Store) -> Exported:
    """Return the statements beside money as CSV."""
    return Exported(facts_csv(flat_facts(store)))


def _chosen(store: Store, threshold: Threshold) -> _Chosen:
    flows, awards = flat_flows(store), flat_awards(store)
    if threshold is EVERYTHING:
        return _Chosen(flows, awards, frozenset(), ())
    kept_flows, kept_awards = _kept(flows, threshold), _kept(awards, threshold)
    kept = {row.id for row in (*kept_flows, *kept_awards)}
    gone = frozenset(row.id for row in (*flows, *awards) if row.id not in kept)
    said = (
        f"left out, as less sure than {threshold.said}: {len(flows) - len(kept_flows):,} of {_count(flows, 'sum')}, "
        f"{len(awards) - len(kept_awards):,} of {_count(awards, 'award')} without a sum"
    )
    return _Chosen(kept_flows, kept_awards, gone, (said,) if gone else ())


def _kept(rows: Iterable[FlatFlow], threshold: Threshold) -> list[FlatFlow]:
    return [row for row in rows if threshold.keeps(row.band, float(row.confidence))]


def _no_edges(chosen: _Chosen) -> tuple[str, ...]:
    lone = [row for row in (*chosen.flows, *chosen.awards) if not has_both_parties(row)]
    said = f"left out: {_count(lone, 'entry', 'entries')} with one party named or none, as a line has two ends"
    return (said,) if lone else ()


def _no_grants(chosen: _Chosen) -> tuple[str, ...]:
    others = [row for row in chosen.flows if not is_grant(row)]
    said = [f"left out: {_count(others, 'sum')} not granted by one named organisation to another"] if others else []
    if chosen.awards:
        said.append(f"left out: {_count(chosen.awards, 'award')} without a sum, as 360Giving needs an amount")
    return tuple(said)


def _count(rows: Sized, one: str, several: str = "") -> str:
    return f"{len(rows):,} {one if len(rows) == 1 else several or f'{one}s'}"


def _org_ids(store: Store) -> dict[str, str]:
    rows = store.select(query("export-organisation-ids"))
    return {str(row["organisation"]): str(row["orgId"]) for row in reversed(rows)}
