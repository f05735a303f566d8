"""Facts that follow from the awards of a decision: who delivers what, and where; parts by their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.model import Award, Entity, EntityKind, Evidence, FlowKind, FlowStatus, FundingFlow, Relation, RelationKind
from ingest.extract.scope.document import Scope

_MOST_DELIVERERS = 3  #: payees of one programme; more of them share a pot
_NO_AWARD = (FlowStatus.UNSUCCESSFUL, FlowStatus.SUPERSEDED)


def facts_of_awards(scope: Scope, funded: Sequence[FundingFlow | Award]) -> Iterator[Relation]:
    """Yield who delivers what is funded, and where."""
    payees: dict[Entity, set[Entity | None]] = {}
    for one in funded:
        for programme in one.programmes:
            payees.setdefault(programme, set()).add(one.recipient)
    for one in funded:
        is_award = one.status not in _NO_AWARD and one.kind in (FlowKind.GRANT, FlowKind.SUB_GRANT, FlowKind.ALLOCATION)
        for programme in one.programmes if is_award and len(one.programmes) == 1 else ():
            payee = one.recipient
            is_pot = len(payees[programme]) > _MOST_DELIVERERS or programme.kind is EntityKind.FUND
            if payee is not None and payee.kind is EntityKind.ORGANISATION and payee != scope.body and not is_pot:
                yield Relation(payee, RelationKind.DELIVERS, programme, one.evidence[:1])
            if one.place is not None and payee != scope.body and programme.kind is EntityKind.PROGRAMME and not is_pot:
                yield Relation(programme, RelationKind.DELIVERED_IN, one.place, one.evidence[:1])


def dates_of_awards(facts: Iterable[Relation], funded: Sequence[FundingFlow | Award]) -> Iterator[Relation]:
    """Yield when what is funded starts and ends, where its own sentence says a start or an end."""
    by_sentence: dict[int, list[Entity]] = {}
    for one in funded:
        by_sentence.setdefault(one.evidence[0].start, []).extend(one.programmes)
    for fact in facts:
        if fact.kind in (RelationKind.STARTS, RelationKind.ENDS):
            for programme in by_sentence.get(fact.evidence[0].start, ()):
                yield Relation(programme, fact.kind, fact.object, fact.evidence)


def parts_of_funds(funds: Mapping[int, Entity], funded: Sequence[FundingFlow | Award]) -> Iterator[Relation]:
    """Yield that a programme funded without a payee is part of the fund that its own sentence names."""
    for one in funded:
        fund = funds.get(one.evidence[0].start)
        for programme in one.programmes if isinstance(one, Award) and one.recipient is None else ():
            if fund is not None and fund.id != programme.id:
                yield Relation(programme, RelationKind.PART_OF, fund, one.evidence[:1])


def parts_by_name(spoken: Mapping[Entity, Evidence]) -> Iterator[Relation]:
    """Yield that "X Fund Tranche 1" is part of X Fund: one name that opens with another of two words or more."""
    kinds = (EntityKind.PROGRAMME, EntityKind.FUND)
    wholes = {entity.name: entity for entity in spoken if entity.kind in kinds}
    for part, evidence in spoken.items():
        words = part.name.split() if part.kind in kinds else []
        for length in range(2, len(words)):
            whole = wholes.get(" ".join(words[:length]))
            if whole is not None:
                yield Relation(part, RelationKind.PART_OF, whole, (evidence,))
