"""A sum: one figure of the text with its place and the candidates of its slots. The account compares and joins sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from graph.model import Basis, Entity, Evidence, FlowKind, FlowStatus
from ingest.extract.choice import Choice
from ingest.extract.slots.parties import Pair
from ingest.extract.slots.programmes import Programmes
from ingest.extract.slots.readings import Reading
from ingest.extract.slots.standing import Standing
from ingest.extract.slots.years import Years
from ingest.extract.words.sections import Origin

Value = TypeVar("Value")
_LARGE, _VERY_LARGE = 100_000, 2_000_000  #: pounds
_DISTINCT_DIGITS = 4


class Said(StrEnum):
    """Marks that words give a sum, apart from its slots."""

    TOTAL = "total"  #: "a total of", "in all", a row or a column of totals
    PART = "part"  #: "of which", "including": inside the sum before it
    OF_IT = "of it"  #: "of this", "£5,000 of it": inside a sum before it, perhaps in the paragraph above
    REST = "rest"  #: "the remaining": what is left of a sum
    INCREASE = "increase"  #: "an uplift of": inside the sum that it leads to
    OUT_OF = "out of"  #: "£50 of the £200": inside the sum after it
    BACK = "back"  #: "the £5,000", "this £5,000": spoken of before
    NEW = "new"  #: "another £5,000", "a further £5,000": none that was spoken of before
    MORE = "more"  #: "over £5,000": the exact sum is higher
    LESS = "less"  #: "nearly £5,000": the exact sum is lower
    TAXED = "taxed"  #: "including VAT"
    UNTAXED = "untaxed"  #: "excluding VAT", "plus VAT"
    UNNAMED = "unnamed"  #: a row without a programme, in a table that names one for other rows
    HEADLINE = "headline"  #: stands in the title, or in a line above the text: said again below


APPROVED: Choice[FlowStatus] = Choice(((FlowStatus.APPROVED, 1.0),))  #: what no words put in question


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a figure in the document."""

    origin: Origin
    evidence: Evidence
    at: int  #: offset of the figure in Document.text
    sentence: int  #: offset of its sentence, list entry or row: figures of one sentence are never one sum
    block: int  #: offset of its paragraph or table
    series: str = ""  #: the list or table that it is an entry of: entries of one are never one sum; "" for none


@dataclass(frozen=True, slots=True)
class Fallback:
    """Values that the document gives for all sums of a kind; used if no statement of the sum gives its own."""

    years: Years = ()
    programmes: Programmes = ()
    place: Entity | None = None
    fund: Entity | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure with the candidates of each slot. A slot that the words leave open is None or empty, never guessed."""

    amount: Decimal
    spot: Spot
    standing: Choice[Standing]
    parties: Choice[Pair]
    years: Choice[Years]
    programmes: Choice[Programmes]
    fund: Choice[Entity | None]
    basis: Basis = Basis.EXACT
    unit: Decimal = Decimal("0.01")  #: what one step of its last printed digit is: 100000 for "£1.2m"
    kind: FlowKind | None = None  #: match, own cost, carry-forward or bid, by its words; None: as its payee makes it
    status: Choice[FlowStatus] = APPROVED
    said: frozenset[Said] = frozenset()
    recipient_words: str = ""
    place: Entity | None = None
    purpose: str = ""
    per_year: bool = False
    copy: int = 0  #: 0, 1, 2 for the payees or years that one figure is for, each of whom gets all of it
    fallback: Fallback = Fallback()
    label: str = ""  #: the sentence, or the words of the row
    reading: Reading | None = None  #: None for a table's

    @property
    def order(self) -> tuple[int, int]:
        """Sort key by place in the document; unique to each sum."""
        return self.spot.at, self.copy


def certain(value: Value, probability: float = 1.0) -> Choice[Value]:
    """Return a choice with a single value."""
    return Choice(((value, probability),))


def rounds(one: Sum, other: Sum) -> bool:
    """Return True if `one` is `other` rounded to its own last digit: £1.2m rounds £1,234,000, but not £1,270,000.

    The difference may be half a step either way; after "over" or "nearly", also a tenth of the amount in that
    direction.
    """
    step, apart = rounding_step(one), other.amount - one.amount
    if other.basis is Basis.ROUNDED or other.unit >= step:
        return False
    most = rounding_tolerance(one) if Said.MORE in one.said else step / 2
    least = -rounding_tolerance(one) if Said.LESS in one.said else -step / 2
    return least <= apart <= most


def rounding_tolerance(one: Sum) -> Decimal:
    """Return the largest difference in pounds between a rounded figure and the exact sum that it stands for."""
    step = rounding_step(one) / 2
    return max(step, one.amount / 10) if one.said & {Said.MORE, Said.LESS} else step


def rounding_step(one: Sum) -> Decimal:
    """Return the rounding step of a figure in pounds, such as 100000 for "£1.2m".

    A round figure that is not marked as rounded, such as £500,000, counts as given to its third digit.
    """
    digits = one.amount.normalize().as_tuple()
    last = Decimal(10) ** int(digits.exponent)
    if one.basis is not Basis.ROUNDED or len(digits.digits) == 1:
        last = min(last, Decimal(10) ** (one.amount.adjusted() - 2))
    return max(one.unit, last)


def is_distinctive(amount: Decimal) -> bool:
    """Return True if two awards seldom share this amount by chance: £4,321 and £1.4m, but not £5,000 or £100,000."""
    digits = len(amount.normalize().as_tuple().digits)
    return digits >= _DISTINCT_DIGITS or amount >= _VERY_LARGE or (amount >= _LARGE and digits > 1)
