"""A funding statement while it is being put together: what one figure says, before figures are settled into flows."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from graph.model import Basis, Entity, Evidence, FlowKind, FlowStatus
from ingest.extract.sections import Origin as Origin


@dataclass(slots=True, eq=False)
class Draft:
    """One figure with what its surroundings say about it. Open parties are None; nothing is guessed."""

    amount: Decimal
    evidence: list[Evidence]
    origin: Origin
    basis: Basis = Basis.EXACT
    years: tuple[str, ...] = ()
    funder: Entity | None = None
    recipient: Entity | None = None
    recipient_words: str = ""
    programmes: tuple[Entity, ...] = ()
    programmes_settled: bool = False  #: the text says which programme, or that it is none: no default fills it
    place: Entity | None = None
    fund: Entity | None = None
    kind: FlowKind = FlowKind.ALLOCATION
    status: FlowStatus = FlowStatus.APPROVED
    purpose: str = ""
    per_year: bool = False
    years_settled: bool = False  #: years stand beside others like it: no default fills them
    is_total: bool = False
    is_said_total: bool = False  #: "a total of", with no payee: a total where its parts are in the document
    whole: Draft | None = None  #: the sum this figure is a part of
    source_of_money: Entity | None = None  #: who gave the money that is passed on here
    parts: list[Draft] = field(default_factory=list)
    label: str = ""
    kin: frozenset[str] = frozenset()  #: ids of the organisations that the recipient is part of, or that are part of it
    sharers: tuple[Entity, ...] = ()  #: recipients that the sum is shared by; how, other sums may say
    names_nobody: bool = False  #: its words speak of no payer at all: the money is the deciding body's
    is_reference: bool = False  #: "the £5,000": a sum spoken of before
    list_key: int | None = None  #: entries of one list are never one sum
    confidence: float | None = None  #: how probable the reading is

    def fill(self, other: Draft) -> None:
        """Take from another statement of the same money what this one leaves open."""
        self.funder = self.funder or other.funder
        self.recipient = self.recipient or other.recipient
        self.recipient_words = self.recipient_words or other.recipient_words
        self.years = self.years or other.years
        if not self.programmes and not self.programmes_settled:
            self.programmes, self.programmes_settled = other.programmes, other.programmes_settled
        self.place = self.place or other.place
        self.fund = self.fund or other.fund
        self.purpose = self.purpose or other.purpose
        self.source_of_money = self.source_of_money or other.source_of_money
        self.evidence.extend(found for found in other.evidence if found not in self.evidence)
