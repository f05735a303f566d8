"""Flows and awards as flat rows of text, in the order of documents: tables and networks are made of these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from graph.counting.ledger import Ledger
from graph.counting.placed_years import PlacedYears, YearBasis, decision_year
from graph.counting.sides import Side
from graph.exports.columns import CellType, about
from graph.exports.counted import COUNTED_WORDS, Counted, counted_by_flow
from graph.exports.source import Source
from graph.identifiers import entity_iri
from graph.model import Award, Band, Basis, Entity, FlowKind, FlowLink, FlowStatus, FundingFlow
from graph.stated.awards import StatedAward
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

SUM, AWARD = "sum", "award without a sum"
NO_SUM = "its sum is not printed"
#: columns that an award has nothing for
_OF_SUMS_ALONE = (
    *("amount", "currency", "basis", "amount_in", "instead_in", "amount_out", "instead_out"),
    *("passes_on", "part_of", "carried_from", "replaces", "contradicts"),
)
_INSTEAD = "address of the sum that counts in its place, holds it, gave its money or takes it on"
_NUMBER, _DATE, _IRI = CellType.NUMBER, CellType.DATE, CellType.IRI


@dataclass(frozen=True, slots=True)
class FlatFlow:
    """One flow, or one award without a printed sum, as a row; "" for what is not known. The fields are the columns."""

    id: str = field(metadata=about("address of the sum or award; the same in every export", _IRI))
    entry: str = field(metadata=about("whether a sum is printed", values=(SUM, AWARD)))
    funder: str = field(metadata=about("who gives"))
    funder_org_id: str = field(metadata=about("public identifier of the funder, of a list on org-id.guide"))
    recipient: str = field(metadata=about("who gets it"))
    recipient_org_id: str = field(metadata=about("public identifier of the recipient, of a list on org-id.guide"))
    recipient_words: str = field(metadata=about("the document's words for a recipient that it leaves open"))
    amount: str = field(metadata=about("the sum as printed, with two decimals; empty for an award", _NUMBER))
    currency: str = field(metadata=about("ISO 4217 code"))
    basis: str = field(
        metadata=about("how firm the figure is: as printed, at most, or rounded", values=tuple(map(str, Basis)))
    )
    years: str = field(metadata=about('financial years, April to March, that the money is for: "2023/24; 2024/25"'))
    year_basis: str = field(
        metadata=about(
            "what tells the years: the document states them, the day of signature, the decision's title, or nothing",
            values=tuple(map(str, YearBasis)),
        )
    )
    programmes: str = field(metadata=about('names, "; " between; several: one sum for all of them together'))
    place: str = field(metadata=about("where those are who benefit"))
    place_code: str = field(metadata=about("code of the place of the Office for National Statistics"))
    fund: str = field(metadata=about("the pot that the money comes from"))
    kind: str = field(metadata=about("what the money does", values=tuple(map(str, FlowKind))))
    status: str = field(metadata=about("how far the money got", values=tuple(map(str, FlowStatus))))
    purpose: str = field(metadata=about("what it pays for, in the document's words"))
    counted_in: str = field(
        metadata=about(
            "whether the sum is part of the total of money where it first comes in; partly: with amount_in alone; "
            "jointly: in one sum for several programmes, which stands beside the total",
            values=COUNTED_WORDS,
        )
    )
    amount_in: str = field(
        metadata=about("what it adds to that total, or to the joint sums beside it: to be added up", _NUMBER)
    )
    why_not_in: str = field(metadata=about("why it is not part of that total, or not as a whole"))
    instead_in: str = field(metadata=about(_INSTEAD, _IRI))
    counted_out: str = field(metadata=about("the same for the total of money where it ends", values=COUNTED_WORDS))
    amount_out: str = field(metadata=about("what it adds to that total, or to the joint sums beside it", _NUMBER))
    why_not_out: str = field(metadata=about("why it is not part of that total, or not as a whole"))
    instead_out: str = field(metadata=about(_INSTEAD, _IRI))
    passes_on: str = field(metadata=about('addresses of sums whose money this one passes on, "; " between'))
    part_of: str = field(metadata=about("addresses of sums that this one is a share of"))
    carried_from: str = field(metadata=about("addresses of sums of earlier years whose money this is"))
    restates: str = field(metadata=about("addresses of sums or awards that this one says again"))
    replaces: str = field(metadata=about("addresses of sums in whose place this one stands"))
    contradicts: str = field(metadata=about("addresses of sums that state another figure for the same money"))
    decision: str = field(metadata=about("reference of the decision, as printed"))
    title: str = field(metadata=about("title of the decision"))
    decision_body: str = field(metadata=about("the office that decides"))
    signed: str = field(metadata=about("day of signature, with the precision of its source", _DATE))
    document: str = field(metadata=about("file that was read"))
    locator: str = field(metadata=about("where in the document the words stand"))
    quote: str = field(metadata=about("the words that the sum was read from"))
    confidence: str = field(metadata=about("how sure the reading is, from 0 to 1", _NUMBER))
    band: str = field(metadata=about("the same in words", values=tuple(map(str, Band))))
    in_doubt: str = field(metadata=about('parts that may be read wrongly: "recipient; year"'))
    source: str = field(metadata=about("address of the published record"))
    funder_id: str = field(metadata=about("address of the funder", _IRI))
    recipient_id: str = field(metadata=about("address of the recipient", _IRI))
    decision_id: str = field(metadata=about("address of the decision", _IRI))
    programme_ids: str = field(metadata=about('addresses of the programmes, "; " between'))


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Whether each sum counts, by its IRI: where money comes in, and where it ends."""

    sources: Mapping[str, Counted]
    deliveries: Mapping[str, Counted]


def verdicts_on(ledger: Ledger, subject: Entity | None, flows: Collection[StatedFlow]) -> Verdicts:
    """Return, for both sides, whether each flow counts in a thing's total; for all money together if it is None."""
    return Verdicts(
        counted_by_flow(ledger, subject, Side.SOURCES, flows), counted_by_flow(ledger, subject, Side.DELIVERIES, flows)
    )


def flat_flows(source: Source, flows: Iterable[StatedFlow], verdicts: Verdicts) -> list[FlatFlow]:
    """Return flows as rows, in their order."""
    return [_flat_flow(stated, source, verdicts) for stated in flows]


def flat_awards(source: Source, awards: Iterable[StatedAward]) -> list[FlatFlow]:
    """Return awards without a printed sum as rows, in their order; their amounts are empty."""
    return [_flat_award(stated, source) for stated in awards]


def years_of(money: FundingFlow | Award, head: DecisionHead | None) -> PlacedYears:
    """Return the years under which a flow or an award is shown, placed as `placed_years` does."""
    if money.years:
        return PlacedYears(money.years, YearBasis.STATED)
    return decision_year(head) if head is not None else PlacedYears((), YearBasis.UNKNOWN)


def _flat_flow(stated: StatedFlow, source: Source, verdicts: Verdicts) -> FlatFlow:
    flow = stated.flow
    came, went = verdicts.sources[stated.iri], verdicts.deliveries[stated.iri]
    return FlatFlow(
        id=stated.iri,
        entry=SUM,
        amount=f"{flow.amount:.2f}",
        currency=flow.currency,
        basis=flow.basis.value,
        counted_in=came.word,
        amount_in=f"{came.amount:.2f}",
        why_not_in=came.why_not,
        instead_in=came.instead,
        counted_out=went.word,
        amount_out=f"{went.amount:.2f}",
        why_not_out=went.why_not,
        instead_out=went.instead,
        passes_on=_linked(stated, FlowLink.PASSES_ON),
        part_of=_linked(stated, FlowLink.PART_OF),
        carried_from=_linked(stated, FlowLink.CARRIED_FROM),
        restates=_linked(stated, FlowLink.RESTATES),
        replaces=_linked(stated, FlowLink.REPLACES),
        contradicts=_linked(stated, FlowLink.CONTRADICTS),
        **_shared(flow, stated.document, source),
    )


def _flat_award(stated: StatedAward, source: Source) -> FlatFlow:
    return FlatFlow(
        id=stated.iri,
        entry=AWARD,
        counted_in="no",
        why_not_in=NO_SUM,
        counted_out="no",
        why_not_out=NO_SUM,
        restates="; ".join(stated.stated_again),
        **dict.fromkeys(_OF_SUMS_ALONE, ""),
        **_shared(stated.award, stated.document, source),
    )


def _shared(money: FundingFlow | Award, document: str, source: Source) -> dict[str, str]:
    """Return the columns that flows and awards have alike."""
    head = source.heads.get(document)
    placed = years_of(money, head)
    words = money.evidence[0] if money.evidence else None
    return {
        "funder": _name(money.funder),
        "funder_org_id": source.org_id(money.funder),
        "recipient": _name(money.recipient),
        "recipient_org_id": source.org_id(money.recipient),
        "recipient_words": money.recipient_words,
        "years": "; ".join(placed.years),
        "year_basis": placed.basis.value,
        "programmes": "; ".join(programme.name for programme in money.programmes),
        "place": _name(money.place),
        "place_code": source.place_code(money.place),
        "fund": _name(money.fund),
        "kind": money.kind.value,
        "status": money.status.value,
        "purpose": money.purpose,
        "document": document,
        "locator": words.locator if words else "",
        "quote": words.quote if words else "",
        "confidence": f"{money.confidence:g}",
        "band": money.band.value,
        "in_doubt": "; ".join(doubt.slot for doubt in money.doubts),
        "funder_id": _iri(money.funder),
        "recipient_id": _iri(money.recipient),
        "programme_ids": "; ".join(_iri(programme) for programme in money.programmes),
        **_decision(head),
    }


def _decision(head: DecisionHead | None) -> dict[str, str]:
    return {
        "decision": (head.reference or "") if head else "",
        "title": head.title if head else "",
        "decision_body": _name(head.body) if head else "",
        "signed": head.signed if head else "",
        "source": head.source if head else "",
        "decision_id": head.iri if head else "",
    }


def _linked(stated: StatedFlow, link: FlowLink) -> str:
    return "; ".join(iri for kind, iri in stated.links if kind is link)


def _name(entity: Entity | None) -> str:
    return entity.name if entity is not None else ""


def _iri(entity: Entity | None) -> str:
    return str(entity_iri(entity)) if entity is not None else ""
