"""FollowTheMoney entities have the properties of its schema, hang together, and state each payment once."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from graph.export import ExportFormat, Request, exported
from graph.exports.followthemoney import entity_key
from graph.exports.source import Source
from graph.identifiers import entity_iri, graph_iri
from graph.model import Basis, FlowLink, FlowRelation
from graph.rdf.triples import record_triples
from graph.stores.store import Store, open_memory
from tests.builders import COUNCIL, MAYOR, TREASURY, make_award, make_decision, make_flow, make_record

SCHEMATA = json.loads((Path(__file__).parent / "followthemoney-schema.json").read_text(encoding="utf-8"))["schemata"]
_TYPES = {
    "date": re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
    "url": re.compile(r"https?://\S+"),
    "country": re.compile(r"[a-z]{2}"),
}
_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")


def faults_of(lines: list[dict[str, Any]]) -> list[str]:
    """Return what is against the schema of the library, whose own check needs ICU and a compiler to install."""
    by_id = {line["id"]: line for line in lines}
    found = [] if len(by_id) == len(lines) else ["two entities of one id"]
    for line in lines:
        schema = SCHEMATA[line["schema"]]
        found += [f"{line['id']}: no {name}" for name in schema["required"] if not line["properties"].get(name)]
        found += [] if _ID.fullmatch(line["id"]) else [f"{line['id']}: no id"]
        for name, values in line["properties"].items():
            type, *end = schema["properties"].get(name, [""])
            found += [] if type else [f"{line['schema']} has no {name}"]
            for value in values:
                if end:
                    other = by_id.get(value)
                    fits = other is not None and end[0] in SCHEMATA[other["schema"]]["is_a"]
                    found += [] if fits else [f"{name} leads to no {end[0]}"]
                elif type in _TYPES and not _TYPES[type].fullmatch(value):
                    found.append(f"{name}: {value!r} is no {type}")
    return found


def filled() -> Store:
    store = open_memory()
    record = make_record(
        make_flow("a", amount="900.00", purpose="Boilers"),
        make_flow("b", amount="300.00", purpose="Pipes"),
        make_flow("c", amount="450.25", funder=COUNCIL, recipient=MAYOR, basis=Basis.CEILING),
        make_flow("d", amount="5.00", recipient=None),
        flow_relations=[FlowRelation("b", FlowLink.PART_OF, "a"), FlowRelation("c", FlowLink.PASSES_ON, "a")],
        awards=[make_award()],
        decision=make_decision(source="https://example.org/pcd-1"),
    )
    store.replace_graphs({graph_iri(record.document): record_triples(record)})
    return store


def lines_of(store: Store) -> list[dict[str, Any]]:
    made = exported(Source(store), Request(ExportFormat.FTM))
    return [json.loads(line) for line in made.text.splitlines()]


def test_every_entity_fits_the_schema() -> None:
    assert faults_of(lines_of(filled())) == []


def test_the_check_against_the_schema_finds_faults() -> None:
    lines = lines_of(filled())
    payment = next(line for line in lines if line["schema"] == "Payment")
    payment["properties"] |= {"payee": ["x"], "payer": ["nobody"], "date": ["July"], "beneficiary": []}
    assert len(faults_of(lines)) == 4


def test_each_payment_stands_once_with_its_parties() -> None:
    payments = [line["properties"] for line in lines_of(filled()) if line["schema"] == "Payment"]
    assert sorted(Decimal(each["amount"][0]) for each in payments) == [Decimal("450.25"), Decimal("900.00")]
    first = next(each for each in payments if each["amount"] == ["900.00"])
    assert first["payer"] == [entity_key(str(entity_iri(TREASURY)))]
    assert first["beneficiary"] == [entity_key(str(entity_iri(COUNCIL)))]
    assert (first["purpose"], first["programme"], first["currency"]) == (["Boilers"], ["Warm Homes"], ["GBP"])
    assert (first["date"], first["startDate"], first["endDate"]) == (["2023-07-06"], ["2023-04-01"], ["2024-03-31"])
    assert first["sourceUrl"] == ["https://example.org/pcd-1"]
    assert any("at most" in each["summary"][0] for each in payments)
