"""Turn a spreadsheet's tables into funding flows, stated totals, messages and a count of unread sums."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.model import (
    Band,
    Check,
    Decision,
    Doubt,
    Entity,
    Evidence,
    FlowKind,
    FlowLink,
    FlowRelation,
    FundingFlow,
    StatedTotal,
    Unread,
)
from graph.names.index import NameIndex
from graph.names.new_names import is_to_be_chosen
from ingest.columns.context import ListContext, TableSetting, context_of, settings_of
from ingest.columns.guess import Guess, guess_mapping, headings_of
from ingest.columns.kept import Kept, chosen_roles
from ingest.columns.kinds import kind_of, says_grant
from ingest.columns.mapping import ColumnMapping, ListKind, Role
from ingest.columns.parties import Linker
from ingest.columns.reading_notes import notes_on_table
from ingest.columns.repeats import said_again, without_summaries
from ingest.columns.rows import RowSum, RowTotal, TableRows, read_rows
from ingest.columns.totals import evidence_of, total_checks
from ingest.document import Document

_PENNY = Decimal("0.01")
_LONGEST_LABEL = 300
_EXAMPLES = 5  #: of sums that were not read
_SURE, _LIKELY = 0.9, 0.7  #: from which confidence on a flow is in a band
_DOUBTFUL = 0.85  #: a slot below it is named as doubtful


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A table with the words around it and the roles of its columns."""

    setting: TableSetting
    mapping: ColumnMapping


def mapped_tables(document: Document, names: NameIndex, kept: Kept = ()) -> list[MappedTable]:
    """Return the tables of a spreadsheet with the roles of their columns, as guessed or as set by people in `kept`."""
    found = []
    for setting in settings_of(document):
        chosen = chosen_roles(kept, document.name, headings_of(setting.block))
        mapping = guess_mapping(setting.block, Guess(names, setting.titles, chosen))
        found.append(MappedTable(setting, mapping))
    return found


@dataclass(frozen=True, slots=True)
class ListMoney:
    """All money of a spreadsheet."""

    flows: tuple[FundingFlow, ...]
    relations: tuple[FlowRelation, ...]  #: rows that another sheet has as well
    totals: tuple[StatedTotal, ...]
    checks: tuple[Check, ...]  #: its stated totals against their rows
    issues: tuple[str, ...]  #: what was not counted or not read, in sentences
    unread: Unread
    org_ids: Mapping[str, str]  #: of organisations that the registry lacks: Entity.id -> the identifier given


def spreadsheet_flows(
    document: Document, decision: Decision, names: NameIndex, mapping: Kept | None = None
) -> tuple[tuple[FundingFlow, ...], tuple[StatedTotal, ...], tuple[str, ...], Unread]:
    """Return the flows of a spreadsheet, its stated totals, messages on what was not read, and the unread sums.

    Args:
        document: A workbook or separated values.
        decision: The decision that stands for the list; its body pays by default.
        names: The registry's names.
        mapping: The column roles that people set; None if nobody set any.
    """
    money = money_of_tables(document, mapped_tables(document, names, mapping or ()), decision, names)
    return money.flows, money.totals, money.issues, money.unread


def payers_of(tables: Sequence[MappedTable]) -> tuple[str, ...]:
    """Return the different cells of all payer columns."""
    cells = (
        row.cells[column.index].text
        for table in tables
        for column in table.mapping.of(Role.PAYER)
        for row in table.setting.block.rows
        if column.index < len(row.cells)
    )
    return tuple(dict.fromkeys(text for text in cells if text))


def money_of_tables(
    document: Document, tables: Sequence[MappedTable], decision: Decision, names: NameIndex
) -> ListMoney:
    """Return the money of a spreadsheet's tables."""
    contexts = [context_of(table.setting, table.mapping, decision, names) for table in tables]
    read = without_summaries(
        [
            read_rows(table.mapping, table.setting.block.rows, unit=context.unit)
            for table, context in zip(tables, contexts, strict=True)
        ]
    )
    writer = _Writer(document, names)
    for context, rows in zip(contexts, read, strict=True):
        writer.add_flows(context, rows)
    for context, rows in zip(contexts, read, strict=True):
        writer.add_totals(context, rows)
    issues = [said for rows in read for said in notes_on_table(rows)]
    if not writer.flows and not issues:
        issues.append("No column of sums was found; set one with --columns 'Heading=amount', if there is one.")
    if decision.body is None and any(flow.funder is None for flow in writer.flows):
        issues.append("Nothing says whose list it is; write the body's name into the file's name or above the table.")
    unread = [evidence_of(document, row) for rows in read for row, _ in rows.without_payee]
    return ListMoney(
        tuple(writer.flows),
        tuple(writer.relations(said_again(read))),
        tuple(writer.totals),
        tuple(check for rows in read for check in total_checks(document, rows)),
        tuple(issues),
        Unread(len(unread), tuple(unread[:_EXAMPLES])),
        writer.linker.org_ids,
    )


class _Writer:
    """Makes flows and totals from the rows of one document's tables."""

    def __init__(self, document: Document, names: NameIndex) -> None:
        self.document, self.names = document, names
        self.linker = Linker(names)
        self.flows: list[FundingFlow] = []
        self.totals: list[StatedTotal] = []
        self._made: dict[int, FundingFlow] = {}  # by the id() of the row's sum
        self._ids: set[str] = set()

    def add_flows(self, context: ListContext, rows: TableRows) -> None:
        """Add a flow for each sum of one table."""
        for found in rows.sums:
            self._made[id(found)] = self._flow(found, rows.mapping, context)
            self.flows.append(self._made[id(found)])

    def add_totals(self, context: ListContext, rows: TableRows) -> None:
        """Add the stated totals of one table, after the flows of all tables have been added."""
        self.totals += [self._total(total, context) for total in rows.totals]

    def relations(self, again: Sequence[tuple[RowSum, RowSum]]) -> Iterator[FlowRelation]:
        """Yield a "restates" relation for each pair: the flow of its first row restates the flow of its second."""
        for one, other in again:
            yield FlowRelation(self._made[id(one)].id, FlowLink.RESTATES, self._made[id(other)].id)

    def _flow(self, found: RowSum, mapping: ColumnMapping, context: ListContext) -> FundingFlow:
        payee = self.linker.payee(found.payee, found.payee_id, context)
        payer = self.linker.payer(found.payer, found.payer_id, context)
        is_paid_out = payee.entity is not None or bool(payee.words)
        is_own = payee.entity is not None and payee.entity == payer
        kind = kind_of(found, mapping.kind, is_paid_out=is_paid_out, is_own=is_own)
        recipient = None if kind is FlowKind.OWN_COST else payee.entity
        cause = self.linker.cause(found, context, is_standard=mapping.kind is ListKind.STANDARD)
        programme = cause.programme or self._programme(found, mapping, context)
        years = found.years or context.years
        fund = self.names.fund_in_years(cause.fund, years) if cause.fund is not None else None
        confidence = _confidence(found, mapping, payer, kind, years)
        evidence = evidence_of(self.document, found.row)
        return FundingFlow(
            id=self._identity(evidence, found, kind, (payer, recipient)),
            funder=payer,
            recipient=recipient,
            recipient_words="" if recipient is not None else found.payee,
            amount=found.amount.quantize(_PENNY),
            basis=found.basis,
            years=years,
            programmes=(programme,) if programme is not None else (),
            place=self.linker.place(found.place, context),
            fund=fund,
            kind=kind,
            status=found.status,
            evidence=(evidence,),
            confidence=confidence,
            purpose=found.purpose or found.group,
            per_year=found.per_year,
            band=_band(confidence),
            doubts=tuple(_doubts(found, mapping, recipient, years)),
            awaits_payee=recipient is None and is_to_be_chosen(found.payee),
            in_table=True,
        )

    def _programme(self, found: RowSum, mapping: ColumnMapping, context: ListContext) -> Entity | None:
        """Return the programme named by a row's purpose, or by the line above its group of rows."""
        if found.programme:
            return None
        whole = mapping.kind is ListKind.SPENDING
        for words in (found.purpose, found.group):
            programme = self.linker.programme_in(words, context, whole=whole)
            if programme is not None:
                return programme
        return None

    def _total(self, total: RowTotal, context: ListContext) -> StatedTotal:
        evidence = evidence_of(self.document, total.row)
        parts = [flow for part in total.parts if (flow := self._made.get(id(part))) is not None]
        payers = {flow.funder for flow in parts}
        years = sorted({year for part in total.parts for year in part.years or context.years})
        words = "|".join([evidence.locator, str(evidence.start), str(total.amount), str(total.column.index)])
        return StatedTotal(
            id=self._unused(f"total|{words}"),
            amount=total.amount.quantize(_PENNY),
            years=total.column.years or tuple(years),
            programmes=(),
            payer=payers.pop() if len(payers) == 1 else context.body,
            label=(total.label or total.column.called)[:_LONGEST_LABEL],
            parts=tuple(flow.id for flow in parts),
            evidence=(evidence,),
        )

    def _identity(
        self, evidence: Evidence, found: RowSum, kind: FlowKind, parties: tuple[Entity | None, Entity | None]
    ) -> str:
        payer, recipient = (party.id if party is not None else "" for party in parties)
        place = [evidence.locator, str(found.column.index), str(found.amount), "/".join(found.years)]
        return self._unused("|".join([*place, kind, payer, recipient or found.payee]))

    def _unused(self, words: str) -> str:
        for turn in itertools.count():
            found = hashlib.sha256(f"{words}|{turn or ''}".encode()).hexdigest()[:12]
            if found not in self._ids:
                self._ids.add(found)
                return found
        raise AssertionError("unreachable")


def _confidence(
    found: RowSum, mapping: ColumnMapping, payer: Entity | None, kind: FlowKind, years: Sequence[str]
) -> float:
    """Return how probable a flow is: the probability of its columns, lowered for open slots and for default values."""
    score = min(found.column.confidence, _sureness(mapping, Role.PAYEE))
    score -= 0.0 if payer is not None else 0.1
    score -= 0.0 if years else 0.1
    if mapping.kind is ListKind.SPENDING and kind is FlowKind.GRANT and not says_grant(found):
        score -= 0.1
    return round(min(0.99, max(0.1, score)), 2)


def _sureness(mapping: ColumnMapping, role: Role) -> float:
    column = mapping.one(role)
    return column.confidence if column is not None else 0.8


def _band(confidence: float) -> Band:
    return Band.SURE if confidence >= _SURE else Band.LIKELY if confidence >= _LIKELY else Band.CHECK


def _doubts(found: RowSum, mapping: ColumnMapping, recipient: Entity | None, years: Sequence[str]) -> Iterator[Doubt]:
    """Yield a doubt for each slot whose column role is not sure."""
    payee = mapping.one(Role.PAYEE)
    if payee is not None and payee.confidence < _DOUBTFUL:
        yield Doubt("recipient", recipient.name if recipient is not None else "", payee.confidence)
    year = mapping.one(Role.YEAR) or mapping.one(Role.DATE)
    if found.years and not found.column.years and year is not None and year.confidence < _DOUBTFUL:
        yield Doubt("year", years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}", year.confidence)
