"""Fill in the fund of table rows whose columns name none, from the fund that the document names for its money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model import FlowKind
from ingest.extract.slots.readings import StatementReader
from ingest.extract.sums.sums import Sum
from ingest.extract.weights import Weights

_OWN_MONEY = (FlowKind.MATCH, FlowKind.CARRY_FORWARD)


def with_funds(sums: Sequence[Sum], reader: StatementReader, weights: Weights) -> list[Sum]:
    """Return the sums; rows of tables that name no fund anywhere get the document's fund.

    Match funding and money carried forward stay as they are, since they come from elsewhere.
    """
    named = {one.spot.block for one in sums if one.fund.value is not None}
    return [
        replace(one, fund=reader.fund_of_row(one.spot.at, weights))
        if one.spot.block not in named and one.kind not in _OWN_MONEY and one.fallback.fund is None
        else one
        for one in sums
    ]
