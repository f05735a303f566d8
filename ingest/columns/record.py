"""Make the Record of a spreadsheet: whose list it is, its flows and totals, and checks of its column sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.lists import AWARDS, PAYMENTS
from graph.model import NewName, Record
from graph.names.index import NameIndex
from ingest.columns.context import decision_of_list
from ingest.columns.flows import ListMoney, MappedTable, mapped_tables, money_of_tables, payers_of
from ingest.columns.kept import Kept
from ingest.columns.mapping import ListKind, Role
from ingest.columns.passages import list_passages
from ingest.document import Document


def spreadsheet_record(document: Document, names: NameIndex, kept: Kept = ()) -> Record:
    """Return the record of a workbook or of separated values; `kept` are column roles set by people."""
    tables = mapped_tables(document, names, kept)
    decision = decision_of_list(document, names, record_type=_record_type(tables), payers=payers_of(tables))
    money = money_of_tables(document, tables, decision, names)
    return Record(
        document=document.name,
        digest=document.digest,
        decision=decision,
        flows=money.flows,
        flow_relations=money.relations,
        totals=money.totals,
        checks=money.checks,
        passages=list_passages(document, [(table.setting.block, table.mapping) for table in tables]),
        new_names=tuple(_new_names(money)),
        issues=(*document.issues, *money.issues),
        unread=money.unread,
    )


def _record_type(tables: Sequence[MappedTable]) -> str:
    """Return whether most rows with sums are payments or awards."""
    rows: Counter[str] = Counter()
    for table in tables:
        if table.mapping.of(Role.AMOUNT, Role.REQUESTED):
            kind = PAYMENTS if table.mapping.kind is ListKind.SPENDING else AWARDS
            rows[kind] += len(table.setting.block.rows)
    return rows.most_common(1)[0][0] if rows else "funding record"


def _new_names(money: ListMoney) -> list[NewName]:
    found: dict[str, NewName] = {}
    for flow in money.flows:
        for entity in (flow.funder, flow.recipient, flow.fund, *flow.programmes):
            if entity is not None and not entity.verified and entity.id not in found:
                words = flow.evidence[0]
                found[entity.id] = NewName(entity, words.quote, words.locator, money.org_ids.get(entity.id, ""))
    return list(found.values())
