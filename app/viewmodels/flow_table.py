"""Funding flows as a table: funder, recipient, amount, years, purpose and decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.links import decision_link, thing_link
from app.viewmodels import sureness, words
from app.viewmodels.table import Cell, Table
from graph.counting.placed_years import decision_words
from graph.model import Band, Entity, FlowKind, FlowStatus, Funding
from graph.parse.years import year_span
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow


def flow_table(
    flows: Sequence[StatedFlow],
    heads: Mapping[str, DecisionHead],
    *,
    leave_out: frozenset[str] = frozenset(),
    as_given: bool = False,
    notes: Mapping[str, str] | None = None,
    corrected: Mapping[str, str] | None = None,
) -> Table:
    """Return the flows as a table, latest year first, or in the order given with `as_given`.

    Args:
        flows: The flows.
        heads: The decisions by document.
        leave_out: Columns that the page makes obvious.
        as_given: Keep the order of the flows.
        notes: Why a flow is in no total, by its IRI; None to judge by its status alone.
        corrected: Corrections in words, by the flow's IRI.
    """
    columns = (
        *("Funder", "Recipient", "Amount", "Years", "Programme", "Purpose", "Place", "Fund", "Status"),
        *(sureness.COLUMN, "Decision"),
    )
    if "Programme" not in leave_out or not any(stated.flow.purpose for stated in flows):
        leave_out = leave_out | {"Purpose"}  # it stands with the programme
    kept = [number for number, name in enumerate(columns) if name not in leave_out]
    ordered = flows if as_given else sorted(flows, key=latest_first)
    said = {stated.iri: _said(stated, notes, corrected or {}) for stated in ordered}
    usual = sureness.usual_band(stated.flow for stated in ordered)
    rows = [_row(stated, heads, said[stated.iri], usual) for stated in ordered]
    return Table(
        caption=sureness.said_once(stated.flow for stated in ordered),
        columns=tuple(columns[number] for number in kept),
        rows=tuple(tuple(row[number] for number in kept) for row in rows),
        numeric=frozenset(place for place, number in enumerate(kept) if columns[number] == "Amount"),
    )


def standing(stated: StatedFlow) -> str:
    """Return the status of a flow, with its kind unless that is a plain grant: "Approved, match funding"."""
    flow = stated.flow
    if flow.kind is FlowKind.GRANT:
        return words.STATUS[flow.status]
    if flow.kind in (FlowKind.ENVELOPE, FlowKind.BID) and flow.status in (FlowStatus.CONTEXT, FlowStatus.APPROVED):
        return words.KIND[flow.kind]
    return f"{words.STATUS[flow.status]}, {words.KIND[flow.kind].lower()}"


def latest_first(stated: StatedFlow) -> tuple[tuple[int, ...], str]:
    """Return a sort key for flows: the latest year first."""
    years = tuple(-int(year[:4]) for year in reversed(stated.flow.years)) or (0,)
    return years, stated.iri


def _row(stated: StatedFlow, heads: Mapping[str, DecisionHead], note: str, usual: Band | None) -> tuple[Cell, ...]:
    flow, head = stated.flow, heads.get(stated.document)
    return (
        thing_cell(flow.funder),
        Cell(words.recipient(flow), thing_link(flow.recipient) if flow.recipient else ""),
        Cell(words.sum_of(flow), plain=f"{flow.amount:.2f}"),
        Cell(words.years(flow.years), note=decision_words([stated], heads), plain=year_span(flow.years)),
        what_for(flow),
        Cell(flow.purpose or "—", plain=flow.purpose),
        thing_cell(flow.place, nothing="—"),
        thing_cell(flow.fund, nothing="—"),
        Cell(standing(stated), note=note),
        sureness.band_cell(flow, usual),
        decision_cell(stated.document, head, flow),
    )


def what_for(funding: Funding) -> Cell:
    """Return the cell for the purpose of money: its programme with the purpose below, or only the purpose."""
    programmes = ", ".join(programme.name for programme in funding.programmes)
    if not programmes:
        return Cell(funding.purpose or "—", plain=funding.purpose)
    only = funding.programmes[0] if len(funding.programmes) == 1 else None
    note = funding.purpose if funding.purpose.casefold() != programmes.casefold() else ""
    return Cell(programmes, thing_link(only) if only else "", note=note, plain=programmes)


def _said(stated: StatedFlow, notes: Mapping[str, str] | None, corrected: Mapping[str, str]) -> str:
    apart = _not_counted(stated) if notes is None else notes.get(stated.iri, "")
    return ". ".join(part for part in (apart, corrected.get(stated.iri, "")) if part)


def _not_counted(stated: StatedFlow) -> str:
    return "Left out of totals" if stated.flow.status is FlowStatus.SUPERSEDED else ""


def thing_cell(entity: Entity | None, *, nothing: str = words.OPEN_PARTY) -> Cell:
    """Return the cell of a name with a link to its page; `nothing` for None."""
    return Cell(entity.name, thing_link(entity)) if entity else Cell(nothing, plain="")


def decision_cell(document: str, head: DecisionHead | None, funding: Funding) -> Cell:
    """Return the cell of the decision that states money, with a link to its words."""
    locator = funding.evidence[0].locator if funding.evidence else ""
    return Cell(head.caption if head else document, decision_link(document, at=locator), note=locator)
