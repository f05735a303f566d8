"""From a Document to a Record: the decision, its money, its relations, the checks of its figures, its passages."""

from __future__ import annotations

from graph.model import Record
from graph.names.index import NameIndex
from ingest.document import Document
from ingest.extract.weights import Weights


def extract_record(document: Document, names: NameIndex, weights: Weights | None = None) -> Record:
    """Return all that is read from one document; `weights` are those that whofunds ships where None is given."""
    from ingest.extract.checks.document import find_checks
    from ingest.extract.decisions.decision import read_decision
    from ingest.extract.flows import extract_flows
    from ingest.extract.passages import cut_passages
    from ingest.extract.relations.document import extract_relations

    decision = read_decision(document, names)
    money = extract_flows(document, decision, names, weights)
    return Record(
        document=document.name,
        digest=document.digest,
        decision=decision,
        flows=money.flows,
        flow_relations=money.relations,
        totals=money.totals,
        relations=extract_relations(document, decision, names),
        checks=find_checks(document, decision, money.flows, money.totals),
        passages=cut_passages(document),
        new_names=money.new_names,
        issues=(*document.issues, *money.issues),
    )
