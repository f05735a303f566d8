"""What a person should look at in a document before it is published: doubts, and names that the registry lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Entity, FlowKind, NewName, Record, Verdict
from graph.settings import Settings
from ingest.work import name_index

DOUBTFUL = 0.7  #: a flow read with less confidence is a doubt
NEAREST = 3  #: known names that are offered for a new one
_PAID = (FlowKind.GRANT, FlowKind.SUB_GRANT)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a document that a person should look at."""

    message: str
    flow: str = ""  #: FundingFlow.id; "" where it is about the document
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that the registry lacks, with the known names nearest to it."""

    new: NewName
    nearest: tuple[Entity, ...]


def doubts_of(record: Record, shapes: Sequence[str] = ()) -> tuple[Doubt, ...]:
    """Return what a person should look at: open parties, unsure flows, figures in conflict, what could not be read."""
    found = [Doubt(issue) for issue in (*record.issues, *shapes)]
    for check in record.checks:
        if check.verdict is Verdict.CONFLICT:
            found.append(Doubt(check.message, locator=check.evidence[0].locator if check.evidence else ""))
    for flow in record.flows:
        said = []
        if flow.funder is None:
            said.append("who pays is left open")
        if flow.recipient is None and flow.kind in _PAID:
            said.append("who receives it is left open")
        if not flow.years:
            said.append("no financial year is stated")
        if flow.confidence < DOUBTFUL:
            said.append(f"read with little confidence ({flow.confidence:.0%})")
        if said:
            words, place = "; ".join(said), flow.evidence[0].locator if flow.evidence else ""
            found.append(Doubt(words[0].upper() + words[1:], flow.id, place))
    return tuple(found)


def suggestions_for(record: Record, settings: Settings) -> tuple[Suggestion, ...]:
    """Return the names that the registry lacks, each once, with the known names nearest to them."""
    names = name_index(settings.data / "registry")
    found: dict[str, Suggestion] = {}
    for new in record.new_names:
        if new.entity.id not in found:
            near = tuple(each for each in names.suggest(new.entity.name, limit=5) if each.kind is new.entity.kind)
            found[new.entity.id] = Suggestion(new, near[:NEAREST])
    return tuple(found.values())
