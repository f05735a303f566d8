"""The judgements of a build as a table on disk: one row for each flow, thing that it touches and side.

Rows are sorted by thing, so that the tally of a page is read from a few thousand rows whatever the size of the build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.counting.ledger import Counting
from graph.counting.left_out import LeftOut, Reason
from graph.counting.placed_years import placed_years
from graph.counting.rests import to_nobody, with_amount
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.model import EntityKind
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

if TYPE_CHECKING:
    import pyarrow

FILE = "ledger.parquet"
COUNTED, JOINT, LEFT_OUT = "counted", "joint", "left out"  #: what a row says of a flow
OPEN = "payee not said"  #: of what is left of a sum, beside the payments out of it that are counted
_ROWS = 8_192  #: of one group: what is read at least for one thing
_DIGITS = 38  #: the most that the format keeps

FlowsOf = Callable[[str], Mapping[str, StatedFlow]]  #: the flows that touch the thing of a key, by IRI


def write_ledger(folder: Path, counting: Counting, heads: Mapping[str, DecisionHead]) -> int:
    """Judge every flow for everything that it touches, write the judgements, and return their number.

    Args:
        folder: That of the build.
        counting: The flows of the build, and what counting needs to know.
        heads: The decisions, by document.
    """
    import pyarrow
    from pyarrow import parquet

    path = folder / FILE
    path.unlink(missing_ok=True)  # a clone shares the file with the build that it was cloned from
    columns: dict[str, list[Any]] = {name: [] for name in _schema().names}
    for key, side in sorted(counting.keys()):
        for row in _rows(key, side, counting.tally(key, side), heads):
            for name, value in zip(columns, row, strict=True):
                columns[name].append(value)
    table = pyarrow.table(columns, schema=_schema())
    parquet.write_table(table, path, row_group_size=_ROWS, compression="zstd")
    return int(table.num_rows)


def _schema() -> pyarrow.Schema:
    import pyarrow

    word = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    return pyarrow.schema(
        {
            "subject": pyarrow.string(),  # as thing_key gives it; "" for all money together
            "kind": word,  # of the subject: organisation, programme, place, fund, decision or everything
            "side": word,
            "flow": pyarrow.string(),  # IRI
            "verdict": word,  # counted | joint | left out
            "reason": word,  # why it is left out; of what is left of a sum "payee not said"
            "other": pyarrow.string(),  # IRI of the flow that counts in its place or holds it
            "payee": pyarrow.string(),
            "amount": pyarrow.decimal128(_DIGITS, 2),  # what is added: of a sum that is paid in part, the rest
            "years": pyarrow.list_(pyarrow.string()),  # as stated, else those of the decision
            "year_basis": word,
            "band": word,
            "status": word,
            "basis": word,
        }
    )


def _rows(key: str, side: Side, tally: Tally, heads: Mapping[str, DecisionHead]) -> Iterator[tuple[Any, ...]]:
    said = [(stated, COUNTED, OPEN if stated.iri in tally.open else "", "", "") for stated in tally.flows]
    said += [(stated, JOINT, OPEN if stated.iri in tally.open else "", "", "") for stated in tally.joint]
    said += [(out.flow, LEFT_OUT, out.reason.value, out.other, out.payee) for out in tally.left_out]
    kind = key.partition("/")[0] or "everything"
    for stated, *verdict in said:
        flow, placed = stated.flow, placed_years(stated, heads)
        money = (flow.amount, list(placed.years), placed.basis.value)
        how = (flow.band.value, flow.status.value, flow.basis.value)
        yield (key, kind, side.value, stated.iri, *verdict, *money, *how)


class KeptJudgements:
    """The judgements that a build holds."""

    def __init__(self, path: Path, flows_of: FlowsOf) -> None:
        """Keep where the table is, and how the flows that it speaks of are found."""
        self._path = path
        self._flows_of = flows_of

    def tally(self, key: str, side: Side) -> Tally:
        """Return the judgement on everything that touches a thing; an empty one where nothing does."""
        from pyarrow import parquet

        wanted = [("subject", "=", key), ("side", "=", side.value)]
        columns = ["flow", "verdict", "reason", "other", "payee", "amount"]
        rows = parquet.read_table(self._path, columns=columns, filters=wanted).to_pylist()
        flows = self._flows_of(key) if rows else {}
        found: dict[str, list[StatedFlow]] = {COUNTED: [], JOINT: []}
        left = []
        for row in rows:
            stated = flows[row["flow"]]
            if row["verdict"] == LEFT_OUT:
                left.append(LeftOut(stated, Reason(row["reason"]), row["other"], row["payee"]))
            else:
                counted = with_amount(stated, row["amount"])
                found[row["verdict"]].append(to_nobody(counted) if row["reason"] == OPEN else counted)
        return Tally(tuple(found[COUNTED]), tuple(found[JOINT]), tuple(left))

    def totals(self, kind: EntityKind, side: Side) -> Mapping[str, Decimal]:
        """Return the total of every thing of a kind that has one, by its key."""
        from pyarrow import parquet

        wanted = [("kind", "=", kind.value), ("side", "=", side.value), ("verdict", "=", COUNTED)]
        table = parquet.read_table(self._path, columns=["subject", "amount"], filters=wanted)
        sums = table.group_by("subject").aggregate([("amount", "sum")]).to_pylist()
        return {row["subject"]: row["amount_sum"] for row in sums if row["amount_sum"]}
