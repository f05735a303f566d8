"""The types of the language. A form says what is asked of a set; a set is a scan of one sort of rows with conditions.

Everything is frozen. `english.py` prints a form, `form_json.py` turns it into JSON and back, `checking.py` holds it
against a graph, and `graph/ask/running` executes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from graph.model import Entity, FlowKind, FlowStatus, RelationKind


class Rows(StrEnum):
    """What a set is made of."""

    AWARDS = "awards"  #: sums and awards without a sum, bids and replaced sums where the standing asks for them
    DECISIONS = "decisions"
    FACTS = "facts"  #: statements between things: who delivers, leads, works with, where
    CHECKS = "checks"  #: comparisons of figures
    THINGS = "things"  #: what has a name
    PASSAGES = "passages"  #: the words of the documents


class Role(StrEnum):
    """The part that a named thing plays in a row."""

    FUNDER = "funder"
    RECIPIENT = "recipient"
    PARTY = "party"  #: funder or recipient, or who is named beside the money
    PROGRAMME = "programme"
    PLACE = "place"  #: within it counts
    FUND = "fund"
    BODY = "body"  #: whose decision it is
    DECISION = "decision"
    DECIDER = "decider"  #: who signed


class Kind(StrEnum):
    """A kind of organisation."""

    COUNCIL = "council"
    BOROUGH = "borough"
    CHARITY = "charity"
    COMMISSIONER = "commissioner"
    FORCE = "force"
    ORGANISATION = "organisation"


class What(StrEnum):
    """What is listed, counted or ranked."""

    FUNDER = "funder"
    RECIPIENT = "recipient"
    PROGRAMME = "programme"
    PLACE = "place"
    FUND = "fund"
    PURPOSE = "purpose"
    DECISION = "decision"
    AWARD = "award"  #: each sum by itself
    YEAR = "year"
    MONTH = "month"  #: for averages over time
    SUBJECT = "subject"  #: who does what a fact states


class Attribute(StrEnum):
    """What can be asked of one thing."""

    SIGNED = "signed"
    DECIDER = "decider"
    STARTS = "starts"
    ENDS = "ends"
    SUMMARY = "summary"
    NAMES = "names"
    OUTCOME = "outcome"  #: what became of bids
    CHANGED = "changed"  #: the decisions that it changes, extends or cites, or that do so to it


class Wanted(StrEnum):
    """What a passage must hold to answer."""

    AMOUNT = "amount"
    DATE = "date"
    NUMBER = "number"
    PERCENT = "percent"
    SPAN = "span"  #: how long
    NAME = "name"
    REASON = "reason"
    PLACE = "place"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing named in the question; any of `entities` may be meant by `words`."""

    words: str
    entities: tuple[Entity, ...]
    said: str = ""  #: the name to print where it is not that of the first entity
    alternatives: tuple[Choice, ...] = ()  #: a shorter reading of the words, e.g. "Drive" in "Drive evaluation"

    @property
    def label(self) -> str:
        """The canonical name of the likeliest reading."""
        return self.said or self.entities[0].name


@dataclass(frozen=True, slots=True)
class Period:
    """The time asked about. Financial years for money; calendar bounds for signatures."""

    years: tuple[str, ...] = ()  #: financial years named, "2023/24"
    calendar: tuple[int, ...] = ()  #: calendar years named, e.g. (2015,)
    first: str | None = None  #: ISO date or year that bounds from below, inclusive
    last: str | None = None  #: the same from above, inclusive
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.years or self.calendar or self.first or self.last)


@dataclass(frozen=True, slots=True)
class Named:
    """The thing in a role is one of those that any of the choices may stand for; or none of them."""

    role: Role
    choices: tuple[Choice, ...]
    without: bool = False


@dataclass(frozen=True, slots=True)
class Referred:
    """The decision is one of these, by the keys of their references; or its signature is by one of these people."""

    role: Literal[Role.DECISION, Role.DECIDER]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfKind:
    """The organisation in a role is of a kind; or is not."""

    role: Role
    kind: Kind
    without: bool = False


@dataclass(frozen=True, slots=True)
class Sized:
    """The amount lies between bounds."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    strict: bool = False  #: the bounds themselves are left out


@dataclass(frozen=True, slots=True)
class During:
    """The money's years, or the day of the signature for decisions, lie within a time."""

    period: Period


@dataclass(frozen=True, slots=True)
class Standing:
    """Kinds and states of money; none of a sort: whatever is money that was granted."""

    kinds: tuple[FlowKind, ...] = ()
    statuses: tuple[FlowStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class Says:
    """The words stand in the row, or in the decision around it; always shown to the asker."""

    words: tuple[str, ...]
    without: bool = False


@dataclass(frozen=True, slots=True)
class States:
    """The facts are of these kinds."""

    kinds: tuple[RelationKind, ...]


Condition: TypeAlias = Named | Referred | OfKind | Sized | During | Standing | Says | States


@dataclass(frozen=True, slots=True)
class Scan:
    """The rows of a sort that meet every condition."""

    rows: Rows
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Both:
    """What lies in both sets."""

    one: Set
    other: Set


@dataclass(frozen=True, slots=True)
class Either:
    """What lies in one of the sets, or in both."""

    one: Set
    other: Set


@dataclass(frozen=True, slots=True)
class Without:
    """What lies in the first set and not in the second."""

    one: Set
    other: Set


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that the question states, to set another beside."""

    amount: Decimal


Set: TypeAlias = Scan | Both | Either | Without | Sum


@dataclass(frozen=True, slots=True)
class Order:
    """Which come first."""

    by: Literal["amount", "time"] = "amount"
    ascending: bool = False
    limit: int | None = None  #: those that are level with the last are in it too


@dataclass(frozen=True, slots=True)
class List:
    """What there is in a set, each with its money."""

    of: Set
    what: What
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """How much a set comes to."""

    of: Set
    own: bool = False  #: what the funder puts in of its own


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of a sort a set holds."""

    of: Set
    what: What


@dataclass(frozen=True, slots=True)
class Mean:
    """What the sums of a set come to on average, per thing of a sort."""

    of: Set
    what: What = What.AWARD


@dataclass(frozen=True, slots=True)
class Share:
    """What part of the whole a part is; the whole is a set of its own."""

    part: Set
    whole: Set


@dataclass(frozen=True, slots=True)
class Compare:
    """The totals of several sets beside each other, or beside a sum that the question states."""

    totals: tuple[Total, ...]
    over_time: bool = False  #: the sets are the same but for their time: what has changed


@dataclass(frozen=True, slots=True)
class Series:
    """What a set comes to, by year or by decision, in the order of time."""

    of: Set
    by: Literal[What.YEAR, What.DECISION] = What.YEAR


@dataclass(frozen=True, slots=True)
class Get:
    """An attribute of the decisions in a set, or of the things that it is about."""

    of: Set
    attribute: Attribute
    direction: str = ""  #: for CHANGED: "out" (what it changes) or "in" (what changes it), and the verb's stem


@dataclass(frozen=True, slots=True)
class Is:
    """Whether there is anything in a set."""

    of: Set


@dataclass(frozen=True, slots=True)
class Path:
    """How one thing is connected with another."""

    one: Choice
    other: Choice


@dataclass(frozen=True, slots=True)
class Describe:
    """What a thing is, in the words of the documents."""

    thing: Choice | None
    words: tuple[str, ...] = ()  #: what is described, where it is no thing of the graph


@dataclass(frozen=True, slots=True)
class Verify:
    """Which figures of a set do not add up."""

    of: Set


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of the documents that say something, and the figure, date or name in them that is wanted."""

    of: Scan
    wanted: Wanted
    said: str = ""  #: the question's own words, for likeness of meaning


Form: TypeAlias = (
    List | Total | Count | Mean | Share | Compare | Series | Get | Is | Path | Describe | Verify | Quote
)
