"""Funding flows and awards as flat rows of text, in the order of documents: what CSV and 360Giving are made of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from graph.identifiers import part_id, year_of
from graph.queries import query
from graph.stores.store import Store
from graph.stores.terms import Row

SUM, AWARD = "sum", "award without a sum"


@dataclass(frozen=True, slots=True)
class FlatFlow:
    """One flow, or an award whose sum is not printed; "" where nothing is known. The fields are the CSV's columns."""

    id: str  #: IRI
    funder: str
    recipient: str
    recipient_words: str
    amount: str  #: decimal with two places; "" for an award
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
    band: str  #: sure | likely | check
    in_doubt: str  #: the parts that may be read wrongly: "recipient; year"
    source: str
    funder_id: str  #: IRI
    recipient_id: str  #: IRI
    decision_id: str  #: IRI
    programme_ids: str  #: IRIs, "; " between
    entry: str = SUM  #: sum | award without a sum


@dataclass(frozen=True, slots=True)
class _Several:
    """What a flow or an award may have several of, by its IRI."""

    years: defaultdict[str, list[Row]]
    programmes: defaultdict[str, list[Row]]
    doubts: defaultdict[str, list[Row]]


def flat_flows(store: Store) -> list[FlatFlow]:
    """Return every funding flow of the store, sorted by document and id."""
    return _flat_rows(store, "export-flows", SUM)


def flat_awards(store: Store) -> list[FlatFlow]:
    """Return every award whose sum is not printed, sorted by document and id; their amounts are empty."""
    return _flat_rows(store, "export-awards", AWARD)


def _flat_rows(store: Store, name: str, entry: str) -> list[FlatFlow]:
    several = _Several(
        years=_by_flow(store.select(query("export-flow-years"))),
        programmes=_by_flow(store.select(query("export-flow-programmes"))),
        doubts=_by_flow(store.select(query("export-doubts"))),
    )
    flows: dict[str, FlatFlow] = {}
    for row in store.select(query(name)):
        # two records of one decision give a flow a row for each title: the first stands
        flows.setdefault(str(row["flow"]), _flat(row, several, entry))
    return sorted(flows.values(), key=lambda flow: (flow.document, flow.id))


def _by_flow(rows: list[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row["flow"])].append(row)
    return found


def _flat(row: Row, several: _Several, entry: str) -> FlatFlow:
    iri = str(row["flow"])
    programmes = several.programmes[iri]

    def text(name: str) -> str:
        return str(row.get(name, ""))

    return FlatFlow(
        id=text("flow"),
        funder=text("funderName"),
        recipient=text("recipientName"),
        recipient_words=text("recipientWords"),
        amount=f"{Decimal(text('amount')):.2f}" if text("amount") else "",
        currency=text("currency"),
        basis=part_id(text("basis")),
        years="; ".join(year for each in several.years[iri] if (year := year_of(str(each["value"])))),
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
        band=part_id(text("band")),
        in_doubt="; ".join(str(each["value"]) for each in several.doubts[iri]),
        source=text("source"),
        funder_id=text("funder"),
        recipient_id=text("recipient"),
        decision_id=text("decision"),
        programme_ids="; ".join(str(each["value"]) for each in programmes),
        entry=entry,
    )
