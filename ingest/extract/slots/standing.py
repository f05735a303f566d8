"""The standing of a sum: money that the decision moves, context, or no award at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from enum import StrEnum

from graph.model import Basis, EntityKind
from graph.parse.references import find_references, reference_key
from ingest.document import BlockKind
from ingest.extract.choice import Option
from ingest.extract.scope.document import Scope
from ingest.extract.slots.document_view import DocumentView
from ingest.extract.slots.sum_cues import counts_payees, cues_of
from ingest.extract.statements.statement import Statement
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import role_of
from ingest.extract.words.sections import Origin
from ingest.extract.words.tokens import Sort, Token

_SIZES = ((300, "tiny"), (5_000, "small"), (1_000_000, "middle"), (20_000_000, "large"))
_EACH = re.compile(r"\s*(?:\w+\s+){0,2}?(?:each|apiece|per)\b", re.I)
_MANY_DIGITS = 4
_OF_CONTEXT = ("view:", "size=", "like-heading", "document=")  #: besides cues
_HAD = re.compile(r"\bhad\s+(?:\w+\s+){0,2}?(?:\w+ed|been|given|won|put|set|got|made|spent|found|paid|gone)\b", re.I)
_BE = ("is", "are", "was", "were", "be")
_FEW_WORDS = 16  #: a block of fewer words without a full stop reads like a heading


class Standing(StrEnum):
    """What a sum is to the decision."""

    FLOW = "flow"
    CONTEXT = "context"
    NONE = "none"  #: no award's money: a threshold, a salary, a price


def standing_options(
    statement: Statement, lexicon: Lexicon, scope: Scope, view: DocumentView
) -> list[Option[Standing]]:
    """Return an option for each standing; features with "F:" speak for a flow, with "C:" for context."""
    cues = cues_of(statement, lexicon)
    seen = view.features_of(statement)
    features = (
        "bias",
        *cues,
        *_form(statement, lexicon),
        *_place(statement, scope, view),
        *_parties(statement, lexicon, scope),
        *_time(statement, scope),
        *(f"view:{feature}" for feature in seen),
        *_roughness(statement, seen),
        *_together(statement, seen, is_first=view.is_first(statement)),
        *_elsewhere(statement, view),
    )
    return [
        Option(Standing.FLOW, tuple(f"F:{feature}" for feature in features)),
        Option(Standing.CONTEXT, tuple(f"C:{feature}" for feature in features if _tells_context(feature))),
        Option(Standing.NONE, ()),
    ]


def _tells_context(feature: str) -> bool:
    """Return True for features that distinguish context from figures that are no award at all."""
    return feature == "bias" or "@" in feature or feature.startswith(_OF_CONTEXT)


def _origin(statement: Statement, lexicon: Lexicon) -> str:
    """Return the kind of place of a sum; the words after "is recommended to:" count as a recommendation."""
    lead = statement.lead.parse.text if statement.lead is not None else ""
    recommends = next(pattern for cue, pattern in lexicon.cues["sentence"] if cue == "recommend")
    return Origin.RECOMMENDATION.name if lead.endswith(":") and recommends.search(lead) else statement.origin.name


def _form(statement: Statement, lexicon: Lexicon) -> Iterator[str]:
    amount, money = statement.money.amount, statement.money
    origin = _origin(statement, lexicon)
    yield f"origin={origin}"
    yield f"basis={money.basis}"
    yield f"{money.basis}|{origin}"
    yield f"digits={min(_digits(amount), _MANY_DIGITS)}"
    yield f"{money.basis}|digits={min(_digits(amount), _MANY_DIGITS)}"
    yield from _verb(statement)
    if statement.is_quoted:
        yield "quoted"
    if money.basis is Basis.CEILING and _EACH.match(statement.after):
        yield "ceiling-each"
    if money.bound:
        yield f"bound={money.bound}"
    yield from _word_before(statement, lexicon)
    if money.part:
        yield f"part={money.part}"
    yield from _label(statement)
    yield _size(statement)
    if money.basis is Basis.ROUNDED and amount % 100_000 == 0:
        yield "round"
    if sum(token.money is not None for token in statement.parse.tokens) > 1:
        yield "several-sums"
    if counts_payees(statement, lexicon):
        yield "counted-payees"
        yield f"counted-payees|{money.basis}"


def _verb(statement: Statement) -> Iterator[str]:
    if statement.governor is None:
        yield "verb=none"
        return
    yield f"verb={statement.governor.key}"
    yield f"verb-class={statement.governor.verb_class}"
    if statement.governor.inherited:
        yield "verb-inherited"


def _word_before(statement: Statement, lexicon: Lexicon) -> Iterator[str]:
    """Yield features of the word that leads up to a sum: a preposition, a verb, a noun, "is"."""
    start = _start_with_qualifier(statement)
    tokens = [token for token in statement.parse.tokens[: statement.at] if token.end <= start]
    before = [token for token in tokens if not lexicon.is_in("before-sum", token.text)]
    if before and before[-1].sort in (Sort.PREPOSITION, Sort.VERB, Sort.NOUN):
        word = before[-1].text.lower() if before[-1].sort is Sort.PREPOSITION else before[-1].sort
        yield f"word-before={word}"
    words = [token.text.lower() for token in before]
    if words and words[-1] in _BE and lexicon.groups["pot-noun"] & set(words):
        yield "pot-is"


def _label(statement: Statement) -> Iterator[str]:
    if statement.label is not None:
        yield "label"
        if not statement.label.entity.verified:
            yield "label-new"
        if statement.entries > 1:
            yield "label-of-list"
    if statement.list_key is not None:
        yield "list"


def _start_with_qualifier(statement: Statement) -> int:
    """Return the offset of a sum with the words that qualify it: "up to £5,000"."""
    start = statement.token.start
    words, qualifier = statement.text[:start].rstrip(" :"), statement.money.qualifier
    return len(words) - len(qualifier) if qualifier and words.lower().endswith(qualifier.lower()) else start


def _roughness(statement: Statement, seen: Collection[str]) -> Iterator[str]:
    """Yield a feature of a rounded sum: whether the exact sum stands elsewhere in the document."""
    if statement.money.basis is not Basis.EXACT:
        yield f"{statement.money.basis}|{'exact-elsewhere' if 'rounds' in seen else 'alone'}"


def _together(statement: Statement, seen: Collection[str], *, is_first: bool) -> Iterator[str]:
    """Yield features that combine the rank of a sum with its place and exactness."""
    for rank in ("largest", "only"):
        if rank in seen:
            yield f"{rank}|{statement.money.basis}"
            yield f"{rank}|{'list' if statement.list_key is not None else statement.origin.name}"
    if "rounds" in seen:
        yield f"rounds|{'first' if is_first else 'later'}"
        if any(feature.startswith("repeats=") for feature in seen):
            yield "rounds|repeats"


def _elsewhere(statement: Statement, view: DocumentView) -> Iterator[str]:
    """Yield features of the words around the same sum elsewhere in the document."""
    marks = view.marks_elsewhere(statement)
    yield from (f"elsewhere:{mark}" for mark in marks)
    if _is_like_heading(statement):
        yield from (f"heading|{mark}" for mark in marks if mark.startswith(("basis=", "more-than@before")))


def _digits(amount: Decimal) -> int:
    """Return the number of significant digits of a sum: 2 for 4,300,000."""
    return len(f"{amount:.2f}".replace(".", "").strip("0"))


def _size(statement: Statement) -> str:
    return f"size={next((name for limit, name in _SIZES if statement.money.amount < limit), 'huge')}"


def _place(statement: Statement, scope: Scope, view: DocumentView) -> Iterator[str]:
    text = statement.block.text
    if _is_like_heading(statement):
        yield "like-heading"
    if text.strip() == scope.decision.title.strip():
        yield "title"
    yield f"document={kind_of_document(scope)}"
    if view.entries > 2:
        yield "document-lists-awards" if statement.list_key is not None else "beside-lists"
    count = len({figure.amount for figure in view.figures})
    yield f"sums-in-document={'one' if count == 1 else 'few' if count < 4 else 'many'}"
    if view.is_first(statement):
        yield "first-sum"


def _is_like_heading(statement: Statement) -> bool:
    text = statement.block.text
    is_short = len(text.split()) < _FEW_WORDS and text[-1:] not in ".!?;:"
    return statement.block.kind is BlockKind.PARAGRAPH and is_short


def kind_of_document(scope: Scope) -> str:
    """Return "formal" for a decision with a reference, "news" for any other page."""
    return "formal" if scope.decision.reference else "news"


def _parties(statement: Statement, lexicon: Lexicon, scope: Scope) -> Iterator[str]:
    """Yield features of the parties that the grammar gives a sum; a payee of its own speaks for an award."""
    parse, at, governor = statement.parse, statement.at, statement.governor
    verb = governor.key if governor is not None else ""
    found: set[str] = set()
    for index, token in enumerate(parse.tokens):
        kind = _kind(token, scope)
        if kind:
            role = role_of(parse, index, at, governor)
            frame = lexicon.frames.get((verb, role)) or lexicon.frames.get(("", role)) or "beside"
            found.add(f"{frame}={kind}")
    yield from sorted(found) or ["parties=none"]
    for party in ("payee", "payer"):
        if not any(one.startswith(party) for one in found):
            yield f"{party}=none"


def _kind(token: Token, scope: Scope) -> str:
    """Return "body", "giver" or "other" for a token that names an organisation; "" for any other token."""
    if token.sort is Sort.SELF:
        return "body"
    if token.name is None or token.name.entity.kind is not EntityKind.ORGANISATION:
        return ""
    entity = token.name.entity
    return "body" if entity == scope.body else "giver" if scope.gives(entity) else "other"


def _time(statement: Statement, scope: Scope) -> Iterator[str]:
    """Yield features of words about an earlier act: another decision's reference, the pluperfect, past years."""
    parse, text = statement.parse, statement.text
    own = reference_key(scope.decision.reference or "")
    if any(cited.key != own and cited.start < statement.token.start for cited in find_references(text)):
        yield "cites-before"
    elif any(cited.key != own for cited in find_references(text)):
        yield "cites-after"
    clause = [token for index, token in enumerate(parse.tokens) if parse.clause[index] == parse.clause[statement.at]]
    if _HAD.search(" ".join(token.text for token in clause)):
        yield "had"
    years = [year for token in parse.tokens if token.years is not None for year in token.years.years]
    if years and scope.years:
        own_years = "own" if set(years) & set(scope.years) else "other"
        yield f"years={'earlier' if max(years) < scope.years[0] else own_years}"
    signed = scope.decision.signed
    printed = [int(year) for year in re.findall(r"\b20[0-3]\d\b", text)]
    if printed and signed and max(printed) < int(signed[:4]):
        yield "before-the-decision"
