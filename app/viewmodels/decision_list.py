"""The list of decisions: facets to choose by, and a row for each that is left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.briefing import one_line
from app.viewmodels.table import Cell, Table
from graph.counting.grounds import Grounds
from graph.counting.tally import tally_of_decision
from graph.model import Verdict
from graph.stated.checks import StatedCheck
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class Facts:
    """What the list needs of one decision."""

    head: DecisionHead
    amount: Decimal  #: money counted once
    programmes: tuple[str, ...]
    years: tuple[str, ...]
    conflicts: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose; "" and False leave everything in."""

    body: str = ""
    year: str = ""
    programme: str = ""
    record_type: str = ""
    with_checks: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """What can be chosen, each with how many decisions it has, in the order to show."""

    bodies: Mapping[str, int] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)
    programmes: Mapping[str, int] = field(default_factory=dict)
    record_types: Mapping[str, int] = field(default_factory=dict)


def facts(
    heads: Iterable[DecisionHead],
    flows: Iterable[StatedFlow],
    checks: Iterable[StatedCheck],
    grounds: Grounds,
) -> tuple[Facts, ...]:
    """Return what the list needs of each decision, in the order of the heads."""
    flows_by_document: dict[str, list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        flows_by_document[stated.document].append(stated)
    conflicts = Counter(stated.document for stated in checks if stated.check.verdict is Verdict.CONFLICT)
    return tuple(
        _facts(head, flows_by_document[head.document], conflicts[head.document], grounds) for head in heads
    )


def facets(known: Iterable[Facts]) -> Facets:
    """Return the values there are: bodies and programmes by number of decisions, years latest first."""
    each = list(known)
    bodies = Counter(fact.head.body.name for fact in each if fact.head.body)
    years = Counter(year for fact in each for year in fact.years)
    programmes = Counter(programme for fact in each for programme in fact.programmes)
    types = Counter(fact.head.record_type for fact in each if fact.head.record_type)
    return Facets(
        bodies=dict(sorted(bodies.items(), key=lambda pair: (-pair[1], pair[0]))),
        years=dict(sorted(years.items(), reverse=True)),
        programmes=dict(sorted(programmes.items(), key=lambda pair: (-pair[1], pair[0]))),
        record_types=dict(sorted(types.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def chosen(known: Iterable[Facts], choice: Choice) -> tuple[Facts, ...]:
    """Return the decisions that fit the choice."""
    return tuple(
        fact
        for fact in known
        if (not choice.body or (fact.head.body is not None and fact.head.body.name == choice.body))
        and (not choice.year or choice.year in fact.years)
        and (not choice.programme or choice.programme in fact.programmes)
        and (not choice.record_type or fact.head.record_type == choice.record_type)
        and (not choice.with_checks or fact.conflicts > 0)
    )


def decision_table(known: Sequence[Facts]) -> Table:
    """Return the decisions as a table."""
    return Table(
        columns=("Decision", "Decision body", "Signed", "Programmes", "Money"),
        rows=tuple(_row(fact) for fact in known),
        numeric=frozenset({4}),
    )


def _facts(head: DecisionHead, flows: Sequence[StatedFlow], conflicts: int, grounds: Grounds) -> Facts:
    programmes = sorted({programme.name for stated in flows for programme in stated.flow.programmes})
    years = sorted({year for stated in flows for year in stated.flow.years})
    return Facts(head, tally_of_decision(flows, grounds).total, tuple(programmes), tuple(years), conflicts)


def _row(fact: Facts) -> tuple[Cell, ...]:
    head = fact.head
    notes = [one_line(head.title)] if head.reference and head.title else []
    if fact.conflicts:
        notes.append(words.count(fact.conflicts, "figure does", "figures do") + " not add up")
    return (
        Cell(head.caption, decision_link(head.document), note=" · ".join(notes)),
        Cell(head.body.name if head.body else "Not stated"),
        Cell(words.date(head.signed) if head.signed else "Not stated", plain=head.signed),
        Cell(words.listed(fact.programmes, limit=3) or "—", plain="; ".join(fact.programmes)),
        Cell(words.pounds(fact.amount) if fact.amount else "—", plain=f"{fact.amount:.2f}"),
    )
