"""From a Document to a Record: the decision, its money, its relations, the checks of its figures, its passages.

The parts in the order in which they build on each other; each imports only those before it:

- `weights`: the fitted weights by which candidates are chosen;
- `choice`: candidates with their features, and the choice among them;
- `words`: sections, sentences, tokens and clauses, and the role of each name to a sum of its sentence;
- `decisions`: the head of a decision, and register pages cut into their decisions;
- `scope`: facts about the whole document: body, place, years, programmes;
- `names`: the names in any text of the document;
- `relations`: how decisions, programmes, organisations and places stand to each other;
- `statements`: each sum of the prose with the words around it;
- `slots`: the candidates for each slot of a sum (payer, payee, years ...), and the choice among them;
- `sums`: one record for each figure that was read, whether from prose or from a table;
- `tables`: rows and columns to sums;
- `account`: all sums of a document made into flows, each counted once, with its confidence;
- `second_reader`: a language model of the user's own, asked about doubtful sums;
- `awards`: who is funded without a printed sum;
- `facts`: facts other than money: starts, ends, partners, shares;
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
    """Return everything that is read from one document.

    Args:
        document: As a reader returns it.
        names: The registry's names.
        weights: The fitted weights by which candidates are chosen; None for those shipped with whofunds.
        columns: Roles of spreadsheet columns that people set.
        second: Asks a second reader about doubtful statements; None to ask nobody.
        signs: An empty dict that is filled with the signs of each flow's confidence, by the flow's id.
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
