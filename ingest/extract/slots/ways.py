"""The direction of money as seen from the deciding body: in, out or past it; with features around a sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.model import Entity, EntityKind
from ingest.extract.scope.document import Scope
from ingest.extract.slots.party_marks import frame_of
from ingest.extract.slots.party_words import said_words
from ingest.extract.statements.statement import Statement
from ingest.extract.words.clauses import Parse, governor_of
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import role_of
from ingest.extract.words.tokens import Sort

_NEAR = 4  #: tokens on either side of a sum that are looked at


def way_of(payer: Entity | None, payee: Entity | None, body: Entity | None) -> str:
    """Return the direction of money as seen from the deciding body.

    "in", "out" or "past"; "to" or "from" if only the payee or only the payer is known; "open" if neither is.
    """
    if payee is not None and payee == body:
        return "in"
    if payer is not None and payer == body:
        return "out"
    if payer is None:
        return "open" if payee is None else "to"
    return "from" if payee is None else "past"


class WayMarks:
    """Features for the direction of money, from a sum's sentence, lead-in, neighbours, title and document."""

    def __init__(self, scope: Scope, lexicon: Lexicon) -> None:
        self.scope = scope
        self.lexicon = lexicon
        self._of_document: tuple[str, ...] = ()

    def look_over(self, statements: Sequence[Statement], title: Parse) -> None:
        """Collect the features of the title and of all sums of the document."""
        marks = {f"title={verb}" for verb in _verbs(title)}
        marks |= {f"title-noun={noun}" for noun in self._nouns(title, range(len(title.tokens)))}
        if self._giver_in(title):
            marks.add("title-giver")
        frames = {self._frame_of_body(one.parse, one.at) for one in statements}
        marks |= {f"document-body={frame}" for frame in frames if frame in ("payer", "payee")}
        marks.add("document-giver" if self.scope.givers else "document-no-giver")
        if self.scope.receives_only:
            marks.add("receives-only")
        self._of_document = tuple(sorted(marks))

    def of(self, statement: Statement) -> tuple[str, ...]:
        """Return the direction features of one sum, each once."""
        return tuple(dict.fromkeys((*self._near(statement), *self._of_document)))

    def _near(self, statement: Statement) -> Iterator[str]:
        parse, at = statement.parse, statement.at
        for verb in _verbs(parse):
            yield f"verb={verb}"
        near = range(max(0, at - _NEAR), min(len(parse.tokens), at + _NEAR + 1))
        for noun in self._nouns(parse, near):
            yield f"noun={noun}"
        yield f"body={self._frame_of_body(parse, at)}"
        yield "giver=sentence" if self._giver_in(parse) else "giver=elsewhere"
        if statement.lead is not None:
            for verb in _verbs(statement.lead.parse):
                yield f"lead-verb={verb}"
            if self._giver_in(statement.lead.parse):
                yield "giver=lead"
        if statement.previous is not None and self._giver_in(statement.previous):
            yield "giver=previous"
        yield from (f"says={word}" for word in said_words(parse, self.lexicon))
        yield f"where={statement.origin}"
        if statement.list_key is not None:
            yield "list"

    def _nouns(self, parse: Parse, span: range) -> Iterator[str]:
        for index in span:
            word = parse.tokens[index].text.lower()
            if word in self.lexicon.groups["money-noun"] or word in self.lexicon.groups["total-noun"]:
                yield word.removesuffix("s")

    def _giver_in(self, parse: Parse) -> bool:
        """Return True if the sentence names an organisation that funds commissioners, or one of its funds."""
        for token in parse.tokens:
            if token.name is None:
                continue
            entity = token.name.entity
            owner = self.scope.giver_of(entity) if entity.kind is EntityKind.FUND else entity
            if owner is not None and self.scope.gives(owner):
                return True
            if entity.name.lower() in self.lexicon.groups["government"]:
                return True
        return False

    def _frame_of_body(self, parse: Parse, at: int) -> str:
        """Return the party that the body is by grammar: "payer", "payee" or "other"; "unsaid" if it is not named."""
        governor = governor_of(parse, at)
        found = "unsaid"
        for index, token in enumerate(parse.tokens):
            is_body = token.sort is Sort.SELF or (token.name is not None and token.name.entity == self.scope.body)
            if not is_body:
                continue
            role = role_of(parse, index, at, governor)
            frame = frame_of(self.lexicon, role, governor.key if governor is not None else "")
            if frame:
                return frame
            found = "other"
        return found


def _verbs(parse: Parse) -> Iterator[str]:
    for index, token in enumerate(parse.tokens):
        if token.sort is Sort.VERB and token.verb is not None:
            before = parse.tokens[index - 1].text.lower() if index else ""
            yield f"{token.verb.verb_class}.to" if before == "to" else token.verb.verb_class
