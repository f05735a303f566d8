"""The funding flows of a document: tables and prose are read separately, then combined into one account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.model import (
    Award,
    Decision,
    Entity,
    EntityKind,
    Evidence,
    FlowRelation,
    FundingFlow,
    NewName,
    Relation,
    StatedTotal,
    Unread,
)
from graph.names.index import NameIndex
from ingest.document import Document
from ingest.extract.account.account import Account, account_of
from ingest.extract.account.confidence import with_bands
from ingest.extract.account.signs import Signs
from ingest.extract.awards.award_reader import award_candidates, read_awards
from ingest.extract.awards.candidates import Candidate
from ingest.extract.decisions.registers import entries_of
from ingest.extract.facts.fact_reader import read_facts
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope, read_scope
from ingest.extract.second_reader.consultation import Consultation
from ingest.extract.slots.readings import StatementReader
from ingest.extract.statements.prose import MOST, ProseCutter
from ingest.extract.statements.statement import Statement
from ingest.extract.sums.statement_sums import sums_of
from ingest.extract.tables.deliverers import with_deliverers
from ingest.extract.tables.flows import read_tables
from ingest.extract.tables.labelled_records import read_records
from ingest.extract.tables.row_funds import with_funds
from ingest.extract.weights import Weights, load_weights
from ingest.extract.words.lexicon import load_lexicon

_EXAMPLES = 5  #: sums that led to nothing of which the words are kept


@dataclass(frozen=True, slots=True)
class Flows:
    """The money of one document, and the facts other than money."""

    flows: tuple[FundingFlow, ...]
    relations: tuple[FlowRelation, ...]
    totals: tuple[StatedTotal, ...]
    new_names: tuple[NewName, ...]
    awards: tuple[Award, ...]  #: without a printed sum
    facts: tuple[Relation, ...]
    issues: tuple[str, ...] = ()  #: what was not read, in sentences
    unread: Unread = field(default_factory=Unread)


@dataclass(frozen=True, slots=True)
class Part:
    """What was read from one decision of a document; a register page has several."""

    account: Account
    awards: tuple[Award, ...]
    facts: tuple[Relation, ...]
    issues: tuple[str, ...]


def extract_flows(
    document: Document,
    decision: Decision,
    names: NameIndex,
    weights: Weights | None = None,
    second: Consultation | None = None,
    signs: dict[str, Signs] | None = None,
) -> Flows:
    """Return the funding flows of a document, with their relations, totals, awards, facts and new names.

    Args:
        document: As a reader returns it.
        decision: What the document's head says.
        names: The registry's names.
        weights: The fitted weights by which candidates are chosen; None for those shipped with whofunds.
        second: Asks a second reader about doubtful statements; None to ask nobody.
        signs: An empty dict that is filled with the signs of each flow's confidence, by the flow's id.
    """
    scopes = [(part, read_scope(part, own, names)) for part, own in entries_of(document, decision)]
    chosen_by = weights or load_weights()
    read = [_read_part(part, scope, chosen_by, second) for part, scope in scopes]
    flows = tuple(flow for one in read for flow in one.account.flows)
    if signs is not None:
        signs.update(pair for one in read for pair in one.account.signs.items())
    awards = tuple(award for one in read for award in one.awards)
    return Flows(
        flows,
        tuple(relation for one in read for relation in one.account.relations),
        tuple(total for one in read for total in one.account.totals),
        tuple(_new_names((*flows, *awards))),
        awards,
        tuple(_with_one_kind([fact for one in read for fact in one.facts], (*flows, *awards))),
        tuple(issue for one in read for issue in one.issues),
        _unread([words for one in read for words in one.account.left_out]),
    )


def statements_of(document: Document, decision: Decision, names: NameIndex) -> tuple[StatementReader, list[Statement]]:
    """Return the statements of a document's prose, and the reader that makes their candidates (used for fitting)."""
    scope = read_scope(document, decision, names)
    prose = _prose(scope, read_records(scope).read)
    return prose.reader, prose.statements


def award_candidates_of(document: Document, decision: Decision, names: NameIndex) -> list[Candidate]:
    """Return the names of a decision that may be funded without a printed sum.

    Sums are read with the shipped weights.
    """
    scope = read_scope(document, decision, names)
    account, reader, _ = _account_of(document, scope, load_weights(), None)
    return award_candidates(scope, reader.names, reader.lexicon, account.flows)


@dataclass(frozen=True, slots=True)
class _Prose:
    """The statements of a document's prose, and the reader that chooses the values of their slots."""

    reader: StatementReader
    statements: list[Statement]
    left: int  #: sums beyond the most that are read


def _prose(scope: Scope, without: frozenset[int]) -> _Prose:
    lexicon = load_lexicon()
    found = DocumentNames(scope, lexicon)
    cutter = ProseCutter(scope, found, lexicon)
    statements = cutter.statements(without=without)
    reader = StatementReader(scope, found, lexicon)
    reader.look_over(statements, cutter.parse(scope.decision.title))
    return _Prose(reader, statements, cutter.left)


def _read_part(document: Document, scope: Scope, weights: Weights, second: Consultation | None) -> Part:
    account, reader, issues = _account_of(document, scope, weights, second)
    awards = read_awards(scope, reader.names, reader.lexicon, account.flows, weights)
    facts = read_facts(scope, reader.names, reader.lexicon, (*account.flows, *awards))
    return Part(account, awards, tuple(facts), issues)


def _account_of(
    document: Document, scope: Scope, weights: Weights, second: Consultation | None
) -> tuple[Account, StatementReader, tuple[str, ...]]:
    records = read_records(scope)
    tables = [*with_deliverers(scope, read_tables(scope)), *records.sums]
    prose = _prose(scope, records.read)
    reader = prose.reader
    issues: tuple[str, ...] = ()
    if prose.left:
        said = f"more than {MOST} sums in the text; {prose.left:,} after them were not read. Split the file."
        issues = (f"{document.name}: {said}",)
    tables = with_funds(tables, reader, weights)
    readings = [reader.read(one, weights) for one in prose.statements]
    sureness = weights if second is None else second.measured.confidence_weights(weights)
    account = with_bands(account_of([*tables, *sums_of(readings, scope, reader.lexicon)]), sureness)
    if second is not None:
        readings = second.hear(readings, scope, reader.names, reader.lexicon, account)
        account = account_of([*tables, *sums_of(readings, scope, reader.lexicon)], second.measured)
        second.heard.update(account.heard)
        account = with_bands(account, sureness)
    return account, reader, issues


def _unread(words: Sequence[Evidence]) -> Unread:
    return Unread(len(words), tuple(words[:_EXAMPLES]))


def _with_one_kind(facts: list[Relation], flows: tuple[FundingFlow | Award, ...]) -> Iterator[Relation]:
    """Yield facts in which a new name has the same kind as in the flows; else a programme if any fact says so."""
    known: dict[str, Entity] = {}
    ends = [end for fact in facts for end in (fact.subject, fact.object) if isinstance(end, Entity)]
    for entity in sorted(ends, key=lambda one: one.kind is EntityKind.PROGRAMME):
        known[entity.id] = entity
    for flow in flows:
        for part in (flow.funder, flow.recipient, flow.fund, *flow.programmes):
            if part is not None:
                known[part.id] = part

    def settled(end: Entity | str) -> Entity | str:
        return known[end.id] if isinstance(end, Entity) else end

    for fact in facts:
        yield replace(fact, subject=settled(fact.subject), object=settled(fact.object))


def _new_names(flows: tuple[FundingFlow | Award, ...]) -> list[NewName]:
    found: dict[str, NewName] = {}
    for flow in flows:
        for entity in (flow.funder, flow.recipient, flow.fund, *flow.programmes):
            if entity is not None and not entity.verified and entity.id not in found:
                found[entity.id] = NewName(entity, flow.evidence[0].quote, flow.evidence[0].locator)
    return list(found.values())
