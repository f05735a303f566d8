"""The status of an award: approved, proposed, approved on a condition, or refused."""

from __future__ import annotations

from collections.abc import Iterator

from graph.model import FlowStatus
from ingest.extract.choice import Option
from ingest.extract.scope.document import Scope
from ingest.extract.slots.document_view import DocumentView
from ingest.extract.slots.standing import kind_of_document
from ingest.extract.slots.sum_cues import counts_bids, cues_of
from ingest.extract.statements.statement import Statement
from ingest.extract.words.lexicon import Lexicon

STATUSES = {
    "A": FlowStatus.APPROVED,
    "B": FlowStatus.PROPOSED,
    "V": FlowStatus.PROVISIONAL,
    "U": FlowStatus.UNSUCCESSFUL,
}
_CUES = (
    "bid", "success", "unsuccessful", "provisional", "provisionally", "proposed", "future", "given", "approve",
    "call-open", "note",
)  # fmt: skip


def status_options(
    statement: Statement, lexicon: Lexicon, scope: Scope, view: DocumentView
) -> list[Option[FlowStatus]]:
    """Return an option for each status, approved first; features begin with the letter of the status they speak for."""
    features = tuple(dict.fromkeys(("bias", *_features(statement, lexicon, scope, view))))
    return [Option(status, tuple(f"{letter}:{one}" for one in features)) for letter, status in STATUSES.items()]


def _features(statement: Statement, lexicon: Lexicon, scope: Scope, view: DocumentView) -> Iterator[str]:
    cues = {cue for cue in cues_of(statement, lexicon) if cue.partition("@")[0] in _CUES}
    if "success@sentence" in cues and _is_of_another_sum(statement, lexicon):
        cues = cues - {"success@sentence"} | {"success@another-sum"}
    yield from sorted(cues)
    governor = statement.governor
    asks = governor is not None and governor.verb_class == "ask"
    if asks or "bid@before-near" in cues:
        yield "asked"
        yield f"asked|{'won' if 'success@sentence' in cues else 'lost' if 'unsuccessful@sentence' in cues else 'open'}"
    elif governor is not None:
        yield f"verb-class={governor.verb_class}"
    if "provisional@sentence" in cues:
        yield f"provisional|{'near' if cues & {'provisional@before', 'provisional@after'} else 'far'}"
    yield f"origin={statement.origin.name}"
    yield f"document={kind_of_document(scope)}"
    if view.invites:
        yield "document-invites"
    if counts_bids(statement, lexicon):
        yield "counted-bids"
    if statement.money.amount in view.given:
        yield "given-elsewhere"


def _is_of_another_sum(statement: Statement, lexicon: Lexicon) -> bool:
    """Return True if all words of success stand in clauses of other sums: "asked for £9 and was awarded £5"."""
    parse = statement.parse
    own = parse.clause[statement.at]
    others = {parse.clause[index] for index, token in enumerate(parse.tokens) if token.money is not None} - {own}
    pattern = next(pattern for cue, pattern in lexicon.cues["sentence"] if cue == "success")
    found = [match.start() for match in pattern.finditer(parse.text)]
    clauses = [
        max((parse.clause[index] for index, token in enumerate(parse.tokens) if token.start <= place), default=0)
        for place in found
    ]
    return bool(clauses) and all(clause in others for clause in clauses)
