"""Statements to readings: the choice of every slot, made once, with its probability."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model import Entity, EntityKind
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.slots.choice import Choice, Option, choose
from ingest.extract.slots.parties import Pair, PartyReader
from ingest.extract.slots.standing import Standing, standing_options
from ingest.extract.slots.things import Programmes, ThingReader
from ingest.extract.slots.years import Years, years_options
from ingest.extract.statements.statement import Statement
from ingest.extract.weights import Weights
from ingest.extract.words.clauses import joined_names
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.tokens import Sort

_EACH = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:[\w’'-]+\s+){0,3}?(?:each|apiece)\b", re.I)
_PLURAL_OF = re.compile(r"\b(?:grants|awards|payments|donations|contributions|sums)\s+of\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Options:
    """The candidates of every slot of a statement."""

    standing: tuple[Option[Standing], ...]
    parties: tuple[Option[Pair], ...]
    years: tuple[Option[Years], ...]
    programme: tuple[Option[Programmes], ...]
    fund: tuple[Option[Entity | None], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a statement was read as: the ranked candidates of every slot."""

    statement: Statement
    standing: Choice[Standing]
    parties: Choice[Pair]
    years: Choice[Years]
    programme: Choice[Programmes]
    fund: Choice[Entity | None]

    @property
    def confidence(self) -> float:
        """How probable it is that every slot is right, as if they were independent."""
        product = 1.0
        for choice in (self.standing, self.parties, self.years, self.programme, self.fund):
            product *= choice.probability
        return product


class StatementReader:
    """Makes the options of statements and chooses among them; one for each document."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self.scope = scope
        self.names = names
        self.lexicon = lexicon
        self._parties = PartyReader(scope, names, lexicon)
        self._things = ThingReader(scope, names, lexicon)

    def look_over(self, statements: Sequence[Statement]) -> None:
        """Look over all statements of the document before any is read."""
        self._parties.look_over(statements)

    def options(self, statement: Statement) -> Options:
        """Return the candidates of every slot."""
        return Options(
            tuple(standing_options(statement, self.lexicon)),
            tuple(self._parties.options(statement)),
            tuple(years_options(statement, self.scope)),
            tuple(self._things.programmes(statement)),
            tuple(self._things.funds(statement)),
        )

    def read(self, statement: Statement, weights: Weights) -> Reading:
        """Return the reading of a statement."""
        options = self.options(statement)
        return Reading(
            statement,
            choose(options.standing, weights.of("standing")),
            choose(options.parties, weights.of("parties")),
            choose(options.years, weights.of("years")),
            choose(options.programme, weights.of("programme")),
            choose(options.fund, weights.of("fund")),
        )


def payees_of(reading: Reading) -> Sequence[Entity | None]:
    """Return the payees of a reading: one, or each of those named together who get the sum each."""
    payee = reading.parties.value.payee
    statement = reading.statement
    tokens = statement.parse.tokens
    is_each = _EACH.match(statement.after) or _PLURAL_OF.search(statement.before)
    is_each = is_each or re.search(r"\beach\s+(?:\w+\s+){0,3}$", statement.before)
    if payee is None or not is_each:
        return [payee]
    for index, token in enumerate(tokens):
        if token.sort is Sort.NAME and token.name is not None and token.name.entity == payee:
            joined = list(_entities(statement, joined_names(statement.parse, index)))
            if len(joined) > 1:
                return joined
    return [payee]


def _entities(statement: Statement, indexes: Sequence[int]) -> Iterator[Entity]:
    for index in indexes:
        name = statement.parse.tokens[index].name
        if name is not None and name.entity.kind is not EntityKind.PLACE:
            yield name.entity
