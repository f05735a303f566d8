"""The records of labels: immutable, with all accepted alternatives of each value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

Accepted = tuple[str, ...]  #: the values that a label accepts, best first; "" accepts that nothing is said
Years = tuple[str, ...]  #: financial years in order, "2023/24"; empty: none is said


class Form(StrEnum):
    """The kind of document."""

    NOTICE = "notice"
    REGISTER = "register"
    AWARD_LIST = "award-list"
    SERVICES_PAGE = "services-page"
    NEWS = "news"
    SPENDING_LIST = "spending-list"
    MINUTES = "minutes"
    ANNUAL_REPORT = "annual-report"


class Group(StrEnum):
    """Where the document is stored: among the sample decisions, or beside its labels."""

    SAMPLES = "samples"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class FlowLabel:
    """One sum that the document states."""

    document: str  #: key
    row: int  #: number within the document, from 1
    funder: Accepted
    recipient: Accepted
    amount: Decimal
    years: tuple[Years, ...]  #: each reading of the years that is accepted, best first
    programme: Accepted
    place: str
    fund: Accepted
    kind: Accepted
    status: Accepted
    is_required: bool  #: False: may be reported or not (context, restated sums, totals of sums listed apart)
    where: str = ""  #: where it stands, and why it was settled so


@dataclass(frozen=True, slots=True)
class AwardLabel:
    """An award, appointment or commissioned service that the document states without its amount."""

    document: str
    funder: Accepted
    recipient: Accepted
    programme: Accepted
    years: tuple[Years, ...]
    kind: Accepted
    status: Accepted
    where: str = ""


@dataclass(frozen=True, slots=True)
class FactLabel:
    """A statement other than about money, such as who delivers a programme or when it ends."""

    document: str
    subject: Accepted
    relation: str  #: in words: "delivered in"
    object: Accepted
    where: str = ""


@dataclass(frozen=True, slots=True)
class DecisionLabel:
    """The contents of the document's head."""

    file: str
    reference: str
    title: str
    body: Accepted
    signed: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """One document with everything that a person read in it."""

    key: str
    body: str  #: short key of the deciding body, such as "gwent"; documents of one body are left out together
    form: Form
    group: Group
    path: Path
    decisions: tuple[DecisionLabel, ...]  #: several for a page that lists decisions
    rows: tuple[FlowLabel, ...] = ()
    awards: tuple[AwardLabel, ...] = ()
    facts: tuple[FactLabel, ...] = ()
    url: str = ""

    @property
    def decision(self) -> DecisionLabel:
        """The label of the decision; the first one for a page that lists several."""
        return self.decisions[0]


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labels of a folder, in the order of their documents."""

    folder: Path
    documents: tuple[LabelledDocument, ...]

    @property
    def bodies(self) -> tuple[str, ...]:
        """The keys of the bodies in alphabetical order."""
        return tuple(sorted({document.body for document in self.documents}))
