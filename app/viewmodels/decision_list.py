"""The list of decisions: facets to filter by, sort orders, and a row for each decision that is left."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.sureness import shared_sureness
from app.viewmodels.table import Cell, Table
from graph.counting.decision_money import years_of
from graph.counting.ledger import Ledger, part_of
from graph.counting.unsure import Unsure, unsure_part
from graph.model import Verdict
from graph.stated.awards import StatedAward
from graph.stated.checks import StatedCheck
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class Facts:
    """One decision as listed: its head, programmes, years, money and conflicts."""

    head: DecisionHead
    unsure: Unsure  #: money counted once, and what of it is not sure
    programmes: tuple[str, ...]
    years: tuple[str, ...]
    conflicts: int
    money_years: tuple[str, ...] = ()  #: of the money that is counted
    awards: int = 0  #: awards without a printed sum

    @property
    def amount(self) -> Decimal:
        """The decision's money in pounds, counted once."""
        return self.unsure.whole


@dataclass(frozen=True, slots=True)
class Choice:
    """The reader's filters; "" and False do not restrict."""

    body: str = ""
    year: str = ""
    programme: str = ""
    record_type: str = ""
    with_checks: bool = False


FACETS = ("body", "programme", "year", "record_type")  #: fields of Choice
#: orders of the list by what they are called
SORTS: dict[str, str] = {
    "latest": "Latest first",
    "earliest": "Earliest first",
    "money": "Most money first",
    "name": "By reference",
}


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of each filter with their number of decisions, in display order."""

    bodies: Mapping[str, int] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)
    programmes: Mapping[str, int] = field(default_factory=dict)
    record_types: Mapping[str, int] = field(default_factory=dict)
    with_checks: int = 0


def facts(
    heads: Iterable[DecisionHead],
    flows: Iterable[StatedFlow],
    checks: Iterable[StatedCheck],
    ledger: Ledger,
    awards: Iterable[StatedAward] = (),
) -> tuple[Facts, ...]:
    """Return the facts of each decision for the list, in the order of the heads."""
    flows_by_document: dict[str, list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        flows_by_document[stated.document].append(stated)
    conflicts = Counter(stated.document for stated in checks if stated.check.verdict is Verdict.CONFLICT)
    bare: dict[str, list[StatedAward]] = defaultdict(list)
    for award in awards:
        bare[award.document].append(award)
    return tuple(
        _facts(head, flows_by_document[head.document], bare[head.document], conflicts[head.document], ledger)
        for head in heads
    )


def facets(known: Sequence[Facts], choice: Choice | None = None) -> Facets:
    """Return the values of each filter: bodies and programmes by number of decisions, years latest first.

    A value is counted among the decisions that fit the other filters; a chosen value is kept even if its count is 0.
    """
    made = choice or Choice()
    bodies = Counter(fact.head.body.name for fact in _others(known, made, "body") if fact.head.body)
    years = Counter(year for fact in _others(known, made, "year") for year in fact.years)
    programmes = Counter(name for fact in _others(known, made, "programme") for name in fact.programmes)
    types = Counter(fact.head.record_type for fact in _others(known, made, "record_type") if fact.head.record_type)
    return Facets(
        bodies=_most_first(bodies, made.body),
        years=dict(sorted(_with(years, made.year).items(), reverse=True)),
        programmes=_most_first(programmes, made.programme),
        record_types=_most_first(types, made.record_type),
        with_checks=sum(fact.conflicts > 0 for fact in _others(known, made, "with_checks")),
    )


def in_order(known: Sequence[Facts], sort: str) -> tuple[Facts, ...]:
    """Return the decisions in one of the orders `SORTS`; those without a date or money come last."""
    if sort == "money":
        return tuple(sorted(known, key=lambda fact: -fact.amount))
    if sort == "name":
        return tuple(sorted(known, key=lambda fact: reference_order(fact.head.caption)))
    dated = sorted((fact for fact in known if fact.head.signed), key=lambda fact: fact.head.signed)
    undated = [fact for fact in known if not fact.head.signed]
    return (*(dated if sort == "earliest" else reversed(dated)), *undated)


def reference_order(caption: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key by which "PCD 9" comes before "PCD 10"."""
    parts = re.findall(r"\d+|\D+", caption.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.strip()) for part in parts)


def widened(known: Sequence[Facts], choice: Choice) -> tuple[tuple[str, int], ...]:
    """Return, for each chosen filter, the number of decisions without that filter, if there are any."""
    found = [(name, len(_others(known, choice, name))) for name in (*FACETS, "with_checks") if getattr(choice, name)]
    return tuple((name, number) for name, number in found if number)


def chosen(known: Iterable[Facts], choice: Choice) -> tuple[Facts, ...]:
    """Return the decisions that fit the filters."""
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
    """Return the decisions as a table; how sure all sums are is said once where they are so alike."""
    told = shared_sureness(fact.unsure for fact in known)
    return Table(
        columns=("Decision", "Decision body", "Signed", "Programmes", "Money"),
        rows=tuple(_row(fact, told=bool(told)) for fact in known),
        numeric=frozenset({4}),
        caption=told,
    )


def without(choice: Choice, name: str) -> Choice:
    """Return the filters with one of them removed."""
    return Choice(
        body="" if name == "body" else choice.body,
        year="" if name == "year" else choice.year,
        programme="" if name == "programme" else choice.programme,
        record_type="" if name == "record_type" else choice.record_type,
        with_checks=choice.with_checks and name != "with_checks",
    )


def _others(known: Iterable[Facts], choice: Choice, name: str) -> tuple[Facts, ...]:
    return chosen(known, without(choice, name))


def _with(counts: Counter[str], value: str) -> dict[str, int]:
    return {**({value: 0} if value else {}), **counts}


def _most_first(counts: Counter[str], value: str) -> dict[str, int]:
    return dict(sorted(_with(counts, value).items(), key=lambda pair: (-pair[1], pair[0])))


def _facts(
    head: DecisionHead, flows: Sequence[StatedFlow], awards: Sequence[StatedAward], conflicts: int, ledger: Ledger
) -> Facts:
    funding = [*(stated.flow for stated in flows), *(stated.award for stated in awards)]
    programmes = sorted({programme.name for each in funding for programme in each.programmes})
    years = sorted({year for each in funding for year in each.years})
    counted = part_of(ledger.tally_of_decision(head.iri), flows)
    return Facts(
        head, unsure_part(counted.flows), tuple(programmes), tuple(years), conflicts, years_of(counted), len(awards)
    )


def _row(fact: Facts, *, told: bool) -> tuple[Cell, ...]:
    head = fact.head
    notes = [words.one_line(head.title)] if head.reference and head.title else []
    if fact.conflicts:
        notes.append(words.count(fact.conflicts, "figure does", "figures do") + " not add up")
    return (
        Cell(head.caption, decision_link(head.document), note=" · ".join(notes)),
        Cell(head.body.name if head.body else "Not stated"),
        Cell(words.date(head.signed) if head.signed else "Not stated", plain=head.signed),
        Cell(words.listed(fact.programmes, limit=3) or "—", plain="; ".join(fact.programmes)),
        _money(fact, told=told),
    )


def _money(fact: Facts, *, told: bool) -> Cell:
    """Return the cell for a decision's money; a dash if no sum counts, with the number of awards without an amount."""
    if fact.amount:
        note = fact.unsure.ceiling_clause if told else fact.unsure.clause
        besides = fact.unsure.sureness if told else ""
        return Cell(words.pounds(fact.amount), note=note, plain=f"{fact.amount:.2f}", told=besides)
    return Cell("—", note=f"{words.count(fact.awards, 'award')} without a sum" if fact.awards else "", plain="")
