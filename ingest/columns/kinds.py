"""The kind of flow of a list's row, from the words in its columns."""

from __future__ import annotations

from graph.model import FlowKind
from ingest.columns.mapping import ListKind
from ingest.columns.row_words import load_row_words
from ingest.columns.rows import RowSum


def kind_of(found: RowSum, list_kind: ListKind, *, is_paid_out: bool, is_own: bool) -> FlowKind:
    """Return the kind of flow of a row's sum.

    A payment to another organisation is a grant in the contract's sense, "goes from funder to recipient", even if the
    row does not say "grant": no kind fits a bought service better. Running costs in a list of payments (rent, software,
    salaries) stay with the body as its own cost, whoever sends the bill.

    Args:
        found: The sum with its row's words.
        list_kind: The kind of list that the row stands in.
        is_paid_out: The row says who is paid.
        is_own: The body pays itself.
    """
    if found.is_bid:
        return FlowKind.BID
    if is_own or (list_kind is ListKind.SPENDING and is_running_cost(found)):
        return FlowKind.OWN_COST
    return FlowKind.GRANT if is_paid_out else FlowKind.ALLOCATION


def is_running_cost(found: RowSum) -> bool:
    """Return True if a row of a list of payments is a cost of the body's own office."""
    rows = load_row_words()
    words = "; ".join(text for text in (found.kind, found.purpose, found.group) if text)
    return rows.says("own-cost", words) and not rows.says("grant", words)


def says_grant(found: RowSum) -> bool:
    """Return True if a row's words call the sum a grant, an award or a commissioned service."""
    rows = load_row_words()
    return any(rows.says("grant", text) for text in (found.kind, found.purpose, found.group, found.fund))
