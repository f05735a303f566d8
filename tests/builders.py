"""Records made by hand, with good defaults, so that a test says only what matters to it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256

from graph.model import (
    Alternative,
    Award,
    Band,
    Basis,
    Check,
    Decision,
    Doubt,
    Entity,
    EntityKind,
    Evidence,
    FlowKind,
    FlowRelation,
    FlowStatus,
    FundingFlow,
    Record,
    Relation,
    StatedTotal,
    Unread,
    Verdict,
)
from graph.parse.titles import date_in_title


def organisation(name: str, *, id: str | None = None, verified: bool = True) -> Entity:
    """Return an organisation; its id is made from its name."""
    return _entity(name, EntityKind.ORGANISATION, id, verified)


def programme(name: str, *, id: str | None = None, verified: bool = True) -> Entity:
    """Return a programme; its id is made from its name."""
    return _entity(name, EntityKind.PROGRAMME, id, verified)


def place(name: str, *, id: str | None = None, verified: bool = True) -> Entity:
    """Return a place; its id is made from its name."""
    return _entity(name, EntityKind.PLACE, id, verified)


def fund(name: str, *, id: str | None = None, verified: bool = True) -> Entity:
    """Return a fund; its id is made from its name."""
    return _entity(name, EntityKind.FUND, id, verified)


def _entity(name: str, kind: EntityKind, id: str | None, verified: bool) -> Entity:
    words = "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
    return Entity(id or (words if verified else f"new-{words}"), name, kind, verified)


WARM_HOMES = programme("Warm Homes")
KENT = place("Kent")
ASHFORD = place("Ashford")
TREASURY = organisation("Treasury Office")
COUNCIL = organisation("Ashford Council")
MAYOR = organisation("Mayor of Ashford")


def make_evidence(quote: str = "The grant is £1,000.", *, locator: str = "3.1", page: int | None = None) -> Evidence:
    """Return evidence whose offsets fit the quote."""
    return Evidence(locator=locator, quote=quote, page=page, start=10, end=10 + len(quote))


def make_flow(
    id: str = "flow-1",
    *,
    amount: str = "1000.00",
    funder: Entity | None = TREASURY,
    recipient: Entity | None = COUNCIL,
    recipient_words: str = "",
    years: Iterable[str] = ("2023/24",),
    programmes: Iterable[Entity] = (WARM_HOMES,),
    place: Entity | None = ASHFORD,
    fund: Entity | None = None,
    kind: FlowKind = FlowKind.GRANT,
    status: FlowStatus = FlowStatus.APPROVED,
    basis: Basis = Basis.EXACT,
    evidence: Iterable[Evidence] | None = None,
    confidence: float = 0.9,
    purpose: str = "",
    per_year: bool = False,
    band: Band = Band.SURE,
    doubts: Iterable[Doubt] = (),
    awaits_payee: bool = False,
    in_summary: bool = False,
    in_table: bool = False,
) -> FundingFlow:
    """Return an approved grant of £1,000 for 2023/24, read for sure, unless told otherwise."""
    return FundingFlow(
        id=id,
        funder=funder,
        recipient=recipient,
        recipient_words=recipient_words,
        amount=Decimal(amount),
        basis=basis,
        years=tuple(years),
        programmes=tuple(programmes),
        place=place,
        fund=fund,
        kind=kind,
        status=status,
        evidence=(make_evidence(f"The grant is £{amount}."),) if evidence is None else tuple(evidence),
        confidence=confidence,
        purpose=purpose,
        per_year=per_year,
        band=band,
        doubts=tuple(doubts),
        awaits_payee=awaits_payee,
        in_summary=in_summary,
        in_table=in_table,
    )


def make_award(
    id: str = "award-1",
    *,
    funder: Entity | None = MAYOR,
    recipient: Entity | None = COUNCIL,
    recipient_words: str = "",
    years: Iterable[str] = ("2023/24",),
    programmes: Iterable[Entity] = (WARM_HOMES,),
    place: Entity | None = ASHFORD,
    fund: Entity | None = None,
    kind: FlowKind = FlowKind.GRANT,
    status: FlowStatus = FlowStatus.APPROVED,
    evidence: Iterable[Evidence] | None = None,
    confidence: float = 0.9,
    purpose: str = "",
    band: Band = Band.SURE,
    doubts: Iterable[Doubt] = (),
) -> Award:
    """Return an award to Ashford Council for 2023/24 whose sum is not printed, unless told otherwise."""
    return Award(
        id=id,
        funder=funder,
        recipient=recipient,
        recipient_words=recipient_words,
        years=tuple(years),
        programmes=tuple(programmes),
        place=place,
        fund=fund,
        kind=kind,
        status=status,
        evidence=(make_evidence("The council will deliver the service."),) if evidence is None else tuple(evidence),
        confidence=confidence,
        purpose=purpose,
        band=band,
        doubts=tuple(doubts),
    )


def make_doubt(
    slot: str = "recipient",
    value: str = "Ashford Council",
    probability: float = 0.6,
    *others: tuple[str, float] | tuple[str, float, str],
) -> Doubt:
    """Return a doubt of the recipient unless told otherwise; `others` are (value, probability, and who reads it)."""
    return Doubt(slot, value, probability, tuple(Alternative(*other) for other in others))


def make_decision(
    reference: str | None = "PCD 1",
    *,
    title: str = "Warm Homes funding",
    body: Entity | None = MAYOR,
    decided_by: str | None = "Deputy Mayor",
    signed: str | None = "2023-07-06",
    record_type: str = "decision notice",
    source: str | None = "https://example.org/decisions/1",
    aliases: Iterable[str] = (),
    summary: str = "",
    dates: Iterable[tuple[str, str]] = (),
) -> Decision:
    """Return a signed decision with reference "PCD 1" unless told otherwise."""
    return Decision(
        reference=reference,
        title=title,
        body=body,
        decided_by=decided_by,
        signed=signed,
        record_type=record_type,
        source=source,
        aliases=tuple(aliases),
        summary=summary,
        dates=tuple(dates),
        titled=date_in_title(title),
    )


def make_total(
    amount: str = "1000.00",
    *,
    id: str = "total-1",
    parts: Iterable[str] = ("flow-1",),
    years: Iterable[str] = (),
    programmes: Iterable[Entity] = (),
    payer: Entity | None = None,
    label: str = "Total",
) -> StatedTotal:
    """Return a stated total over the first flow unless told otherwise."""
    return StatedTotal(
        id, Decimal(amount), tuple(years), tuple(programmes), payer, label, tuple(parts), (make_evidence(label),)
    )


def make_check(
    *figures: str, verdict: Verdict = Verdict.CONFLICT, message: str = "The parts do not add up.", kind: str = "sum"
) -> Check:
    """Return a conflict of the given figures unless told otherwise."""
    return Check(verdict, tuple(Decimal(figure) for figure in figures), message, (make_evidence(message),), kind)


def make_record(
    *flows: FundingFlow,
    document: str = "pcd-1.md",
    decision: Decision | None = None,
    flow_relations: Iterable[FlowRelation] = (),
    totals: Iterable[StatedTotal] = (),
    relations: Iterable[Relation] = (),
    checks: Iterable[Check] = (),
    awards: Iterable[Award] = (),
    unread: Unread | None = None,
) -> Record:
    """Return the record of one document; with no flow given it has one of £1,000."""
    return Record(
        document=document,
        digest=sha256(document.encode()).hexdigest(),
        decision=decision or make_decision(),
        flows=flows or (make_flow(),),
        flow_relations=tuple(flow_relations),
        totals=tuple(totals),
        relations=tuple(relations),
        checks=tuple(checks),
        awards=tuple(awards),
        unread=unread or Unread(),
    )
