"""What counting needs besides the flows: the decision of each flow, citations between decisions, lists, and checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graph.counting.likeness import parties
from graph.lists import is_list
from graph.model import Check, FlowStatus, RelationKind, Verdict
from graph.stated.checks import StatedCheck
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation

BETWEEN_DECISIONS = {
    RelationKind.MODIFIES,
    RelationKind.EXTENDS,
    RelationKind.SUPERSEDES,
    RelationKind.REFERS_TO,
}
_NONE: frozenset[str] = frozenset()
Likeness = tuple[str, tuple[str, str], FlowStatus]


def likeness(stated: StatedFlow) -> Likeness:
    """Return the document, parties and status of a flow: rows of one table share these, and so does their sum."""
    flow = stated.flow
    return stated.document, parties(stated), flow.status


@dataclass(frozen=True)
class Grounds:
    """What the documents say about their money besides the flows; the rules of counting ask here."""

    decisions: Mapping[str, str] = field(default_factory=dict)  #: document -> its decision; one may have two documents
    refers_to: Mapping[str, frozenset[str]] = field(default_factory=dict)  #: decision -> the decisions it names
    cited_by: Mapping[str, frozenset[str]] | None = None  #: decision -> those that name it; worked out where None
    flows: Mapping[str, tuple[StatedFlow, ...]] = field(default_factory=dict)  #: document -> all that it states
    conflicts: Mapping[str, tuple[Check, ...]] = field(default_factory=dict)  #: document -> two figures at odds
    lists: frozenset[str] = frozenset()  #: documents that are lists: each of their rows is money of its own
    #: (id of a body, year) -> IRI of the first flow that it spends, where other money is judged apart (`connected.py`);
    #: None where the flows that are judged are all that there is
    onward: Mapping[tuple[str, str], str] | None = None

    @property
    def is_part(self) -> bool:
        """True if what is judged is a part of more money, so that what is left out beside other money is."""
        return self.onward is not None

    def decision_of(self, stated: StatedFlow) -> str:
        """Return the IRI of the decision that states a flow; it is the same where two documents record the decision."""
        return self.decisions.get(stated.document, stated.document)

    def is_listed(self, stated: StatedFlow) -> bool:
        """Return True if a flow is a row of a list, where two similar rows are different money."""
        return stated.document in self.lists

    def alike(self, stated: StatedFlow) -> Sequence[StatedFlow]:
        """Return the flows of the same document that have the same parties and status."""
        if stated.document not in self._alike:
            found: dict[Likeness, list[StatedFlow]] = defaultdict(list)
            for each in self.flows.get(stated.document, ()):
                found[likeness(each)].append(each)
            self._alike[stated.document] = found
        return self._alike[stated.document].get(likeness(stated), ())

    @cached_property
    def _alike(self) -> dict[str, Mapping[Likeness, list[StatedFlow]]]:
        return {}

    def are_tied(self, one: StatedFlow, other: StatedFlow) -> bool:
        """Return True if the decision of either flow cites the decision of the other."""
        return self.decision_of(other) in self.tied_to(self.decision_of(one))

    def tied_to(self, decision: str) -> Sequence[str]:
        """Return the decisions that a decision cites or that cite it, sorted."""
        citing = self._citing if self.cited_by is None else self.cited_by
        return sorted(self.refers_to.get(decision, _NONE) | citing.get(decision, _NONE))

    @cached_property
    def _citing(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for decision, others in self.refers_to.items():
            for other in others:
                found[other].add(decision)
        return {decision: frozenset(others) for decision, others in found.items()}


def grounds_of(
    flows: Iterable[StatedFlow],
    heads: Mapping[str, DecisionHead],
    relations: Iterable[StatedRelation],
    checks: Iterable[StatedCheck],
) -> Grounds:
    """Return what counting needs besides the flows."""
    by_document: dict[str, list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        by_document[stated.document].append(stated)
    conflicts: dict[str, list[Check]] = defaultdict(list)
    for found in checks:
        if two_at_odds(found.check):
            conflicts[found.document].append(found.check)
    return Grounds(
        decisions={document: head.iri for document, head in heads.items()},
        refers_to=references_between(relations),
        flows={document: tuple(stated) for document, stated in by_document.items()},
        conflicts={document: tuple(found) for document, found in conflicts.items()},
        lists=frozenset(document for document, head in heads.items() if is_list(head.record_type)),
    )


def two_at_odds(check: Check) -> bool:
    """Return True if a check finds two figures that contradict each other."""
    return check.verdict is Verdict.CONFLICT and len(check.figures) == 2


def references_between(relations: Iterable[StatedRelation]) -> dict[str, frozenset[str]]:
    """Return the decisions that a decision modifies, extends, supersedes or refers to, by its IRI."""
    found: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        if relation.kind in BETWEEN_DECISIONS and isinstance(relation.object, str):
            found[str(relation.subject)].add(relation.object)
    return {iri: frozenset(others) for iri, others in found.items()}
