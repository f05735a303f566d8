"""Applies corrections to records. The functions are pure, and applying the same corrections twice changes nothing more.

Evidence stays as it is: a corrected flow still quotes what the document says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from graph.corrections.correction import Action, Correction, CorrectionSet, in_force, undone
from graph.corrections.flows import candidates, find_flow
from graph.corrections.values import F, set_right
from graph.model import Award, Entity, EntityKind, Funding, FundingFlow, Record


class State(StrEnum):
    """The outcome of a correction, in one word."""

    APPLIED = "applied"
    UNDONE = "undone"
    WAITING = "waiting"  #: its document is not loaded
    LOST = "lost"  #: its flow or name is no longer found; look at it


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one correction: what it did, or why it found nothing to correct."""

    id: str
    state: State
    flow: str = ""  #: id of the flow or award that it was applied to, as it is now
    reason: str = ""  #: one sentence where it was not applied


@dataclass(frozen=True, slots=True)
class Corrected:
    """Records after corrections, and the outcome of each correction."""

    records: tuple[Record, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def lost(self) -> tuple[Outcome, ...]:
        """The corrections that found nothing to correct."""
        return tuple(outcome for outcome in self.outcomes if outcome.state is State.LOST)

    def outcome(self, id: str) -> Outcome | None:
        """Return the outcome of a correction, given by its id; None for an unknown id."""
        return next((outcome for outcome in self.outcomes if outcome.id == id), None)


def apply_corrections(
    records: Sequence[Record], corrections: CorrectionSet, *, beside: Iterable[Entity] = ()
) -> Corrected:
    """Return the records as corrected, in their order; records that no correction touches are the same objects.

    Args:
        records: As they were read.
        corrections: All corrections.
        beside: The things that other records of the build name, which no correction of a flow or an award touches.
    """
    active = in_force(corrections.corrections)
    if not corrections.corrections:
        return Corrected(tuple(records), ())
    outcomes: dict[str, Outcome] = {id: Outcome(id, State.UNDONE) for id in undone(corrections.corrections)}
    things = things_becoming(corrections)
    by_document: dict[str, list[Correction]] = {}
    for correction in active:
        if correction.flow:
            by_document.setdefault(correction.flow.document, []).append(correction)
            missing = f"{correction.flow.document}: not loaded; the correction waits for it"
            outcomes[correction.id] = Outcome(correction.id, State.WAITING, reason=missing)
    done: list[Record] = []
    named = {key for each in beside if (key := (each.kind, each.id)) in things}
    for record in records:
        mine = by_document.get(record.document, [])
        corrected = _with_flows(record, mine, corrections, outcomes) if mine else record
        named |= _named_in(corrected, things)
        done.append(with_things(corrected, things))
    for correction in active:
        if correction.action in (Action.MERGE, Action.NAME):
            outcomes[correction.id] = _outcome_of_name(correction, corrections, named)
        outcomes.setdefault(correction.id, Outcome(correction.id, State.APPLIED))
    for correction in corrections.corrections:
        outcomes.setdefault(correction.id, Outcome(correction.id, State.APPLIED))
    return Corrected(tuple(done), tuple(outcomes[each.id] for each in corrections.corrections))


def correct_record(record: Record, corrections: CorrectionSet) -> Record:
    """Return one record with corrections applied."""
    return apply_corrections([record], corrections).records[0]


def _with_flows(
    record: Record, mine: Iterable[Correction], corrections: CorrectionSet, outcomes: dict[str, Outcome]
) -> Record:
    """Return the record with the corrections of its flows and awards, which are found in the record as it was read."""
    flows: list[FundingFlow | None] = list(record.flows)
    awards: list[Award | None] = list(record.awards)
    for correction in mine:
        key = correction.flow
        assert key is not None
        if correction.action is Action.NOTE and not _is_of_flow(correction):
            outcomes[correction.id] = Outcome(correction.id, State.APPLIED)
            continue
        found = find_flow(record, correction)
        if found.position is None:
            outcomes[correction.id] = Outcome(correction.id, State.LOST, reason=found.reason)
            continue
        outcomes[correction.id] = Outcome(correction.id, State.APPLIED, candidates(record, key)[found.position].id)
        if key.is_award:
            awards[found.position] = _set(awards[found.position], correction, corrections)
        else:
            flows[found.position] = _set(flows[found.position], correction, corrections)
    with_awards = _with_awards(record, tuple(award for award in awards if award is not None))
    return _with_only(with_awards, tuple(flow for flow in flows if flow is not None))


def _set(each: F | None, correction: Correction, corrections: CorrectionSet) -> F | None:
    """Return a flow or an award after a correction; None if the correction removes it."""
    if correction.action is Action.WITHDRAW or each is None:
        return None
    return set_right(each, correction.changes, corrections.entity) if correction.changes else each


def _with_awards(record: Record, awards: tuple[Award, ...]) -> Record:
    return record if awards == record.awards else replace(record, awards=awards)


def _is_of_flow(correction: Correction) -> bool:
    key = correction.flow
    return bool(key and (key.flow or key.amount is not None or key.is_award))


def _with_only(record: Record, flows: tuple[FundingFlow, ...]) -> Record:
    """Return the record with some of its flows; relations and doubts of the removed flows are removed too."""
    left = {flow.id for flow in flows}
    if len(left) == len(record.flows):
        return record if flows == record.flows else replace(record, flows=flows)
    return replace(
        record,
        flows=flows,
        flow_relations=tuple(link for link in record.flow_relations if {link.subject, link.object} <= left),
        totals=tuple(
            replace(total, parts=tuple(part for part in total.parts if part in left)) for total in record.totals
        ),
    )


Things = Mapping[tuple[EntityKind, str], Entity]


def things_becoming(corrections: CorrectionSet) -> Things:
    """Return what each merged or renamed thing becomes; of two contradicting merges, the later one holds."""
    active = in_force(corrections.corrections)
    steps: dict[tuple[EntityKind, str], Entity] = {}
    named: dict[tuple[EntityKind, str], Entity] = {}
    for correction in active:
        if correction.action not in (Action.MERGE, Action.NAME):
            continue
        one = corrections.entity(correction.name, correction.kind)
        if one is None:
            continue
        if correction.action is Action.NAME:
            before = named.get((one.kind, one.id), one)
            verified = before.verified or correction.verified
            named[one.kind, one.id] = replace(before, name=correction.into or before.name, verified=verified)
            continue
        other = corrections.entity(correction.into, correction.kind)
        if other is not None and other.id != one.id:
            steps.pop((other.kind, other.id), None)
            steps[one.kind, one.id] = other
    ends = {key: _end(entity, steps) for key, entity in steps.items()}
    return {**named, **{key: named.get((entity.kind, entity.id), entity) for key, entity in ends.items()}}


def _end(entity: Entity, steps: Things) -> Entity:
    seen: set[str] = set()
    while (entity.kind, entity.id) in steps and entity.id not in seen:
        seen.add(entity.id)
        entity = steps[entity.kind, entity.id]
    return entity


def with_things(record: Record, things: Things) -> Record:
    """Return the record with every mention of a thing replaced by what it becomes."""
    if not things or not _named_in(record, things):
        return record
    return replace(
        record,
        decision=replace(record.decision, body=_thing(record.decision.body, things)),
        flows=tuple(_flow_with(flow, things) for flow in record.flows),
        awards=tuple(_flow_with(award, things) for award in record.awards),
        totals=tuple(
            replace(total, payer=_thing(total.payer, things), programmes=_several(total.programmes, things))
            for total in record.totals
        ),
        relations=tuple(
            replace(relation, subject=_end_of(relation.subject, things), object=_end_of(relation.object, things))
            for relation in record.relations
        ),
        new_names=tuple(
            replace(new, entity=thing)
            for new in record.new_names
            if (thing := _thing(new.entity, things)) and not thing.verified
        ),
    )


def _flow_with(flow: F, things: Things) -> F:
    return replace(
        flow,
        funder=_thing(flow.funder, things),
        recipient=_thing(flow.recipient, things),
        programmes=_several(flow.programmes, things),
        place=_thing(flow.place, things),
        fund=_thing(flow.fund, things),
    )


def _thing(entity: Entity | None, things: Things) -> Entity | None:
    return things.get((entity.kind, entity.id), entity) if entity else None


def _several(entities: Iterable[Entity], things: Things) -> tuple[Entity, ...]:
    return tuple(dict.fromkeys(things.get((entity.kind, entity.id), entity) for entity in entities))


def _end_of(end: Entity | str, things: Things) -> Entity | str:
    return end if isinstance(end, str) else things.get((end.kind, end.id), end)


def entities_of(record: Record) -> Iterable[Entity]:
    """Yield every thing that a record names, once for each time that it is named."""
    yield from filter(None, [record.decision.body])
    every: list[Funding] = [*record.flows, *record.awards]
    for flow in every:
        yield from filter(None, (flow.funder, flow.recipient, flow.place, flow.fund, *flow.programmes))
    for total in record.totals:
        yield from filter(None, (total.payer, *total.programmes))
    for relation in record.relations:
        yield from (end for end in (relation.subject, relation.object) if isinstance(end, Entity))
    for new in record.new_names:
        yield new.entity


def _named_in(record: Record, things: Things) -> set[tuple[EntityKind, str]]:
    if not things:
        return set()
    return {key for entity in entities_of(record) if (key := (entity.kind, entity.id)) in things}


def _outcome_of_name(correction: Correction, corrections: CorrectionSet, named: set[tuple[EntityKind, str]]) -> Outcome:
    entity: Callable[[str, EntityKind], Entity | None] = corrections.entity
    one = entity(correction.name, correction.kind)
    if one is not None and (one.kind, one.id) in named:
        return Outcome(correction.id, State.APPLIED)
    return Outcome(correction.id, State.LOST, reason=f"{correction.name!r}: no loaded document names it")
