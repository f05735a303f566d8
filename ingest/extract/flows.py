"""The funding flows of a document: tables and prose read apart, then settled into one account."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Decision, FlowRelation, FundingFlow, NewName, StatedTotal
from graph.names.index import NameIndex
from ingest.document import Document
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.statements.drafts import drafts_of
from ingest.extract.statements.prose import MOST, ProseCutter
from ingest.extract.statements.readings import StatementReader
from ingest.extract.statements.statement import Statement
from ingest.extract.weights import Weights, load_weights
from ingest.extract.words.lexicon import load_lexicon
from ingest.extract.registers import entries_of
from ingest.extract.scope.document import Scope, read_scope
from ingest.extract.settling.settle import Settled, settle
from ingest.extract.tables.deliverers import fill_recipients
from ingest.extract.tables.flows import read_tables
from ingest.extract.tables.labelled_records import read_records


@dataclass(frozen=True, slots=True)
class Flows:
    """The money of one document."""

    flows: tuple[FundingFlow, ...]
    relations: tuple[FlowRelation, ...]
    totals: tuple[StatedTotal, ...]
    new_names: tuple[NewName, ...]
    issues: tuple[str, ...] = ()  #: what was not read, in sentences


def extract_flows(document: Document, decision: Decision, names: NameIndex, weights: Weights | None = None) -> Flows:
    """Return every funding flow, how their money hangs together, the totals stated, and names the registry lacks."""
    weights = weights or load_weights()
    read = [_flows_of(part, own, names, weights) for part, own in entries_of(document, decision)]
    found = [settled for settled, _ in read]
    flows = tuple(flow for one in found for flow in one.flows)
    return Flows(
        flows,
        tuple(relation for one in found for relation in one.relations),
        tuple(total for one in found for total in one.totals),
        tuple(_new_names(flows)),
        tuple(issue for _, issues in read for issue in issues),
    )


def statements_of(
    document: Document, decision: Decision, names: NameIndex
) -> tuple[StatementReader, list[Statement]]:
    """Return the statements of a document's prose, and the reader that makes their candidates."""
    scope = read_scope(document, decision, names)
    return _statements(scope, read_records(scope).read)


def _statements(scope: Scope, without: frozenset[int]) -> tuple[StatementReader, list[Statement]]:
    lexicon = load_lexicon()
    found = DocumentNames(scope, lexicon)
    statements = ProseCutter(scope, found, lexicon).statements(without=without)
    reader = StatementReader(scope, found, lexicon)
    reader.look_over(statements)
    return reader, statements


def _flows_of(
    document: Document, decision: Decision, names: NameIndex, weights: Weights
) -> tuple[Settled, tuple[str, ...]]:
    scope = read_scope(document, decision, names)
    tables = read_tables(scope)
    fill_recipients(scope, tables)
    records = read_records(scope)
    reader, statements = _statements(scope, records.read)
    prose = drafts_of([reader.read(one, weights) for one in statements], scope, reader.lexicon)
    issues: tuple[str, ...] = ()
    if len(statements) > MOST:
        issues = (f"{document.name}: more than {MOST} sums in the text; the rest was not read. Split the file.",)
    return settle(scope, [*tables, *records.drafts, *prose]), issues


def _new_names(flows: tuple[FundingFlow, ...]) -> list[NewName]:
    found: dict[str, NewName] = {}
    for flow in flows:
        for entity in (flow.funder, flow.recipient, flow.fund, *flow.programmes):
            if entity is not None and not entity.verified and entity.id not in found:
                found[entity.id] = NewName(entity, flow.evidence[0].quote, flow.evidence[0].locator)
    return list(found.values())
