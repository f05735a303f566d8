"""Turn statements into readings: one choice for each slot, with its probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Entity, FlowStatus
from ingest.extract.choice import Choice, Option, choose
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.slots.background import is_background
from ingest.extract.slots.document_view import DocumentView, view_of
from ingest.extract.slots.funds import FundReader
from ingest.extract.slots.opinions import Opinion
from ingest.extract.slots.parties import Pair, PartyReader
from ingest.extract.slots.pots import is_pot
from ingest.extract.slots.programmes import ProgrammeReader, Programmes, without_payee
from ingest.extract.slots.standing import Standing, standing_options
from ingest.extract.slots.status import status_options
from ingest.extract.slots.years import Years, YearsReader
from ingest.extract.statements.statement import Statement
from ingest.extract.weights import Weights
from ingest.extract.words.clauses import Parse
from ingest.extract.words.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Options:
    """The candidates of every slot of one statement."""

    standing: tuple[Option[Standing], ...]
    parties: tuple[Option[Pair], ...]
    status: tuple[Option[FlowStatus], ...]
    years: tuple[Option[Years], ...]
    programme: tuple[Option[Programmes], ...]
    fund: tuple[Option[Entity | None], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement with the ranked candidates of each slot."""

    statement: Statement
    standing: Choice[Standing]
    parties: Choice[Pair]
    status: Choice[FlowStatus]
    years: Choice[Years]
    programme: Choice[Programmes]
    fund: Choice[Entity | None]
    second: tuple[Opinion, ...] = ()  #: what a second reader says of it; no choice changes by it

    @property
    def confidence(self) -> float:
        """The probability that every slot is right: the product over slots, as if they were independent."""
        product = 1.0
        for choice in (self.standing, self.parties, self.status, self.years, self.programme, self.fund):
            product *= choice.probability
        return product


class StatementReader:
    """Makes the options of statements and chooses among them; there is one reader per document."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self.scope = scope
        self.names = names
        self.lexicon = lexicon
        self._parties = PartyReader(scope, names, lexicon)
        self.programmes = ProgrammeReader(scope, names, lexicon)
        self.funds = FundReader(scope, names, lexicon)
        self._years = YearsReader(scope)
        self._view = DocumentView()

    def look_over(self, statements: Sequence[Statement], title: Parse) -> None:
        """Collect what all statements of the document say; call it before any statement is read."""
        self._parties.look_over(statements, title)
        self._years.look_over(statements)
        self.programmes.look_over(statements)
        self._view = view_of(statements, self.scope, self.lexicon)

    def options(self, statement: Statement) -> Options:
        """Return the candidates of every slot of a statement."""
        return Options(
            tuple(standing_options(statement, self.lexicon, self.scope, self._view)),
            tuple(self._parties.options(statement)),
            tuple(status_options(statement, self.lexicon, self.scope, self._view)),
            tuple(self._years.options(statement)),
            tuple(self.programmes.options(statement)),
            tuple(self.funds.options(statement)),
        )

    def read(self, statement: Statement, weights: Weights) -> Reading:
        """Return the reading of a statement: the candidates of each slot, ranked by the weights."""
        options = self.options(statement)
        parties = choose(options.parties, weights.of("parties"))
        is_beside = is_background(statement, self.scope) or is_pot(statement, self._view, self.lexicon)
        return Reading(
            statement,
            _standing(choose(options.standing, weights.of("standing")), is_beside),
            parties,
            choose(options.status, weights.of("status")),
            choose(options.years, weights.of("years")),
            choose(without_payee(options.programme, parties.value.payee), weights.of("programme")),
            self._of_payer(choose(options.fund, weights.of("fund")), parties.value.payer),
        )

    def _of_payer(self, fund: Choice[Entity | None], payer: Entity | None) -> Choice[Entity | None]:
        """Return the choice of a fund, in which a fund of the payer precedes other funds named outside the sentence."""
        if "F:sentence" in fund.grounds or payer in (None, self.scope.body) or fund.value is None:
            return fund
        own = [one for one in fund.ranked if one[0] is not None and self.scope.giver_of(one[0]) == payer]
        if not own or self.scope.giver_of(fund.value) == payer:
            return fund
        others = [one for one in fund.ranked if one != own[0]]
        return Choice(((own[0][0], fund.probability), *((value, chance) for value, chance in others)))

    def fund_of_row(self, start: int, weights: Weights) -> Choice[Entity | None]:
        """Return the choice of the fund for a table's row that names none; `start` is the row's offset."""
        return choose(self.funds.options_of_row(start), weights.of("fund"))


def _standing(choice: Choice[Standing], is_background: bool) -> Choice[Standing]:
    """Return the choice of a sum's standing; a sum that is background by its words cannot be a flow."""
    if not is_background or choice.value is not Standing.FLOW:
        return choice
    others = {Standing.FLOW: Standing.CONTEXT, Standing.CONTEXT: Standing.FLOW}
    return Choice(tuple((others.get(value, value), chance) for value, chance in choice.ranked), choice.grounds)
