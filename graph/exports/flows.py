"""Funding flows as flat rows of text, one per flow, in the order of documents: what CSV and 360Giving are made of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from graph.identifiers import part_id, year_of
from graph.queries import query
from graph.stores.store import Store
from graph.stores.terms import Row


@dataclass(frozen=True, slots=True)
class FlatFlow:
    """One flow; "" where nothing is known. The fields are the columns of the CSV."""

    id: str  #: IRI
    funder: str
    recipient: str
    recipient_words: str
    amount: str  #: decimal with two places
    currency: str
    basis: str
    years: str  #: "2023/24; 2024/25"
    programmes: str  #: names, "; " between
    place: str
    place_code: str  #: ONS code
    fund: str
    kind: str
    status: str
    purpose: str
    decision: str  #: reference
    title: str
    decision_body: str
    signed: str
    document: str
    locator: str
    quote: str
    confidence: str
    source: str
    funder_id: str  #: IRI
    recipient_id: str  #: IRI
    decision_id: str  #: IRI
    programme_ids: str  #: IRIs, "; " between


def flat_flows(store: Store) -> list[FlatFlow]:
    """Return every funding flow of the store, sorted by document and id."""
    years = _by_flow(store.select(query("export-flow-years")))
    programmes = _by_flow(store.select(query("export-flow-programmes")))
    flows: dict[str, FlatFlow] = {}
    for row in store.select(query("export-flows")):
        # two records of one decision give a flow a row for each title: the first stands
        iri = str(row["flow"])
        flows.setdefault(iri, _flat(row, years[iri], programmes[iri]))
    return sorted(flows.values(), key=lambda flow: (flow.document, flow.id))


def _by_flow(rows: list[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row["flow"])].append(row)
    return found


def _flat(row: Row, years: list[Row], programmes: list[Row]) -> FlatFlow:
    def text(name: str) -> str:
        return str(row.get(name, ""))

    return FlatFlow(
        id=text("flow"),
        funder=text("funderName"),
        recipient=text("recipientName"),
        recipient_words=text("recipientWords"),
        amount=f"{Decimal(text('amount')):.2f}",
        currency=text("currency"),
        basis=part_id(text("basis")),
        years="; ".join(year for each in years if (year := year_of(str(each["value"])))),
        programmes="; ".join(str(each["name"]) for each in programmes),
        place=text("placeName"),
        place_code=text("gssCode"),
        fund=text("fundName"),
        kind=part_id(text("kind")),
        status=part_id(text("status")),
        purpose=text("purpose"),
        decision=text("reference"),
        title=text("title"),
        decision_body=text("bodyName"),
        signed=text("signed"),
        document=text("document"),
        locator=text("locator"),
        quote=text("quote"),
        confidence=f"{float(text('confidence')):g}",
        source=text("source"),
        funder_id=text("funder"),
        recipient_id=text("recipient"),
        decision_id=text("decision"),
        programme_ids="; ".join(str(each["value"]) for each in programmes),
    )
