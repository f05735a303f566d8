"""One published grant, contract or payment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class PublishedKind(StrEnum):
    """The kind of a published record."""

    GRANT = "published grant"
    CONTRACT = "contract"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """One published grant, contract or payment, as its source states it."""

    kind: PublishedKind
    id: str  #: as its publisher gives it; "" where it has none
    title: str
    payer: str
    payer_id: str  #: organisation in the graph; "" where it is not known
    payee: str
    payee_id: str  #: likewise; "" also where there are several
    amount: Decimal
    currency: str
    date: str  #: awarded, signed or paid, ISO; "" where it is not stated
    years: tuple[str, ...]  #: financial years that it is for
    words: str  #: its own words, in which a decision's reference may stand
    document: str  #: file name
    locator: str
    address: str = ""  #: where the file was published
    period: str = ""  #: first and last day, "2023-04-01/2025-03-31"; "" where either is not stated
    statements: tuple[PublishedRecord, ...] = ()  #: of each register, where several publish the same contract

    @property
    def key(self) -> tuple[str, ...]:
        """What two statements of the same record share: its identifier, else its parties, amount, day and words."""
        if self.id:
            return self.kind, self.id
        return self.kind, self.payer, self.payee, str(self.amount), self.date, " ".join(self.words.split())
