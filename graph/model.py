"""The records: the content of one document, typed and frozen. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class EntityKind(StrEnum):
    """The kind of thing that a name stands for."""

    ORGANISATION = "organisation"
    PROGRAMME = "programme"
    PLACE = "place"
    FUND = "fund"


class FlowKind(StrEnum):
    """The kind of a flow: what is done with the money."""

    GRANT = "grant"
    ALLOCATION = "allocation"
    MATCH = "match"
    OWN_COST = "own-cost"
    SUB_GRANT = "sub-grant"
    CARRY_FORWARD = "carry-forward"
    BID = "bid"
    ENVELOPE = "envelope"


class FlowStatus(StrEnum):
    """How far the money got, according to the document."""

    APPROVED = "approved"
    PROPOSED = "proposed"
    PROVISIONAL = "provisional"
    UNSUCCESSFUL = "unsuccessful"
    SUPERSEDED = "superseded"
    CONTEXT = "context"


class Basis(StrEnum):
    """How firm an amount is: as printed, at most ("up to"), or rounded ("around", "£1.2m")."""

    EXACT = "exact"
    CEILING = "ceiling"
    ROUNDED = "rounded"


class FlowLink(StrEnum):
    """The relation of one flow's money to another's; it prevents that a sum is counted twice."""

    PASSES_ON = "passesOn"  #: the same money, one step further down (accepted, then awarded)
    PART_OF = "partOf"  #: a share of the other sum
    CARRIED_FROM = "carriedFrom"  #: the same money, moved to a later year
    RESTATES = "restates"  #: the same figure said again, perhaps rounded
    REPLACES = "replaces"  #: new money or payee in place of the other
    CONTRADICTS = "contradicts"  #: another figure for the same money


class RelationKind(StrEnum):
    """The kind of a relation between decisions, or between a thing and a programme.

    The comments name what the subject is, then what the object is.
    """

    MODIFIES = "modifies"  #: decision, decision
    EXTENDS = "extends"  #: decision, decision or programme
    SUPERSEDES = "supersedes"  #: decision, decision; only where the text says so
    REFERS_TO = "refersTo"  #: decision, decision
    PARTNER_IN = "partnerIn"  #: organisation, programme or partnership
    LEADS = "leads"  #: organisation, programme
    DEVELOPED = "developed"  #: organisation, programme
    DELIVERS = "delivers"  #: organisation, programme
    EVALUATES = "evaluates"  #: organisation, programme
    MEMBER_OF_PANEL = "memberOfPanel"  #: organisation, decision
    DELIVERED_IN = "deliveredIn"  #: programme, place
    PILOTED_IN = "pilotedIn"  #: programme, place
    MENTIONS = "mentions"  #: decision, organisation or programme or place or fund
    ABOUT = "about"  #: decision, programme
    PART_OF = "partOf"  #: programme or fund, programme or fund
    FUNDED_FROM = "fundedFrom"  #: programme, fund
    STARTS = "starts"  #: programme, ISO date as precise as printed
    ENDS = "ends"  #: programme, ISO date as precise as printed
    DECLINED = "declined"  #: decision body, what it declined to fund, in the document's words
    BID_UNSUCCESSFUL = "bidUnsuccessful"  #: organisation, fund or programme
    NUMBER_OF_AWARDS = "numberOfAwards"  #: decision body or programme, a number as printed
    SHARE = "share"  #: organisation, a share as printed: "40 per cent"


class Verdict(StrEnum):
    """The result of a comparison of figures."""

    CONSISTENT = "consistent"
    ROUNDING = "rounding"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Entity:
    """One organisation, programme, place or fund."""

    id: str  #: registry id, e.g. "home-office"; "new-<slug>" for a name the registry lacks
    name: str  #: canonical name
    kind: EntityKind
    verified: bool = True  #: the registry knows it


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words that a statement rests on, and where they stand."""

    locator: str  #: "3.2"; "Financial comments, table 1, row 2"; "Executive summary, paragraph 2"
    quote: str  #: the words as they stand in Document.text at [start:end]
    page: int | None = None  #: 1 is the first; None where the format has no pages
    start: int = 0  #: character offset into Document.text
    end: int = 0


class Band(StrEnum):
    """How sure the reading of a flow is; docs/accuracy.md gives the share of right readings that each band promises."""

    SURE = "sure"
    LIKELY = "likely"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another value that a slot may have, with its probability, 0 to 1."""

    value: str  #: a name, a span of years or a status as `extract --json` prints it; "" for none
    probability: float
    reader: str = ""  #: "second reader" for what one reads instead; "" for a runner-up


@dataclass(frozen=True, slots=True)
class Doubt:
    """A slot of a flow that may have been read wrongly: its value, how probably it is right, and alternatives."""

    slot: str  #: funder | recipient | year | programme | fund | status, as `extract --json` names them
    value: str
    probability: float
    alternatives: tuple[Alternative, ...] = ()  #: a second reader's reading, then the most probable first


@dataclass(frozen=True, slots=True)
class FundingFlow:
    """One sum that one funder makes available to one recipient, for one year or one span."""

    id: str  #: unique and stable within the document: same document, same id
    funder: Entity | None  #: None where the document leaves it open
    recipient: Entity | None
    recipient_words: str  #: the document's words for the recipient, e.g. "Evaluator (to be procured)"; "" if none
    amount: Decimal  #: pounds, two decimals
    basis: Basis
    years: tuple[str, ...]  #: the financial years covered, "2023/24", in order; empty: not stated
    programmes: tuple[Entity, ...]  #: one; none where not stated; several where one sum covers them together
    place: Entity | None
    fund: Entity | None
    kind: FlowKind
    status: FlowStatus
    evidence: tuple[Evidence, ...]  #: never empty; the first is where the figure stands
    confidence: float  #: 0 to 1
    purpose: str = ""  #: what it pays for in the document's words, e.g. "ISVA service"; "" if not said
    per_year: bool = False  #: the figure was printed as "a year"
    currency: str = "GBP"
    band: Band = Band.CHECK
    doubts: tuple[Doubt, ...] = ()  #: the slots in doubt, most doubtful first
    awaits_payee: bool = False  #: the payee is still to be chosen: "provider (to be procured)"
    in_summary: bool = False  #: the figure stands in the document's summary first
    in_table: bool = False  #: the figure stands in a table or a list, perhaps in sentences too


@dataclass(frozen=True, slots=True)
class Award:
    """An award, an appointment or a commissioned service whose sum the document does not print."""

    id: str  #: unique and stable within the document
    funder: Entity | None
    recipient: Entity | None
    recipient_words: str  #: the document's words for a recipient that it leaves open; "" if none
    years: tuple[str, ...]
    programmes: tuple[Entity, ...]
    place: Entity | None
    fund: Entity | None
    kind: FlowKind
    status: FlowStatus
    evidence: tuple[Evidence, ...]  #: never empty
    confidence: float  #: 0 to 1
    purpose: str = ""
    band: Band = Band.CHECK
    doubts: tuple[Doubt, ...] = ()


Funding: TypeAlias = FundingFlow | Award  #: money that a document speaks of, its sum printed or not


@dataclass(frozen=True, slots=True)
class Unread:
    """The sums of money in a document that were read as no flow, total or context."""

    figures: int = 0
    examples: tuple[Evidence, ...] = ()  #: the first few


@dataclass(frozen=True, slots=True)
class FlowRelation:
    """The relation of the money of flow `subject` to that of flow `object`, within one document."""

    subject: str  #: FundingFlow.id
    link: FlowLink
    object: str  #: FundingFlow.id


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A sum that the document states over several flows: it is checked and shown, but never added up."""

    id: str
    amount: Decimal
    years: tuple[str, ...]
    programmes: tuple[Entity, ...]
    payer: Entity | None
    label: str  #: the document's words, e.g. "Sub-total DRIVE", "The total cost to deliver ..."
    parts: tuple[str, ...]  #: FundingFlow ids it sums, where known
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement that relates two things. A decision stands as its reference, everything else as its Entity."""

    subject: Entity | str
    kind: RelationKind
    object: Entity | str
    evidence: tuple[Evidence, ...]
    detail: str = ""  #: e.g. the years of a pilot, or what the other decision did


@dataclass(frozen=True, slots=True)
class Check:
    """A comparison of figures in one document."""

    verdict: Verdict
    figures: tuple[Decimal, ...]
    message: str  #: one sentence for people
    evidence: tuple[Evidence, ...]
    kind: str = "sum"  #: sum | same-figure | sources | ceiling | years | dates | two-decisions


@dataclass(frozen=True, slots=True)
class Decision:
    """A formal act of a decision body, as one document records it."""

    reference: str | None  #: as printed, e.g. "PCC/D/2018/25"; None where there is none
    title: str
    body: Entity | None
    decided_by: str | None  #: the role (and name) as printed
    signed: str | None  #: ISO date with the precision of the source: "2023-07-06", "2021-11", "2021"
    record_type: str  #: decision notice | register entry | funding record | news | list of payments | list of awards
    source: str | None  #: address of the published record
    aliases: tuple[str, ...] = ()  #: other printed forms of the reference
    summary: str = ""  #: the executive summary, or the first paragraphs
    dates: tuple[tuple[str, str], ...] = ()  #: other dates: (what, ISO date), e.g. ("advice", "2023-07-03")
    titled: str = ""  #: what its title dates it by: an ISO date or month, else a financial year; "" for nothing


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a table row, for searching and quoting."""

    id: str  #: hash of the normalised words: the same words in two documents have one id
    locator: str
    section: str  #: heading it stands under
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class NewName:
    """A name that the registry lacks, for people to review."""

    entity: Entity
    context: str  #: the sentence or row it stands in
    locator: str
    org_id: str = ""  #: org-id.guide identifier that the document gives it, such as "GB-CHC-1234567"


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that was read from one document."""

    document: str  #: file name
    digest: str  #: SHA-256 of the file's bytes, hex
    decision: Decision
    flows: tuple[FundingFlow, ...] = ()
    flow_relations: tuple[FlowRelation, ...] = ()
    totals: tuple[StatedTotal, ...] = ()
    relations: tuple[Relation, ...] = ()
    checks: tuple[Check, ...] = ()
    passages: tuple[Passage, ...] = ()
    new_names: tuple[NewName, ...] = ()
    issues: tuple[str, ...] = ()  #: what could not be read, in sentences
    awards: tuple[Award, ...] = ()  #: awards without a printed sum
    unread: Unread = Unread()
