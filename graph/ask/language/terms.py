"""The types of the question language. A form says what is asked about a set; a set is a scan of rows with conditions.

Everything is frozen. `english.py` prints a form, `form_json.py` turns it into JSON and back, `checking.py` checks it
against a graph, and `graph/ask/running` executes it.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias, TypeVar

from msgspec import Meta, Struct

from graph.model import Entity, FlowKind, FlowStatus, RelationKind

T = TypeVar("T")
MOST_ITEMS = 200  #: of one list
MOST_CHARACTERS = 1000  #: of one text
AMOUNT = r"^[0-9]{1,12}(\.[0-9]{1,4})?$"
_PRINTED = r"^[^\u0000-\u001f\u007f-\u009f\ud800-\udfff]*$"
_POUNDS = {"pattern": AMOUNT, "description": "Pounds as a decimal string, never a number."}

Text = Annotated[str, Meta(max_length=MOST_CHARACTERS, pattern=_PRINTED)]
Whole = Annotated[int, Meta(ge=-100_000, le=100_000)]  #: a year or a limit
Pounds = Annotated[Decimal, Meta(extra_json_schema=_POUNDS)]
Some = Annotated[tuple[T, ...], Meta(min_length=1, max_length=MOST_ITEMS)]
Several = Annotated[tuple[T, ...], Meta(max_length=MOST_ITEMS)]


class Rows(StrEnum):
    """The sort of rows that a set is made of."""

    AWARDS = "awards"  #: sums and awards without a sum, bids and replaced sums where the standing asks for them
    DECISIONS = "decisions"
    FACTS = "facts"  #: statements between things: who delivers, leads, works with, where
    CHECKS = "checks"  #: comparisons of figures
    THINGS = "things"  #: what has a name
    PASSAGES = "passages"  #: the words of the documents


class Role(StrEnum):
    """The role of a named thing in a row."""

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
    """The sort of thing that is listed, counted or ranked."""

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
    """An attribute that can be asked of one thing."""

    SIGNED = "signed"
    DECIDER = "decider"
    STARTS = "starts"
    ENDS = "ends"
    SUMMARY = "summary"
    NAMES = "names"
    OUTCOME = "outcome"  #: what became of bids
    CHANGED = "changed"  #: the decisions that it changes, extends or cites, or that do so to it


class Wanted(StrEnum):
    """The sort of expression that a passage must contain to answer the question."""

    AMOUNT = "amount"
    DATE = "date"
    NUMBER = "number"
    PERCENT = "percent"
    SPAN = "span"  #: how long
    NAME = "name"
    REASON = "reason"
    PLACE = "place"
    WORDS = "words"


class Part(Struct, frozen=True, tag=True, tag_field="is", forbid_unknown_fields=True):
    """The base class of every part of a form. msgspec derives from the field types which JSON a part accepts."""


class Choice(Part, frozen=True):
    """One name in the question: `words` as typed, and the `entities` that it may stand for, the likeliest first."""

    words: Text
    entities: Some[Entity]
    said: Text = ""  #: the name to print where it is not that of the first entity

    @property
    def label(self) -> str:
        """The canonical name of the likeliest entity."""
        return self.said or self.entities[0].name


class Period(Part, frozen=True):
    """The time asked about: financial years for money, calendar bounds for signatures."""

    years: Several[Text] = ()  #: financial years named, "2023/24"
    calendar: Several[Whole] = ()  #: calendar years named, e.g. (2015,)
    first: Text | None = None  #: ISO date or year that bounds from below, inclusive
    last: Text | None = None  #: the same from above, inclusive
    words: Text = ""

    def __bool__(self) -> bool:
        return bool(self.years or self.calendar or self.first or self.last)


class Named(Part, frozen=True):
    """A named thing has the role; any of the choices will do. With `without`, no choice may have the role."""

    role: Role
    choices: Some[Choice]
    without: bool = False


class Referred(Part, frozen=True):
    """The decision has one of some references, given by their keys; or one of some people, given by name, signed it."""

    role: Annotated[Role, Meta(extra_json_schema={"enum": ["decision", "decider"]})]
    names: Some[Text]

    def __post_init__(self) -> None:
        if self.role not in {Role.DECISION, Role.DECIDER}:
            raise ValueError(f"the role of a reference is {self.role}, not decision or decider")


class OfKind(Part, frozen=True):
    """The organisation in the role is of the kind; with `without`, it is not."""

    role: Role
    kind: Kind
    without: bool = False


class Sized(Part, frozen=True):
    """The amount lies between two bounds, in pounds."""

    at_least: Pounds | None = None
    at_most: Pounds | None = None
    strict: bool = False  #: the bounds themselves are left out


class During(Part, frozen=True):
    """The years of the money, or the day of a decision's signature, lie within the period."""

    period: Period


class Standing(Part, frozen=True):
    """The kinds and statuses that money may have. Both empty: whatever is money that was granted."""

    kinds: Several[FlowKind] = ()
    statuses: Several[FlowStatus] = ()


class Says(Part, frozen=True):
    """The words stand in the row, or in the decision around the row. The asker is always shown this condition."""

    words: Some[Text]
    without: bool = False


class States(Part, frozen=True):
    """The facts are relations of one of the kinds."""

    kinds: Some[RelationKind]


Condition: TypeAlias = Named | Referred | OfKind | Sized | During | Standing | Says | States


class Scan(Part, frozen=True):
    """The set of all rows of a sort that meet every condition."""

    rows: Rows
    where: Several[Condition] = ()


class Both(Part, frozen=True):
    """The set of the rows that lie in both sets."""

    one: Set
    other: Set


class Either(Part, frozen=True):
    """The set of the rows that lie in at least one of two sets."""

    one: Set
    other: Set


class Without(Part, frozen=True):
    """The set of the rows that lie in the first set and not in the second."""

    one: Set
    other: Set


class Sum(Part, frozen=True):
    """A sum of money that the question states, in pounds, to compare a set with."""

    amount: Pounds


Set: TypeAlias = Scan | Both | Either | Without | Sum


class Order(Part, frozen=True):
    """The order of a list, and how many entries it has at most."""

    by: Literal["amount", "time"] = "amount"
    ascending: bool = False
    limit: Whole | None = None  #: those that are level with the last are in it too


class List(Part, frozen=True):
    """Lists the things of a sort in a set, each with its money."""

    of: Set
    what: What
    order: Order | None = None


class Total(Part, frozen=True):
    """Asks how much money a set comes to."""

    of: Set
    own: bool = False  #: what the funder puts in of its own


class Count(Part, frozen=True):
    """Asks how many things of a sort a set holds."""

    of: Set
    what: What


class Mean(Part, frozen=True):
    """Asks how much the sums of a set come to on average, per thing of a sort."""

    of: Set
    what: What = What.AWARD


class Share(Part, frozen=True):
    """Asks which share of the whole a part is; part and whole are sets."""

    part: Set
    whole: Set


class Compare(Part, frozen=True):
    """Compares the totals of several sets with each other, or with a sum that the question states."""

    totals: Some[Total]
    over_time: bool = False  #: the sets are the same but for their time: what has changed


class Series(Part, frozen=True):
    """Asks how much a set comes to by year or by decision, in the order of time."""

    of: Set
    by: Annotated[What, Meta(extra_json_schema={"enum": ["year", "decision"]})] = What.YEAR

    def __post_init__(self) -> None:
        if self.by not in {What.YEAR, What.DECISION}:
            raise ValueError(f"a series is by {self.by}, not by year or decision")


class Get(Part, frozen=True):
    """Asks for an attribute of the decisions in a set, or of the things that the set names."""

    of: Set
    attribute: Attribute
    direction: Text = ""  #: for CHANGED: "out" (what it changes) or "in" (what changes it), and the verb's stem


class Is(Part, frozen=True):
    """Asks whether a set holds anything."""

    of: Set


class Path(Part, frozen=True):
    """Asks how one thing is connected with another."""

    one: Choice
    other: Choice


class Describe(Part, frozen=True):
    """Asks what a thing is, in the words of the documents."""

    thing: Choice | None
    words: Several[Text] = ()  #: what is described, where it is no thing of the graph


class Verify(Part, frozen=True):
    """Asks which figures of a set do not add up."""

    of: Set


class Quote(Part, frozen=True):
    """Asks for the words of the documents that say something, and for the figure, date or name in them."""

    of: Scan
    wanted: Wanted
    said: Text = ""  #: the question's own words, for likeness of meaning


Form: TypeAlias = List | Total | Count | Mean | Share | Compare | Series | Get | Is | Path | Describe | Verify | Quote
