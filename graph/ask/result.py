"""An answer in the contract's shape: sentence, items, value, citations, checks, and how the question was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from graph.ask.language.form_json import form_json
from graph.ask.language.terms import Form
from graph.counting.bounds import Bounds, bounds_json
from graph.counting.tally import Tally
from graph.counting.unsure import Unsure, unsure_json
from graph.model import Verdict
from graph.stated.flows import StatedFlow


class Status(StrEnum):
    """How far the question could be answered."""

    ANSWERED = "answered"
    NO_DATA = "no_data"
    NOT_UNDERSTOOD = "not_understood"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the answer."""

    label: str
    id: str = ""  #: IRI
    type: str = ""  #: organisation | programme | place | fund | decision | year | name
    amount: Decimal | None = None
    years: tuple[str, ...] = ()
    note: str = ""  #: what a reader must know of this line: provisional, joint sum, ...
    ceiling: Decimal | None = None  #: how much of the amount is granted as "up to"


@dataclass(frozen=True, slots=True)
class Value:
    """The answer's figure: an amount in pounds, a count, an ISO date or a percentage.

    Every field is None if the answer has no figure.
    """

    amount: Decimal | None = None
    count: int | None = None
    date: str | None = None
    percent: Decimal | None = None
    ceiling: Decimal | None = None  #: how much of the amount is granted as "up to"


@dataclass(frozen=True, slots=True)
class Citation:
    """The words of a document that an answer rests on, and where they stand."""

    decision: str
    document: str
    locator: str
    quote: str
    source: str = ""
    iri: str = ""  #: of the decision
    corrected: str = ""  #: in a sentence, where a person set right what was read from these words


@dataclass(frozen=True, slots=True)
class CheckNote:
    """A comparison of figures that touches the answer."""

    verdict: Verdict
    figures: tuple[Decimal, ...]
    message: str
    decision: str = ""
    aside: bool = False  #: whether it differs by rounding only, or is about figures beside those answered


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the question."""

    label: str
    question: str
    form: Form | None = None  #: what it asks, where it is to be executed as it stands


@dataclass(frozen=True, slots=True)
class Caveat:
    """A note beside a figure: something that the figure leaves out or leaves open."""

    reason: str  #: in a few words, the same for all of a kind
    text: str  #: in a sentence
    amount: Decimal | None = None
    decision: str = ""  #: as it is called
    document: str = ""
    flow: str = ""  #: IRI of the sum, where it is one


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that may help where no answer could be given; it is never part of an answer."""

    decision: str
    document: str
    locator: str
    text: str


@dataclass(frozen=True, slots=True)
class LeftOutSum:
    """A sum that touches the question and is not part of the figure, with the reason."""

    amount: Decimal
    reason: str  #: in words that can follow "left out:"
    decision: str  #: as it is called
    flow: str = ""  #: IRI of the sum


@dataclass(frozen=True)
class Answer:
    """The answer to a question."""

    question: str
    status: Status
    text: str
    items: tuple[Item, ...] = ()
    value: Value = Value()
    citations: tuple[Citation, ...] = ()
    checks: tuple[CheckNote, ...] = ()
    interpretation: dict[str, Any] = field(default_factory=dict)
    alternatives: tuple[Alternative, ...] = ()
    sparql: str = ""
    nearest: tuple[Passage, ...] = ()
    confidence: float = 1.0
    caveats: tuple[Caveat, ...] = ()
    flows: tuple[StatedFlow, ...] = ()  #: the sums behind a money answer, each once; not part of the contract's shape
    counted: Tally | None = None  #: which of them make the figure, and why the others don't; None where none is given
    unsure: Unsure | None = None  #: how much of the sums is not sure; None where no sum is given
    bounds: Bounds | None = None  #: the figure without and with what is in doubt; None where it is no sum
    form: Form | None = None  #: the question in the typed language; None where it was read as nothing
    probability: float = 0.0  #: that the answer is right, as far as questions with known answers tell
    left_out: tuple[LeftOutSum, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the answer in the shape of the contract; amounts are decimal strings."""
        value = _json_of(self.value, "amount", "count", "date", "percent", maybe=("ceiling",))
        sum_parts = "reason", "amount", "decision"
        out: dict[str, Any] = {
            "question": self.question,
            "status": self.status.value,
            "text": self.text,
            "items": [
                _json_of(i, "label", "id", "type", "amount", "years", maybe=("note", "ceiling")) for i in self.items
            ],
            "value": value | {"percent": None if self.value.percent is None else float(self.value.percent)},
            "citations": [
                _json_of(c, "decision", "document", "locator", "quote", "source", maybe=("corrected",))
                for c in self.citations
            ],
            "checks": [
                {
                    **_json_of(c, "verdict", "message", "decision", maybe=("aside",)),
                    "figures": list(map(_number, c.figures)),
                }
                for c in self.checks
            ],
            "unsure": unsure_json(self.unsure) if self.unsure else None,
            "bounds": bounds_json(self.bounds) if self.bounds else None,
            "interpretation": self.interpretation,
            "alternatives": [_json_of(other, "label", "question", maybe=("form",)) for other in self.alternatives],
            "form": form_json(self.form) if self.form is not None else None,
            "probability": self.probability,
            "left_out": [_json_of(each, *sum_parts) for each in self.left_out],
            "sparql": self.sparql,
        }
        if self.caveats:
            out["caveats"] = [_json_of(c, "text", *sum_parts) for c in self.caveats]
        if self.nearest:
            out["nearest"] = [
                _json_of(p, "decision", "document", "locator") | {"passage": p.text} for p in self.nearest
            ]
        return out


def _json_of(part: object, *names: str, maybe: tuple[str, ...] = ()) -> dict[str, Any]:
    """Some fields of a part as JSON, and others where they hold something."""
    held = (name for name in maybe if getattr(part, name))
    return {name: _plain(getattr(part, name)) for name in (*names, *held)}


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return form_json(value)  # enums, tuples and forms


def _number(figure: Decimal) -> int | float:
    return int(figure) if figure == figure.to_integral_value() else float(figure)
