"""What a sum is for and which pot it comes from: the candidates of both for the statements of one document."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Entity
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.slots.choice import Option
from ingest.extract.slots.funds import FundReader
from ingest.extract.slots.programmes import ProgrammeReader, Programmes
from ingest.extract.statements.statement import Statement
from ingest.extract.words.lexicon import Lexicon

__all__ = ["Programmes", "ThingReader", "without_payee"]


class ThingReader:
    """Makes the candidates for programme and fund."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self._programmes = ProgrammeReader(scope, names, lexicon)
        self._funds = FundReader(scope, names, lexicon)

    def programmes(self, statement: Statement) -> list[Option[Programmes]]:
        """Return the programmes that a sum may be for; several where one sum covers them together."""
        return self._programmes.options(statement)

    def funds(self, statement: Statement) -> list[Option[Entity | None]]:
        """Return the funds that a sum may come from."""
        return self._funds.options(statement)

    def funds_of_row(self, start: int, payer: Entity | None) -> list[Option[Entity | None]]:
        """Return the funds that a table's row may be paid from where no cell of it says so."""
        return self._funds.options_of_row(start, payer)


def without_payee(options: Sequence[Option[Programmes]], payee: Entity | None) -> list[Option[Programmes]]:
    """Return the programmes that a sum may be for without a new name that was read as its payee."""
    name = payee.name.casefold() if payee is not None else ""
    return [one for one in options if not any(not it.verified and it.name.casefold() == name for it in one.value)]
