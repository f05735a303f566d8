"""Awards without a printed amount as a table: recipient, funder, purpose and decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.links import thing_link
from app.viewmodels import sureness, words
from app.viewmodels.flow_table import decision_cell, thing_cell, what_for
from app.viewmodels.table import Cell, Table
from graph.model import Band, FlowKind
from graph.parse.years import year_span
from graph.stated.awards import StatedAward
from graph.stated.decisions import DecisionHead

HEADING = "Named without a sum"
NOTE = "Awards, appointments and commissioned services that a decision states without printing what they cost."


def award_table(
    awards: Sequence[StatedAward],
    heads: Mapping[str, DecisionHead],
    *,
    leave_out: frozenset[str] = frozenset(),
    corrected: Mapping[str, str] | None = None,
) -> Table | None:
    """Return the awards in the order of documents; None if there are none to list.

    Awards whose amount another document states are left out, since they are among the sums.

    Args:
        awards: All awards of a thing or a decision.
        heads: The decisions by file name.
        leave_out: Columns that the page makes obvious.
        corrected: Corrections in words, by IRI.
    """
    columns = ("Recipient", "Funder", "For", "Years", "Place", "Status", sureness.COLUMN, "Decision")
    listed = [each for each in awards if not each.stated_again]
    if not listed:
        return None
    kept = [number for number, name in enumerate(columns) if name not in leave_out]
    usual = sureness.usual_band(each.award for each in listed)
    rows = [_row(each, heads.get(each.document), (corrected or {}).get(each.iri, ""), usual) for each in listed]
    return Table(
        caption=sureness.said_once(each.award for each in listed).replace("these sums", "these awards"),
        columns=tuple(columns[number] for number in kept),
        rows=tuple(tuple(row[number] for number in kept) for row in rows),
    )


def _row(stated: StatedAward, head: DecisionHead | None, note: str, usual: Band | None) -> tuple[Cell, ...]:
    award = stated.award
    named = award.recipient.name if award.recipient else award.recipient_words or words.OPEN_PARTY
    return (
        Cell(named, thing_link(award.recipient) if award.recipient else ""),
        thing_cell(award.funder),
        what_for(award),
        Cell(words.years(award.years), plain=year_span(award.years)),
        thing_cell(award.place, nothing="—"),
        Cell(_standing(stated), note=note),
        sureness.band_cell(award, usual),
        decision_cell(stated.document, head, award),
    )


def _standing(stated: StatedAward) -> str:
    award = stated.award
    if award.kind is FlowKind.GRANT:
        return words.STATUS[award.status]
    return f"{words.STATUS[award.status]}, {words.KIND[award.kind].lower()}"
