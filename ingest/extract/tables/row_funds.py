"""The fund of a table's rows where no column has it: the one that the document names for its money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model import FlowKind
from ingest.extract.slots.readings import StatementReader
from ingest.extract.sums.sums import Sum
from ingest.extract.weights import Weights

_OWN_MONEY = (FlowKind.MATCH, FlowKind.CARRY_FORWARD)


def with_funds(sums: Sequence[Sum], reader: StatementReader, weights: Weights) -> list[Sum]:
    """Return the sums of tables with the document's fund, where neither their row nor another of its table names one.

    Match funding and money carried forward are left as they are: they come from elsewhere.
    """
    named = {one.spot.block for one in sums if one.fund.value is not None}
    return [
        replace(one, fund=reader.fund_of_row(one.spot.at, weights))
        if one.spot.block not in named and one.kind not in _OWN_MONEY and one.fallback.fund is None
        else one
        for one in sums
    ]
