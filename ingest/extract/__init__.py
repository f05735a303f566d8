"""From a Document to a Record: the decision, its money, its relations, the checks of its figures, its passages.

The parts in the order in which they build on each other; each imports only those before it:

- `weights`: the fitted weights by which candidates are chosen;
- `choice`: candidates with their features, and the choice among them;
- `words`: sections, sentences, tokens and clauses, and who does what to a sum in a sentence;
- `decisions`: the head of a decision, and a page that lists several cut into its decisions;
- `scope`: what the whole document is about: body, place, years, programmes;
- `names`: every name of the document, found once;
- `relations`: how decisions, programmes, organisations and places stand to each other;
- `statements`: each sum of the prose with the words around it;
- `slots`: the candidates for each part of a sum (payer, payee, years ...), and the choice among them;
- `sums`: a sum as it was read, whether from prose or from a table;
- `tables`: rows and columns to sums;
- `account`: all sums of a document made into flows, each counted once, with its confidence;
- `second_reader`: a model of the user's own, asked about sums in doubt;
- `awards`: who is funded without a printed sum;
- `facts`: what stands beside money: starts, ends, partners, shares;
- `checks`: figures compared with each other;
- `flows`: the money of a document, from all of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import Record
from graph.names.index import NameIndex
from ingest.columns.mapping import FORMATS
from ingest.document import Document
from ingest.extract.weights import Weights

if TYPE_CHECKING:
    from ingest.columns.kept import Kept
    from ingest.extract.account.signs import Signs
    from ingest.extract.second_reader.consultation import Consultation


def extract_record(
    document: Document,
    names: NameIndex,
    weights: Weights | None = None,
    columns: Kept = (),
    second: Consultation | None = None,
    signs: dict[str, Signs] | None = None,
) -> Record:
    """Return all that is read from one document.

    Args:
        document: As a reader gives it.
        names: The registry's names.
        weights: By which candidates are chosen; those that whofunds ships where None.
        columns: What people said of the columns of spreadsheets.
        second: Asks a second reader about what is in doubt.
        signs: Takes what the confidence of each flow rests on, by the flow's id.
    """
    if document.format in FORMATS:
        from ingest.columns.record import spreadsheet_record

        return spreadsheet_record(document, names, columns)
    from ingest.extract.checks.document import find_checks
    from ingest.extract.decisions.decision import read_decision
    from ingest.extract.flows import extract_flows
    from ingest.extract.relations.document import extract_relations
    from ingest.extract.words.passages import cut_passages

    decision = read_decision(document, names, weights)
    money = extract_flows(document, decision, names, weights, second, signs)
    return Record(
        document=document.name,
        digest=document.digest,
        decision=decision,
        flows=money.flows,
        flow_relations=money.relations,
        totals=money.totals,
        relations=extract_relations(document, decision, names, money.facts),
        awards=money.awards,
        checks=find_checks(document, decision, money.flows, money.totals),
        passages=cut_passages(document),
        new_names=money.new_names,
        issues=(*document.issues, *money.issues, *(second.issues if second is not None else ())),
        unread=money.unread,
    )
