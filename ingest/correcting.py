"""Make corrections: check them against the current build, write them down, and publish them as a new build.

No document is read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from graph.audit import Event
from graph.builds.build import Build
from graph.builds.draft import Draft
from graph.builds.people import CORRECTIONS
from graph.builds.workspace import Workspace
from graph.corrections.corrected import Outcome, State
from graph.corrections.correction import (
    OF_A_SUM,
    Action,
    Change,
    Correction,
    CorrectionRefused,
    FlowKey,
    in_force,
    next_id,
    undone,
)
from graph.corrections.file import with_corrections
from graph.corrections.flows import flows_named, key_of
from graph.corrections.held import HeldCorrections, held_corrections
from graph.corrections.values import read_change
from graph.errors import InvalidReference, MissingWorkspace
from graph.memory import paused_garbage_collection
from graph.model import EntityKind, Funding, FundingFlow, Record
from graph.parse.references import reference_key
from graph.settings import Settings
from ingest.as_read import as_read
from ingest.publication import publish


@dataclass(frozen=True, slots=True)
class CorrectionReport:
    """Corrections that were made, and the build that holds them."""

    build: str
    corrections: tuple[Correction, ...]
    messages: tuple[str, ...] = ()  #: sentences for people


def correct(
    wanted: Sequence[Correction], settings: Settings, *, dry_run: bool = False, progress: bool = False
) -> CorrectionReport:
    """Write corrections down and publish a build that applies them; the corrections get their ids here.

    Raises:
        CorrectionRefused: One of the corrections would change nothing; none is written.
        InvalidReference: The file of corrections is damaged, or it is missing though builds hold corrections.
        MissingWorkspace: There is no build.
        WorkspaceBusy: Another process publishes in this workspace.
    """
    workspace = Workspace(settings.workspace, settings=settings)
    workspace.current()
    with workspace.publishing() as draft:
        base = draft.base()
        if base is None:
            raise MissingWorkspace(f"{settings.workspace}: no build here yet; run 'whofunds ingest PATH'")
        held = held_corrections(settings.workspace, draft.newest())
        if held.fault:
            raise InvalidReference(held.fault)
        added = _numbered(wanted, held.corrections)
        _check(added, held.corrections, base, settings)
        if dry_run:
            return CorrectionReport(base.id, added, held.messages)
        text = with_corrections(held.text, added, settings.workspace / CORRECTIONS)
        draft.bring(CORRECTIONS, text.encode("utf-8"))
        tell_of_corrections(draft, added, settings)
        with paused_garbage_collection():  # nothing is embedded but passages whose words a correction changes
            build, said = publish(draft, (), settings, progress, (*held.corrections, *added))
        return CorrectionReport(build.id, added, (*held.messages, *said))


def tell_of_corrections(draft: Draft, made: Sequence[Correction], settings: Settings) -> None:
    """Queue an audit log entry for each correction, written when the draft is published.

    Reasons are not copied into it.
    """
    for each in made:
        document = each.flow.document if each.flow else None
        details = {"correction": each.id, "action": each.action, "document": document, "undoes": each.undoes or None}
        draft.tell(replace(settings, who=each.who), Event.CORRECTION, **details)


def outcomes_of(build: Build, settings: Settings) -> tuple[tuple[Correction, Outcome], ...]:
    """Return every correction of the workspace with its outcome in the current build, such as applied or undone."""
    held = corrections_of_workspace(settings).corrections
    read = as_read(build, settings)
    corrected = read.corrected(read.set_of(held, settings))
    return tuple(zip(held, corrected.outcomes, strict=True))


def corrections_of_workspace(settings: Settings) -> HeldCorrections:
    """Return the corrections in force in a workspace, and whether its file has them; changes nothing."""
    builds = Workspace(settings.workspace, settings=settings).builds()
    return held_corrections(settings.workspace, next(iter(builds), None))


def document_named(build: Build, text: str) -> Record:
    """Return the uncorrected record of the document that has this file name or this decision reference.

    Raises:
        CorrectionRefused: No document, or more than one, has this name.
    """
    key = reference_key(text)
    entries = build.manifest.documents
    found = [entry.name for entry in entries if entry.name == text]
    found = found or [each.name for each in entries if each.reference and reference_key(each.reference) == key]
    if len(found) != 1:
        many = f"{len(found)} documents have it ({', '.join(found[:5])}); give the file name"
        none = "no document or reference of that name is loaded; 'whofunds search' finds titles"
        raise CorrectionRefused(f"{text}: {many if found else none}")
    record = build.as_read(found[0])
    assert record is not None
    return record


def flow_named(record: Record, text: str) -> Funding:
    """Return the one flow or award of a record that a person means by its id, its locator or its amount.

    Raises:
        CorrectionRefused: No flow or award fits, or more than one does.
    """
    found = flows_named(record, text)
    if len(found) == 1:
        return found[0]
    every = found or [*record.flows, *record.awards]
    listed = "; ".join(_line(flow) for flow in every[:12]) or "none was read from it"
    said = f"{len(found)} flows have it" if found else "no flow has it as id, locator or amount"
    raise CorrectionRefused(f"{record.document}: {text!r}: {said}; choose by id: {listed}")


def flow_correction(record: Record, flow: Funding, changes: Sequence[Change], *, who: str, why: str) -> Correction:
    """Return the correction that sets values of a flow or an award; `record` is the document's uncorrected record.

    Raises:
        CorrectionRefused: It would set the amount of an award, which has none.
    """
    wrong = [change.field for change in changes if change.field in OF_A_SUM]
    if wrong and not isinstance(flow, FundingFlow):
        raise CorrectionRefused(f"{record.document}: the sum of {flow.id} is not printed; it has no {wrong[0]} to set")
    return replace(
        _new(Action.FLOW, who, why),
        flow=key_of(record, flow),
        changes=tuple(changes),
        was=tuple(read_change(flow, change.field) for change in changes),
    )


def withdrawal(record: Record, flow: Funding, *, who: str, why: str) -> Correction:
    """Return the correction that removes a flow or an award from the graph."""
    return replace(_new(Action.WITHDRAW, who, why), flow=key_of(record, flow))


def note(record: Record, flow: Funding | None, *, who: str, why: str) -> Correction:
    """Return a correction that only adds a note to a flow; to the decision if `flow` is None."""
    return replace(_new(Action.NOTE, who, why), flow=key_of(record, flow) if flow else FlowKey(record.document))


def merger(name: str, into: str, kind: EntityKind, *, who: str, why: str) -> Correction:
    """Return the correction that makes two names stand for one thing: `name` is merged into `into`."""
    return replace(_new(Action.MERGE, who, why), name=name, into=into, kind=kind)


def naming(name: str, right: str, kind: EntityKind, *, verified: bool, who: str, why: str) -> Correction:
    """Return the correction that renames a thing, or marks its name as checked by a person."""
    return replace(_new(Action.NAME, who, why), name=name, into=right, kind=kind, verified=verified)


def undoing(id: str, *, who: str, why: str) -> Correction:
    """Return the correction that takes back the earlier correction with this id."""
    return replace(_new(Action.UNDO, who, why), undoes=id)


def _new(action: Action, who: str, why: str) -> Correction:
    who, why = " ".join(who.split()), " ".join(why.split())
    if not who or not why:
        missing = "reason" if who else "name"
        raise CorrectionRefused(f"a correction says who makes it and why; the {missing} is missing")
    return Correction("", action, who, datetime.now(UTC).isoformat(timespec="seconds"), why)


def _numbered(wanted: Sequence[Correction], held: Sequence[Correction]) -> tuple[Correction, ...]:
    done: list[Correction] = []
    for correction in wanted:
        done.append(replace(correction, id=next_id([*held, *done])))
    return tuple(done)


def _check(added: Sequence[Correction], held: Sequence[Correction], base: Build, settings: Settings) -> None:
    """Raise CorrectionRefused if one of the added corrections would correct nothing."""
    together = (*held, *added)
    read = as_read(base, settings)
    known = read.set_of(together, settings)
    corrected = read.corrected(known)
    active = {correction.id for correction in in_force(together)}
    for correction in added:
        outcome = corrected.outcome(correction.id)
        if correction.id in active and outcome and outcome.state is not State.APPLIED:
            raise CorrectionRefused(outcome.reason)
        if correction.action is Action.UNDO:
            _check_undo(correction, held)
        if correction.action is Action.MERGE:
            one, other = (known.entity(name, correction.kind) for name in (correction.name, correction.into))
            if one == other:
                names = f"{correction.name!r} and {correction.into!r}"
                raise CorrectionRefused(f"{names} are one {correction.kind} already")


def _check_undo(correction: Correction, held: Sequence[Correction]) -> None:
    id = correction.undoes
    if id not in {each.id for each in held}:
        raise CorrectionRefused(f"{id}: there is no such correction; 'whofunds correct --list' shows them")
    if (gone := undone(held).get(id)) is not None:
        raise CorrectionRefused(f"{id}: taken back already, by {gone}; '--undo {gone}' brings it back")


def _line(flow: Funding) -> str:
    from graph.parse.money import format_pounds
    from graph.parse.years import year_span

    names = f"{flow.funder.name if flow.funder else '?'} → {flow.recipient.name if flow.recipient else '?'}"
    place = flow.evidence[0].locator if flow.evidence else ""
    amount = format_pounds(flow.amount) if isinstance(flow, FundingFlow) else "no sum"
    return f"{flow.id} {amount} {year_span(flow.years)} {names} at {place}"
