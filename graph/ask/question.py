"""The typed question: what is asked, and every condition on it. Made by the reader, read by planner and answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from graph.model import Entity, FlowKind, FlowStatus


class Asks(StrEnum):
    """What a question wants to know."""

    FUNDERS = "funders"
    RECIPIENTS = "recipients"
    AMOUNT = "amount"
    BY_YEAR = "by-year"
    RANKING = "ranking"
    COMPARISON = "comparison"
    SHARE = "share"
    COUNT = "count"
    FIRST_LAST = "first-last"
    DECISIONS = "decisions"
    DECISION = "decision"
    CHANGES = "changes"
    DECISION_LINKS = "decision-links"
    WHEN = "when"
    WHO_DECIDED = "who-decided"
    HISTORY = "history"
    PARTNERS = "partners"
    DELIVERERS = "deliverers"
    DEVELOPERS = "developers"
    LEADERS = "leaders"
    EVALUATORS = "evaluators"
    PLACES = "places"
    PILOTS = "pilots"
    PROGRAMMES = "programmes"
    FUNDS = "funds"
    BID = "bid"
    CHECKS = "checks"
    DEFINITION = "definition"
    CONNECTION = "connection"
    NAMES = "names"
    REASON = "reason"
    NOTHING = "nothing"


class Focus(StrEnum):
    """The kind of thing that the answer lists or counts."""

    ANY = "any"
    BOROUGH = "borough"
    COUNCIL = "council"
    BODY = "body"  #: commissioners and other decision bodies
    CHARITY = "charity"
    ORGANISATION = "organisation"
    PROGRAMME = "programme"
    PLACE = "place"
    FUND = "fund"
    DECISION = "decision"
    AWARD = "award"
    YEAR = "year"
    FUNDER = "funder"
    RECIPIENT = "recipient"


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
class Question:
    """A question as read. Each tuple of choices is a set of conditions of which any may hold."""

    text: str
    asks: Asks
    focus: Focus = Focus.ANY
    funders: tuple[Choice, ...] = ()
    recipients: tuple[Choice, ...] = ()
    parties: tuple[Choice, ...] = ()  #: organisations in no clear role
    excluded: tuple[Choice, ...] = ()  #: "other than ..."
    bodies: tuple[Choice, ...] = ()  #: whose decisions
    programmes: tuple[Choice, ...] = ()
    places: tuple[Choice, ...] = ()
    funds: tuple[Choice, ...] = ()
    references: tuple[str, ...] = ()  #: normalised keys
    deciders: tuple[str, ...] = ()  #: office-holders by name, as signatures print them
    period: Period = Period()
    kinds: tuple[FlowKind, ...] = ()
    statuses: tuple[FlowStatus, ...] = ()
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    strict: bool = False  #: "over" and "under" leave the bound itself out
    topic: tuple[str, ...] = ()  #: content words that nothing else explains
    hints: tuple[str, ...] = ()  #: words that choose between flows where some have them, and narrow nothing otherwise
    phrases: tuple[str, ...] = ()  #: numbered rounds and the like: "round 5"
    record_type: str = ""
    by: str = ""  #: what a ranking or a count is over: recipient | funder | programme | place | fund | year | decision
    limit: int | None = None
    ascending: bool = False  #: least or first before most or last
    direction: str = ""  #: for decision links: "out", "in"; for relations: which verb
    loose: bool = False  #: the funder is only the first half of "X funding", which may be what X gets
    own_money: bool = False  #: "put in of its own", "contribute", "commit"
    total: bool = False  #: the whole cost is asked, not one flow
    full_text: bool = False  #: "refer to", "mention": any passage counts, not just title and summary
    yes_no: bool = False
    negated: bool = False  #: who does not fund or get money is asked
    money: bool = False  #: words of money are in the question
    cued: bool = False  #: a cue of the rules settled what is asked
    confidence: float = 0.0
    settled_by: str = "rules"  #: rules | exemplar | planner | follow-up

    def but(self, **changes: object) -> Question:
        """Return the question with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def things(self) -> tuple[Choice, ...]:
        """Everything named, whatever its role."""
        named = self.programmes + self.funders + self.recipients + self.parties + self.bodies
        return named + self.places + self.funds

    @property
    def focus_is_recipient(self) -> bool:
        """Whether the thing listed or counted is who receives money."""
        return self.by == "recipient" and self.asks in {Asks.RANKING, Asks.COUNT}

    @property
    def is_bare(self) -> bool:
        """Whether nothing at all narrows the question down."""
        bounded = self.at_least is not None or self.at_most is not None
        if bounded and self.asks is not Asks.AMOUNT:
            return False
        return not (self.things or self.deciders or self.references or self.period or self.topic or self.excluded)
