"""What a person should check in a document before it is published: doubts, and names that the registry lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model import Band, Entity, FlowKind, Funding, NewName, Record, Verdict
from graph.settings import Settings
from graph.unread import issue_without_flows, unread_said
from ingest.stakes import key_in_record, review_order
from ingest.work import name_index

NEAREST = 3  #: known names that are offered for a new one
_PAID = (FlowKind.GRANT, FlowKind.SUB_GRANT)
_READ = {Band.LIKELY: "likely right, not sure", Band.CHECK: "to be checked"}


@dataclass(frozen=True, slots=True)
class Remark:
    """A message about one place in a document that a person should check."""

    message: str
    flow: str = ""  #: key of the flow or award, as `ingest.stakes` gives it; "" where it is about the document
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that the registry lacks, with the known entities whose names are nearest to it."""

    new: NewName
    nearest: tuple[Entity, ...]


def doubts_of(record: Record, shapes: Sequence[str] = ()) -> tuple[Remark, ...]:
    """Return remarks on unread parts, on figures in conflict, and on flows and awards whose reading is not sure.

    Remarks on flows come in the order of `ingest.stakes.review_order`. They do not name the doubtful slot: the flow
    does.
    """
    not_read = issue_without_flows(record) or unread_said(record.unread)
    found = [Remark(issue) for issue in (*record.issues, *shapes, not_read) if issue]
    for check in record.checks:
        if check.verdict is Verdict.CONFLICT:
            found.append(Remark(check.message, locator=check.evidence[0].locator if check.evidence else ""))
    for each in review_order(record):
        if each.band in _READ:
            said = "; ".join((_READ[each.band], *left_open(each)))
            place = each.evidence[0].locator if each.evidence else ""
            found.append(Remark(said[0].upper() + said[1:], key_in_record(each), place))
    return tuple(found)


def left_open(each: Funding) -> Iterator[str]:
    """Yield, in words, each slot of a flow or award that is empty and that its own doubts do not mention."""
    doubted = {doubt.slot for doubt in each.doubts}
    if each.funder is None and "funder" not in doubted:
        yield "who pays is left open"
    if each.recipient is None and each.kind in _PAID and "recipient" not in doubted:
        yield "who receives it is left open"
    if not each.years and "year" not in doubted:
        yield "no financial year is stated"


def suggestions_for(record: Record, settings: Settings) -> tuple[Suggestion, ...]:
    """Return the names that the registry lacks, each once, with the known names nearest to them."""
    names = name_index(settings.data / "registry")
    found: dict[str, Suggestion] = {}
    for new in record.new_names:
        if new.entity.id not in found:
            near = tuple(each for each in names.suggest(new.entity.name, limit=5) if each.kind is new.entity.kind)
            found[new.entity.id] = Suggestion(new, near[:NEAREST])
    return tuple(found.values())
