"""A graph of the gold flows: what asking answers over when extraction makes no error. Reads ../shared."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from graph.ask.facts import Facts
from graph.model import Band, Basis, Entity, EntityKind, Evidence, FlowKind, FlowStatus, FundingFlow, Record
from graph.names.index import NameContext, NameIndex, new_entity
from graph.parse.references import reference_key
from graph.registry import load_registry
from graph.settings import Settings
from graph.stores.store import Store, open_memory

SHARED = Path(__file__).resolve().parents[4] / "shared"


def names() -> NameIndex:
    """The index over the project's registry."""
    return NameIndex(load_registry(Settings().data / "registry"))


def read_records(folder: Path, index: NameIndex) -> list[Record]:
    """What extraction reads from every document of a folder."""
    from ingest.extract import extract_record
    from ingest.readers import read

    return [extract_record(read(path), index) for path in sorted(folder.iterdir()) if path.suffix in {".txt", ".md"}]


def with_gold(records: list[Record], gold: Path, index: NameIndex) -> list[Record]:
    """The records with their flows replaced by the gold's, where the gold knows the document."""
    rows: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(gold.open()):
        rows.setdefault(row["document"], []).append(row)
    keyed = {reference_key(name): found for name, found in rows.items()} | rows
    out = []
    for record in records:
        stem = record.document.removesuffix(".md").removesuffix(".txt")
        mine = keyed.get(stem) or keyed.get(reference_key(record.decision.reference or "-"))
        out.append(
            record if mine is None else replace(record, flow_relations=(), flows=tuple(_flows(mine, record, index)))
        )
    return out


def _flows(rows: list[dict[str, str]], record: Record, index: NameIndex) -> Iterator[FundingFlow]:
    for number, row in enumerate(rows, 1):
        if row["required"] != "yes":
            continue
        body = record.decision.body
        known = index.registry.place_of_body(body.id) if body else None
        context = NameContext(body=body, place=index.registry.entity(known) if known else None)
        recipient = _entity(row["recipient"], EntityKind.ORGANISATION, index, context)
        yield FundingFlow(
            id=f"flow-{number}",
            funder=_entity(row["funder"], EntityKind.ORGANISATION, index, context),
            recipient=recipient,
            recipient_words="" if recipient else row["recipient"].strip("|"),
            amount=Decimal(row["amount"]),
            basis=Basis.EXACT,
            years=_years(row["year"] or row["years"]),
            programmes=tuple(p for p in [_entity(row["programme"], EntityKind.PROGRAMME, index, context)] if p),
            place=_entity(row["place"], EntityKind.PLACE, index, context),
            fund=_entity(row["fund"], EntityKind.FUND, index, context),
            kind=FlowKind(row["kind"]),
            status=FlowStatus(row["status"].split("|")[0]),
            evidence=(Evidence(row["where"], f"£{Decimal(row['amount']):,} {row['where']} {_context(record, row)}"),),
            confidence=1.0,
            band=Band.SURE,
        )


def _context(record: Record, row: dict[str, str]) -> str:
    figure = f"{Decimal(row['amount']):,.2f}".removesuffix(".00")
    return next((p.text for p in record.passages if figure in p.text), "")


def _entity(text: str, kind: EntityKind, index: NameIndex, context: NameContext) -> Entity | None:
    name = text.split("|")[0].strip()
    if not name or name.startswith("("):
        return None
    found = index.resolve(name, kinds={kind}, context=context)
    return found or new_entity(name, kind)


def _years(text: str) -> tuple[str, ...]:
    if "-" not in text:
        return (text,) if text else ()
    first, last = (int(part[:4]) for part in text.split("-"))
    return tuple(f"{year}/{(year + 1) % 100:02d}" for year in range(first, last + 1))


def facts_of_records(records: list[Record], index: NameIndex) -> Facts:
    """Facts over a store in memory."""
    return Facts(store_of(records, index), index, lambda: [(r.document, p) for r in records for p in r.passages])


def store_of(records: list[Record], index: NameIndex) -> Store:
    """A store in memory with the registry and these records."""
    from graph.identifiers import REGISTRY_GRAPH, graph_iri
    from graph.rdf.triples import record_triples
    from graph.rdf.triples_registry import registry_triples

    store = open_memory()
    store.replace_graph(REGISTRY_GRAPH, registry_triples(index.registry))
    for record in records:
        store.replace_graph(graph_iri(record.document), record_triples(record))
    return store
