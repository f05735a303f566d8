"""What kind of flow a row of a list is, by the words of its columns."""

from __future__ import annotations

from graph.model import FlowKind
from ingest.columns.mapping import ListKind
from ingest.columns.row_words import load_row_words
from ingest.columns.rows import RowSum


def kind_of(found: RowSum, list_kind: ListKind, *, is_paid_out: bool, is_own: bool) -> FlowKind:
    """Return the kind of a row's sum.

    A payment to somebody else is a grant in the words of the contract, "goes from funder to recipient", whether the
    row calls it a grant or not: no kind is nearer to a service that is bought. What a list of payments calls a running
    cost (rent, software, salaries) stays with the body as its own cost, whoever sends the bill.

    Args:
        found: The sum.
        list_kind: The sort of list that it stands in.
        is_paid_out: The row says who gets it.
        is_own: The body pays itself.
    """
    if found.is_bid:
        return FlowKind.BID
    if is_own or (list_kind is ListKind.SPENDING and is_running_cost(found)):
        return FlowKind.OWN_COST
    return FlowKind.GRANT if is_paid_out else FlowKind.ALLOCATION


def is_running_cost(found: RowSum) -> bool:
    """Return whether a row of a list of payments says that it is a cost of the body's own office."""
    rows = load_row_words()
    words = "; ".join(text for text in (found.kind, found.purpose, found.group) if text)
    return rows.says("own-cost", words) and not rows.says("grant", words)


def says_grant(found: RowSum) -> bool:
    """Return whether a row's words call it a grant, an award or a commissioned service."""
    rows = load_row_words()
    return any(rows.says("grant", text) for text in (found.kind, found.purpose, found.group, found.fund))
